"""Whose page it was: the name that the title, the first sentence and the words around the deed agree on."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from events.intake.addresses import handles_in
from events.intake.askers import Askers
from events.intake.dates import dates_in
from events.intake.happening import Deed, Happening, Mood
from events.intake.names import Names
from events.intake.names_han import Name
from events.intake.persons import in_nominative, is_person
from events.intake.phrases import Mark
from events.intake.quantities import quantities
from events.intake.scene import Scene
from events.intake.ties import is_teller, tie_of
from events.intake.ties_beside import NOT_TARGETS


@dataclass(frozen=True, slots=True)
class Target:
    """A name that was hit: ``shown`` is how it is written best, ``noun`` the word for what was blocked."""

    shown: Name
    score: float
    noun: Mark | None
    value: str


LEAST = 3.0
"""The score from which a name is taken for the one that was hit."""


DOUBTFUL = 3.0
"""The score of a name that only stands at the head."""
MOST = 120
"""Names that are considered: the first of a text."""


@dataclass(frozen=True, slots=True)
class _Mention:
    name: Name
    tie: float
    noun: Mark | None
    score: float
    stems: tuple[str, ...]


def targets(scene: Scene, happening: Happening, kind: str) -> list[Target]:
    """The names that were hit, the surest first."""
    deeds = happening.restorations + happening.blocks if kind == "restoration" else happening.blocks
    deeds = [deed for deed in deeds if deed.mood is not Mood.NOT]
    names = [name for name in [*Names(scene).all[:MOST], *handle_names(scene)] if not _is_reason(scene, name)]
    names += _sold(scene)
    days = [(when.first, when.last) for when in dates_in(scene)]
    names = [
        name for name in names if not any(first <= name.first and name.last <= last for first, last in days)
    ]
    bodies = [(asker.first, asker.last) for asker in Askers(scene).all if asker.kind == "court"]
    names = [
        name for name in names if not any(first <= name.first and name.last <= last for first, last in bodies)
    ]
    mentions = [_mention(scene, happening, name, deeds, at) for at, name in enumerate(names)]
    found = [target for same in _gathered(mentions) if (target := _target(scene, same))]
    found.sort(key=lambda each: -each.score)
    if not found or found[0].score < LEAST + 0.2:
        found += [_counted(scene, happening, each, noun, deeds) for each, noun in quantities(scene)]
    else:
        found += [_counted(scene, happening, each, noun, deeds, 0.8) for each, noun in quantities(scene)]
    found.sort(key=lambda each: -each.score)
    if not found or found[0].score < LEAST:
        found = sorted([*_of_head(scene, mentions), *found], key=lambda each: -each.score)
    return _first_of_list(scene, found)


def _of_head(scene: Scene, mentions: list[_Mention]) -> list[Target]:
    """Where no words tie a name to the deed: the one that the first sentence is about, as a doubtful value."""
    found = []
    for same in _gathered(mentions):
        head = [each for each in same if scene.body_number(scene.sentence_at(each.name.first)) == 0]
        if not head or any(is_teller(scene, each.name) for each in head):
            continue
        first = head[0]
        words = scene.words(first.name.first, first.name.last)
        gap = first.name.first - scene.sentence_at(first.name.first).first
        if gap > 8 and not (first.name.is_quoted or is_person(words) or _is_full(words)):
            continue
        worth = first.score + (1.0 if gap <= 2 else 0.4 if gap <= 6 else 0.0) + 0.3 * min(3, len(same) - 1)
        worth += 0.8 if first.name.is_quoted or is_person(words) else 0.0
        shown = _shown(scene, same, first)
        found.append((worth, Target(shown, DOUBTFUL, first.noun, _value(scene, shown, first.noun))))
    found.sort(key=lambda each: -each[0])
    return [target for _, target in found[:1]]


def _is_full(words: str) -> bool:
    """``Somsak Jeamteerasakul``: two or three words in capitals and none between, as people are called."""
    return 2 <= len(words.split()) <= 3 and all(word[:1].isupper() for word in words.split())


def _mention(scene: Scene, happening: Happening, name: Name, deeds: list[Deed], at: int) -> _Mention:
    sentence = scene.sentence_at(name.first)
    weight = happening.weight(sentence)
    tie, noun = tie_of(scene, name, deeds)
    near = [deed for deed in deeds if deed.sentence == sentence]
    clause = scene.clause_at(name.first)
    score = tie + 0.5 * weight
    beside = [deed for deed in near if deed.clause == clause]
    if beside and all(deed.is_earlier for deed in beside):
        score -= 0.6
    elif beside:
        score += 1.0
    elif near:
        score += 0.6
    elif not sentence.is_title:
        score -= 0.6
    if not tie:
        score -= 0.8
    if name.is_quoted and weight >= 3.0:
        score += 0.4
    if scene.body_number(sentence) == 0 and name.first - sentence.first <= 8:
        score += 0.5
    score -= _doubts(scene, happening, name, noun)
    return _Mention(name, tie, noun, score, _stems(scene, name))


def _sold(scene: Scene) -> list[Name]:
    """Platforms that stand as goods in a text on a store: ``pulled WhatsApp from its App Store``."""
    stores = ("Apple App Store", "Google Play")
    if not any(mark.value.name in stores for mark in scene.of("platform")):
        return []
    return [
        Name(mark.first, mark.last, mark.start, mark.end, False)
        for mark in scene.of("platform")
        if mark.value.name not in (*stores, "Apple", "Apple Podcasts", "Google")
    ]


def _is_reason(scene: Scene, name: Name) -> bool:
    """``因“违反有关规定”被封``: quoted right behind a word for why."""
    if not name.is_quoted:
        return False
    if scene.tokens[name.first].is_han and scene.within(name.first, name.last, "ground"):
        return True
    return any(0 <= name.first - mark.last - 1 <= 1 for mark in scene.near(name.first, 5, 0, "reason"))


def _doubts(scene: Scene, happening: Happening, name: Name, noun: Mark | None) -> float:
    mark = Mark("name", None, name.first, name.last, name.start, name.end)
    doubt = 0.0
    if happening.is_earlier(mark):
        doubt += 2.0
    if is_teller(scene, name):
        doubt += 1.8
    if _AFTER.search(scene.passage.text[: name.start][-24:]) and re.match(
        r"[»\"”]?,", scene.passage.text[name.end : name.end + 2]
    ):
        doubt += 2.0
    if noun is not None and noun.value in NOT_TARGETS:
        doubt += 0.5
    if (
        scene.passage.text[name.start - 1 : name.start] == "@"
        and scene.passage.text[name.start - 2 : name.start - 1] in "(（"
    ):
        doubt += 1.2
    if _is_only_owner(scene, name):
        doubt += 1.5
    if _WITH.search(scene.passage.text[: name.start][-24:]):
        doubt += 1.2
    words = scene.words(name.first, name.last)
    if not name.is_quoted and words.isupper() and len(words) <= 5 and _is_attribute(scene, name):
        doubt += 1.5
    if name.is_quoted and len(words.split()) > 8:
        doubt += 0.8
    return doubt


_WITH = re.compile(
    r"(?:соратни\w+|сторонни\w+|помощни\w+|союзни\w+|прихильни\w+|all(?:y|ies) of|aides? (?:of|to)|supporters? of|associates? of|critics? of|"
    r"Anhänger\w*|Vertraute\w* von|proche d[eu]|partisans? d[eu]|alliée? d[eu]|aliad[oa]s? de|seguidor\w* de|simpatizantes? de|pendukung)\s[«\"“]?$",
    re.I,
)
"""``an ally of X``: with whom somebody is."""
_AFTER = re.compile(
    r"\b(?:after|like|following|après|comme|после|вслед за|как и|як і|після|nach|wie|tras|como|después de|após|depois de|setelah|seperti)\s[«\"“]?$",
    re.I,
)
"""``a week after X, it is Y's turn``: to whom it happened before."""


