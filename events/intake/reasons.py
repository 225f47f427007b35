"""The reason that the authority or the platform gives, in its own words where the text quotes them; or that it gives none."""

from __future__ import annotations

import re
from dataclasses import dataclass

from events.intake.happening import Happening, Mood
from events.intake.passage import Quote
from events.intake.phrases import Mark
from events.intake.scene import Scene


@dataclass(frozen=True, slots=True)
class Reason:
    """``status`` is given or none_given. ``start`` and ``end`` are characters of the passage; for none_given they are
    the words that say that no reason was given."""

    status: str
    start: int
    end: int
    confidence: float


_LONGEST = 22
"""Words of a reason that no quotation marks end."""


def reason(scene: Scene, happening: Happening) -> Reason | None:
    """What the text says of the reason of the main event; None when it says nothing."""
    given = _given(scene, happening)
    silent = _silent(scene, happening)
    if silent and (given is None or given[0] < silent[0] + 0.5):
        return silent[1]
    return given[1] if given else None


def _silent(scene: Scene, happening: Happening) -> tuple[float, Reason] | None:
    best = None
    for mark in scene.of("silent"):
        weight = happening.weight(scene.sentence_at(mark.first))
        if happening.is_earlier(mark) or weight < 0.6:
            continue
        score = 1.5 + 0.5 * weight
        if best is None or score > best[0]:
            best = score, Reason("none_given", mark.start, mark.end, min(0.9, 0.6 + 0.1 * weight))
    return best


def _given(scene: Scene, happening: Happening) -> tuple[float, Reason] | None:
    best: tuple[float, Reason] | None = None
    for mark in scene.of("reason"):
        found = _behind(scene, happening, mark)
        if found and (best is None or found[0] > best[0]):
            best = found
    return best if best and best[0] >= 2.2 else None


def _behind(scene: Scene, happening: Happening, mark: Mark) -> tuple[float, Reason] | None:
    """The reason that a phrase leads to: the quotation behind it, or the words to the end of the clause."""
    sentence = scene.sentence_at(mark.first)
    weight = happening.weight(sentence)
    if happening.is_earlier(mark) or (scene.is_quoted(mark.first) and not scene.is_quoted(mark.last)):
        return None
    quote = _quote_behind(scene, mark, sentence.last)
    deeds = [deed for deed in happening.blocks if deed.sentence == sentence and deed.mood is not Mood.NOT]
    gap = min((scene.gap(deed.mark, mark) for deed in deeds), default=99)
    score = 0.5 * weight + (0.8 if gap <= 12 else 0.3 if deeds else 0.0)
    if quote is not None:
        return score + 1.4, Reason("given", quote.start, quote.end, min(0.9, 0.5 + 0.1 * score))
    if gap > 14:
        return None
    first, last = mark.last + 1, _end(scene, mark, sentence.last)
    if last < first:
        return None
    tokens = scene.tokens
    return score + 0.5, Reason("given", tokens[first].start, tokens[last].end, min(0.75, 0.35 + 0.1 * score))


def _quote_behind(scene: Scene, mark: Mark, last: int) -> Quote | None:
    for quote in scene.passage.quotes:
        gap = quote.first - mark.last - 1
        if (
            (0 <= gap <= 9 or quote.first <= mark.first <= quote.last)
            and quote.last <= last
            and not _is_name(scene, quote)
        ):
            between = scene.passage.text[scene.tokens[mark.last].end : quote.start]
            if not re.search(r"[.;!?]", between):
                return quote
    return None


def _is_name(scene: Scene, quote: Quote) -> bool:
    """Whether a quotation begins as a name does and stands behind what can be blocked."""
    first = scene.tokens[quote.first]
    if first.is_han:
        return False
    return first.is_capital and quote.last - quote.first < 5


def _end(scene: Scene, mark: Mark, last: int) -> int:
    """Where the words of the reason end: at a comma, a bracket, or where something is said or done again."""
    at = mark.last + 1
    while at <= last and at - mark.last <= _LONGEST:
        if at > mark.last + 1 and re.search(r"[,;:()!?—–。,、]", scene.passage.between(at - 1, at)):
            break
        at += 1
    return at - 1


# ruff: noqa: E501 -- words of one meaning a line
