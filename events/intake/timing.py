"""On which day it happened: the date that stands with the deed, not with the order, the post or the report."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from events.intake.dates import When, dates_in
from events.intake.days import NOTHING, Published, Resolved, resolved
from events.intake.happening import Deed, Happening, Mood
from events.intake.phrases import Mark
from events.intake.platforms import PlatformName
from events.intake.scene import Scene

LEAST = 1.1
"""The score from which a date is taken for the deed's."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of the deed and its words. ``resolved.iso`` is None where only a day and a month are told."""

    when: When
    resolved: Resolved
    confidence: float


def dated(
    scene: Scene,
    happening: Happening,
    kind: str,
    main: Deed | None,
    published: Published | None,
    host: PlatformName | None = None,
) -> Dated | None:
    """The date of the main event, on the platform ``host``; None where the text states none."""
    dates = [when for when in dates_in(scene) if not _is_dateline(scene, when)]
    is_ordered = kind == "threat" or (
        main is not None and (main.mood is not Mood.DONE or _is_unmet(scene, happening))
    )
    deeds = happening.restorations if kind == "restoration" else happening.blocks
    best: tuple[float, Dated] | None = None
    scores = [_score(scene, happening, when, deeds, is_ordered) for when in dates]
    is_dated = max(scores, default=0.0) >= LEAST
    for when, score in zip(dates, scores, strict=True):
        if score < LEAST and not is_dated:
            score = max(
                _told_score(scene, happening, when, kind, is_ordered), _opening(scene, happening, when, main)
            )
        if score < LEAST or _is_elsewhere(scene, happening, when, host):
            continue
        if kind == "restoration" and _is_of_block(scene, happening, when):
            continue
        found = _resolved(scene, when, dates_in(scene), published)
        if found is NOTHING:
            continue
        if best is None or score > best[0]:
            best = score, Dated(when, found, min(found.confidence, 0.4 + 0.12 * score))
    return best[1] if best else None


def _opening(scene: Scene, happening: Happening, when: When, main: Deed | None) -> float:
    """``Since Saturday, 18 May, the bot does not answer``: the day a text begins with, where its title tells the deed."""
    sentence = scene.sentence_at(when.first)
    if main is None or not main.sentence.is_title or main.mood is not Mood.DONE:
        return 0.0
    if scene.body_number(sentence) != 0 or when.day is None or sentence.last - when.last < 3:
        return 0.0
    if when.first - sentence.first > 5:
        return 0.0
    if scene.within(sentence.first, sentence.last, "block", "restore", "said", "ask.did", "act"):
        return 0.0
    return LEAST + 0.1


def _is_unmet(scene: Scene, happening: Happening) -> bool:
    """Whether the head says that what was ordered is still to be seen."""
    return any(happening.weight(scene.sentence_at(mark.first)) >= 1.0 for mark in scene.of("unmet"))


def _is_elsewhere(scene: Scene, happening: Happening, when: When, host: PlatformName | None) -> bool:
    """``WhatsApp closed a line on Tuesday`` in a text on Facebook: what another platform did."""
    if host is None or happening.weight(scene.sentence_at(when.first)) >= 3.0:
        return False
    clause = scene.clause_at(when.first)
    return any(
        0 <= deed.mark.first - mark.last - 1 <= 2 and mark.value.name.split()[0] != host.name.split()[0]
        for deed in happening.blocks
        for mark in scene.within(*clause, "platform")
        if deed.clause == clause and not deed.is_passive
    )


def _is_dateline(scene: Scene, when: When) -> bool:
    """``HANOI, Oct 6 —`` before the report: when it was written, where it is no sentence of its own."""
    sentence = scene.sentence_at(when.first)
    if scene.body_number(sentence) != 0 or when.first - sentence.first > 4 or when.last == sentence.last:
        return False
    return bool(
        re.match(r"\s?[—–]|\.?\s?[—–-]\s|\.[—–-]", scene.passage.text[scene.tokens[when.last].end :][:4])
    )


def _is_of_block(scene: Scene, happening: Happening, when: When) -> bool:
    """``suspended since Wednesday, is active again``: in a text on a restoration the day of the block."""
    sentence = scene.sentence_at(when.first)
    back = [
        _gap(when, each.mark.first, each.mark.last)
        for each in happening.restorations
        if each.sentence == sentence
    ]
    shut = [
        _gap(when, each.mark.first, each.mark.last) for each in happening.blocks if each.sentence == sentence
    ]
    if shut and scene.tokens[max(0, when.first - 1)].key in _SINCE:
        return True
    return bool(shut) and min(shut) < min(back, default=99)


_SINCE = frozenset("since sejak seit depuis desde с з із від dari beri 自".split())


