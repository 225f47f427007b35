"""Notices outside Russian grammar: who, by which act, under which law, are looked for one by one, in any order of words.

Phrases from citizenlab/filtering-annotations fad9089, ooni/blocking-fingerprints 171641e, yt-dlp 81ecd58 and public code.
"""

from __future__ import annotations

import re

from tracker.judging.notices.acts import COURTS, LAWS, numbers_in
from tracker.judging.notices.bodies import BODIES, CITIES, COUNTRIES, COUNTRY, country_of, kind_of
from tracker.judging.notices.dates import Written, dates_in, plain_digits
from tracker.judging.notices.nominative import in_nominative
from tracker.judging.notices.phrases import GROUND, SETTLED, WITHHELD, is_notice, language_of
from tracker.judging.notices.russia import Found

_NEAR = 60
"""How many characters may lie between a number and its date: the court or the body that decided stands there."""
_DATED = re.compile(
    r"(?:dated|date|of|vom|tanggal|tarih\w*|от|від|ад|on|on the|in its (?:order|decision) of|مورخ|تاریخ)\s*:?\s*$",
    re.I,
)
_ACT = re.compile(
    r"(?:order|decision|request|demand|ruling|judgment|letter|directive|directions?|court|решени\w+|рішення|рашэнн\w*|постановлени\w+|предписани\w+|"
    r"требовани\w+|указ\w*|beschlus\w*|urteil\w*|anordnung|surat|putusan|keputusan|karar\w*|دستور|حکم|مقام|决定|通知|命令|dated)",
    re.I,
)
_TARIH = re.compile(r"\s*(?:tarih|gün|sayılı|的?(?:通知|决定|命令|要求))", re.I)
_VIA = re.compile(
    r"(?:implemented|enforced|forwarded|transmitted|conveyed|communicated|passed on|sent|received|notified)\s+(?:to us\s+)?(?:by|through|via|from)\s+(?:the\s+)?$|\bvia\s+(?:the\s+)?$|"
    r"(?:through|at the request of)\s+(?:the\s+)?$", re.I,
)  # fmt: skip
_ON_GROUND = re.compile(
    r"(?:on the (?:basis|grounds?|orders?|instructions?|decision)|based on|pursuant to|in compliance with|by (?:the )?(?:order|decision)s?|under (?:the|an) order|following|in (?:accordance|line) with|as per|because of|in pursuance of|to comply with)",
    re.I,
)
_BEFORE_COURT = re.compile(
    r"(?:(?:T\.?\s?C\.?|The|By|Order|Orders|of|and|Hon['’]?ble|Hon\.ble|The Hon['’]ble)\s+)+"
)
_NAMELESS = re.compile(
    r"(?:Competent |Any |Local )?Courts?(?: of (?:Law|Justice|Competent Jurisdiction))?", re.I
)
_SOME_COURT = re.compile(
    r"\borders?\s+of\s+(?:the\s+|a\s+)?court|\bcourt(?:['’]s)?\s+(?:order|decision|ruling)s?\b|decision of (?:the |a )?court|\bmahkeme kararı|gerichtlich\w* (?:anordnung|beschlus\w*)|"
    r"perintah pengadilan|решени\w+ суда|рішення\w* суду|法院(?:判决|裁定|命令)|حکم دادگاه|حکم قضایی", re.I,
)  # fmt: skip
# ruff: noqa: E501 -- words of one meaning a line


def read(text: str) -> Found | None:
    """What a notice states that is not in the grammar of Russian notices; None for a text that is no notice."""
    if not is_notice(text):
        return None
    plain, found = plain_digits(text), Found()
    found.values["grammar"] = "abroad"
    found.values["language"] = language = language_of(text)
    _read_law(text, found)
    if withheld := WITHHELD.search(text):
        found.values["formula"] = "platform_withheld"
    rest = _without(plain, found.spans.get("law"))
    _read_who(rest, found)
    _read_order(_without(rest, found.spans.get("court")), found, language)
    if "order_number" in found.values:  # verbatim: the digits of its own script
        found.values["order_number"] = text[slice(*found.spans["order_number"])]
    _read_settled(text, found)
    _read_territory(text, found, withheld)
    said = {"authority", "authority_kind", "law", "formula", "order_number", "order_date", "territory"}
    if (
        found.values.get("authority") == "Prosecutor General's Office"
        and found.values.get("territory") == "RU"
    ):
        found.values["authority"] += " of the Russian Federation"
    return found if said & found.values.keys() else None


def _without(text: str, span: tuple[int, int] | None) -> str:
    """The law and the court have numbers and names of their own; blanked out, they cannot be taken for the order's."""
    return text if span is None else text[: span[0]] + " " * (span[1] - span[0]) + text[span[1] :]


def _read_law(text: str, found: Found) -> None:
    matches = [match for pattern in LAWS for match in pattern.finditer(text)]
    if matches:
        law = min(matches, key=lambda match: (match.start(), -match.end()))
        name = "kept" if law.groupdict().get("kept") else 0
        found.put("law", law[name].strip(), (law.start(name), law.start(name) + len(law[name].rstrip())))


def _read_who(text: str, found: Found) -> None:
    """The court decides where one is named, and a body beside it passes on; else the body that stands on the ground."""
    _read_court(text, found)
    bodies = _bodies(_without(text, found.spans.get("court")))
    if "court" in found.values:
        found.put("authority", found.values["court"], found.spans["court"])
        found.values |= {"authority_kind": "court", "formula": "court"}
        if bodies and _VIA.search(text[: bodies[0][1]]):
            found.put("transmitted_by", bodies[0][0], bodies[0][1:3])
        return
    if not bodies:
        _read_ground(text, found)
        return
    passing, deciding = _parted(text, bodies)
    name, start, end, kind, territory = deciding
    found.put("authority", name, (start, end))
    found.values |= {"authority_kind": kind, "formula": "agency_decision"}
    if territory:
        found.values["territory"] = territory
    if passing:
        found.put("transmitted_by", passing[0], passing[1:3])


