"""The reason that the authority or the platform gives, in its own words where the text quotes them; or that it gives none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from events.intake.happening import Happening, Mood
from events.intake.passage import Quote, Sentence
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


_Scored = tuple[float, Reason]
LEAST = 1.6
"""The score from which words are taken for the reason."""
_LONGEST = 18
"""Words of a reason that no quotation marks end."""


def reason(scene: Scene, happening: Happening, names: frozenset[int] = frozenset()) -> Reason | None:
    """What the text says of the reason of the main event; None when it says nothing.

    ``names`` are the first words of names that were hit, which are no reasons.
    """
    found = [*_quoted(scene, happening, names), *_told(scene, happening)]
    given = max(found, key=lambda each: each[0], default=None)
    silent = _silent(scene, happening)
    if silent and (given is None or given[0] < silent[0]):
        return silent[1]
    return given[1] if given and given[0] >= LEAST else None


def _silent(scene: Scene, happening: Happening) -> _Scored | None:
    """Words that say that no reason is given, at the head of the text."""
    found: list[_Scored] = []
    for mark in scene.of("silent"):
        weight = happening.weight(scene.sentence_at(mark.first))
        if not happening.is_earlier(mark) and weight >= 0.6 and not _is_of_other_thing(scene, mark):
            found.append(
                (2.0 + 0.4 * weight, Reason("none_given", mark.start, mark.end, min(0.9, 0.6 + 0.1 * weight)))
            )
    return max(found, key=lambda each: each[0], default=None)


_OTHER = re.compile(r"哪一天|名字|何时|何時|日期|身份|姓名|什么时候")


def _is_of_other_thing(scene: Scene, mark: Mark) -> bool:
    """``从哪一天开始,也没有说明``: what is not told is the day or a name, not why."""
    if scene.language != "zh":
        return False
    start = scene.sentence_at(mark.first).start
    return bool(_OTHER.search(scene.passage.text[max(start, mark.start - 30) : mark.start]))


def _quoted(scene: Scene, happening: Happening, names: frozenset[int]) -> Iterator[_Scored]:
    """Quotations that speak of an offence, or stand behind a word for why."""
    for quote in scene.passage.quotes:
        sentence = scene.sentence_at(quote.first)
        weight = happening.weight(sentence)
        if weight < 0.6 or sentence.is_title or quote.first in names or _is_not_reason(scene, quote):
            continue
        leads = [mark for mark in scene.near(quote.first, 9, 0, "reason") if _leads(scene, mark, quote)]
        inside = scene.within(quote.first, quote.last, "reason", "ground")
        score = (
            0.35 * weight
            + (1.2 if leads else 0.0)
            + (1.3 if inside else 0.0)
            + (0.2 if len(inside) > 1 else 0.0)
        )
        if scene.within(sentence.first, sentence.last, "block") or _speaks(scene, sentence, quote):
            score += 0.6
        if happening.is_earlier(_as_mark(quote)):
            score -= 0.5
        if not scene.within(quote.first, quote.last, "ground") and _looks_like_name(scene, quote):
            score -= 1.5
        if not leads and not inside:
            score -= 0.6
        if not leads and _is_whole_speech(scene, quote) and not _speaks(scene, sentence, quote):
            score -= 0.9
        yield score, Reason("given", quote.start, quote.end, max(0.3, min(0.92, 0.35 + 0.15 * score)))


def _leads(scene: Scene, mark: Mark, quote: Quote) -> bool:
    between = scene.passage.text[scene.tokens[mark.last].end : quote.start]
    return mark.last < quote.first and not re.search(r"[.;!?]", between)


_CENSORED = re.compile(r"цензур|censor|censur|sansür|zensur|sensor|审查|審查", re.I)
_CALLS = re.compile(
    r"\bcalls?\b|\bcalled (?:it|this|that|the (?:step|move|decision))|назыв|назва|nennt|qualifie|dénonce|califica|denunci|adlandır|menyebut",
    re.I,
)


def _is_not_reason(scene: Scene, quote: Quote) -> bool:
    """What the one who was hit calls it, a list, a demand to bring it back."""
    text = scene.passage.text[quote.start : quote.end]
    sentence = scene.sentence_at(quote.first)
    before = scene.passage.text[sentence.start : quote.start]
    if _is_of_list(scene, quote) or _is_fame(scene, quote) or _is_own_word(scene, quote):
        return True
    if _CENSORED.search(text) or quote.last - quote.first > 45 or _is_notice(scene, quote):
        return True
    if _GUESSED.search(before[-80:]) and not scene.within(quote.first - 3, quote.first, "reason"):
        return True
    if scene.within(sentence.first, sentence.last, "restore.to") or scene.within(
        quote.first, quote.last, "cover"
    ):
        return True
    return bool(_CALLS.search(before[-60:])) and not scene.within(quote.first, quote.last, "ground")


def _is_of_list(scene: Scene, quote: Quote) -> bool:
    """``«The battle», «The massacre» and «The shelling»``: titles in a row."""
    if not scene.tokens[quote.first].is_capital or scene.tokens[quote.first].is_han:
        return False
    text = scene.passage.text
    before, behind = text[max(0, quote.start - 8) : quote.start], text[quote.end : quote.end + 8]
    joint = r"[»”\"]\s?(?:,|и|і|та|and|und|et|y|e|ve|dan|або|или)\s?(?:\w{1,3}\s)?[«“„\"]"
    return bool(re.search(joint + "$", before) or re.match(joint, behind))


_FAME = re.compile(r".?\s?(?:闻名|聞名|著称|著稱|为名|為名|形象|自居|走红|走紅)")


def _is_fame(scene: Scene, quote: Quote) -> bool:
    """``以“反美斗士”闻名``: what somebody is known as."""
    return bool(_FAME.match(scene.passage.text[quote.end : quote.end + 5]))


_ME = frozenset(
    "i we my our мы я мой наш ми wir ich unser nous je notre nosotros yo nós eu biz ben kami saya 我".split()
)


def _is_own_word(scene: Scene, quote: Quote) -> bool:
    """``“We need protests like these”``: somebody of himself."""
    return scene.tokens[quote.first].key in _ME and not scene.near(quote.first, 4, 0, "reason")


_GUESSED = re.compile(
    r"возможн|предполож|предполага|вероятн|полага\w+,? что|догад|слух|можливо|ймовірно|припуска|presum|speculat|suspects?\b|suppos|"
    r"believes?\b|guess|perhaps|maybe|vermut|mutmaß|spekul|supposé|soupçonne|suppose|peut-être|quizá|sospech|cree que|supone|"
    r"suspeita|acredita|talvez|menduga|dugaan|mungkin|tahmin|olabilir|猜测|猜測|推测|推測|怀疑|懷疑|联想|聯想|据传|傳",
    re.I,
)
"""Words of somebody who only supposes why."""


def _is_notice(scene: Scene, quote: Quote) -> bool:
    """``has been withheld in India in response to a legal demand``: what a blocked page shows, which is no reason."""
    deeds = [
        each
        for each in scene.near(quote.first, 4, quote.last - quote.first, "block")
        if each.last >= quote.first
    ]
    if not deeds:
        return False
    return bool(scene.within(quote.first, quote.last, "ask")) or not scene.within(
        quote.first, quote.last, "ground"
    )


def _is_whole_speech(scene: Scene, quote: Quote) -> bool:
    """A quotation that is a sentence of somebody's own, with a capital and an end."""
    text = scene.passage.text[quote.start : quote.end]
    return quote.last - quote.first >= 5 and text[:1].isupper() and not scene.tokens[quote.first].is_han


