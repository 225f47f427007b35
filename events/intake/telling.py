"""What a text tells of: a block, a restoration, a threat, or something that only looks like one."""

from __future__ import annotations

import re
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
    if _is_hacked(scene, happening, main):
        return Told("none", 0.85, "hacked")
    if _whole(scene, happening) > max(1.9, _target(scene, happening)):
        return Told("none", 0.8, "the whole platform")
    if back:
        return Told("restoration", 0.85, "restored", back)
    if _is_by_owner(scene, happening) or _is_in_millions(scene, happening):
        return Told("none", 0.7, "by the owner, or a platform's own figures")
    if main is None:
        return Told("none", 0.8, "no block")
    is_done = any(deed.mood is Mood.DONE and happening.weight(deed.sentence) >= 3.0 for deed in blocks)
    is_asked = any(deed.mood is Mood.ASKED and happening.weight(deed.sentence) >= 3.0 for deed in blocks)
    if _in_head(scene, happening, 3.0, "jail") and not is_done and not is_asked:
        return Told("none", 0.65, "somebody was jailed")
    if _in_head(scene, happening, 3.0, "fine") and not is_done:
        return Told("none", 0.7, "a fine")
    is_other = bool(_in_head(scene, happening, 2.0, "law", "outage", "fine"))
    if main.mood not in (Mood.DONE, Mood.ASKED) and is_other and _target(scene, happening) < 2.0:
        return Told("none", 0.7, "a law, an outage or a fine")
    if _is_site(scene, happening, main):
        return Told("none", 0.6, "a web site, on no platform")
    is_so = bool(_in_head(scene, happening, 1.0, "silent")) or any(
        deed.mood is Mood.ASKED and happening.weight(deed.sentence) >= 3.0 for deed in happening.restorations
    )
    is_told = any(deed.mood in (Mood.DONE, Mood.ASKED) and not deed.is_earlier for deed in blocks)
    if main.mood in (Mood.MAY, Mood.NAMED) and not is_so and not is_told:
        return _to_come(scene, happening, main)
    return Told("block", 0.9 if main.mood is Mood.DONE else 0.75, "blocked", main)


def _to_come(scene: Scene, happening: Happening, main: Deed) -> Told:
    """What is only warned of or planned: a threat to a page, or a plan that speaks of none."""
    if not _in_head(scene, happening, 2.0, "noun"):
        return Told("none", 0.55, "a plan that speaks of no page")
    return Told("threat", 0.6, "only to come", main)


def _in_head(scene: Scene, happening: Happening, weight: float, *kinds: str) -> list[Mark]:
    """The marks in the sentences that count at least so much."""
    return [mark for mark in scene.of(*kinds) if happening.weight(scene.sentence_at(mark.first)) >= weight]


def _is_hacked(scene: Scene, happening: Happening, main: Deed | None) -> bool:
    """An account in strange hands: told at the head; or later, where the head tells of no block and nobody asks for one."""
    if _in_head(scene, happening, 3.0, "hack.did"):
        return True
    is_told = any(
        deed.mood is Mood.DONE and happening.weight(deed.sentence) >= 3.0 for deed in happening.blocks
    )
    if is_told:
        return False
    if _in_head(scene, happening, 2.0, "hack"):
        return True
    is_asked = main is not None and bool(_in_head(scene, happening, 2.0, "ask.by"))
    return bool(_in_head(scene, happening, 0.6, "hack")) and not is_asked


def _is_by_owner(scene: Scene, happening: Happening) -> bool:
    """``deleted her own page``, with no platform and no body as who does it; ``not the platform but its new owner``."""
    if any(not _is_of_state(scene, mark) for mark in _in_head(scene, happening, 1.5, "owner")):
        return True
    for mark in _in_head(scene, happening, 3.0, "own"):
        first = scene.clause_at(mark.first)[0]
        doers = [
            each
            for each in scene.within(first, mark.first, "platform")
            if not (_is_place(scene, each) or _is_before_own(scene, each, mark))
        ]
        doers += scene.within(first, mark.first, "body", "generic")
        if not doers and not _in_head(scene, happening, 2.0, "ask.by"):
            return True
    return False


def _is_before_own(scene: Scene, platform: Mark, mark: Mark) -> bool:
    """``Şarkıcı Ece Su, Instagram hesabını kapattı``: of which platform the account was."""
    is_first = platform.first == scene.sentence_at(platform.first).first
    return scene.language == "tr" and platform.last == mark.first - 1 and not is_first


