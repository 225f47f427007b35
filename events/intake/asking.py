"""Who asked for it: the body that the words tie to the block, not every body that a text names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from events.intake.askers import Asker, Askers
from events.intake.happening import Deed, Happening, Mood
from events.intake.phrases import Mark
from events.intake.scene import Scene


@dataclass(frozen=True, slots=True)
class Asked:
    """Who decided, how sure, and who passed it on or asked a court for it, where the text says that too."""

    by: Asker
    confidence: float
    through: Asker | None = None


_ORDER_OF_WORDS = ("ru", "uk", "es", "pt", "de", "fr")
"""Languages in which the verb may stand before who does it: «потребовала Генпрокуратура»."""


def asked(scene: Scene, happening: Happening, kind: str) -> Asked | None:
    """The body that asked for the main event; None when the text ties none to it."""
    askers = Askers(scene)
    linked = [
        (score, asker)
        for asker in askers.all
        if (score := _score(scene, happening, asker, kind)) >= (1.5 if asker.is_named else 2.2)
    ]
    if not linked:
        return None
    linked.sort(
        key=lambda each: (
            -each[0]
            - (0.8 if each[1].is_named else 0.0)
            - (0.4 if each[1].kind == "court" else 0.0)
            - (0.3 if each[1].known else 0.0),
            each[1].first,
        )
    )
    score, best = linked[0]
    court = next((asker for _, asker in linked if asker.kind == "court" and asker.is_named), None)
    if court and best.kind != "court":
        best = court
    elif best.kind == "regulator" and (above := _whose_demand(scene, best, linked)):
        best = above
    named = askers.resolved(best)
    if named != best and _is_for_return(scene, named, scene.clause_at(named.first), kind):
        return None
    is_told_of = named.last > named.first and named.country is not None
    if not named.is_named and not is_told_of and named.kind in ("ministry", "regulator", "tax"):
        return None
    through = next(
        (
            asker
            for _, asker in linked
            if asker.name != named.name and asker.is_named and asker.kind != named.kind
        ),
        None,
    )
    confidence = min(0.97, 0.55 + 0.08 * score) if named.is_named else min(0.8, 0.4 + 0.08 * score)
    return Asked(named, confidence, through)


_TRIAL = re.compile(
    r"приговор\w* (?:по делу|\w+ и )|вынести приговор|вирок у справі|verdict in the case|sentence (?:him|her|them)",
    re.I,
)


def _is_trial(scene: Scene, asker: Asker) -> bool:
    """A court that tries somebody: its sentence is none on the page."""
    if asker.kind != "court":
        return False
    end = scene.sentence_at(asker.first).end
    return bool(_TRIAL.search(scene.passage.text[scene.tokens[asker.first].start : end][:90]))


def _whose_demand(scene: Scene, passes: Asker, linked: list[tuple[float, Asker]]) -> Asker | None:
    """``the regulator blocked it at the request of prosecutors``: who decided, where a regulator only passes it on."""
    return next(
        (
            asker
            for _, asker in linked
            if asker.kind == "prosecutor"
            and asker.is_named
            and asker.country == passes.country
            and _by(scene, asker)
        ),
        None,
    )


def _score(scene: Scene, happening: Happening, asker: Asker, kind: str) -> float:
    """How strongly the words tie a body to the deed; less than 1.5 is not at all."""
    sentence, clause = scene.sentence_at(asker.first), scene.clause_at(asker.first)
    if _is_owner(scene, asker) or _is_for_return(scene, asker, clause, kind):
        return 0.0
    if _is_denied(scene, asker) or _is_trial(scene, asker):
        return 0.0
    tie = max(
        _by(scene, asker),
        _did(scene, happening, asker),
        _itself(scene, happening, asker),
        _order_of(scene, asker),
    )
    is_old = scene.body_number(sentence) > 0 and happening.is_of_a_year(sentence)
    if tie == 0.0 or is_old or _is_on_list(scene, asker):
        return 0.0
    if not _is_of_deed(happening, asker, 2 if _by(scene, asker) or _spoke_to_platform(scene, asker) else 1):
        return 0.0
    if happening.weight(sentence) < 1.0:
        return 0.0
    if kind == "restoration" and not _is_of_return(scene, happening, asker):
        return 0.0
    if happening.is_earlier(_mark_of(scene, asker)):
        if happening.weight(sentence) < 2.0:
            return 0.0
        tie -= 1.0
    return tie + 0.5 * happening.weight(sentence)


_LIST = re.compile(
    r"(?:санкцион\w+ спис\w+|санкційн\w+ спис\w+|sanction\w* lists?|Sanktionsliste\w*|listes? de(?:s)? sanctions|lista de san\w+|yaptırım listesi)\s*(?:of |the |der |des |de |del? |d[ao] |l['’])*$",
    re.I,
)


def _is_on_list(scene: Scene, asker: Asker) -> bool:
    """``on the sanctions list of the EU``: whose list somebody is on."""
    start = scene.tokens[asker.first].start
    return bool(_LIST.search(scene.passage.text[max(0, start - 40) : start]))


def _spoke_to_platform(scene: Scene, asker: Asker) -> bool:
    """``the commission had told Netflix``: what it did, it did to a platform."""
    sentence = scene.sentence_at(asker.first)
    return any(
        0 <= platform.first - mark.last - 1 <= 2 and -1 <= mark.first - asker.last - 1 <= 3
        for mark in scene.within(asker.last + 1, sentence.last, "ask.did")
        for platform in scene.within(mark.last + 1, min(sentence.last, mark.last + 4), "platform")
    )


def _is_of_return(scene: Scene, happening: Happening, asker: Asker) -> bool:
    """In a text on a restoration: whether what a body asked for is that, and not the block before."""
    sentence = scene.sentence_at(asker.first)
    if scene.within(sentence.first, sentence.last, "restore"):
        return True
    if asker.kind == "court" and happening.weight(sentence) >= 2.0 and _by(scene, asker):
        return True
    return not scene.within(sentence.first, sentence.last, "block") and happening.weight(sentence) >= 2.0


def _is_denied(scene: Scene, asker: Asker) -> bool:
    """``没有提到…的要求``, ``not at the request of``: the text says that it was not so."""
    start = scene.sentence_at(asker.first).first
    for mark in scene.within(max(start, asker.first - 8), asker.first, "not"):
        asks = [each for each in scene.near(asker.first, 6, 8, "ask") if each.first > mark.last]
        clause = scene.clause_at(asker.first)
        if mark.first >= clause[0] and asks and not scene.within(mark.last + 1, asks[0].first, "block"):
            return True
    return False


def _mark_of(scene: Scene, asker: Asker) -> Mark:
    tokens = scene.tokens
    return Mark("asker", None, asker.first, asker.last, tokens[asker.first].start, tokens[asker.last].end)


def _is_of_deed(happening: Happening, asker: Asker, reach: int) -> bool:
    """Whether the sentence, or one up to ``reach`` before, tells of a deed."""
    sentence = happening.scene.sentence_at(asker.first)
    deeds: list[Deed] = [*happening.blocks, *happening.restorations]
    return any(0 <= sentence.number - deed.sentence.number <= reach for deed in deeds)


def _by(scene: Scene, asker: Asker) -> float:
    """``at the request of`` it, and the like, right before its name."""
    start = scene.sentence_at(asker.first).first
    for mark in scene.within(start, asker.last, "ask.by", "ask.obey"):
        gap = asker.first - mark.last - 1
        if mark.first < asker.first and gap <= 3 and not _is_broken(scene, mark.last, asker.first):
            return 2.0
    return 2.0 if _after(scene, asker) else 0.0


def _is_broken(scene: Scene, left: int, right: int) -> bool:
    """Whether a new part of the sentence begins between two words, or another body stands there."""
    if left >= right:
        return False
    between = scene.passage.between(left, right)
    return bool(re.search(r"[;:!?]|,.*,", between)) or bool(scene.within(left + 1, right - 1, "body"))


def _after(scene: Scene, asker: Asker) -> bool:
    """``'s request``, ``talebi üzerine``, ``要求``: right behind its name."""
    end = scene.sentence_at(asker.first).last
    return any(
        mark.last <= end and -2 <= mark.first - asker.last - 1 <= _reach_after(scene, asker)
        for mark in scene.of("ask.after")
        if mark.last > asker.last
    )