def _as_mark(quote: Quote) -> Mark:
    return Mark("quote", None, quote.first, quote.last, quote.start, quote.end)


def _speaks(scene: Scene, sentence: Sentence, quote: Quote) -> bool:
    """Whether a body or the platform is named before the quotation, as who says so."""
    return bool(scene.within(sentence.first, quote.first, "body", "generic", "platform"))


def _looks_like_name(scene: Scene, quote: Quote) -> bool:
    first = scene.tokens[quote.first]
    return first.is_capital and quote.last - quote.first < 8


def _told(scene: Scene, happening: Happening) -> Iterator[_Scored]:
    """Words for why, and what stands behind them up to the end of the clause."""
    for mark in scene.of("reason"):
        sentence = scene.sentence_at(mark.first)
        weight = happening.weight(sentence)
        against = _against(scene, mark) if scene.language == "de" else None
        last = mark.last if against is not None else _end(scene, mark, sentence.last)
        if weight < 0.6 or _is_no_reason(scene, happening, mark, last, weight):
            continue
        grounds = scene.within(mark.first if against is None else against, last, "ground")
        if last <= mark.last and not grounds:
            continue
        if _is_guess_or_order(scene, mark, last, grounds):
            continue
        strength = _strength(scene, happening, mark, last, bool(grounds))
        if strength is not None:
            score = 0.35 * weight + strength
            first = mark.first if grounds and grounds[0].first <= mark.last else mark.last + 1
            start = scene.tokens[first if against is None else against].start
            confidence = max(0.3, min(0.8, 0.3 + 0.14 * score))
            yield score, Reason("given", start, scene.tokens[last].end, confidence)


def _is_guess_or_order(scene: Scene, mark: Mark, last: int, grounds: list[Mark]) -> bool:
    """What somebody supposes or denies, or the order itself, which says nothing of why."""
    sentence = scene.sentence_at(mark.first)
    if _GUESSED.search(scene.passage.text[sentence.start : mark.start][-70:]):
        return True
    first_ground = grounds[0].first if grounds else last
    if any(
        mark.last < each.first < first_ground for each in scene.within(mark.last + 1, first_ground, "not")
    ):
        return True
    if (
        scene.within(mark.last + 1, min(last, mark.last + 3), "ask.by", "ask.after")
        and scene.language != "zh"
    ):
        return True
    head = min(last, mark.last + 4)
    is_order = bool(scene.within(mark.last + 1, head, "ask.by", "ask.after", "body"))
    return is_order and not any(each.first > head for each in grounds)