def _is_of_state(scene: Scene, mark: Mark) -> bool:
    """``not the platform but the court``: who did it was no owner."""
    last = min(scene.sentence_at(mark.first).last, mark.last + 6)
    state = ("court", "prosecutor", "police", "regulator", "ministry")
    bodies = scene.within(mark.last + 1, last, "body")
    return bool(bodies) or any(each.value in state for each in scene.within(mark.last + 1, last, "generic"))


_MILLIONS = re.compile(
    r"(?:\d|one|two|three|several|один|два|три|bir|iki|üç)\s?(?:mln|mio|million\w*|millones|milhões|milyon|juta|миллион\w*|млн|мільйон\w*)\.? (?:\w+ ){0,2}$|"
    r"(?:\d|[一二三四五六七八九十百千])\s?(?:万|萬|百万|千万|亿|億)[余多]?[个個条條]?$",
    re.I,
)


_FOLLOWERS = re.compile(
    r"подписч|підписник|читател|зрител|человек|участник|просмотр|member|subscriber|follow|view|strong|user|abonn|suivi|seguid|inscri|suscript|miembr|membr|"
    r"abone|takip|üye|follower|mitglied|nutzer|pengikut|anggota|pelanggan",
    re.I,
)


def _is_in_millions(scene: Scene, happening: Happening) -> bool:
    """``removed 20 million channels``: what a platform says of its cleaning up, and of no page."""
    is_page = {"community", "profile", "channel", "post", "video"}
    nouns = [mark for mark in _in_head(scene, happening, 3.0, "noun") if mark.value in is_page]
    counted = [
        mark
        for mark in nouns
        if (found := _MILLIONS.search(scene.passage.text[: mark.start][-40:]))
        and not _FOLLOWERS.search(found[0])
    ]
    return bool(counted) and not _in_head(scene, happening, 2.0, "ask.by")


def _restoration(scene: Scene, happening: Happening) -> Deed | None:
    """A restoration that the title or the first sentence tells as done; or as to come, and the next one as done."""
    head = [deed for deed in happening.restorations if happening.weight(deed.sentence) >= 3.0]
    if any(deed.sentence.is_title and deed.mood is Mood.ASKED for deed in head):
        return None
    for deed in head:
        if deed.mood is Mood.DONE and deed.mark.value == "done":
            return deed
    is_brief = bool(_in_head(scene, happening, 3.0, "brief"))
    if not is_brief and not any(deed.mood is not Mood.NOT for deed in head):
        return None
    for deed in happening.restorations:
        is_near = happening.weight(deed.sentence) >= 2.0 and not deed.is_earlier
        if deed.mood is Mood.DONE and deed.mark.value == "done" and is_near:
            return deed
    return None


def _is_site(scene: Scene, happening: Happening, main: Deed) -> bool:
    """What the head tells of is a site of its own: no page, and no platform that it could be on."""
    head = {mark.value for mark in _in_head(scene, happening, 3.0, "noun")}
    if "site" in head and not head & set(_OF_PLATFORMS) and not scene.of("platform"):
        return happening.weight(main.sentence) >= 3.0
    if head - {"site"} or happening.weight(main.sentence) < 3.0:
        return False
    if not head:
        return not scene.of("platform") and _is_domain(scene, happening)
    return not _in_head(scene, happening, 1.5, "platform")


_DOMAIN = re.compile(
    r"\b[\w-]{2,40}\.(?:org|com|net|info|news|media|ru|ua|by|kz|tr|de|fr|es|br|id|cn|hk|tw)\b", re.I
)


def _is_domain(scene: Scene, happening: Happening) -> bool:
    """``Haber.Org erişime kapatıldı``: a site that is called by its address."""
    head = [sentence for sentence in scene.lead[:2] if happening.weight(sentence) >= 3.0]
    return any(_DOMAIN.search(scene.passage.text[each.start : each.end]) for each in head)


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
    score += _many(scene, happening)
    for mark in _in_head(scene, happening, 1.5, "cut"):
        platforms = [each for each in scene.of("platform") if not is_shop(each)]
        if any(0 < platform.first - mark.last <= 2 for platform in platforms):
            score += 0.8 * happening.weight(scene.sentence_at(mark.first))
    return score


def _many(scene: Scene, happening: Happening) -> float:
    """``lived without Facebook, Telegram and YouTube``: three platforms in one sentence at the head, and no page."""
    first = next((each for each in scene.lead if scene.body_number(each) == 0), None)
    if first is None or scene.within(first.first, first.last, "noun", "body"):
        return 0.0
    named = {mark.value for mark in scene.within(first.first, first.last, "platform") if not is_shop(mark)}
    if len(named) < 3:
        return 0.0
    return 2.4 if _WITHOUT.search(scene.passage.text[first.start : first.end]) else 1.2


