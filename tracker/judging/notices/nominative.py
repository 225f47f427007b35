"""Names that come in the genitive behind "decision of", turned back: only words whose ending leaves no doubt."""

from __future__ import annotations

import re

_HEADS = {
    "министерства": ("министерство", "ое"), "агентства": ("агентство", "ое"), "управления": ("управление", "ое"), "ведомства": ("ведомство", "ое"),
    "комитета": ("комитет", "ый"), "департамента": ("департамент", "ый"), "центра": ("центр", "ый"), "совета": ("совет", "ый"), "суда": ("суд", "ый"),
    "службы": ("служба", "ая"), "прокуратуры": ("прокуратура", "ая"), "комиссии": ("комиссия", "ая"), "инспекции": ("инспекция", "ая"),
    "администрации": ("администрация", "ая"), "палаты": ("палата", "ая"), "прокурора": ("прокурор", "ый"),
    "суду": ("суд", "ий"), "міністерства": ("міністерство", "е"), "комісії": ("комісія", "а"), "служби": ("служба", "а"), "прокуратури": ("прокуратура", "а"),
    "міністэрства": ("міністэрства", "ае"),
}  # fmt: skip
_GERMAN = re.compile(r"^(\w+(?:gericht|gerichtshof|amt))e?s\b")
_HARD = {
    "городского": "городской",
    "областного": "областной",
    "краевого": "краевой",
    "мирового": "мировой",
    "тверского": "тверской",
}


def in_nominative(name: str) -> str:
    """``Министерства связи`` -> ``Министерство связи``; a name whose first noun is not known stays as it is."""
    words = _GERMAN.sub(r"\1", name).split(" ")
    for at, word in enumerate(words[:5]):
        if head := _HEADS.get(word.lower()):
            turned = [_like(each, _adjective(each, head[1])) for each in words[:at]]
            return " ".join([*turned, _like(word, head[0]), *words[at + 1 :]])
        if not re.search(r"(?:ого|его|ой|ей|ої|ьої|й)$", word.lower()):
            break
    return " ".join(words)


def _like(written: str, turned: str) -> str:
    return turned[0].upper() + turned[1:] if written[:1].isupper() else turned


def _adjective(word: str, ending: str) -> str:
    low = word.lower()
    if ending == "ый" and low in _HARD:
        return _HARD[low]
    stem = re.sub(r"(?:ого|его|ой|ей|ої)$", "", low)
    if ending == "ый":
        return stem + ("ий" if low.endswith("его") or stem[-1:] in "кгхжшчщ" else "ый")
    return stem + ending


# ruff: noqa: E501 -- a table reads best with one row a line