def _is_no_reason(scene: Scene, happening: Happening, mark: Mark, last: int, weight: float) -> bool:
    """Quoted words, something earlier, a demand to bring back, a source, a list, what somebody is tried for."""
    sentence = scene.sentence_at(mark.first)
    if scene.is_quoted(mark.first) or _is_earlier(happening, mark, weight):
        return True
    if scene.within(sentence.first, sentence.last, "restore.to"):
        return True
    if any(each.first <= mark.last + 2 for each in scene.within(mark.last + 1, mark.last + 4, "restore")):
        return True
    if _CALLED.match(scene.words(mark.first, mark.last)) and not _speaks_before(scene, sentence, mark):
        return True
    if any(said.last > mark.last for said in scene.within(mark.first, mark.last + 2, "said")):
        return True
    if _is_not_done(scene, mark):
        return True
    if scene.within(mark.first, last, "cover") or _is_said_of_thing(scene, mark):
        return True
    return bool(_OF_PERSON.search(scene.passage.text[max(0, mark.start - 24) : mark.start]))


_BREACH = re.compile(
    r"violat|breach|наруш|поруш|melanggar|verst(?:o|ö)|viol|enfre|incumpl|infri|ihlal|违反|違反", re.I
)


_CALLED = re.compile(r"call", re.I)


def _speaks_before(scene: Scene, sentence: Sentence, mark: Mark) -> bool:
    """Whether a body or a platform is who calls it so."""
    return bool(scene.within(sentence.first, mark.first, "body", "generic", "platform"))


def _is_not_done(scene: Scene, mark: Mark) -> bool:
    """``did not break any rules``: what the one who was hit denies."""
    if not _BREACH.search(scene.words(mark.first, mark.last)):
        return False
    first = max(scene.clause_at(mark.first)[0], mark.first - 3)
    return any(each.last < mark.first for each in scene.within(first, mark.first, "not"))


def _is_said_of_thing(scene: Scene, mark: Mark) -> bool:
    """``违规公众号``: in Chinese what only describes the pages that are spoken of."""
    if scene.language != "zh" or mark.last + 1 >= len(scene.tokens):
        return False
    is_word = scene.words(mark.first, mark.last) in ("违规", "違規", "违法", "違法")
    behind = scene.within(mark.last + 1, mark.last + 4, "noun")
    return is_word and any(each.first == mark.last + 1 for each in behind)


def _strength(scene: Scene, happening: Happening, mark: Mark, last: int, has_ground: bool) -> float | None:
    """How surely the words say why it was done; None where they do not."""
    sentence = scene.sentence_at(mark.first)
    deeds = [deed for deed in happening.blocks if deed.sentence == sentence and deed.mood is not Mood.NOT]
    gap = min((scene.gap(deed.mark, mark) for deed in deeds), default=99)
    if any(mark.first < deed.mark.first <= last for deed in deeds):
        return None
    if not has_ground and (gap > 3 or _is_time(scene, mark.last + 1)):
        return None
    named = 0.5 if _END_WORDS.search(scene.words(mark.first, mark.last)) else 0.0
    return (1.2 if has_ground else 0.5) + (0.7 if gap <= 8 else 0.3 if deeds else 0.0) + named


_OF_PERSON = re.compile(
    r"(?:investig|conden|detid|detenid|pres[oa]|arrest|jailed|sentenced|charged|wanted|осужд|арест|задерж|судим|засудж|затрим|verurteilt|festgenommen|"
    r"tutukl|yargılan|ditangkap|dipenjara|被捕|入狱)\w*\s*$", re.I
)  # fmt: skip
"""What somebody is tried for is no reason for a block."""
_END_WORDS = re.compile(
    r"reason|причин|gerek[çc]e|grund|motif|motivo|raz[ãóo]|alasan|理由|原因|grounds", re.I
)


def _against(scene: Scene, mark: Mark) -> int | None:
    """``gegen die Richtlinie … verstoßen``: in German what is breached stands before the verb."""
    if not scene.tokens[mark.first].key.startswith("versto"):
        return None
    start = max(scene.sentence_at(mark.first).first, mark.first - 12)
    return next((at for at in range(mark.first - 1, start - 1, -1) if scene.tokens[at].key == "gegen"), None)


def _is_earlier(happening: Happening, mark: Mark, weight: float) -> bool:
    return happening.is_earlier(mark) and weight < 3.0


def _is_time(scene: Scene, at: int) -> bool:
    """``for 48 hours``: how long, not why."""
    return at < len(scene.tokens) and scene.tokens[at].is_number


def _end(scene: Scene, mark: Mark, last: int) -> int:
    """Where the words of the reason end: at a comma, a bracket, a dash."""
    at = mark.last + 1
    while at <= last and at - mark.last <= _LONGEST:
        if at > mark.last + 1 and re.search(r"[,;:()!?—–。\uff0c、]", scene.passage.between(at - 1, at)):
            break
        at += 1
    return at - 1


# ruff: noqa: E501 -- words of one meaning a line
