"""What a text tells of: a block, a restoration, a threat, or something that only looks like one."""

from __future__ import annotations

from dataclasses import dataclass

from events.intake.happening import Deed, Happening, Mood
from events.intake.phrases import Mark
from events.intake.scene import Scene


@dataclass(frozen=True, slots=True)
class Told:
    """``kind`` is one of ``drafts.KINDS``; ``because`` is what decided."""

    kind: str
    confidence: float
    because: str
    deed: Deed | None = None


def told(scene: Scene, happening: Happening) -> Told:
    """The kind of the main event."""
    back = _restoration(scene, happening)
    blocks = [deed for deed in happening.blocks if deed.mood is not Mood.NOT]
    main = _main(blocks, happening)
    if _is_hacked(scene, happening):
        return Told("none", 0.85, "hacked")
    if _whole(scene, happening) > max(1.9, _target(scene, happening)):
        return Told("none", 0.8, "the whole platform")
    if back:
        return Told("restoration", 0.85, "restored", back)
    if _in_head(scene, happening, 3.0, "own") and not scene.of("ask"):
        return Told("none", 0.7, "by the owner")
    if main is None:
        return Told("none", 0.8, "no block")
    is_done = any(deed.mood is Mood.DONE and happening.weight(deed.sentence) >= 3.0 for deed in blocks)
    if _in_head(scene, happening, 3.0, "fine") and not is_done:
        return Told("none", 0.7, "a fine")
    if main.mood not in (Mood.DONE, Mood.ASKED) and _in_head(scene, happening, 2.0, "law", "outage", "fine"):
        return Told("none", 0.7, "a law, an outage or a fine")
    if main.mood in (Mood.MAY, Mood.NAMED) and not any(
        deed.mood in (Mood.DONE, Mood.ASKED) and not deed.is_earlier for deed in blocks
    ):
        return Told("threat", 0.6, "only to come", main)
    return Told("block", 0.9 if main.mood is Mood.DONE else 0.75, "blocked", main)


def _in_head(scene: Scene, happening: Happening, weight: float, *kinds: str) -> list[Mark]:
    """The marks in the sentences that count at least so much."""
    return [mark for mark in scene.of(*kinds) if happening.weight(scene.sentence_at(mark.first)) >= weight]


def _is_hacked(scene: Scene, happening: Happening) -> bool:
    """Told at the head; or right behind it, where the head tells of no block."""
    if _in_head(scene, happening, 3.0, "hack"):
        return True
    is_told = any(
        deed.mood is Mood.DONE and happening.weight(deed.sentence) >= 3.0 for deed in happening.blocks
    )
    return bool(_in_head(scene, happening, 2.0, "hack")) and not is_told


def _restoration(scene: Scene, happening: Happening) -> Deed | None:
    """A restoration that the title or the first sentence tells as done."""
    for deed in happening.restorations:
        if deed.mood is Mood.DONE and deed.mark.value == "done" and happening.weight(deed.sentence) >= 3.0:
            return deed
    return None


def _main(blocks: list[Deed], happening: Happening) -> Deed | None:
    """The block that the text is about: what happened counts more than what is asked, the head more than the rest."""
    worth = {Mood.DONE: 2.0, Mood.ASKED: 1.5, Mood.NAMED: 0.8, Mood.MAY: 0.7, Mood.NOT: 0.0}

    def score(deed: Deed) -> float:
        return worth[deed.mood] * happening.weight(deed.sentence) * (0.4 if deed.is_earlier else 1.0)

    return max(blocks, key=score, default=None)


def _whole(scene: Scene, happening: Happening) -> float:
    """How strongly the head says that a platform itself cannot be reached."""
    score = 0.8 * len(_in_head(scene, happening, 1.5, "whole"))
    for deed in happening.blocks:
        weight = happening.weight(deed.sentence)
        if weight >= 1.5 and deed.mood not in (Mood.NOT, Mood.MAY) and _hits_platform(scene, deed):
            score += weight
    for deed in happening.restorations:
        if happening.weight(deed.sentence) >= 2.0 and deed.mood is Mood.DONE and _is_own_return(scene, deed):
            score += happening.weight(deed.sentence)
    for mark in _in_head(scene, happening, 1.5, "cut"):
        if any(0 < platform.first - mark.last <= 2 for platform in scene.of("platform")):
            score += 0.8 * happening.weight(scene.sentence_at(mark.first))
    return score


def _target(scene: Scene, happening: Happening) -> float:
    """How strongly the head ties a page, a channel or a post to what is done."""
    score = 0.0
    for deed in [*happening.blocks, *happening.restorations]:
        weight = happening.weight(deed.sentence)
        if weight >= 1.5 and deed.mood is not Mood.NOT and not deed.is_earlier and _things_near(scene, deed):
            score += weight
    return score


_PAGES = ("community", "profile", "channel", "post", "video", "app")


def _things_near(scene: Scene, deed: Deed) -> bool:
    return any(
        mark.value in _PAGES and scene.gap(deed.mark, mark) <= 7
        for mark in scene.within(*deed.clause, "noun")
    )


def _hits_platform(scene: Scene, deed: Deed) -> bool:
    """Whether a deed's object is a platform: the subject of a passive, or right behind an active one."""
    first, last = deed.clause
    for platform in scene.within(first, last, "platform"):
        if scene.is_quoted(platform.first) and scene.language == "zh":
            continue
        if deed.is_passive and platform.last < deed.mark.first and not _things(scene, first, deed.mark.first):
            return True
        is_behind = 0 < platform.first - deed.mark.last <= 3 and not deed.is_passive
        if is_behind and not _things(scene, deed.mark.last, min(last, platform.last + 2)):
            return not _is_place(scene, platform)
    return False


def _is_own_return(scene: Scene, deed: Deed) -> bool:
    """``X is back in Brazil``: the platform itself is what is back."""
    first = deed.clause[0]
    for platform in scene.within(first, deed.mark.first, "platform"):
        is_place = _is_place(scene, platform) or _things(
            scene, first, min(deed.clause[1], deed.mark.last + 4)
        )
        if (
            platform.last < deed.mark.first <= platform.last + 3
            and not is_place
            and deed.mark.value == "done"
        ):
            return not scene.within(deed.mark.last + 1, min(deed.clause[1], deed.mark.last + 8), "noun")
    return False


def _is_place(scene: Scene, platform: Mark) -> bool:
    """``blocked on Twitter``: the platform is where, not what."""
    before = scene.tokens[platform.first - 1].key if platform.first else ""
    return before in _WHERE


_WHERE = frozenset(
    "on from in by at via through в во на с из у auf bei von aus im sur de par dans en por del da do no na pelo di dari "
    "oleh".split()
)


def _things(scene: Scene, first: int, last: int) -> list[Mark]:
    return scene.within(first, last, "noun")


# ruff: noqa: E501 -- words of one meaning a line
