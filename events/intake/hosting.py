"""On which platform the page was: the one that acts or is acted on, not the one where somebody tells of it."""

from __future__ import annotations

from collections import defaultdict

from events.intake.happening import Happening
from events.intake.phrases import Mark
from events.intake.platforms import PlatformName
from events.intake.scene import Scene

Found = tuple[PlatformName, float, tuple[int, int]]


def platform_in(scene: Scene, happening: Happening) -> Found | None:
    """The platform, how sure, and where its name stands."""
    scores: dict[PlatformName, float] = defaultdict(float)
    best: dict[PlatformName, tuple[float, Mark]] = {}
    for at, mark in enumerate(scene.of("platform")):
        score = _score(scene, happening, mark) - 0.01 * min(at, 20)
        scores[mark.value] += max(score, 0.0) * 0.4
        if mark.value not in best or score > best[mark.value][0]:
            best[mark.value] = (score, mark)
    if not best:
        return None
    winner = max(best, key=lambda each: best[each][0] + scores[each])
    score, mark = best[winner]
    rivals = [best[each][0] for each in best if each != winner]
    confidence = 0.97 if not rivals else 0.9 if score > max(rivals) + 1 else 0.7
    return _shop(scene, winner), confidence, (mark.start, mark.end)


def _score(scene: Scene, happening: Happening, mark: Mark) -> float:
    sentence, clause = scene.sentence_at(mark.first), scene.clause_at(mark.first)
    score = happening.weight(sentence)
    if any(deed.clause == clause for deed in (*happening.blocks, *happening.restorations)):
        score += 1.5
    if scene.within(max(clause[0], mark.first - 3), min(clause[1], mark.last + 2), "noun"):
        score += 0.7
    if _is_shop(mark) and any(deed.sentence == sentence for deed in happening.blocks):
        score += 2.5
    if happening.is_earlier(mark):
        score -= 1.5
    if scene.is_after_any(mark.first, 2, scene.of("ask.by")):
        score -= 3.0
    if _is_medium(scene, mark, clause):
        score -= 3.0
    return score


def _is_shop(mark: Mark) -> bool:
    """A store, out of which even platforms are taken."""
    return mark.value.name in ("Apple App Store", "Google Play")


_ITS = frozenset(
    "his her its their own своем свой своего своей своїм своєму його її собственном kendi seinem ihrem son sa ses leur su "
    "sus seu sua".split()
)


def _is_medium(scene: Scene, mark: Mark, clause: tuple[int, int]) -> bool:
    """``said on Telegram``, ``in her Telegram channel``: where something is told, not what it is about."""
    said = scene.within(max(clause[0], mark.first - 7), min(clause[1], mark.last + 4), "said")
    deeds = scene.within(max(clause[0], mark.first - 4), min(clause[1], mark.last + 6), "block.done")
    before = {token.key for token in scene.tokens[max(clause[0], mark.first - 2) : mark.first]}
    return bool(said and not deeds) or bool(said and before & _ITS)


def _shop(scene: Scene, platform: PlatformName) -> PlatformName:
    """``Apple`` is named for its shop or its podcasts: which of them, the thing that was taken out tells."""
    if platform.name != "Apple":
        return platform
    nouns = " ".join(scene.words(mark.first, mark.last).lower() for mark in scene.of("noun"))
    if any(word in nouns for word in ("podcast", "подкаст", "播客")):
        return PlatformName("Apple Podcasts", None)
    return PlatformName("Apple App Store", "app-store")


# ruff: noqa: E501 -- words of one meaning a line
