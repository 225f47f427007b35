"""How words tie a name to what was blocked: behind the word for it, before it, as its owner, as what is done to."""

from __future__ import annotations

import re

from events.intake.happening import Deed
from events.intake.names_han import Name
from events.intake.phrases import Mark
from events.intake.scene import Scene
from events.intake.ties_beside import NOT_TARGETS, Tie, beside_ties

_OF = frozenset(
    "of the a an by belonging to for run owned named called titled with under from de la le du des del da do dos das los las el l d der die das von dem den des vom "
    "ao aos às al ligados linked zur und milik bernama yang dari di is adli isimli 名为".split()
)
_NAMED = frozenset("adli isimli adindaki namens bernama called named".split())
_COUNTED = frozenset("bin milyon aboneli takipcili uyeli den dan fazla".split())
"""``1 milyon 650 bin aboneli``: how many follow."""
_STOPS = frozenset(
    "about over against on at in after before as because that which who whom whose when where while since during between into "
    "through without is are was were be been being has have had will would should says said asked told wants it they he she him not "
    "über ueber gegen nach vor als weil dass die das der wo während seit zwischen ohne ist sind war waren wird wurde hat hatte im auf an bei "
    "sur contre après avant que qui dont lorsque pendant depuis entre sans est sont était a ont avait dans en "
    "sobre contra tras antes que quien cuando durante desde entre sin es son fue ha han había en "
    "após quando sem é são foi tem têm havia em no na "
    "tentang setelah sebelum karena ketika sejak tanpa adalah telah sudah di pada".split()
) - {"der", "die", "das"}


def tie_of(scene: Scene, name: Name, deeds: list[Deed]) -> Tie:
    """The strongest tie of a name; 0 for none."""
    ties = (
        _of_noun(scene, name),
        _before_noun(scene, name),
        _subject(scene, name),
        _object(scene, name, deeds),
        _hit(scene, name, deeds),
        *beside_ties(scene, name, deeds),
    )
    return max(ties, key=lambda each: each[0])


def is_teller(scene: Scene, name: Name) -> bool:
    return _is_teller(scene, name)


def _of_noun(scene: Scene, name: Name) -> Tie:
    """``the channel of X``, ``паблик «X»``, ``канал главы Крыма X``: behind the word, with only its attributes between."""
    start = scene.sentence_at(name.first).first
    best: Tie = (0.0, None)
    for noun in scene.within(max(start, name.first - 8), name.first - 1, "noun"):
        gap = name.first - noun.last - 1
        if _is_own_group(scene, noun):
            continue
        if gap <= 7 and _is_attribute(scene, noun.last, name.first) and not _is_own_medium(scene, noun):
            best = max(best, (3.2 - 0.12 * gap + _of_quotes(name, noun), noun), key=lambda each: each[0])
    return best[0], _outer(scene, best[1]) if best[1] else None


def _of_quotes(name: Name, noun: Mark) -> float:
    """A title between quotation marks is what a film or a post is called; a name there is only its author's."""
    return 0.0 if not name.is_quoted else 0.9 if noun.value in ("post", "video", "app", "other") else 0.3


def _is_own_group(scene: Scene, noun: Mark) -> bool:
    """``and his group X``: who somebody is with, not what was blocked."""
    if noun.value != "community" or not re.match(r"gr[ou]|груп", scene.words(noun.first, noun.last).lower()):
        return False
    return noun.first > 0 and scene.tokens[noun.first - 1].key in _OWN


def _outer(scene: Scene, noun: Mark) -> Mark:
    """``the profile of the group X``: of two words for it the one that was blocked, which is the first."""
    start = scene.sentence_at(noun.first).first
    for before in scene.within(max(start, noun.first - 5), noun.first - 1, "noun"):
        between = {token.key for token in scene.tokens[before.last + 1 : noun.first]}
        platforms = scene.within(before.last + 1, noun.first - 1, "platform")
        names = {token.key for mark in platforms for token in scene.tokens[mark.first : mark.last + 1]}
        is_chain = bool(between & _OF) or (noun.value == "community" and between <= names)
        if before.value not in NOT_TARGETS and is_chain and _is_attribute(scene, before.last, noun.first):
            return before
    return noun