def _reach_after(scene: Scene, asker: Asker) -> int:
    """How far behind a body its act may stand: in Turkish the reason of a court stands between."""
    if scene.language != "tr":
        return 1
    return 8 if asker.kind == "court" else 3


_TO = re.compile(r"[向对對给給跟找][^,。、,;]{0,3}(?:[^,。,;]{1,8}[和与與及、])?$")


def _is_addressed(scene: Scene, asker: Asker) -> bool:
    """``向公安部举报``, ``deputy of the Duma``: the one who is asked, or whose member asks for himself."""
    if scene.language == "zh":
        text = scene.passage.text[
            max(0, scene.tokens[asker.first].start - 12) : scene.tokens[asker.first].start
        ]
        return bool(_TO.search(text))
    return asker.kind == "legislature" and bool(scene.near(asker.first, 1, 0, "person"))


_LISTED = re.compile(r"(?:внес|внёс|внесл|включил|вніс|внесл)\w*\s", re.I)
"""``внёс эфир в реестр``: the regulator's own act."""


def _is_what(scene: Scene, asker: Asker) -> bool:
    """``what the government wants``: no demand, but of what kind."""
    before = {token.key for token in scene.tokens[max(0, asker.first - 2) : asker.first]}
    return (
        scene.language in ("en", "de") and bool(before & {"what", "whatever", "was"}) and not asker.is_named
    )


