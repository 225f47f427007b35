"""From a text to a draft: each reader looks for its value, and what none of them finds stays out."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

from events.intake.addresses import Written, addresses_in, page_at
from events.intake.asking import asked
from events.intake.days import Published
from events.intake.drafts import Draft, Reading
from events.intake.groups import LEAST, Target, targets
from events.intake.happening import Happening
from events.intake.hosting import platform_in
from events.intake.lands import land
from events.intake.languages import language_of
from events.intake.passage import READ_CHARS, Passage
from events.intake.platforms import platform_by_key
from events.intake.presences import handle_of, page_of, presence
from events.intake.reasons import reason
from events.intake.scene import Scene
from events.intake.telling import Told, told
from events.intake.timing import dated


def draft(
    text: str, *, url: str = "", title: str = "", published: date | str | None = None, language: str = ""
) -> Draft:
    """A draft of the event that a text tells of: an article, a block notice, or the bare address of a page.

    ``url`` is where the text stands, not the page that it is about. ``published`` may be ISO 8601 with fewer digits.
    Spans are offsets into ``text`` or ``title`` as they are given. Never raises, whatever the text.
    """
    if (page := _bare_address(text)) is not None:
        return _of_page(page, text)
    spoken = language_of(f"{title} {text[:READ_CHARS]}", language)
    passage = Passage(text, title, spoken)
    scene = Scene(passage, spoken)
    happening = Happening(scene)
    kind = told(scene, happening)
    fields: dict[str, Reading] = {}
    platform = platform_in(scene, happening)
    if platform:
        fields["platform"] = _reading(passage, platform[0].name, platform[1], *platform[2])
    who = asked(scene, happening, kind.kind) if kind.kind != "none" else None
    if who:
        span = scene.tokens[who.by.first].start, scene.tokens[who.by.last].end
        fields["authority"] = _reading(passage, who.by.name, who.confidence, *span)
        fields["authority_kind"] = _reading(passage, who.by.kind, who.confidence, *span)
        if who.by.country:
            fields["authority_country"] = _reading(passage, who.by.country, who.confidence - 0.05, *span)
    if kind.kind != "none":
        _add_date(scene, happening, kind, Published.read(published), fields)
        found = targets(scene, happening, kind.kind)
        _add_group(scene, happening, found, platform[0].key if platform else None, fields)
        names = frozenset(target.shown.first for target in found if target.score >= LEAST)
        why = reason(scene, happening, names) if kind.kind != "restoration" else None
        if why:
            if why.status == "given":
                words = passage.text[why.start : why.end]
                fields["cited_reason"] = _reading(passage, words, why.confidence, why.start, why.end)
            fields["cited_reason_status"] = _reading(passage, why.status, why.confidence, why.start, why.end)
        where = land(scene, happening, who.by.country if who else None)
        if where:
            fields["territory"] = _at(scene, where.code, where.confidence, where.first, where.last)
    return Draft(
        kind.kind,
        kind.confidence,
        MappingProxyType(fields),
        platform_key=platform[0].key if platform else None,
        language=scene.language,
    )


def _reading(passage: Passage, value: str, confidence: float, start: int, end: int) -> Reading:
    source, first, last = passage.placed(start, end)
    return Reading(value, round(confidence, 2), first, last, passage.text[start:end], source)


def _at(scene: Scene, value: str, confidence: float, first: int, last: int) -> Reading:
    tokens = scene.tokens
    return _reading(scene.passage, value, confidence, tokens[first].start, tokens[last].end)


def _add_group(
    scene: Scene, happening: Happening, found: list[Target], key: str | None, fields: dict[str, Reading]
) -> None:
    best = found[0] if found and found[0].score >= LEAST else None
    if best:
        confidence = min(0.95, 0.35 + 0.09 * best.score)
        fields["group"] = _reading(scene.passage, best.value, confidence, best.shown.start, best.shown.end)
    if thing := presence(scene, happening, best, key):
        fields["page_kind"] = _at(scene, thing.kind, thing.confidence, thing.mark.first, thing.mark.last)
    if handle := handle_of(scene, best):
        fields["handle"] = _reading(scene.passage, handle.name, 0.8, handle.start, handle.end)
    if page := page_of(scene, happening, key):
        fields["page_url"] = _reading(scene.passage, page.page.url, 0.8, page.start, page.end)


def _add_date(
    scene: Scene, happening: Happening, kind: Told, published: Published | None, fields: dict[str, Reading]
) -> None:
    found = dated(scene, happening, kind.kind, kind.deed, published)
    if found is None:
        return
    day, span = found.resolved, (found.when.first, found.when.last)
    if day.partial:
        fields["partial_date"] = _at(scene, day.partial, found.confidence, *span)
    if day.iso and day.precision:
        name = "restored_on" if kind.kind == "restoration" else "blocked_on"
        fields[name] = _at(scene, day.iso, found.confidence, *span)
        if name == "blocked_on":
            fields["date_precision"] = _at(scene, day.precision, found.confidence, *span)


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