def _is_attribute(scene: Scene, left: int, right: int) -> bool:
    """Whether all words between belong to the name's description: small words, adjectives, what the group is."""
    if left >= right:
        return False
    text = re.sub(r"\s[—–-]\s*[«\"“„]?$|:\s*[«\"“„]?$", " ", scene.passage.between(left, right))
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


_SLAVIC = frozenset("с по за о об для про в против з із та и і проти".split())


def _is_descriptive(scene: Scene, at: int) -> bool:
    token = scene.tokens[at]
    if token.key in _OF:
        return True
    if token.key in _STOPS:
        return False
    if any(mark.first <= at <= mark.last for mark in scene.of("person", "outlet", "platform", "country")):
        return True
    if token.key in _SLAVIC and scene.language in ("ru", "uk"):
        return True
    if scene.language in ("ru", "uk"):
        return (
            bool(re.search(r"(?:ого|его|ой|ей|ых|их|ий|ый|ая|ої|ої|ів|ськ\w*|а|и|ы|я|і|ї|у|ю|в)$", token.key))
            and not token.is_capital
        )
    return not token.is_capital and scene.language not in ("tr",) and len(token.key) > 2


_OWN = frozenset(
    "his her its their own my our своем своей своём его ее их своїм своєму його її їхньому son sa ses leur su sus seu sua seinem ihrem kendi 她 他 其".split()
)


def _is_own_medium(scene: Scene, noun: Mark) -> bool:
    """``in her Telegram channel``: where it is told."""
    start = scene.sentence_at(noun.first).first
    before = {token.key for token in scene.tokens[max(start, noun.first - 3) : noun.first]}
    return bool(before & _OWN) and bool(scene.within(max(start, noun.first - 8), noun.first, "said"))


def _before_noun(scene: Scene, name: Name) -> Tie:
    """``X's account``, ``X'in hesabı``, ``the X channel``: before the word, with the platform between at most."""
    end = scene.sentence_at(name.first).last
    best: Tie = (0.0, None)
    for noun in scene.within(name.last + 1, min(end, name.last + 6), "noun"):
        between = scene.tokens[name.last + 1 : noun.first]
        text = scene.passage.between(name.last, noun.first)
        text = re.sub(r"\([^()]{0,40}\)", "", text)
        if re.search(r"[.;:!?]|,", text):
            break
        inner = scene.within(name.last + 1, noun.first - 1, "block", "said", "ask", "restore")
        if inner:
            break
        is_possessive = bool(re.match(r"\s*[»\"”]?\s*['’]", text)) or (
            bool(between) and between[0].key in ("s", "的", "的")
        )
        between = [token for token in between if token.key not in _NAMED]
        if scene.language == "tr":
            between = [token for token in between if not token.is_number and token.key not in _COUNTED]
        between = [
            token for token in between if f"@{token.raw}" not in scene.passage.between(name.last, noun.first)
        ]
        is_near = len(between) <= 1 and (
            not between or _is_between_names(scene, between[0].start, noun.first - 1)
        )
        if scene.language in ("en", "tr", "de", "zh") and (is_possessive or is_near):
            best = max(
                best, (3.0 - 0.15 * len(between) if is_possessive else 2.4, noun), key=lambda each: each[0]
            )
    return best


def _is_between_names(scene: Scene, _start: int, at: int) -> bool:
    return any(mark.first <= at <= mark.last for mark in scene.of("platform", "country", "outlet"))


_LOST = re.compile(
    r"lost|losing|лиши|потеря|втрат|позбав|kaybett|verl(?:or|iert)|perdu|perdi|perdeu|kehilangan", re.I
)


_TURN = re.compile(
    r"(?:au tour d(?:e\s|['’])|el turno de|a vez d[eoa]|turn (?:of|for)|очередь|настала черга|an der Reihe:?|giliran|sıra)\s*$",
    re.I,
)


