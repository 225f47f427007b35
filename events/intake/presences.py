"""What was blocked as a thing: a page, an account, a channel, a post; with its address or handle where they stand."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from events.intake.addresses import Handle, Written, addresses_in, handles_in
from events.intake.groups import Target
from events.intake.happening import Deed, Happening, Mood
from events.intake.persons import is_person
from events.intake.phrases import Mark
from events.intake.quantities import quantities
from events.intake.scene import Scene
from events.intake.tokens import fold


@dataclass(frozen=True, slots=True)
class Presence:
    """``kind`` is one of the kinds of pages; ``mark`` the word for it."""

    kind: str
    mark: Mark
    confidence: float


def presence(
    scene: Scene, happening: Happening, target: Target | None, platform: str | None
) -> Presence | None:
    """What kind of thing was hit: by the word that stands with the name, and the words around the deed."""
    votes: dict[str, float] = defaultdict(float)
    marks: dict[str, Mark] = {}
    deeds = [deed for deed in [*happening.blocks, *happening.restorations] if deed.mood is not Mood.NOT]
    counted = [noun for _, noun in quantities(scene) if noun.value in ("post", "video")]
    for noun in scene.of("noun"):
        vote = _vote(scene, happening, noun, deeds) + (2.4 if target and target.noun == noun else 0.0)
        if target and target.shown.first <= noun.first <= target.shown.last and target.noun != noun:
            vote = 0.0
        if noun in counted and vote >= 1.0:
            vote += 2.6
        if vote > 0.0:
            votes[noun.value] += vote * (0.5 if noun.value in ("other", "site") else 1.0)
            marks.setdefault(noun.value, noun)
    if not votes:
        return None
    best = max(votes, key=lambda each: votes[each])
    kind = best
    if best == "community" and target and _is_of_person(scene, target):
        kind = "profile"
    if best == "app" and _BOT.match(scene.words(marks[best].first, marks[best].last)):
        kind = "other"
    if (
        kind == "community"
        and platform in _PAGE_ON
        and _PAGE.match(scene.words(marks[best].first, marks[best].last))
    ):
        kind = _PAGE_ON[platform]
    if platform in ("wechat", "youtube") and kind == "profile":
        kind = "channel"
    if platform in _NO_CHANNELS and best == "channel":
        kind = "profile"
    share = votes[best] / sum(votes.values())
    return Presence(kind, marks[best], 0.5 + 0.4 * share)


_PAGE = re.compile(r"pages?\b|страниц|сторінк|seiten?\b|página|sayfa|halaman|主页|主頁|页面|頁面", re.I)
_PAGE_ON = {
    "telegram": "channel",
    "youtube": "channel",
    "x": "profile",
    "instagram": "profile",
    "tiktok": "profile",
    "linkedin": "profile",
}
"""What is meant by a page on platforms that have none besides."""
_BOT = re.compile(r"(?:chat)?-?bots?\b|(?:чат-?)?бот", re.I)
_NO_CHANNELS = ("x", "instagram", "linkedin", "weibo", "livejournal", "zhihu", "tiktok", "patreon", "bluesky")
"""Platforms on which a channel, a blog or a feed is somebody's account."""


def _vote(scene: Scene, happening: Happening, noun: Mark, deeds: list[Deed]) -> float:
    sentence = scene.sentence_at(noun.first)
    weight = happening.weight(sentence)
    if happening.is_earlier(noun) or weight < 1.0:
        return 0.0
    gap = min((scene.gap(deed.mark, noun) for deed in deeds if deed.sentence == sentence), default=99)
    if gap > 12:
        return 0.1 * weight
    follows = any(0 <= noun.first - deed.mark.last - 1 <= 2 for deed in deeds if deed.sentence == sentence)
    return weight * ((0.5 if gap <= 6 else 0.3) + (0.45 if follows else 0.0))


_FANS = re.compile(r"fan|фан", re.I)


