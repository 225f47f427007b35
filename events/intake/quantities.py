"""Things that are only counted: ``122 accounts``, ``несколько каналов``, ``423个账号``."""

from __future__ import annotations

import re

from events.intake.names_han import Name
from events.intake.phrases import Mark
from events.intake.scene import Scene

_WORDS = frozenset(
    "several dozens dozen scores many numerous multiple hundreds thousands two three four five six seven eight nine ten twelve some nearly "
    "несколько нескольких ряд ряда сотни сотен десятки десятков тысячи тысяч две два двух три трех четыре пять шесть семь восемь многие множество "
    "кілька кількох десятки десятків сотні сотень тисячі дві двох чотири пять шість сім вісім низку низка "
    "birçok cok bircok onlarca yüzlerce yuzlerce iki uc dort bes binlerce "
    "mehrere dutzende hunderte zahlreiche viele zwei drei vier funf tausende "
    "plusieurs dizaines centaines deux trois quatre cinq milliers nombreux nombreuses "
    "varias varios decenas cientos dos tres cuatro cinco miles numerosas numerosos "
    "varias varios dezenas centenas duas dois quatro milhares "
    "beberapa sejumlah puluhan ratusan ribuan dua tiga empat banyak".split()
)
_PASSED_BY = frozenset(
    "that which who his her its their and и і und et y e dan ve with from на в у за на".split()
)
_HAN = re.compile(
    r"(?:(?<!\d)\d[\d,.]*(?![\d日月年号號时時点點])|多|数十|數十|数百|一批|大批|几十|上百|[两三四五六七八九十百千]+)\s?[个個家批名条條款部]?[\u4e00-\u9fff]{0,4}$"
)


def quantities(scene: Scene) -> list[tuple[Name, Mark]]:
    """What is counted, from the number to the word for it, with that word's mark."""
    found = []
    for noun in scene.of("noun"):
        first = _counted_from(scene, noun)
        if first is not None:
            last = _last(scene, noun)
            found.append((Name(first, last, scene.tokens[first].start, scene.tokens[last].end, False), noun))
    return found


def _counted_from(scene: Scene, noun: Mark) -> int | None:
    start = scene.sentence_at(noun.first).first
    if scene.tokens[noun.first].is_han:
        text = scene.passage.text[scene.tokens[max(start, noun.first - 9)].start : noun.start]
        match = _HAN.search(text)
        return scene.passage.token_at(noun.start - len(match[0])) if match else None
    for at in range(noun.first - 1, max(start, noun.first - 6) - 1, -1):
        if re.search(r"[,;:()«»\"“”]|\.\s", scene.passage.between(at, at + 1)):
            return None
        token = scene.tokens[at]
        if token.key in _PASSED_BY or any(
            mark.first <= at <= mark.last for mark in scene.of("ask", "said", "block", "people")
        ):
            return None
        if token.key in _WORDS or (token.is_number and not re.fullmatch(r"(?:19|20)\d\d", token.key)):
            while (
                at > start and scene.tokens[at - 1].is_number and len(scene.passage.between(at - 1, at)) == 1
            ):
                at -= 1
            return at
    return None


def _last(scene: Scene, noun: Mark) -> int:
    """Up to where the words that say which ones end."""
    if scene.tokens[noun.last].is_han:
        return noun.last
    end, at = scene.sentence_at(noun.first).last, noun.last
    stops = {
        mark.first
        for mark in scene.within(
            noun.last + 1, end, "block", "passive", "said", "within", "may", "not", "reason", "restore"
        )
    }
    while at < end and at - noun.last < 5:
        if (
            at + 1 in stops
            or re.search(r"[,.;:()!?—–]", scene.passage.between(at, at + 1))
            or scene.tokens[at + 1].is_han
        ):
            break
        at += 1
    return noun.last if at - noun.last >= 5 else at


# ruff: noqa: E501 -- words of one meaning a line