def _did(scene: Scene, happening: Happening, asker: Asker) -> float:
    """It demanded, ordered, had it blocked: with a block in the same sentence or the one before."""
    sentence = scene.sentence_at(asker.first)
    if _is_addressed(scene, asker) or _is_what(scene, asker):
        return 0.0
    lists = [
        mark
        for mark in scene.within(sentence.first, sentence.last, "ask.by")
        if _LISTED.match(scene.words(mark.first, mark.last))
    ]
    for mark in [*scene.within(sentence.first, sentence.last, "ask.did"), *lists]:
        if scene.within(max(asker.last + 1, mark.first - 3), mark.first - 1, "not"):
            continue
        ahead, behind = mark.first - asker.last - 1, asker.first - mark.last - 1
        if (
            mark.first < asker.first
            and mark.last > asker.last
            and scene.language == "tr"
            and asker.kind == "court"
        ):
            return 2.0
        if 0 <= behind <= 1 and "to" in {
            token.key for token in scene.tokens[asker.last + 1 : min(sentence.last, asker.last + 2) + 1]
        }:
            return 2.4
        if -1 <= ahead <= 6 and not _other_between(scene, asker.last, mark.first, asker):
            return 1.8
        if (
            scene.language in _ORDER_OF_WORDS
            and 0 <= behind <= 2
            and not _is_broken(scene, mark.last, asker.first)
        ):
            return 1.8
    return 0.0


def _other_between(scene: Scene, left: int, right: int, asker: Asker) -> bool:
    """Whether another body, a person or a platform could be the one who does it."""
    marks = scene.within(left + 1, right - 1, "body", "platform")
    return (
        bool(marks)
        or bool(re.search(r"[;:]", scene.passage.text[scene.tokens[left].end : scene.tokens[right].start]))
        if left < right
        else False
    )


def _itself(scene: Scene, happening: Happening, asker: Asker) -> float:
    """The body as who blocks: ``the government had the channel blocked``, ``Власти заблокировали канал``, ``blocked by``."""
    for deed in happening.blocks:
        if deed.sentence != scene.sentence_at(asker.first) or deed.mood is Mood.NOT:
            continue
        if (
            not deed.is_passive
            and deed.mood is Mood.MAY
            and 0 <= deed.mark.first - asker.last - 1 <= 8
            and not _other_between(scene, asker.last, deed.mark.first, asker)
        ):
            return 1.6
        ahead, behind = deed.mark.first - asker.last - 1, asker.first - deed.mark.last - 1
        if (
            deed.mark.value == "done"
            and not deed.is_passive
            and 0 <= ahead <= 5
            and not _other_between(scene, asker.last, deed.mark.first, asker)
        ):
            return 1.6
        if 0 <= behind <= 4 and scene.tokens[
            asker.first - 1 if behind < 2 else asker.first - 2
        ].key in _BY | {"the"}:
            words = {token.key for token in scene.tokens[deed.mark.last + 1 : asker.first]}
            if words & _BY and not scene.within(deed.mark.last, asker.first, "platform"):
                return 1.6
    return 0.0


_BY = frozenset("by von vom durch par por pelo pela pelos oleh".split())


def _order_of(scene: Scene, asker: Asker) -> float:
    """A court whose word is itself an act: ``court order``, ``mahkeme kararıyla``, ``по решению суда``."""
    if asker.kind != "court":
        return 0.0
    words = scene.words(asker.first, asker.last).lower()
    start, end = scene.sentence_at(asker.first).first, scene.sentence_at(asker.first).last
    behind = " ".join(token.key for token in scene.tokens[asker.last + 1 : min(end, asker.last + 2) + 1])
    if re.search(r"order|ruling|decision|injunction|karar|judicial|orden|ordem|beschluss|urteil", words):
        return 1.7
    if re.match(r"(?:'?s? ?)?(?:order|ruling|decision|injunction|karar)", behind):
        return 1.7
    return 1.7 if scene.within(max(start, asker.first - 4), asker.first, "ask.by") else 0.0


_OWNED = ("community", "profile", "channel", "app", "site")
_OWNING = frozenset("of the belonging to de la du des del da do der von l milik".split())
_POSSESSIVE = ("s", "in", "nin", "nun", "nün")


def _is_owner(scene: Scene, asker: Asker) -> bool:
    """``the account of the ministry``, ``the ministry's page``: it is the one who was hit."""
    start, end = scene.sentence_at(asker.first).first, scene.sentence_at(asker.first).last
    for noun in scene.within(max(start, asker.first - 5), min(end, asker.last + 5), "noun"):
        if noun.value not in _OWNED:
            continue
        if 0 < asker.first - noun.last <= 3:
            between = {token.key for token in scene.tokens[noun.last + 1 : asker.first]}
            if between <= _OWNING and (between or scene.language in ("ru", "uk")):
                return True
        if 0 < noun.first - asker.last <= 3 and scene.tokens[asker.last + 1].key in _POSSESSIVE:
            return not scene.within(asker.last + 1, min(end, noun.last + 4), "ask.after")
    return False


def _is_for_return(scene: Scene, asker: Asker, clause: tuple[int, int], kind: str) -> bool:
    """What it asks for is to bring a page back: not the one who had it blocked."""
    if kind == "restoration":
        return False
    sentence = scene.sentence_at(asker.first)
    return any(
        abs(mark.first - asker.last) <= 14
        for mark in scene.within(sentence.first, sentence.last, "restore.to", "restore.noun", "restore.done")
    )


# ruff: noqa: E501 -- words of one meaning a line
