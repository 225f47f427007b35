"""From a text to a draft: each reader looks for its value, and what none of them finds stays out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import MappingProxyType

from events.intake.acts import notice_in, order_in, stated_in
from events.intake.addresses import Written, addresses_in, page_at
from events.intake.asking import asked
from events.intake.days import Published
from events.intake.drafts import Draft, Reading
from events.intake.groups import DOUBTFUL, LEAST, Target, beside, targets
from events.intake.happening import Happening
from events.intake.hosting import platform_in
from events.intake.lands import land
from events.intake.languages import language_of
from events.intake.passage import READ_CHARS, Passage
from events.intake.platforms import PlatformName, platform_by_key
from events.intake.presences import group_kind, handle_of, page_of, presence
from events.intake.reasons import reason
from events.intake.scene import Scene
from events.intake.telling import Told, told
from events.intake.timing import dated
from tracker.facts import Notice


def draft(
    text: str, *, url: str = "", title: str = "", published: date | str | None = None, language: str = ""
) -> Draft:
    """A draft of the event that a text tells of: an article, a block notice, or the bare address of a page.

    ``url`` is where the text stands, not the page that it is about; where nobody says when the text came out, a day
    in that address does. ``published`` may be ISO 8601 with fewer digits. Spans are offsets into ``text`` or ``title``
    as they are given. Never raises, whatever the text.
    """
    if (page := _bare_address(text)) is not None:
        return _of_page(page, text)
    spoken = language_of(f"{title} {text[:READ_CHARS]}", language)
    scene = Scene(Passage(text, title, spoken), spoken)
    reading = _Drafting(scene, Published.read(published) or Published.in_address(url))
    if not title and not scene.of("said") and (notice := notice_in(text)) is not None:
        return _with_notice(reading, notice)
    return reading.draft()


class _Drafting:
    """One text being read. Each ``_add`` asks one reader and keeps what it found."""

    def __init__(self, scene: Scene, published: Published | None) -> None:
        self.scene, self.published = scene, published
        self.happening = Happening(scene)
        self.told: Told = told(scene, self.happening)
        self.fields: dict[str, Reading] = {}
        self.platform: PlatformName | None = None
        self.others: tuple[Reading, ...] = ()

    def draft(self) -> Draft:
        self._add_platform()
        if self.told.kind != "none":
            country = self._add_authority()
            self._add_date()
            names = self._add_group()
            self._add_reason(names)
            self._add_order()
            if where := land(self.scene, self.happening, country, self.told.kind):
                self._put("territory", where.code, where.confidence, where.first, where.last)
        key = self.platform.key if self.platform else None
        fields = MappingProxyType(self.fields)
        return Draft(self.told.kind, self.told.confidence, fields, self.others, key, self.scene.language)

    def _put(self, name: str, value: str, confidence: float, first: int, last: int) -> None:
        """Keeps a value that the words ``first`` … ``last`` say."""
        tokens = self.scene.tokens
        self._keep(name, value, confidence, tokens[first].start, tokens[last].end)

    def _keep(self, name: str, value: str, confidence: float, start: int, end: int) -> None:
        self.fields[name] = reading_at(self.scene.passage, value, confidence, start, end)

    def _add_platform(self) -> None:
        if found := platform_in(self.scene, self.happening):
            self.platform = found[0]
            self._keep("platform", found[0].name, found[1], *found[2])

    def _add_authority(self) -> str | None:
        """The body that asked; gives back its country."""
        who = asked(self.scene, self.happening, self.told.kind)
        if who is None:
            return None
        first, last = who.by.first, who.by.last
        self._put("authority", who.by.name, who.confidence, first, last)
        self._put("authority_kind", who.by.kind, who.confidence, first, last)
        if who.by.country:
            self._put("authority_country", who.by.country, who.confidence - 0.05, first, last)
        if who.through:
            self._put("transmitted_by", who.through.name, 0.5, who.through.first, who.through.last)
        return who.by.country

    def _add_date(self) -> None:
        found = dated(
            self.scene, self.happening, self.told.kind, self.told.deed, self.published, self.platform
        )
        if found is None:
            return
        day, span = found.resolved, (found.when.first, found.when.last)
        if day.partial:
            self._put("partial_date", day.partial, found.confidence, *span)
        if day.iso and day.precision and self.told.kind == "restoration":
            self._put("restored_on", day.iso, found.confidence, *span)
        elif day.iso and day.precision:
            self._put("blocked_on", day.iso, found.confidence, *span)
            self._put("date_precision", day.precision, found.confidence, *span)

    def _add_group(self) -> frozenset[int]:
        """The group, its page and its kind; gives back where names of groups begin."""
        scene, happening = self.scene, self.happening
        found = targets(scene, happening, self.told.kind)
        best = found[0] if found and found[0].score >= LEAST else None
        key = self.platform.key if self.platform else None
        if best:
            self._add_names(best)
        if thing := presence(scene, happening, best, key):
            self._put("page_kind", thing.kind, thing.confidence, thing.mark.first, thing.mark.last)
            if best and (kind := group_kind(scene, best, thing)):
                self._put("group_kind", kind, 0.6, best.shown.first, best.shown.last)
        if handle := handle_of(scene, happening, best):
            self._keep("handle", handle.name, 0.8, handle.start, handle.end)
        if page := page_of(scene, happening, key):
            self._keep("page_url", page.page.url, 0.8, page.start, page.end)
        return frozenset(target.shown.first for target in found if target.score >= LEAST)

    def _add_names(self, best: Target) -> None:
        confidence = 0.45 if best.score <= DOUBTFUL else min(0.95, 0.35 + 0.09 * best.score)
        self._keep("group", best.value, confidence, best.shown.start, best.shown.end)
        self.others = tuple(
            reading_at(self.scene.passage, other.value, confidence - 0.1, other.shown.start, other.shown.end)
            for other in beside(self.scene, best)
        )

    def _add_reason(self, names: frozenset[int]) -> None:
        """Not of a restoration: what is told there is why it is back, or why it was closed once."""
        why = reason(self.scene, self.happening, names) if self.told.kind != "restoration" else None
        if why is None:
            return
        words = self.scene.passage.text[why.start : why.end]
        if why.status == "given":
            self._keep("cited_reason", words, why.confidence, why.start, why.end)
        self._keep("cited_reason_status", why.status, why.confidence, why.start, why.end)

    def _add_order(self) -> None:
        for stated in order_in(self.scene):
            self._keep(stated.name, stated.value, stated.confidence, stated.start, stated.end)


def reading_at(passage: Passage, value: str, confidence: float, start: int, end: int) -> Reading:
    """A value with its place in the title or in the text."""
    source, first, last = passage.placed(start, end)
    return Reading(value, round(confidence, 2), first, last, passage.text[start:end], source)


_NOT_OF_A_NOTICE = ("blocked_on", "date_precision", "partial_date", "restored_on")
"""A bare notice dates its order, not the block."""


def _with_notice(reading: _Drafting, notice: Notice) -> Draft:
    """A text that is a bare notice: what its set phrases state goes before what they would mean in an article."""
    passage, read = reading.scene.passage, reading.draft()
    stated = {
        each.name: reading_at(passage, each.value, each.confidence, each.start, each.end)
        for each in stated_in(notice)
    }
    if "cited_reason" in stated:
        stated["cited_reason_status"] = replace(stated["cited_reason"], value="given")
    if "territory" in stated and "authority" in stated:
        stated["authority_country"] = replace(stated["territory"], confidence=0.6)
    if notice.order_number or notice.order_date:
        read = replace(read, fields={k: v for k, v in read.fields.items() if k not in _NOT_OF_A_NOTICE})
    fields = MappingProxyType({**stated, **read.fields, **(stated if notice.order_number else {})})
    return replace(read, kind="block", kind_confidence=notice.confidence, fields=fields)


def _bare_address(text: str) -> Written | None:
    """The page, when the text is nothing but its address."""
    words = text.strip()
    if not words or len(words) > 2_000 or any(char.isspace() for char in words):
        return None
    found = addresses_in(words)
    if found and found[0].start == 0 and found[0].end >= len(words) - 1:
        return found[0]
    page = page_at(words) if "://" in words else None
    return Written(words, 0, len(words), page) if page else None


def _of_page(written: Written, text: str) -> Draft:
    """What an address says by itself: the platform and the page, and nothing of any event."""
    at = len(text) - len(text.lstrip())
    span = (at, at + len(written.words), written.words)
    fields = {"page_url": Reading(written.page.url, 1.0, *span)}
    platform = platform_by_key(written.page.platform)
    if platform:
        fields["platform"] = Reading(platform.name, 1.0, *span)
    if written.page.kind:
        fields["page_kind"] = Reading(written.page.kind, 0.9, *span)
    if written.page.handle:
        fields["handle"] = Reading(written.page.handle, 1.0, *span)
    return Draft("none", 0.5, MappingProxyType(fields), platform_key=platform.key if platform else None)