_Seen = tuple[str, int, int, str, str | None]


def _bodies(text: str) -> list[_Seen]:
    """The bodies that are named, in their order; of two names in one place the longer one."""
    seen = [
        (body.name or match[0].strip(), match.start(), match.end(), body.kind, body.territory)
        for body in BODIES
        for match in body.pattern.finditer(text)
    ]
    seen.sort(key=lambda each: (each[1], -each[2]))
    kept: list[_Seen] = []
    for each in seen:
        if (not kept or each[1] >= kept[-1][2]) and all(each[0] != other[0] for other in kept):
            kept.append(each)
    return kept


def _parted(text: str, bodies: list[_Seen]) -> tuple[_Seen | None, _Seen]:
    """Who passed on, and who decided: "by A on the basis of a decision of B" names them in that order."""
    if len(bodies) == 1:
        return None, bodies[0]
    first, second = bodies[0], bodies[1]
    between = text[first[2] : second[1]]
    if _ON_GROUND.search(between) or (_VIA.search(text[: first[1]]) and _ACT.search(between)):
        return first, second
    if _VIA.search(text[: second[1]]):
        return second, first
    return None, first


def _read_court(text: str, found: Found) -> None:
    """The first court with a name of its own; else whether the notice speaks of a court at all."""
    matches = [(match, territory) for pattern, territory in COURTS for match in pattern.finditer(text)]
    for match, territory in sorted(matches, key=lambda each: each[0].start()):
        lead = _BEFORE_COURT.match(match[0])
        start = match.start() + (lead.end() if lead else 0)
        name = text[start : match.end()].strip().rstrip(".,")
        if len(name.split()) > 1 or not name.isascii():
            if _NAMELESS.fullmatch(name):
                continue
            found.put("court", in_nominative(name), (start, start + len(name)))
            country = territory or country_of(name) or _country_by_city(name)
            if country:
                found.values["territory"] = country
            return
    if _SOME_COURT.search(text):
        found.values |= {"authority_kind": "court", "formula": "court"}


def _country_by_city(name: str) -> str | None:
    city = CITIES.search(name)
    return city.lastgroup if city else None


def _read_ground(text: str, found: Found) -> None:
    """A body that no table lists: the words behind "by order of", with the kind that they tell."""
    for pattern in GROUND:
        if (match := pattern.search(text)) and (kind := kind_of(match["body"])):
            name = match["body"].strip().rstrip(".,")
            found.put(
                "authority", in_nominative(name), (match.start("body"), match.start("body") + len(name))
            )
            found.values |= {
                "authority_kind": kind,
                "formula": "court" if kind == "court" else "agency_decision",
            }
            if kind == "court":
                found.put("court", in_nominative(name), found.spans["authority"])
            return


def _read_settled(text: str, found: Found) -> None:
    for phrase in SETTLED:
        is_settled = (
            phrase.formula == "platform_rules" and {"authority", "law", "order_number"} & found.values.keys()
        )
        if not is_settled and (match := phrase.pattern.search(text)):
            found.values.setdefault("formula", phrase.formula)
            if phrase.territory:
                found.values.setdefault("territory", phrase.territory)
            if phrase.kind:
                found.values.setdefault("authority_kind", phrase.kind)
            found.spans.setdefault("formula", match.span())
            return


def _read_order(text: str, found: Found, language: str) -> None:
    """The number that is called one, and the date nearest to it; without a number only a date that an act bears."""
    is_iranian = found.values.get("territory") == "IR" or "Iran" in text
    dates = list(dates_in(text, "fa" if is_iranian else language))
    blanked = text
    for day in dates:
        blanked = _without(blanked, (day.start, day.end))
    numbers = [
        each
        for each in numbers_in(blanked, language)
        if not any(d.start < each[2] and each[1] < d.end for d in dates)
    ]
    number = min(numbers, key=lambda each: each[1]) if numbers else None
    if number:
        found.put("order_number", number[0], number[1:])
    if (dated := _date_of(text, dates, number)) is not None:
        found.put("order_date", text[dated.start : dated.end], (dated.start, dated.end))
        if dated.iso:
            found.values["order_day"] = dated.iso


def _date_of(text: str, dates: list[Written], number: tuple[str, int, int] | None) -> Written | None:
    if number is not None:
        near = [day for day in dates if _gap(day, number) <= _NEAR]
        if near:
            return min(near, key=lambda day: _gap(day, number))
    for day in dates:
        before = text[max(0, day.start - 90) : day.start]
        if (_DATED.search(before) and _ACT.search(before)) or _TARIH.match(text[day.end :]):
            return day
    return None


def _gap(day: Written, number: tuple[str, int, int]) -> int:
    return max(day.start - number[2], number[1] - day.end, 0)


def _read_territory(text: str, found: Found, withheld: re.Match[str] | None) -> None:
    """The country that the text says the page is kept from, else the body's own; none where several are named."""
    if withheld:
        found.values.pop("territory", None)
        named = {
            COUNTRIES[re.sub(r"\s+", " ", m["country"]).lower()] for m in COUNTRY.finditer(withheld["where"])
        }
        if len(named) == 1 and not re.search(r",|\band\b|&", _bare(withheld["where"])):
            found.values["territory"] = named.pop()
        return
    if "territory" not in found.values and (country := country_of(text)):
        found.values["territory"] = country


def _bare(where: str) -> str:
    """Without the comma that closes a list of one."""
    return where.strip(" ,.")
