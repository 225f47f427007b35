"""What a text tells of: a block, a restoration, a threat, or something that only looks like one."""

from __future__ import annotations

from dataclasses import dataclass

from events.intake.happening import Deed, Happening, Mood
from events.intake.passage import Sentence
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
    head = [sentence for sentence in scene.lead if happening.weight(sentence) >= 3.0]
    if scene.within(0, head[-1].last if head else -1, "hack"):
        return Told("none", 0.85, "hacked")
    back = _restoration(scene, happening)
    blocks = [deed for deed in happening.blocks if deed.mood is not Mood.NOT]
    main = _main(blocks, happening)
    if _whole(scene, happening) and not _has_target(scene, happening, head):
        return Told("none", 0.8, "the whole platform")
    if back:
        return Told("restoration", 0.85, "restored", back)
    if scene.within(0, head[-1].last if head else -1, "own") and not scene.of("ask"):
        return Told("none", 0.7, "by the owner")
    if main is None:
        return Told("none", 0.8, "no block")
    if main.mood in (Mood.MAY, Mood.NAMED) and not any(
        deed.mood in (Mood.DONE, Mood.ASKED) and not deed.is_earlier for deed in blocks
    ):
        return Told("threat", 0.6, "only to come", main)
    return Told("block", 0.9 if main.mood is Mood.DONE else 0.75, "blocked", main)


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


def _whole(scene: Scene, happening: Happening) -> bool:
    """Whether a platform itself is what cannot be reached."""
    hits = 0.0
    for sentence in scene.lead:
        if happening.weight(sentence) >= 1.5:
            hits += 0.5 * len(scene.within(sentence.first, sentence.last, "whole"))
    for deed in happening.blocks:
        if (
            happening.weight(deed.sentence) >= 1.5
            and deed.mood is not Mood.NOT
            and _hits_platform(scene, deed)
        ):
            hits += 1.0
    return hits >= 1.0


def _hits_platform(scene: Scene, deed: Deed) -> bool:
    """Whether a deed's object is a platform: the subject of a passive, or right behind an active one."""
    first, last = deed.clause
    for platform in scene.within(first, last, "platform"):
        if deed.is_passive and platform.last < deed.mark.first and not _things(scene, first, deed.mark.first):
            return True
        is_behind = 0 < platform.first - deed.mark.last <= 3 and not deed.is_passive
        if is_behind and not _things(scene, deed.mark.last, min(last, platform.last + 2)):
            return not _is_place(scene, platform)
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


def _has_target(scene: Scene, happening: Happening, head: list[Sentence]) -> bool:
    """Whether a deed of the head has a page, channel or post in its clause."""
    for deed in happening.blocks:
        if happening.weight(deed.sentence) >= 2.0 and deed.mood is not Mood.NOT:
            nouns = [
                mark
                for mark in scene.within(*deed.clause, "noun")
                if mark.value in ("community", "profile", "channel", "post", "video", "app")
            ]
            if nouns:
                return True
    return False


# ruff: noqa: E501 -- words of one meaning a line