_DOCUMENT = re.compile(
    r"(?:\bот|\bвід|\bdated|\bde fecha|\bdatada? de|\bdaté\w* du|\btertanggal|\bbertanggal)\s+$", re.I
)
"""Words that date a paper, right before the day."""
_PAPER_BEHIND = re.compile(r"^['’]?(?:\s?(?:tarihli|sayılı))", re.I)


_OF_THING = re.compile(
    r"\b(?!morning|night|evening|afternoon|hours|end|start|beginning|early|late|middle|day|week|month|as|out|instead\b)[a-z]{3,}(?:[’']s)? of (?:the )?$"
)


def _is_of_paper(scene: Scene, when: When) -> bool:
    """``от 21.09.2017``, ``its letter of May 5``: the day of a paper or a post, wherever its name stands."""
    if scene.language == "en" and _OF_THING.search(
        scene.passage.text[: scene.tokens[when.first].start][-24:]
    ):
        return True
    return bool(_DOCUMENT.search(scene.passage.text[: scene.tokens[when.first].start][-12:]))


def _told_score(scene: Scene, happening: Happening, when: When, kind: str, is_ordered: bool) -> float:
    """The day on which the deed was told, noticed or asked for, at the head of the text, where it has no other."""
    sentence = scene.sentence_at(when.first)
    number = scene.body_number(sentence)
    if not 0 <= number <= 2 or scene.is_quoted(when.first) or _is_of_paper(scene, when):
        return 0.0
    if when.day is None and when.weekday is None and when.back is None and kind != "threat":
        return 0.0
    if _is_earlier_date(scene, happening, when) or happening.is_earlier(_place(scene, when)):
        return 0.0
    behind = scene.passage.text[scene.tokens[when.last].end :][:10]
    near = scene.near(when.first, 8, when.last - when.first + 8, "said", "block.noun")
    if is_ordered:
        near += scene.near(when.first, 8, when.last - when.first + 8, "ask.did")
    if not near and not (scene.language == "tr" and _PAPER_BEHIND.match(behind)):
        return 0.0
    is_of_deed = bool(scene.within(sentence.first, sentence.last, "block", "restore"))
    is_of_ask = number <= 1 and any(
        _ORDERS.search(scene.words(mark.first, mark.last))
        for mark in scene.within(sentence.first, sentence.last, "ask.did")
    )
    if number and not is_of_deed and not is_of_ask:
        return 0.0
    acts = [
        mark
        for mark in scene.near(when.first, 4, 0, "act")
        if not _ORDERS.search(scene.words(mark.first, mark.last))
        and not scene.within(mark.first, mark.last, "said", "ask")
    ]
    return 0.0 if acts else LEAST + 0.15 - 0.05 * number


def _place(scene: Scene, when: When) -> Mark:
    tokens = scene.tokens
    return Mark("date", None, when.first, when.last, tokens[when.first].start, tokens[when.last].end)


_ORDERS = re.compile(
    r"требов|реш|постанов|предписан|распоряж|указ|вимог|ріш|order|decision|ruling|direct|request|demand|karar|talep|"
    r"talebi|beschl|urteil|anordn|décision|ordonnance|arrêt|orden|resoluc|decis|ordem|perintah|putusan|permintaan|命令|决定|"
    r"通知|要求",
    re.I,
)  # fmt: skip


def _resolved(scene: Scene, when: When, dates: list[When], published: Published | None) -> Resolved:
    if when.after is not None:
        return _after(when, dates, published)
    found = resolved(when, published)
    if found is NOTHING and when.weekday is not None and published is None:
        dateline = _dateline(scene, dates)
        return resolved(dateline, published) if dateline else NOTHING
    return found


def _after(when: When, dates: list[When], published: Published | None) -> Resolved:
    """``the next day``: so many days behind the date that was told before."""
    before = [each for each in dates if each.last < when.first and each.after is None]
    told = resolved(before[-1], published) if before else NOTHING
    if told.precision != "day" or told.iso is None or when.after is None:
        return NOTHING
    day = date.fromisoformat(told.iso) + timedelta(days=when.after)
    return Resolved(day.isoformat(), "day", None, 0.6)


def _dateline(scene: Scene, dates: list[When]) -> When | None:
    """``Москва. 26 марта. В субботу …``: the date that stands alone before the report."""
    for when in dates:
        sentence = scene.sentence_at(when.first)
        if (
            sentence.last - sentence.first <= 4
            and scene.body_number(sentence) in (0, 1)
            and when.day
            and when.month
        ):
            return when
    return None


