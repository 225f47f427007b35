"""One notice in, one ``Notice`` out: which grammar it follows, and how sure the reading is."""

from __future__ import annotations

import re

from tracker.facts import Notice
from tracker.judging.notices import elsewhere, russia
from tracker.judging.notices.numbers import contradiction, iso_date
from tracker.judging.notices.russia import Found

NOTICE_CHARS = 5_000
"""How much of a text is read; the longest notice known has 400 characters."""

_CYRILLIC = re.compile(r"[А-Яа-яЁёЇїІіЄє]")
_UKRAINIAN = re.compile(r"[ЇїІіЄєҐґ]")
_SAYS_RUSSIA = re.compile(
    r"\bРФ\b|Росси|149-ФЗ|Федеральн\w+\s+закон|Единый\s+реестр\s+запрещ|-РКН|Роскомнадзор|Роспотребнадзор|Росздравнадзор|\bФНС\b",
    re.I,
)
_SAYS_ELSEWHERE = re.compile(r"на\s+территории\s+(?!РФ\b|Росси)", re.I)
"""A notice in Russian may be another country's: its grammar alone does not say whose."""

_OTHER_STATE = re.compile(
    r"Беларус|Белорус|\bРБ\b|Казахстан|Узбекистан|Кыргыз|Киргиз|Таджикистан|Украин|Україн|Арме?ни|Азербайджан|Молдов|Грузи|Мининформ|БелГИЭ"
    r"|Узкомназорат|СНБО|РНБО|НКЕК",
    re.I,
)

_SURE = {3: 0.97, 2: 0.85, 1: 0.6, 0: 0.2}


def parse_notice(text: str) -> Notice:
    """What a notice states. A text that is no notice gives a Notice with nothing in it and confidence 0.

    ``text`` is kept as given; the spans are offsets into it. Never raises.
    """
    read = text[:NOTICE_CHARS]
    if russia.RUSSIAN.search(read) and not _is_foreign(read):
        found = russia.read(read)
        found.values["language"] = "uk" if _UKRAINIAN.search(read) else "ru"
        if _SAYS_RUSSIA.search(read) and not _SAYS_ELSEWHERE.search(read):
            found.values["territory"] = "RU"
        return _notice(text, found)
    if found_elsewhere := elsewhere.read(read):
        return _notice(text, found_elsewhere)
    return Notice(text=text, language="ru" if _CYRILLIC.search(read) else None)


def _is_foreign(text: str) -> bool:
    """Whether the words are those of a neighbour's notice, which uses the same grammar."""
    return bool(_OTHER_STATE.search(text)) and not russia.IN_RUSSIA.search(text)


def _notice(text: str, found: Found) -> Notice:
    values = found.values
    written = values.get("order_date")
    day = values.get("order_day") or (iso_date(written) if written else None)
    suspect = contradiction(values.get("order_number"), day, russian="grammar" not in values)
    if written and day is None:
        suspect = f"There is no such date as {written}."
    return Notice(
        text=text,
        authority=values.get("authority"),
        authority_kind=values.get("authority_kind"),
        transmitted_by=values.get("transmitted_by"),
        court=values.get("court"),
        region=values.get("region"),
        order_number=values.get("order_number"),
        order_date=day,
        law=values.get("law"),
        territory=values.get("territory"),
        language=values.get("language"),
        confidence=_confidence(values, suspect),
        suspect=suspect,
        platform_rules=values.get("formula") == "platform_rules",
        spans=tuple((name, start, end) for name, (start, end) in sorted(found.spans.items())),
        formula=values.get("formula"),
        reason=values.get("reason"),
    )


def _confidence(values: dict[str, str], suspect: str | None) -> float:
    """How sure the reading is, from 0 to 1: by how many of the three parts of a notice were found."""
    if values.get("formula") == "platform_rules":
        return 0.9
    parts = sum(bool(values.get(name)) for name in ("formula", "order_number", "order_date"))
    return round(_SURE[parts] - (0.2 if suspect else 0.0), 2)
