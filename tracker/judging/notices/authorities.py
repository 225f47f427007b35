"""Russian authorities as notices name them, in any case of the grammar, and their usual name."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Named:
    """One authority: the pattern that its names in a notice match, its normal name, its kind."""

    pattern: re.Pattern[str]
    name: str
    kind: str


_STATE = r"(?:\s+(?:Российской\s+Федерации|РФ|России))?"


def _named(pattern: str, name: str, kind: str) -> Named:
    return Named(re.compile(pattern.replace(" ", r"\s+") + _STATE, re.I), name, kind)


PROSECUTOR_GENERAL = _named(
    r"(?:Генеральн\w+ прокуратур\w*|Генпрокуратур\w*"
    r"|Генеральн\w+ прокурор\w*(?: Российской Федерации| РФ)?(?: или его заместител\w+)?)",
    "Генеральная прокуратура Российской Федерации",
    "prosecutor",
)

AUTHORITIES: tuple[Named, ...] = (
    PROSECUTOR_GENERAL,
    _named(r"(?:\bРоскомнадзор\w*|(?<![\w-])РКН\b|Федеральн\w+ служб\w+ по надзору в сфере связи,? [\w, ]{0,40}?коммуникаций(?: и информационных технологий)?)", "Роскомнадзор", "regulator"),
    _named(r"(?:\bРосздравнадзор\w*|Федеральн\w+ служб\w+ по надзору в сфере здравоохранения)", "Росздравнадзор", "regulator"),
    _named(r"(?:\bРоспотребнадзор\w*|Федеральн\w+ служб\w+ по надзору в сфере защиты прав потребителей(?: и благополучия человека)?)", "Роспотребнадзор", "regulator"),
    _named(r"(?:\bРосалкогольрегулировани\w+|\bРосалкогольтабакконтрол\w*|Федеральн\w+ служб\w+ по (?:регулированию|контролю за) алкогольн\w+(?: и табачн\w+)? рынк\w+)", "Росалкогольтабакконтроль", "regulator"),
    _named(r"(?:\bБанк\w? России\b|Центральн\w+ банк\w*)", "Банк России", "regulator"),
    _named(r"(?:\bФНС\b|Федеральн\w+ налогов\w+ служб\w+)", "Федеральная налоговая служба", "tax"),
    _named(r"(?:\bМВД\b|Министерств\w+ внутренних дел)", "Министерство внутренних дел Российской Федерации", "ministry"),
    _named(r"(?:\bФСКН\b|Федеральн\w+ служб\w+ (?:\w+ )?по контролю за оборотом наркотиков)", "ФСКН", "police"),
    _named(r"(?:\bМинюст\w*|Министерств\w+ юстиции)", "Министерство юстиции Российской Федерации", "ministry"),
    _named(r"(?:\bМинцифры\b|Министерств\w+ цифрового развития, связи и массовых коммуникаций)", "Минцифры", "ministry"),
    _named(r"(?:\bРосмолод[её]ж\w*|Федеральн\w+ агентств\w+ по делам молод[её]жи)", "Росмолодёжь", "executive"),
    _named(r"(?:\bФСБ\b|Федеральн\w+ служб\w+ безопасности)", "Федеральная служба безопасности Российской Федерации", "executive"),
)  # fmt: skip
# ruff: noqa: E501 -- a table reads best with one row a line

_HARD_ENDINGS = {
    "городского": "городской", "областного": "областной", "краевого": "краевой", "мирового": "мировой", "тверского": "тверской",
    "донского": "донской", "морского": "морской", "волжского": "волжский", "окружного": "окружной",
}  # fmt: skip


def court_in_nominative(words: str) -> str:
    """``Центрального районного суда города Хабаровска`` -> ``Центральный районный суд города Хабаровска``.

    Only the words up to the court itself are turned; the place behind it stays in the genitive as it must.
    """
    if words.startswith("суда "):
        return f"суд {words[5:]}"
    before, _, place = words.partition(" суда")
    turned = " ".join(_adjective(word) for word in before.split())
    return f"{turned} суд{place}".strip()


def _adjective(word: str) -> str:
    if hard := _HARD_ENDINGS.get(word.lower()):
        return hard.capitalize() if word[0].isupper() else hard
    if word.endswith("его"):
        return word[:-3] + "ий"
    if word.endswith("ого"):
        return word[:-3] + ("ий" if word[-4] in "кгхжшчщ" else "ый")
    return word