_WITHOUT = re.compile(r"\b(?:without|без|ohne|sans|sin|sem|tanpa|olmadan)\b|没有|沒有", re.I)


def _target(scene: Scene, happening: Happening) -> float:
    """How strongly the head ties a page, a channel or a post to what is done."""
    score = 0.0
    for deed in [*happening.blocks, *happening.restorations]:
        weight = happening.weight(deed.sentence)
        if weight >= 1.5 and deed.mood is not Mood.NOT and not deed.is_earlier and _things_near(scene, deed):
            score += weight
    return score


_OF_PLATFORMS = ("community", "profile", "channel", "app")
_PAGES = ("community", "profile", "channel", "post", "video", "app")


def _things_near(scene: Scene, deed: Deed) -> bool:
    near = any(
        mark.value in _PAGES and scene.gap(deed.mark, mark) <= 7
        for mark in scene.within(*deed.clause, "noun")
    )
    if near or not deed.is_passive:
        return near
    sentence = deed.sentence
    return any(
        mark.value in ("profile", "channel") and deed.mark.first - mark.last <= 16
        for mark in scene.within(sentence.first, deed.mark.first, "noun")
    )


def _hits_platform(scene: Scene, deed: Deed) -> bool:
    """Whether a deed's object is a platform: the subject of a passive, or right behind an active one."""
    first, last = deed.clause
    for platform in scene.within(first, last, "platform"):
        if (scene.is_quoted(platform.first) and scene.language == "zh") or is_shop(platform):
            continue
        if deed.is_passive and platform.last < deed.mark.first:
            is_what = not _is_place(scene, platform) and not _is_owned(scene, platform)
            if is_what and not _pages(scene, first, deed.mark.first):
                return True
            continue
        if _LOST.search(scene.words(deed.mark.first, deed.mark.last)):
            continue
        is_behind = 0 < platform.first - deed.mark.last <= 3 and not deed.is_passive
        behind = scene.tokens[min(last, platform.last + 1)]
        is_attribute = behind.key in _GOODS and platform.last < last
        if (
            is_behind
            and not is_attribute
            and not _things(scene, deed.mark.last, min(last, platform.last + 2))
        ):
            return not _is_place(scene, platform)
    return False


_GOODS = frozenset("projects repos copies creators users streams entries listings editions titles".split())
"""``18 GitHub projects``: what is of a platform, and not the platform."""


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


_LOST = re.compile(
    r"\b(?:los[et]|without|лиш|без\b|остал|потеря|втра|позбав|kaybe|verl|ohne|perd|sans|sin\b|sem\b|kehilangan)|失去", re.I
)  # fmt: skip
"""``ficou sem Twitter``: somebody lost what they had there."""


_ITS = frozenset(
    "his her its their my our свой своего своем своему его ее их свій свого своєму його її son sa ses leur leurs su sus seu sua "
    "seus suas sein seinen seinem ihr ihren ihrem kendi".split()
)


def _is_owned(scene: Scene, platform: Mark) -> bool:
    """``viu seu Instagram sair do ar``: a platform's name for somebody's page there."""
    before = {token.key for token in scene.tokens[max(0, platform.first - 1) : platform.first]}
    behind = scene.passage.text[platform.end : platform.end + 4]
    return bool(before & _ITS) or (scene.language == "id" and behind.startswith("nya"))


def _pages(scene: Scene, first: int, last: int) -> list[Mark]:
    """The things between two words; ``the app X`` before the name of a platform is the platform itself."""
    platforms = scene.within(first, last, "platform")
    return [
        noun
        for noun in scene.within(first, last, "noun")
        if not (
            noun.value in ("app", "site", "other")
            and any(
                0 <= each.first - noun.last - 1 <= 1 and "," not in scene.passage.text[noun.end : each.start]
                for each in platforms
            )
        )
    ]


_WHERE = frozenset(
    "on from in by at via through в во на с из у auf bei von aus im sur de par dans en por del da do no na pelo di dari "
    "oleh".split()
)


def is_shop(platform: Mark) -> bool:
    """A store, out of which even platforms are taken."""
    return platform.value.name in ("Apple", "Apple App Store", "Google Play")


def _things(scene: Scene, first: int, last: int) -> list[Mark]:
    return scene.within(first, last, "noun")


# ruff: noqa: E501 -- words of one meaning a line