def _score(scene: Scene, happening: Happening, when: When, deeds: list[Deed], is_ordered: bool) -> float:
    """How surely a date is the deed's: by what stands nearest to it in its clause."""
    sentence = scene.sentence_at(when.first)
    weight = happening.weight(sentence)
    first, last = scene.clause_at(when.first)
    near = [
        deed
        for deed in deeds
        if deed.sentence == sentence and deed.mood in (Mood.DONE, Mood.ASKED, Mood.NAMED)
    ]
    if not near and _is_of_paper(scene, when) and not is_ordered:
        return 0.0
    if not near and is_ordered and weight >= 1.5 and _is_of_act(scene, when, [], _ORDERS):
        return 0.4 * weight + 0.4
    if not near:
        return _announced(scene, when, weight)
    deed_gap = min(_gap(when, deed.mark.first, deed.mark.last) for deed in near)
    nearest = min(near, key=lambda deed: _gap(when, deed.mark.first, deed.mark.last))
    if nearest.is_earlier and weight < 3.0:
        return 0.0
    if _is_of_paper(scene, when):
        return 0.55 * weight + 0.3 if is_ordered and not scene.is_quoted(when.first) else 0.0
    if _is_earlier_date(scene, happening, when):
        return 0.0
    if _is_of_act(scene, when, near):
        return 0.55 * weight + 0.3 if is_ordered and _is_of_act(scene, when, near, _ORDERS) else 0.0
    same_clause = nearest.clause == (first, last)
    score = weight * (0.9 if same_clause else 0.55) + (0.4 if nearest.mood is Mood.DONE else 0.0)
    if nearest.mood is Mood.NAMED and not scene.near(when.first, 4, when.last - when.first + 3, "said"):
        score -= 0.8
    if when.day is None and when.weekday is None and when.back is None:
        if weight < 2.0 and scene.within(first, last, "brief"):
            return 0.0
        score -= 0.4 if weight >= 2.0 else 0.6
    return score - min(0.3, 0.01 * deed_gap)


def _is_of_act(scene: Scene, when: When, deeds: list[Deed], kind: re.Pattern[str] | None = None) -> bool:
    """``требование от 25 марта``, ``published on Thursday``: an act right before the date, or right behind it."""
    first, last = scene.clause_at(when.first)
    for mark in scene.within(first, last, "act", "ask.did"):
        if kind is not None and not kind.search(scene.words(mark.first, mark.last)):
            continue
        if scene.is_quoted(mark.first) or (not deeds and scene.within(mark.first, mark.last, "said")):
            continue
        if mark.kind == "ask" and scene.within(mark.first, mark.last, "said", "block"):
            continue
        reach = 8 if mark.kind == "ask" else 6 if kind is not None else 3
        if 0 <= when.first - mark.last - 1 <= reach and _holds(scene, mark, when, deeds):
            return True
        is_behind = mark.kind == "act" and 0 <= mark.first - when.last - 1 <= (
            6 if scene.language == "zh" else 1
        )
        if is_behind and scene.language in ("tr", "zh", "de"):
            return True
    return False


def _holds(scene: Scene, mark: Mark, when: When, deeds: list[Deed]) -> bool:
    """Whether nothing between an act and a date takes the date away from it."""
    between = range(mark.last + 1, when.first)
    if any(deed.mark.first in between for deed in deeds):
        return False
    if scene.tokens[when.first - 1].key in _DATED:
        return True
    return not _touches(when, deeds) and not scene.within(mark.last + 1, when.first, "said")


_DATED = frozenset("от від of dated vom du del tarihli bertanggal tertanggal".split())
"""Words that tie a date to the act before it."""


def _touches(when: When, deeds: list[Deed]) -> bool:
    """Whether a deed stands right beside a date, or with one small word or ending between."""
    return any(_gap(when, deed.mark.first, deed.mark.last) <= 1 for deed in deeds)


_THIS = frozenset("это этом этого це цього this dies dies ceci cela esto isso hal".split())


def _announced(scene: Scene, when: When, weight: float) -> float:
    """``Про це 20 серпня повідомило …``: the day on which the deed just told became known, where no other is told."""
    sentence = scene.sentence_at(when.first)
    keys = {token.key for token in scene.tokens[sentence.first : sentence.last + 1]}
    is_of_this = bool(keys & _THIS) and bool(scene.within(sentence.first, sentence.last, "said"))
    return 1.45 if is_of_this and weight >= 2.0 and not _is_of_act(scene, when, []) else 0.0


def _gap(when: When, first: int, last: int) -> int:
    return max(first - when.last - 1, when.first - last - 1, 0)


def _is_earlier_date(scene: Scene, happening: Happening, when: When) -> bool:
    """Whether the words right before say that it was before: ``earlier, on 5 May``; ``since 2019``."""
    start = scene.sentence_at(when.first).first
    marks = scene.within(max(start, when.first - 4), when.last, "earlier")
    return any(
        mark.last < when.first and scene.words(mark.first, mark.last).lower() not in ("since", "also")
        for mark in marks
    )


# ruff: noqa: E501 -- words of one meaning a line
