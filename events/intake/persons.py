"""Names of people: known by a first name, and turned back from the case of grammar that a sentence puts them in."""

from __future__ import annotations

import re
from functools import cache

from events.intake.platforms import read_table
from events.intake.tokens import fold


@cache
def _first_names() -> dict[str, tuple[str, str]]:
    """Every form of a first name, with its nominative and its sex (m, f, or nothing for names that do not change)."""
    table, forms = read_table("persons"), {}
    for name in table["other"]:
        forms[fold(name)] = (name, "")
    for sex in ("f", "m"):
        for name in table[sex]:
            for form in _cases(name, sex):
                forms.setdefault(fold(form), (name, sex))
            forms[fold(name)] = (name, sex)
    return forms


def _cases(name: str, sex: str) -> list[str]:
    """The genitive, dative, instrumental and accusative of a first name."""
    if name in _ODD:
        return _ODD[name]
    stem, last = name[:-1], name[-1]
    if last in "йь" and sex == "m":
        return [stem + end for end in "яюєе"] + [stem + "ем", stem + "єм"]
    if last in "ая":
        soft = last == "я" or stem[-1] in "кгхжчшщ"
        ends = (
            ("и", "і", "ї", "е", "у", "ю", "ой", "ей", "ою", "єю", "ею")
            if soft
            else ("ы", "и", "і", "е", "у", "ой", "ою")
        )
        return [stem + end for end in ends]
    if last == "о":
        return [stem + end for end in ("а", "у", "ом", "ові")]
    if last == "ь":
        return [stem + end for end in ("и", "ью")]
    return [name + end for end in ("а", "у", "ом", "е", "ові")]


_ODD = {
    "Павел": ["Павла", "Павлу", "Павлом"], "Лев": ["Льва", "Льву"], "Петр": ["Петра", "Петру"], "Пётр": ["Петра", "Петру"],
    "Любовь": ["Любови", "Любовью"], "Илья": ["Ильи", "Илье", "Илью", "Ильей"], "Ілля": ["Іллі", "Іллю"],
    "Никита": ["Никиты", "Никите", "Никиту"], "Микита": ["Микити", "Микиті", "Микиту"], "Данила": ["Данилы", "Даниле"],
    "Микола": ["Миколи", "Миколі", "Миколу"], "Дарья": ["Дарьи", "Дарье", "Дарью"], "Наталья": ["Натальи", "Наталье", "Наталью"],
    "Татьяна": ["Татьяны", "Татьяне", "Татьяну"], "Игорь": ["Игоря", "Игорю"], "Ігор": ["Ігоря", "Ігорю"], "Василь": ["Василя", "Василю"],
}  # fmt: skip


def is_first_name(word: str) -> bool:
    return fold(word) in _first_names()


def is_person(name: str) -> bool:
    """Whether the first word of a name of two to four words is a first name."""
    words = name.split()
    return 2 <= len(words) <= 4 and fold(words[0].strip('“”"«»')) in _first_names()


def in_nominative(name: str) -> str:
    """«Ильи Яшина» -> «Илья Яшин», where the first name tells the sex; any other name stays as it is."""
    words = name.split()
    if not 2 <= len(words) <= 3 or not re.search(r"[а-яіїє]", name):
        return name
    found = _first_names().get(fold(words[0]))
    if found is None or not found[1] or fold(found[0]) == fold(words[0]):
        return name
    return " ".join([found[0], *(_family(word, found[1]) for word in words[1:])])


_MEN = (
    (r"(?<=[оеєіии]в)(?:а|у|ым|им)$", ""), (r"(?<=[иіїы]н)(?:а|у|ым|им)$", ""), (r"(?<=ск|цк|зк)(?:ого|ому|им)$", "ий"),
    (r"(?<=ьк)(?:ого|ому|им)$", "ий"), (r"(?<=[кгхжшщч])(?:ого|ому|им)$", "ий"), (r"(?<=[нрлмвбпдтсз])(?:ого|ому|ым)$", "ый"),
    (r"(?<=[аеиоуіє])я$", "й"), (r"(?<=[бвгджзклмнпрстфхцчшщ])(?:а|у|ом)$", ""), (r"(?<=енк)(?:а|у|ом)$", "о"),
)  # fmt: skip
_WOMEN = (
    (r"(?<=[оеєії]в|[иіїы]н)(?:ой|ою|у|ої|ій)$", "а"), (r"(?<=ск|цк)(?:ой|ую|ою|ої|ій)$", "ая"),
    (r"(?<=ьк)(?:ої|ій|у|ою)$", "а"), (r"(?<=[нлр])ой$", "ая"), (r"(?<=[нлрв])(?:ої|ій|у)$", "а"),
)  # fmt: skip


def _family(word: str, sex: str) -> str:
    if fold(word).endswith(("енко", "ко", "их", "ых")):
        return word
    if re.search(r"енк[ау]$|енком$", word) and sex == "m":
        return re.sub(r"(?:а|у|ом)$", "о", word)
    if re.search(r"[іїєґ]", word.lower()) and sex == "m" and word.endswith(("ого", "ому")):
        return word[:-3] + "ий"
    for pattern, ending in _MEN if sex == "m" else _WOMEN:
        turned = re.sub(pattern, ending, word)
        if turned != word:
            return turned
    return word


# ruff: noqa: E501 -- words of one meaning a line
