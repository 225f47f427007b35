"""Ties of names that stand beside what was hit: in a list, in apposition, as who speaks of it, as a Chinese owner."""

from __future__ import annotations

import re

from events.intake.happening import Deed
from events.intake.names_han import Name
from events.intake.phrases import Mark
from events.intake.scene import Scene

Tie = tuple[float, Mark | None]
"""How strong, and the word for what was blocked where one stands with the name."""
NOT_TARGETS = ("site", "other")


def beside_ties(scene: Scene, name: Name, deeds: list[Deed]) -> tuple[Tie, ...]:
    return (
        _among(scene, name, deeds),
        _speaker(scene, name, deeds),
        _apposed(scene, name, deeds),
        _han_owner(scene, name, deeds),
    )


_AMONG = re.compile(
    r"(?:(?:належ\w+|принадлеж\w+|belong(?:s|ed|ing)? to|gehör\w+|appart\w+ à|pertene\w+ a|pertenc\w+ ao?|milik)|among (?:them|those|these)(?: (?:are|is|were))?|including(?: those of)?|such as|среди них|в том числе|включая|например|серед них|зокрема|у тому числі|"
    r"arasında|darunter|unter anderem|dont|parmi (?:eux|lesquels|elles)(?: figurent)?|notamment|entre (?:ellos|ellas|eles|elas|os quais|los que se encuentran)(?: est[áa]n| figuran| se encuentran)?(?: las?| los?| el)?(?: del?)?|"
    r"incluid[oa]s|incluindo|antara lain|di antaranya|termasuk|包括|其中|例如)\s*[:,]?\s*(?:the |die |der |les |la |le |los |las |el |o |a |os |as |akun )?"
    r"(?:\w+ )?[«\"“„「『]?$",
    re.I,
)


def _among(scene: Scene, name: Name, deeds: list[Deed]) -> Tie:
    """``442 channels, among them X``: the first that is named of many that were hit."""
    sentence = scene.sentence_at(name.first)
    before = scene.passage.text[max(sentence.start, name.start - 60) : name.start]
    is_hit = any(deed.sentence.number in (sentence.number, sentence.number - 1) for deed in deeds)
    if is_hit and _AMONG.search(before):
        nouns = scene.within(sentence.first, name.first, "noun")
        is_behind = not any(deed.sentence == sentence for deed in deeds)
        return 3.2 if is_behind else 2.4, nouns[-1] if nouns else None
    return 0.0, None


def _apposed(scene: Scene, name: Name, deeds: list[Deed]) -> Tie:
    """``three channels, X and Y among them``, ``a tweet in which X …``: right behind the word for what was hit."""
    sentence = scene.sentence_at(name.first)
    for noun in scene.within(max(sentence.first, name.first - 8), name.first - 1, "noun"):
        text = scene.passage.text[noun.end : name.start]
        if noun.value not in NOT_TARGETS and any(deed.sentence == sentence for deed in deeds):
            if re.fullmatch(r"\s*[,:—–]\s*[«\"“„]?|[^.,;:()«»\"]{1,60}\s[—–:]\s*[«\"“„]?", text):
                return 2.1, noun
            if noun.value in ("post", "video") and re.match(r" (?:in|on) which |, (?:in|dans|en|em) ", text):
                return 2.2, noun
    return 0.0, None


def _han_owner(scene: Scene, name: Name, deeds: list[Deed]) -> Tie:
    """A Chinese name in front of ``的账号``, behind what somebody does, or at the head of a list of accounts."""
    if name.is_quoted or not scene.tokens[name.first].is_han:
        return 0.0, None
    sentence = scene.sentence_at(name.first)
    if not any(deed.sentence == sentence for deed in deeds):
        return 0.0, None
    nouns = [
        mark
        for mark in scene.within(name.last + 1, sentence.last, "noun")
        if mark.value in ("profile", "channel")
    ]
    return 2.4, nouns[0] if nouns else None


_MINE = frozenset(
    "my our mon mes ma notre nos mein meine meinen unser unsere mi mis nuestra nuestro minha meu nossa мой моя мою мои наш наша нашу мій моя мою benim".split()
)


def _speaker(scene: Scene, name: Name, deeds: list[Deed]) -> Tie:
    """``“My account was closed”, said X``."""
    sentence = scene.sentence_at(name.first)
    for noun in scene.within(sentence.first, name.first, "noun"):
        before = {token.key for token in scene.tokens[max(sentence.first, noun.first - 2) : noun.first]}
        is_said = scene.is_quoted(noun.first) and scene.within(noun.last, name.first, "said")
        if before & _MINE and is_said and any(deed.sentence == sentence for deed in deeds):
            return 3.4, noun
    return 0.0, None


# ruff: noqa: E501 -- words of one meaning a line
