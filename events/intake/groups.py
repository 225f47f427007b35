"""Whose page it was: the name that the words tie to what was blocked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from events.intake.happening import Deed, Happening, Mood
from events.intake.names import Name, Names
from events.intake.phrases import Mark
from events.intake.scene import Scene


@dataclass(frozen=True, slots=True)
class Target:
    """A name with what it is a name of: ``noun`` is the word for what was blocked, where one stands with it."""

    name: Name
    score: float
    noun: Mark | None


_OF = frozenset(
    "of the a an by belonging to for run owned named called titled with under from de la le du des del da do dos das los las el l d der die das von dem den des vom "
    "zur und milik bernama yang dari di is adli isimli 名为".split()
)
_NOT_TARGETS = ("site", "other")
LEAST = 2.4
"""The score from which a name is taken for the one that was hit."""


def targets(scene: Scene, happening: Happening, kind: str) -> list[Target]:
    """The names that were hit, the surest first."""
    deeds = happening.restorations + happening.blocks if kind == "restoration" else happening.blocks
    deeds = [deed for deed in deeds if deed.mood is not Mood.NOT]
    found = [target for name in Names(scene).all if (target := _target(scene, happening, name, deeds))]
    found = _with_echoes(scene, found)
    return sorted(found, key=lambda each: -each.score)


def _target(scene: Scene, happening: Happening, name: Name, deeds: list[Deed]) -> Target | None:
    sentence = scene.sentence_at(name.first)
    tie, noun = max(
        (
            _of_noun(scene, name),
            _before_noun(scene, name),
            _subject(scene, name),
            _object(scene, name, deeds),
            _hit(scene, name, deeds),
        ),
        key=lambda each: each[0],
    )
    if tie == 0.0:
        return None
    score = tie + 0.5 * happening.weight(sentence)
    near = [deed for deed in deeds if deed.sentence == sentence]
    clause = scene.clause_at(name.first)
    if any(deed.clause == clause for deed in near):
        score += 1.0
    elif near:
        score += 0.6
    elif not sentence.is_title:
        score -= 1.0
    if happening.is_earlier(_as_mark(scene, name)):
        score -= 2.0
    if _is_teller(scene, name):
        score -= 1.6
    if noun is not None and noun.value in _NOT_TARGETS:
        score -= 0.6
    return Target(name, score, noun)


def _as_mark(scene: Scene, name: Name) -> Mark:
    return Mark("name", None, name.first, name.last, name.start, name.end)


def _of_noun(scene: Scene, name: Name) -> tuple[float, Mark | None]:
    """``the channel of X``, ``паблик «X»``, ``канал главы Крыма X``: behind the word, with only its attributes between."""
    start = scene.sentence_at(name.first).first
    best: tuple[float, Mark | None] = (0.0, None)
    for noun in scene.within(max(start, name.first - 8), name.first - 1, "noun"):
        gap = name.first - noun.last - 1
        if gap <= 7 and _is_attribute(scene, noun.last, name.first) and not _is_own_medium(scene, noun):
            best = max(
                best, (3.2 - 0.12 * gap + (0.3 if name.is_quoted else 0.0), noun), key=lambda each: each[0]
            )
    return best


def _is_attribute(scene: Scene, left: int, right: int) -> bool:
    """Whether all words between belong to the name's description: small words, adjectives, what the group is."""
    if left >= right:
        return False
    text = scene.passage.between(left, right)
    if re.search(r"[.;!?()]|[,:—–]", re.sub(r"^\s*[(«\"“„]\s*$", "", text)) and not re.fullmatch(
        r"\s*[:—–]?\s*[«\"“„(]*\s*", text
    ):
        return False
    if scene.within(left + 1, right - 1, "block", "restore", "said", "ask", "not", "within", "reason"):
        words = {token.key for token in scene.tokens[left + 1 : right]}
        marks = scene.within(left + 1, right - 1, "block", "restore", "said", "ask", "not", "reason")
        if marks or not words & _OF:
            return False
    return all(_is_descriptive(scene, at) for at in range(left + 1, right))


def _is_descriptive(scene: Scene, at: int) -> bool:
    token = scene.tokens[at]
    if token.key in _OF:
        return True
    if any(mark.first <= at <= mark.last for mark in scene.of("person", "outlet", "platform", "country")):
        return True
    if scene.language in ("ru", "uk"):
        return (
            bool(re.search(r"(?:ого|его|ой|ей|ых|их|ий|ый|ая|ої|ої|ів|ськ\w*|а|и|ы|я|і|ї|у|ю|в)$", token.key))
            and not token.is_capital
        )
    return not token.is_capital and scene.language not in ("tr",) and len(token.key) > 2


_OWN = frozenset(
    "his her its their own my our своем своей своём его ее их своїм своєму його її їхньому son sa ses leur su sus seu sua seinem ihrem kendi".split()
)


def _is_own_medium(scene: Scene, noun: Mark) -> bool:
    """``in her Telegram channel``: where it is told."""
    start = scene.sentence_at(noun.first).first
    before = {token.key for token in scene.tokens[max(start, noun.first - 3) : noun.first]}
    return bool(before & _OWN) and bool(scene.within(max(start, noun.first - 8), noun.first, "said"))