def _is_of_person(scene: Scene, target: Target) -> bool:
    """By a first name, or by what the words right before or behind call whoever it is."""
    if _FANS.search(scene.words(target.noun.first, target.noun.last) if target.noun else ""):
        return False
    if is_person(target.value):
        return True
    name, sentence = target.shown, scene.sentence_at(target.shown.first)
    if name.is_quoted:
        return False
    before = scene.within(max(sentence.first, name.first - 2), name.first, "person")
    if any(mark.last == name.first - 1 for mark in before):
        return True
    behind = scene.within(name.last + 1, min(sentence.last, name.last + 4), "person")
    return bool(behind) and bool(re.match(r"\s*,", scene.passage.text[name.end : name.end + 3]))


def handle_of(scene: Scene, happening: Happening, target: Target | None) -> Handle | None:
    """The handle that is the name itself, that stands in brackets behind it, or the only one that is told with a deed."""
    handles = handles_in(scene.passage.text)
    last = fold(scene.tokens[target.shown.last].raw) if target else ""
    for handle in handles:
        before = scene.passage.text[max(0, handle.start - 40) : handle.start]
        if target and handle.start <= target.shown.start <= handle.end:
            return handle
        behind = re.search(r"(\w+)[^\w.;:,]*(?:\s\w+){0,2}\s*[(\uff08,]\s*$", before)
        if behind and last and last in map(fold, re.findall(r"\w+", before)):
            return handle
    told = [each for each in handles if _is_told(scene, happening, each)]
    return told[0] if len(handles) == len(told) == 1 else None


def _is_told(scene: Scene, happening: Happening, handle: Handle) -> bool:
    at = min(scene.passage.token_at(handle.start), len(scene.tokens) - 1)
    sentence = scene.sentence_at(at)
    deeds = [*happening.blocks, *happening.restorations]
    return happening.weight(sentence) >= 2.0 and any(deed.sentence == sentence for deed in deeds)


def page_of(scene: Scene, happening: Happening, platform: str | None) -> Written | None:
    """The one address in the text that is a page on the platform in question."""
    found = [
        each
        for each in addresses_in(scene.passage.text)
        if each.page.platform == platform and (each.page.handle or each.page.native_id or each.page.kind)
    ]
    if len({each.page.url for each in found}) != 1:
        return None
    at = scene.passage.token_at(found[0].start)
    sentence = scene.sentence_at(min(at, len(scene.tokens) - 1))
    return found[0] if happening.weight(sentence) >= 0.6 else None


def group_kind(scene: Scene, target: Target, thing: Presence) -> str | None:
    """Who it is, as one of the kinds of groups: what the words beside the name call it; None where they do not."""
    name, sentence = target.shown, scene.sentence_at(target.shown.first)
    if thing.kind in ("post", "video", "app"):
        return None
    near = scene.within(max(sentence.first, name.first - 3), min(sentence.last, name.last + 5), "outlet")
    for mark in near:
        words = scene.words(mark.first, mark.last).lower()
        for kind, pattern in _CALLED:
            if pattern.search(words):
                return kind
    if _is_of_person(scene, target):
        return "person"
    return "community" if thing.kind == "community" else None


_CALLED = (
    ("movement", re.compile(r"movement|part(?:y|ies|ido|ei|i\b|ai)|движени|парти|рух|партi|bewegung|mouvement|movimiento|movimento|parti\w*|gerakan|partai|党")),
    ("outlet", re.compile(
        r"newspaper|outlet|magazine|broadcast|news|media|radio|tv|televis|portal|press|daily|издани|газет|журнал|телеканал|"
        r"радиостанци|агентств|сми|медиа|редакци|видання|телекомпан|gazete|ajans|dergi|zeitung|sender|medien|journal|diario|"
        r"peri[óo]dico|medio|revista|emisora|jornal|emissora|koran|majalah|媒|报|報|电视台|電視台|通讯社"
    )),
    ("organisation", re.compile(r"organi[sz]|ngo|union|initiative|организаци|фонд|комитет|союз|організаці|dernek|sendika|verein|association|asociaci|associa|sindicat|lembaga|ormas|组织|組織|学会|基金会")),
)  # fmt: skip

# ruff: noqa: E501 -- words of one meaning a line