def _is_only_owner(scene: Scene, name: Name) -> bool:
    """``Navalny's headquarters``: somebody whose something it is, which is no page."""
    text = scene.passage.text[name.end : name.end + 3]
    if not re.match(r"[’']s\s", text) or name.last + 3 >= len(scene.tokens):
        return False
    ahead = scene.within(name.last + 1, min(scene.sentence_at(name.last).last, name.last + 5), "noun")
    return not ahead


def _is_attribute(scene: Scene, name: Name) -> bool:
    """``LGBT teenagers``: capitals that only describe the next word."""
    at = name.last + 1
    if at >= len(scene.tokens) or at in scene.passage.breaks or scene.passage.between(name.last, at) != " ":
        return False
    token = scene.tokens[at]
    known = scene.within(at, at + 1, "noun", "block", "said", "outlet", "passive", "within", "restore")
    return token.raw.islower() and len(token.key) > 3 and not known


def _stems(scene: Scene, name: Name) -> tuple[str, ...]:
    if scene.passage.text[name.start - 1 : name.start] == "@":
        return ("@" + scene.words(name.first, name.last),)
    return tuple(
        token.raw if token.is_han else token.key[: max(3, len(token.key) - 2)]
        for token in scene.tokens[name.first : name.last + 1]
    )