def _before_noun(scene: Scene, name: Name) -> tuple[float, Mark | None]:
    """``X's account``, ``X'in hesabı``, ``the X channel``: before the word, with the platform between at most."""
    end = scene.sentence_at(name.first).last
    best: tuple[float, Mark | None] = (0.0, None)
    for noun in scene.within(name.last + 1, min(end, name.last + 6), "noun"):
        between = scene.tokens[name.last + 1 : noun.first]
        text = scene.passage.between(name.last, noun.first)
        if re.search(r"[.;:!?]|,", text):
            break
        inner = scene.within(name.last + 1, noun.first - 1, "block", "said", "ask", "restore")
        if inner:
            break
        is_possessive = bool(re.match(r"\s*[»\"”]?\s*['’]", text)) or (
            bool(between) and between[0].key in ("s", "的", "的")
        )
        is_near = len(between) <= 1 and (
            not between or _is_between_names(scene, between[0].start, noun.first - 1)
        )
        if scene.language in ("en", "tr", "de") and (is_possessive or is_near):
            best = max(
                best, (3.0 - 0.15 * len(between) if is_possessive else 2.4, noun), key=lambda each: each[0]
            )
    return best


def _is_between_names(scene: Scene, _start: int, at: int) -> bool:
    return any(mark.first <= at <= mark.last for mark in scene.of("platform", "country", "outlet"))


_LOST = re.compile(
    r"lost|losing|лиши|потеря|втрат|позбав|kaybett|verl(?:or|iert)|perdu|perdi|perdeu|kehilangan", re.I
)


def _subject(scene: Scene, name: Name) -> tuple[float, Mark | None]:
    """``X said that its page was blocked``, ``X has lost her page``: the first name of a sentence that goes on so."""
    sentence = scene.sentence_at(name.first)
    if name.first - sentence.first > 6:
        return 0.0, None
    for noun in scene.within(name.last + 1, sentence.last, "noun"):
        before = scene.tokens[max(name.last + 1, noun.first - 4) : noun.first]
        words = " ".join(token.key for token in before)
        is_own = bool({token.key for token in before} & _OWN or _LOST.search(words))
        if is_own and noun.first - name.last <= 25 and noun.value not in _NOT_TARGETS:
            return 2.6, noun
    return 0.0, None


def _object(scene: Scene, name: Name, deeds: list[Deed]) -> tuple[float, Mark | None]:
    """``YouTube закрыл «X»``, ``Telegram sperrt X``: right behind what is done."""
    for deed in deeds:
        gap = name.first - deed.mark.last - 1
        if (
            deed.mark.value in ("done", "to")
            and not deed.is_passive
            and 0 <= gap <= 2
            and deed.sentence == scene.sentence_at(name.first)
        ):
            between = {token.key for token in scene.tokens[deed.mark.last + 1 : name.first]}
            text = scene.passage.between(deed.mark.last, name.first)
            if between <= _OF - {"by", "from", "to", "for"} and not re.search(r"[.,;:()]", text):
                return 2.2, None
    return 0.0, None


def _hit(scene: Scene, name: Name, deeds: list[Deed]) -> tuple[float, Mark | None]:
    """``X was banned``, ``«X», подкаст …, удалён``: the subject of what was done to it."""
    for deed in deeds:
        gap = deed.mark.first - name.last - 1
        if deed.is_passive and 0 <= gap <= 8 and deed.sentence == scene.sentence_at(name.first):
            others = scene.within(name.last + 1, deed.mark.first - 1, "noun", "body", "platform")
            text = scene.passage.between(name.last, deed.mark.first)
            nouns = [mark for mark in others if mark.kind == "noun"]
            if nouns and re.match(r"[»\"”\s]*[,—–(]", text):
                return 2.4, nouns[0]
            if not others and gap <= 4:
                return 1.8, None
    following = scene.within(name.last + 1, min(scene.sentence_at(name.first).last, name.last + 3), "noun")
    text = scene.passage.between(name.last, following[0].first) if following else ""
    if following and re.fullmatch(r"[»\"”\s]*[,—–]\s*(?:\w+\s)?", text):
        return 2.3, following[0]
    return 0.0, None


def _is_teller(scene: Scene, name: Name) -> bool:
    """``пишет X``, ``X reports``: the one who tells of it."""
    sentence = scene.sentence_at(name.first)
    for mark in scene.within(max(sentence.first, name.first - 3), min(sentence.last, name.last + 2), "said"):
        if 0 < name.first - mark.last <= 2 and not re.search(
            r"[,:]", scene.passage.between(mark.last, name.first)
        ):
            return True
        if mark.first - name.last == 1 and not scene.within(mark.last, sentence.last, "noun"):
            return True
    return False


def _with_echoes(scene: Scene, found: list[Target]) -> list[Target]:
    """A name that is tied to the block in two places is surer than one in one place."""
    result = []
    for each in found:
        mine = _stem(scene, each.name)
        echoes = sum(1 for other in found if other is not each and _stem(scene, other.name) == mine)
        result.append(Target(each.name, each.score + 0.4 * min(echoes, 2), each.noun))
    return result


def _stem(scene: Scene, name: Name) -> str:
    return " ".join(
        token.key[: max(4, len(token.key) - 2)] for token in scene.tokens[name.first : name.last + 1]
    )


def beside(scene: Scene, main: Target, found: list[Target]) -> list[Name]:
    """The names that stand in one list with the main one: ``X, Y and Z``."""
    names, listed = Names(scene).all, [main.name]
    after = [name for name in names if name.first > main.name.last]
    for name in after:
        between = scene.passage.between(listed[-1].last, name.first)
        if not re.fullmatch(
            r"\s*[»\"”]?\s*(?:\([^()]{0,40}\)\s*)?(?:[,;、]|\s(?:and|и|і|та|й|ve|und|et|y|e|dan|as well as|ile)\s|[,]\s*(?:and|и|і|та|et|y|e)\s)\s*[«\"“„]?\s*",
            between,
        ):
            break
        listed.append(name)
    return listed[1:]


# ruff: noqa: E501 -- words of one meaning a line