def _subject(scene: Scene, name: Name) -> Tie:
    """``X said that its page was blocked``, ``X has lost her page``; or ``X … . LinkedIn told him that his profile …``."""
    sentence = scene.sentence_at(name.first)
    is_turn = bool(_TURN.search(scene.passage.text[sentence.start : name.start]))
    if (name.first - sentence.first <= 6 or is_turn) and (
        noun := _own_noun(
            scene, name.last + 1, sentence.last, name.last + (70 if scene.language == "zh" else 26)
        )
    ):
        return 2.6, noun
    following = next((each for each in scene.lead if each.number == sentence.number + 1), None)
    if following is None or sentence.is_title or name.first - sentence.first > 6:
        return 0.0, None
    noun = _own_noun(scene, following.first, following.last, following.last)
    if (
        noun
        and scene.within(following.first, following.last, "block")
        and not _has_capital(scene, following.first + 1, noun.first)
    ):
        return 1.8, noun
    return 0.0, None


def _own_noun(scene: Scene, first: int, last: int, until: int) -> Mark | None:
    """``her page``, ``lost the account``: the word for what somebody has."""
    for noun in scene.within(first, min(last, until), "noun"):
        before = scene.tokens[max(first, noun.first - 4) : noun.first]
        is_own = {token.key for token in before} & _OWN or _LOST.search(
            " ".join(token.key for token in before)
        )
        if is_own and noun.value not in NOT_TARGETS:
            return noun
    return None


def _has_capital(scene: Scene, first: int, last: int) -> bool:
    """Whether another name stands there, which would be whose it is."""
    known = {at for mark in scene.of("platform", "country") for at in range(mark.first, mark.last + 1)}
    return any(scene.tokens[at].is_capital and at not in known for at in range(first, last))


def _object(scene: Scene, name: Name, deeds: list[Deed]) -> Tie:
    """``YouTube закрыл «X»``, ``Telegram sperrt X``: right behind what is done."""
    for deed in deeds:
        if deed.mark.first < name.first and name.last < deed.mark.last and not deed.is_passive:
            return 2.2, None
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


_APART_PLAIN = re.compile(r"[»\"”\s]*[,—–]\s*(?:\w+\s){0,3}")
_APART = re.compile(
    r"[»\"”\s]*[,—–]\s*(?:(?:an?|the|its|another|one|une?|le|la|les|l|eine?[mnrs]?|de[rmn]|die|das|una?|el|uma?|o|os|as|los|las)\b['’]?\s?(?:[\w-]+\s){0,2})?",
    re.I,
)
"""``X, a news page``: between a name and the word for it only an article and what describes it."""


def _hit(scene: Scene, name: Name, deeds: list[Deed]) -> Tie:
    """``X was banned``, ``«X», подкаст …, удалён``: the subject of what was done to it."""
    for deed in deeds:
        gap = deed.mark.first - name.last - 1
        if (
            (deed.is_passive or _is_impersonal(scene, deed, name))
            and 0 <= gap <= 8
            and deed.sentence == scene.sentence_at(name.first)
        ):
            others = scene.within(name.last + 1, deed.mark.first - 1, "noun", "body", "platform")
            text = scene.passage.between(name.last, deed.mark.first)
            nouns = [mark for mark in others if mark.kind == "noun"]
            if nouns and re.match(r"[»\"”\s]*[,—–(]", text):
                return 2.4, nouns[0]
            if not others and gap <= 4:
                return 1.8, None
    following = scene.within(name.last + 1, min(scene.sentence_at(name.first).last, name.last + 4), "noun")
    text = scene.passage.between(name.last, following[0].first) if following else ""
    apart = _APART_PLAIN if scene.language in ("ru", "uk", "tr", "id", "zh") else _APART
    if following and apart.fullmatch(text):
        return 2.3, following[0]
    return 0.0, None


def _is_impersonal(scene: Scene, deed: Deed, name: Name) -> bool:
    """«X» разблокировали: nobody is named who did it."""
    words = scene.words(deed.mark.first, deed.mark.last)
    return scene.language in ("ru", "uk") and words.endswith("ли") and name.is_quoted


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


# ruff: noqa: E501 -- words of one meaning a line
