"""The things that events speak of: platforms, groups, pages, authorities, orders."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from events.dates import ImpreciseDate
from events.models import (
    Authority,
    AuthorityName,
    BlockEvent,
    Group,
    GroupName,
    Order,
    Page,
    Platform,
    Source,
)
from events.models.vocabulary import PAGE_KINDS
from events.operations.correcting import (
    UNSAID,
    Correction,
    changed,
    event_of,
    reason,
    require_told,
    showing,
    shown_changes,
    tell,
)
from events.operations.following import follow_page, leave
from events.operations.recording import keep_event
from events.operations.searching import search_texts_together
from events.operations.second_eyes import is_sensitive, require_may_unmark_group
from events.operations.writing import Actor, Inconsistent, erase, write
from events.text import comparison_key, order_number_key
from tracker.operations import Canonical, canonical_address, platforms


@transaction.atomic
def ensure_platforms(*, by: Actor, now: datetime) -> int:
    """Record every platform whose addresses are understood. How many were new."""
    known = set(Platform.objects.values_list("key", flat=True))
    new = [fact for fact in platforms() if fact.key not in known]
    for fact in new:
        platform = Platform(
            key=fact.key,
            name=fact.name,
            home_url=fact.home_url or "",
            company=fact.company or "",
            country=fact.country,
        )
        write(platform, by=by, now=now, because="known platform")
    return len(new)


def record_group(*, by: Actor, now: datetime, name: str, because: str = "", **values: Any) -> Group:
    """A group under the name that is typed. Groups may share a name: they are told apart by their pages."""
    group = Group(name=name, **values)
    write(group, by=by, now=now, because=because)
    return group


def name_group(
    *,
    group: Group,
    by: Actor,
    now: datetime,
    name: str,
    language: str = "",
    note: str = "",
    because: str = "",
) -> GroupName:
    """Another name of a group; the same name twice is one row."""
    if row := GroupName.objects.filter(group=group, name=name).first():
        return row
    row = GroupName(group=group, name=name, language=language, note=note)
    write(row, by=by, now=now, because=because)
    return row


def find_page(*, url: str) -> Page | None:
    """The page of that address, however it is spelt. Raises ``AddressRefused`` for what is no address."""
    address = canonical_address(url)
    pages = Page.objects.select_related("group", "platform")
    return pages.filter(platform__key=address.platform, canonical_url=address.url).first()


@transaction.atomic
@search_texts_together()
def record_page(
    *,
    group: Group,
    url: str,
    by: Actor,
    now: datetime,
    because: str = "",
    title: str = "",
    note: str = "",
    kind: str = "other",
) -> Page:
    """A presence of a group. The same address twice is one page, and stays with the group that has it.

    Raises ``AddressRefused`` with a sentence that says what would do.
    """
    if page := find_page(url=url):
        return page
    page = Page(group=group, url=url, title=title[:500], note=note, kind=kind)
    keep(page, by=by, now=now, because=because)
    return page


def find_authority(*, name: str, country: str | None, region: str = "") -> Authority | None:
    """The authority of that name, or of that other name, in that country."""
    key = comparison_key(name)
    named = models.Q(name_key=key) | models.Q(names__name_key=key)
    return Authority.objects.filter(named, country=country, region=region).order_by("id").first()


@transaction.atomic
def record_authority(
    *,
    by: Actor,
    now: datetime,
    name: str,
    country: str | None,
    region: str = "",
    because: str = "",
    **values: Any,
) -> Authority:
    """An authority; the same name, country and region twice is one."""
    if authority := find_authority(name=name, country=country, region=region):
        return authority
    authority = Authority(name=name, country=country, region=region, **values)
    write(authority, by=by, now=now, because=because)
    return authority


def name_authority(
    *, authority: Authority, by: Actor, now: datetime, name: str, language: str = "", because: str = ""
) -> AuthorityName:
    """Another name of an authority; the same name twice is one row."""
    if row := AuthorityName.objects.filter(authority=authority, name=name).first():
        return row
    row = AuthorityName(authority=authority, name=name, language=language)
    write(row, by=by, now=now, because=because)
    return row


def find_order(*, authority: Authority | None, number: str, dated: ImpreciseDate) -> Order | None:
    """The order of that body, number and date. Without a number no two orders are known to be one."""
    key = order_number_key(number)
    if not key:
        return None
    return Order.objects.filter(authority=authority, number_key=key, dated_earliest=dated.earliest).first()


@transaction.atomic
def record_order(
    *,
    by: Actor,
    now: datetime,
    authority: Authority | None,
    number: str,
    dated: ImpreciseDate,
    law: str = "",
    suspect: str = "",
    because: str = "",
) -> Order:
    """A legal act. The same body, number and date twice is one order, however the number is spelt."""
    if order := find_order(authority=authority, number=number, dated=dated):
        return order
    order = Order(
        authority=authority,
        number=number,
        dated_earliest=dated.earliest,
        dated_latest=dated.latest,
        dated_precision=dated.precision.value,
        law=law,
        suspect=suspect,
    )
    write(order, by=by, now=now, because=because)
    return order


@transaction.atomic
@search_texts_together()
def keep(
    row: models.Model, *, by: Actor, now: datetime, because: str = "", correction: Correction = UNSAID
) -> None:
    """Store a row as a form filled it in; a page's canonical address is worked out from what was typed.

    ``correction`` is for a source or date of a published event. Raises ``AddressRefused`` for a page whose address is
    none, and ``Untold`` as ``correct_event``.
    """
    if isinstance(row, BlockEvent):
        keep_event(row, by=by, now=now, because=because, correction=correction)
        return
    is_moved = isinstance(row, Page) and _address(row)
    told = _require_allowed(row, by, now, correction)
    because = reason(because, correction)
    write(row, by=by, now=now, because=because)
    if isinstance(row, Page) and is_moved:
        follow_page(row, by=by, now=now)
    for event in told:
        tell(event, correction, by=by, now=now)


def _require_allowed(row: models.Model, by: Actor, now: datetime, correction: Correction) -> list[BlockEvent]:
    """What readers see changes with a word to them, and what protects people is not taken away by one person.

    The events whose readers are told.
    """
    before: Any = type(row)._default_manager.filter(pk=row.pk).first() if row.pk else None
    if isinstance(row, Group) and before is not None and before.is_sensitive and not row.is_sensitive:
        require_may_unmark_group(row, by)
    if (event := event_of(row)) is not None:
        names = changed(before, row) if before is not None else {"new"} if is_sensitive(event) else set()
        require_told(event, type(row), names, correction, now)
        return [event]
    names = shown_changes(before, row) if before is not None else set()
    events = list(showing(row, now)) if names else []
    for each in events:
        require_told(each, type(row), names, correction, now)
    return events


@transaction.atomic
def remove(
    row: models.Model, *, by: Actor, now: datetime, because: str = "", correction: Correction = UNSAID
) -> None:
    """Take a row away; its history stays. Raises ``Inconsistent`` for what the world has read or rests upon."""
    if isinstance(row, BlockEvent):
        if row.published_at is not None:
            raise Inconsistent(_("This event was published: withdraw it, so that its address says why."))
        leave(row)
    if isinstance(row, Source) and row.event.publication == "published" and row.event.sources.count() == 1:
        raise Inconsistent(_("A published event keeps at least one source: add another one first."))
    if (event := event_of(row)) is not None:
        require_told(event, type(row), {str(type(row)._meta.verbose_name)}, correction, now)
        tell(event, correction, by=by, now=now)
    erase(row, by=by, now=now, because=because)


def _address(page: Page) -> bool:
    """Works out what the address as typed says. Whether a page that was known has another address now."""
    address = canonical_address(page.url)
    is_moved = page.pk is not None and page.canonical_url != address.url
    address_page(page, address, Platform.objects.get(key=address.platform))
    return is_moved


def address_page(page: Page, address: Canonical, platform: Platform) -> None:
    """Write down in a page, not stored yet, what its address says."""
    if page.canonical_url != address.url:
        page.canonical_url = address.url
        page.target = None  # another address is another thing to watch
    page.platform = platform
    page.handle = page.handle or (address.handle or "")
    page.native_id = page.native_id or (address.native_id or "")
    if page.kind == "other":
        page.kind = _kind(address)


def _kind(address: Canonical) -> str:
    """The kind that an address tells, in the word that pages use."""
    if address.kind is None:
        return "site" if address.platform == "web" else "other"
    kind = "profile" if address.kind == "person" else address.kind
    return kind if kind in {known for known, _ in PAGE_KINDS} else "other"