def _are_same(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """The same stems, or such that differ by one letter of an ending: Голос, Голоса."""
    if left == right:
        return True
    return len(left) == len(right) and all(
        one == two
        or (
            (
                min(len(one), len(two)) >= 3
                and abs(len(one) - len(two)) == 1
                and (one.startswith(two) or two.startswith(one))
            )
            and bool(re.search(r"[а-яіїєґ]", one))
        )
        for one, two in zip(left, right, strict=True)
    )


def _gathered(mentions: list[_Mention]) -> list[list[_Mention]]:
    """The mentions of one name together: the same words in other cases, or the last of them alone."""
    groups: list[list[_Mention]] = []
    for mention in sorted(mentions, key=lambda each: -len(each.stems)):
        for group in groups:
            longest = group[0].stems
            if _are_same(mention.stems, longest[-len(mention.stems) :]) or _are_same(
                mention.stems, longest[: len(mention.stems)]
            ):
                group.append(mention)
                break
        else:
            groups.append([mention])
    return groups


def _target(scene: Scene, same: list[_Mention]) -> Target | None:
    best = max(same, key=lambda each: each.score)
    if best.tie == 0.0 and best.score < 1.2:
        return None
    more = sum(max(0.0, min(0.6, 0.25 * each.score)) for each in same if each is not best)
    noun = best.noun or next((each.noun for each in same if each.noun), None)
    shown = _shown(scene, same, best)
    return Target(shown, best.score + min(1.5, more), noun, _value(scene, shown, noun))


def _shown(scene: Scene, same: list[_Mention], best: _Mention) -> Name:
    """The fullest form of a person's or a quoted name, else the one tied best; of several, the nominative's look."""
    longest = max(len(each.stems) for each in same)
    full = [each for each in same if len(each.stems) == longest]
    words = scene.words(full[0].name.first, full[0].name.last)
    if not (full[0].name.is_quoted or is_person(words) or best.tie == 0.0):
        full = [each for each in same if each.stems == best.stems]
    written = {scene.words(each.name.first, each.name.last) for each in full}

    def look(each: _Mention) -> tuple[int, bool, int]:
        words = scene.words(each.name.first, each.name.last)
        is_longer = any(words != other and words.startswith(other) for other in written)
        return _oblique(words), is_longer and bool(re.search(r"[а-яіїєґ]$", words)), each.name.first

    return min(full, key=look).name


def _oblique(words: str) -> int:
    """How much a Cyrillic form looks like another case than the nominative."""
    last = words.split()[-1].lower()
    if not re.search(r"[а-яіїєґ]$", last):
        return 0
    return 1 if re.search(r"(?:[ыиіуюе]|ой|ого|ой)$", last) else 0


def _value(scene: Scene, name: Name, noun: Mark | None = None) -> str:
    words = scene.passage.text[name.start : name.end]
    if is_person(words):
        return in_nominative(words)
    return words


def _first_of_list(scene: Scene, found: list[Target]) -> list[Target]:
    """Where the surest name stands in a list, the first of that list goes before it."""
    if not found:
        return found
    best = found[0]
    sentence = scene.sentence_at(best.shown.first)
    before = [
        each
        for each in found[1:]
        if each.score >= 2.0
        and each.shown.last < best.shown.first
        and scene.sentence_at(each.shown.first) == sentence
    ]
    for each in sorted(before, key=lambda other: other.shown.first):
        names = [other.shown.first for other in beside(scene, each)]
        if best.shown.first in names or (
            each.noun and best.noun and each.score >= max(4.0, best.score - 0.8)
        ):
            moved = replace(each, noun=each.noun or best.noun, score=best.score)
            return [moved, *(other for other in found if other is not each)]
    return found


def _counted(
    scene: Scene, happening: Happening, name: Name, noun: Mark, deeds: list[Deed], less: float = 0.0
) -> Target:
    """``122 accounts``: what was hit has no name here, only a number."""
    sentence = scene.sentence_at(name.first)
    near = [deed for deed in deeds if deed.sentence == sentence and not deed.is_earlier]
    gap = min((scene.gap(deed.mark, noun) for deed in near), default=99)
    score = 1.4 + 0.5 * happening.weight(sentence) + (1.4 if gap <= 6 else 0.5 if near else -1.5)
    score -= less + (0.1 if sentence.is_title else 0.0)
    return Target(name, score, noun, scene.passage.text[name.start : name.end])


def handle_names(scene: Scene) -> list[Name]:
    """Handles, which are names too."""
    place = scene.passage.token_at
    return [
        Name(place(each.start + 1), place(each.end - 1), each.start + 1, each.end, False)
        for each in handles_in(scene.passage.text)
        if place(each.start + 1) <= place(each.end - 1) < len(scene.tokens)
    ]


_LIST = re.compile(
    r"\s*[»\"”」]?\s*(?:\([^()]{0,40}\)\s*)?(?:[,;、]\s*(?:(?:and|и|і|та|et|y|e|ve)\s)?|\s(?:and|и|і|та|й|а также|а с ним|ve|und|et|y|e|dan|as well as|ile)\s)"
    r"\s*[«\"“„「]?\s*"
)


def beside(scene: Scene, main: Target) -> list[Target]:
    """The names that stand in one list with the main one: ``X, Y and Z``."""
    last = main.shown
    found: list[Target] = []
    for name in Names(scene).all:
        if name.first <= last.last:
            continue
        if not _LIST.fullmatch(scene.passage.text[last.end : name.start]) or len(found) >= 30:
            break
        found.append(replace(main, shown=name, value=_value(scene, name)))
        last = name
    return found


# ruff: noqa: E501 -- words of one meaning a line
