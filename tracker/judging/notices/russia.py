"""The grammar of the notices that VK shows in Russia, with the slips that its writers make.

    notice = "Этот материал заблокирован на территории РФ" lead [ "(" court [" - " region] ")" ] order [tail]
    order  = "от" DATE ["№" NUMBER] | "№" NUMBER "от" DATE

Slips that occur: a word or the № twice, no space, "от" before the №, the whole phrase twice, no number, no
ground, Latin letters, numbers cut off, text behind. Grammar as in citizenlab/not-ok-on-vk-data c4844b5.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tracker.judging.notices.authorities import AUTHORITIES, PROSECUTOR_GENERAL, court_in_nominative
from tracker.judging.notices.numbers import DATE, NUMBER

IN_RUSSIA = re.compile(r"на\s+территории\s+(?:РФ|Российской\s+Федерации|России)|149-ФЗ", re.I)
"""What only a notice for Russia says."""

RUSSIAN = re.compile(
    r"на\s+территории\s+(?:РФ|Российской\s+Федерации|России)"
    r"|(?:заблокирован|ограничен|запрещ[её]н|закрыт|внес[её]н|прекращ[её]н|приостановлен)\w*[\s,:].{0,300}?(?:на\s+основании|согласно|в\s+соответствии|по\s+(?:требованию|решению|предписанию)|решением|реестр)"
    r"|(?:на\s+основании|согласно|в\s+соответствии|по\s+(?:требованию|решению|предписанию)|решением|реестр).{0,300}?(?:заблокирован|ограничен|запрещ[её]н|закрыт|приостановлен)"
    r"|149-ФЗ",
    re.I | re.S,
)  # fmt: skip
"""Whether a text is a Russian notice at all."""

_RULES = re.compile(
    r"запрещ[её]нн\w+\s+правилами\s+(?:сайта|сервиса)|заборонен\w+\s+правилами\s+(?:сайту|сервісу)"
    r"|(?:нарушени\w+|порушення\w*)\s+правил\w*\s+(?:сайта|сайту|сервиса|пользования|ВКонтакте)",
    re.I,
)
_VIA = re.compile(r"по\s+требованию\s+(Роскомнадзора)\s+на\s+основании\s+(?:решени|требовани)\w+\s+", re.I)
_AGENCY_OR_COURT = re.compile(
    r"суда\s*/\s*уполномоченного\s+федерального\s+органа\s+исполнительной\s+власти", re.I
)
_NAMED_COURT = re.compile(
    r"(?:решени|определени|постановлени|приговор|приказ)\w*\s+((?:[А-ЯЁ][\w-]+\s+)(?:[\w-]+\s+){0,4}?суда(?:\s+(?!от\b|№)[А-ЯЁа-яё.\-]+){0,6}?)(?=\s*(?:от\b|№|\(|,|\.?$))"
)
_COURT = re.compile(r"\bсуда?\b", re.I)
_DISTRICT_COURT = re.compile(
    r"решени\w+\s+(суда\s+[А-ЯЁ][\w-]+(?:ого|его)\s+района(?:\s+(?:г\.|города)\s?[А-ЯЁ][\w-]+)?)"
)
"""Belarus names its courts by their districts."""
_ANY_COURT = re.compile(r"(?:решени|определени|постановлени)\w+\s+суда\b", re.I)
_LAW = re.compile(
    rf"(?:(?:стать\w+|ст\.|част\w+|ч\.|пункт\w*|п\.)\s*\d[\d.,\s-]{{0,40}}(?:и\s+\d[\d.]*\s*)?){{0,4}}(?:Федеральн\w+\s+закон\w*\s+)?(?:от\s+{DATE}\s*(?:г\.|года)?\s*)?№?\s?149-ФЗ(?:\s+«[^»]{{1,120}}»)?",
    re.I,
)  # fmt: skip
_LAW_BY_NAME = re.compile(
    r"(?:(?:стать\w+|ст\.|част\w+|ч\.|пункт\w*|п\.)\s*\d[\d.,\s-]{0,40}){0,4}(?:Федеральн\w+\s+)?Закон\w*\s+(?:РФ\s+|Российской\s+Федерации\s+)?[«\"][^»\"]{1,160}[»\"]|(?:стать\w+|ст\.)\s*15\.\d(?:-\d)?",
    re.I,
)  # fmt: skip

_DEMAND = re.compile(r"требовани\w+\s+$", re.I)

_DATE_NUMBER = re.compile(
    rf"от\s+(?:от\s+)?(?P<date>{DATE})(?:\s*(?:г\.|года))?\s*№\s*(?:№\s*)?(?P<number>{NUMBER})", re.I
)
_NUMBER_DATE = re.compile(rf"№\s*(?:№\s*)?(?P<number>{NUMBER})\s+от\s+(?:от\s+)?(?P<date>{DATE})", re.I)
_DATE_ONLY = re.compile(rf"от\s+(?:от\s+)?(?P<date>{DATE})", re.I)
_NUMBER_ONLY = re.compile(rf"№\s*(?:№\s*)?(?P<number>{NUMBER})", re.I)

Span = tuple[int, int]


@dataclass(slots=True)
class Found:
    """What was found so far: values by the name of their field, and where each stands in the text."""

    values: dict[str, str] = field(default_factory=dict)
    spans: dict[str, Span] = field(default_factory=dict)

    def put(self, name: str, value: str, span: Span) -> None:
        self.values[name] = value
        self.spans[name] = span


def read(text: str) -> Found:
    """The parts of a Russian notice. Values that need no turning are verbatim, dates as written."""
    found = Found()
    law = _LAW.search(text) or _LAW_BY_NAME.search(text)
    if law:
        found.put("law", law[0].strip(), law.span())
    # The law has a number and a date of its own; blanked out, it cannot be taken for the order's.
    rest = text if law is None else text[: law.start()] + " " * len(law[0]) + text[law.end() :]
    _read_authority(rest, found)
    _read_order(rest, found)
    _read_reason(rest, found)
    if "authority" not in found.values and not found.values.get("formula") and (rules := _RULES.search(text)):
        found.put("formula", "platform_rules", rules.span())
        found.values["authority_kind"] = "platform"
    return found


_REASON = re.compile(
    r"\s*,?\s*(?P<reason>(?:как\s+содержащ\w+|содержащ\w+|за\s+(?:размещение|распространение|нарушение)|в\s+связи\s+с|ввиду|поскольку|так\s+как)\s.+)",
    re.I | re.S,
)  # fmt: skip
_COMMENT = re.compile(r"\s*Комментарий\s+ВКонтакте", re.I)


def _read_reason(text: str, found: Found) -> None:
    """The words behind the order that say why, as far as the notice goes."""
    behind = max(
        (found.spans[name][1] for name in ("order_number", "order_date") if name in found.spans), default=0
    )
    match = _REASON.search(text, behind) if behind else None
    if match is None:
        return
    reason = _COMMENT.split(match["reason"])[0].rstrip()
    found.put("reason", reason, (match.start("reason"), match.start("reason") + len(reason)))


def _read_authority(text: str, found: Found) -> None:
    if via := _VIA.search(text):
        found.put("transmitted_by", "Роскомнадзор", via.span(1))
    if not _read_court(text, found):
        _read_agency(text, found)


def _read_agency(text: str, found: Found) -> None:
    start = found.spans.get("transmitted_by", (0, 0))[1]
    matches = [(match, named) for named in AUTHORITIES if (match := named.pattern.search(text, start))]
    if not matches:
        return
    match, named = min(matches, key=lambda pair: pair[0].start())
    found.put("authority", named.name, match.span())
    found.values["authority_kind"] = named.kind
    demanded = "demand" if _DEMAND.search(text[: match.start()]) else "decision"
    whose = "prosecutor" if named is PROSECUTOR_GENERAL else "agency"
    both = "transmitted_by" in found.values and whose == "prosecutor"
    found.values["formula"] = "regulator_on_prosecutor" if both else f"{whose}_{demanded}"


def _read_court(text: str, found: Found) -> bool:
    """Whether the notice speaks of a court, named or not."""
    either, court = _AGENCY_OR_COURT.search(text), _ANY_COURT.search(text)
    if named := _NAMED_COURT.search(text) or _DISTRICT_COURT.search(text):
        found.values |= {
            "formula": "court",
            "authority_kind": "court",
            "court": court_in_nominative(named[1]),
        }
        found.spans["court"] = named.span(1)
    elif either or court:
        found.values |= {"formula": "court_or_agency" if either else "court"}
        found.values["authority_kind"] = found.values["formula"]
        _read_bracket(text, (either or court).end(), found)  # type: ignore[union-attr]
    if "court" in found.values:
        found.put("authority", found.values["court"], found.spans["court"])
        found.values["authority_kind"] = "court"
    elif either:
        found.put(
            "authority", "Суд или уполномоченный федеральный орган исполнительной власти", either.span()
        )
    return "formula" in found.values


def _read_bracket(text: str, start: int, found: Found) -> None:
    """``(court - region)`` behind the lead: the first " - " parts them, for regions contain it as well."""
    opening = re.compile(r"\s*\(").match(text, start)
    end = _closing(text, opening.end()) if opening else None
    if opening is None or end is None:
        return
    inside = re.split(r",\s*(?:дело|№)", text[opening.end() : end])[0]
    court, dash, region = inside.partition(" - ")
    if not _COURT.search(court):
        return
    at = opening.end()
    found.put("court", court.strip(), (at, at + len(court.rstrip())))
    if dash and region.strip():
        at += len(court) + len(dash)
        found.put("region", region.strip(), (at, at + len(region.rstrip())))


def _closing(text: str, start: int) -> int | None:
    """Where the bracket that was opened before ``start`` closes; regions hold brackets of their own."""
    depth = 1
    for place in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if depth == 0:
            return place
    return None


def _read_order(text: str, found: Found) -> None:
    pairs = [match for pattern in (_DATE_NUMBER, _NUMBER_DATE) if (match := pattern.search(text))]
    if pairs:
        matches = [min(pairs, key=lambda match: match.start())]
    else:
        matches = [match for pattern in (_DATE_ONLY, _NUMBER_ONLY) if (match := pattern.search(text))]
    for match in matches:
        for group, name in (("date", "order_date"), ("number", "order_number")):
            if match.groupdict().get(group):
                found.put(name, match[group], match.span(group))
