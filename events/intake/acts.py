"""The legal act: of a text that is a block notice, all that it states; of an article, the order's number and date."""

from __future__ import annotations

import re
from dataclasses import dataclass

from events.intake.dates import dates_in
from events.intake.days import resolved
from events.intake.scene import Scene
from tracker.facts import Notice
from tracker.judging import parse_notice

NOTICE_CHARS = 450
"""Longer than any notice known: an article may quote one, but is none."""
_SURE = 0.6

_WITHHELD = re.compile(
    r"\s*(?:\W{0,3}(?:this|your|the following) [\w ]{0,30}(?:is|has been|was|can.t|cannot)|"
    r"(?:материал|страница|сообщество|данн\w+|эта?о?|запис\w+)\s|"
    r"(?:dieser?s?|ce|cette|est[ae]|este|bu|ini|該|该|此)\b)", re.I,
)  # fmt: skip
_FROM_NOTICE = (
    "authority", "authority_kind", "transmitted_by", "order_number", "order_date", "law", "territory", "reason",
)  # fmt: skip
_NAMES = {"reason": "cited_reason"}
_CALLED = re.compile(
    r"(?:№|\bN[o°º]\.?\s?\d|\bsayılı karar|\bkarar (?:no|sayı)|\bDeğişik İş|\bnomor\b|\bAz\.|Aktenzeichen|\bn\.?º)",
    re.I,
)
_NUMBER = re.compile(
    r"(?:№|N[o°º]\.?|Nr\.?|n\.?[°º]|nomor|Az\.|sayılı)\s*((?=[\w/.-]*\d)\w[\w/.\-–]{0,40}\w|\d)", re.I
)
_ACT = re.compile(
    r"(?:требовани|решени|постановлени|предписани|распоряжени|определени|приказ|указ|вимог|рішенн|order|decision|ruling|"
    r"judgment|karar|Beschlus|Urteil|Anordnung|décision|ordonnance|arrêt|orden|resolución|decisão|ordem|putusan|keputusan)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Stated:
    """One value of an act, with the characters of the passage that say it."""

    name: str
    value: str
    confidence: float
    start: int
    end: int


def notice_in(text: str) -> Notice | None:
    """The notice, where a text is one and nothing else: it dates or numbers an order, or is one withheld sentence."""
    if not text.strip() or len(text) > NOTICE_CHARS:
        return None
    notice = parse_notice(text)
    if notice.confidence < _SURE or notice.platform_rules:
        return None
    is_one = bool(notice.order_number or notice.order_date) or _WITHHELD.match(text) is not None
    return notice if is_one else None


def stated_in(notice: Notice, offset: int = 0) -> list[Stated]:
    """What a notice states; what has no words of its own there is said by the whole notice."""
    spans = {name: (start, end) for name, start, end in notice.spans}
    found = []
    for name in _FROM_NOTICE:
        value = getattr(notice, name)
        if value:
            start, end = spans.get(name) or spans.get("authority") or (0, len(notice.text))
            confidence = notice.confidence * (0.6 if notice.suspect else 1.0)
            found.append(
                Stated(_NAMES.get(name, name), value, round(confidence, 2), start + offset, end + offset)
            )
    return found


def order_in(scene: Scene) -> list[Stated]:
    """The number and date of the order that an article names: of the first sentence that names an act by number."""
    passage = scene.passage
    for sentence in passage.sentences[:12]:
        text = passage.text[sentence.start : sentence.end]
        if len(text) >= 1_000 or not _ACT.search(text) or not (called := _CALLED.search(text)):
            continue
        found = [
            each
            for each in stated_in(parse_notice(text), sentence.start)
            if each.name in ("order_number", "order_date")
        ]
        if any(each.name == "order_number" for each in found):
            return found
        if number := _NUMBER.match(text, called.start()):
            start, end = sentence.start + number.start(1), sentence.start + number.end(1)
            return [Stated("order_number", number[1], 0.7, start, end), *_dated(scene, start, end)]
    return []


def _dated(scene: Scene, start: int, end: int) -> list[Stated]:
    """The whole date that stands right before or behind a number."""
    for when in dates_in(scene):
        first, last = scene.tokens[when.first].start, scene.tokens[when.last].end
        if when.year and when.month and when.day and max(first - end, start - last) <= 12:
            day = resolved(when, None)
            return [Stated("order_date", day.iso, 0.7, first, last)] if day.iso else []
    return []
