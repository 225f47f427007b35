"""Intakes: what is given is kept and read for the person who gave it; what they accept of it becomes a draft event."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from events.access.reach import is_within_reach
from events.dates import ImpreciseDate
from events.intake import draft
from events.intake.articles import Article
from events.intake.fetching import NotFetched, fetch_article
from events.models import Authority, BlockEvent, Group, Intake, Order, Page, Source
from events.operations.catalogue import record_authority, record_group, record_order, record_page
from events.operations.episodes import end_block
from events.operations.recording import add_source, record_event
from events.operations.searching import search_texts_together
from events.operations.writing import Inconsistent

KEPT_FOR = timedelta(days=14)
"""An intake that nothing came of is forgotten after this."""
MOST_CHARS = 200_000
"""Of a text that is kept and read. A long article has a tenth of it."""
LEFT_AFTER = timedelta(minutes=3)
"""No fetching takes so long: whoever began it is gone."""
BECAUSE = "from an intake"


@dataclass(frozen=True, slots=True)
class Named:
    """An authority as it was read or typed; looked up by name and country before it is recorded."""

    name: str
    country: str | None = None
    kind: str = "unknown"


@dataclass(frozen=True, slots=True)
class Accepted:
    """What a person accepted of an intake. What they did not is empty here, and stays empty in the event."""

    source: Source
    group: Group | None = None
    group_name: str = ""
    group_kind: str = "unknown"
    page_url: str = ""
    authority: Authority | Named | None = None
    transmitted_by: Authority | Named | None = None
    order_number: str = ""
    order_date: ImpreciseDate = field(default_factory=ImpreciseDate.unknown)
    law: str = ""
    blocked: ImpreciseDate = field(default_factory=ImpreciseDate.unknown)
    restored: ImpreciseDate | None = None
    values: dict[str, Any] = field(default_factory=dict)
    """Further columns of ``BlockEvent``: platform, territory, cited_reason …"""


def begin_intake(
    *,
    by: User,
    now: datetime,
    given: str,
    text: str = "",
    url: str = "",
    title: str = "",
    published: str = "",
    language: str = "",
) -> Intake:
    """Keep what was given. A text is read at once; an address waits to be fetched."""
    intake = Intake(
        by=by, given_at=now, changed_at=now, given=given, text=text[:MOST_CHARS], url=url[:2000],
        title=title[:500], published=published[:10], language=language[:16], state="waiting",
    )  # fmt: skip
    if given != "address":
        _read(intake)
    intake.save()
    return intake


def fetch_next_intake(*, clock: Callable[[], datetime]) -> bool:
    """Fetch and read the address that waits longest. Whether there was one.

    The network is asked outside of any transaction, and by one worker only: who moves the row on has it. One that a
    worker left behind has failed.
    """
    left = Intake.objects.filter(state__in=["fetching", "reading"], changed_at__lt=clock() - LEFT_AFTER)
    left.update(state="failed", problem="interrupted", changed_at=clock())
    row = Intake.objects.filter(state="waiting").order_by("pk").first()
    if row is None:
        return False
    if not _moved(row, "waiting", "fetching", clock()):
        return True
    try:
        article = fetch_article(row.url, now=clock())
    except NotFetched as error:
        _moved(row, "fetching", "failed", clock(), problem=error.problem, detail=str(error)[:300])
        return True
    if _moved(row, "fetching", "reading", clock()):
        _read_article(row, article, clock())
    return True


def _moved(row: Intake, before: str, after: str, now: datetime, **values: Any) -> bool:
    """Whether the row was still there as it was known, and is moved on."""
    here = Intake.objects.filter(pk=row.pk, state=before)
    return bool(here.update(state=after, changed_at=now, **values))


def _read_article(row: Intake, article: Article, now: datetime) -> None:
    """What a person said of the text goes before what its page says."""
    row.text = article.text[:MOST_CHARS].replace("\x00", "\ufffd")
    row.title = row.title or article.title[:500].replace("\x00", "\ufffd")
    row.published, row.language = (
        row.published or article.published[:10],
        row.language or article.language[:16],
    )
    _read(row)
    read = {name: getattr(row, name) for name in ("text", "title", "published", "language", "draft")}
    _moved(row, "reading", "read", now, **read)


def read_intake(
    *, intake: Intake, now: datetime, title: str, published: str, language: str, url: str
) -> None:
    """Read a text again under what a person says of it: its title, its date, its language, its address."""
    row = _own(intake)
    row.title, row.published, row.language, row.url = title[:500], published[:10], language[:16], url[:2000]
    row.changed_at = now
    _read(row)
    row.save()


def forget_intake(*, intake: Intake) -> None:
    """Keep nothing of it. What came of it stays."""
    Intake.objects.filter(pk=intake.pk).delete()


def forget_old_intakes(*, now: datetime) -> int:
    """Forget what nothing came of. How many."""
    return Intake.objects.filter(event__isnull=True, changed_at__lt=now - KEPT_FOR).delete()[0]


@transaction.atomic
@search_texts_together()
def record_from_intake(*, intake: Intake, accepted: Accepted, by: User, now: datetime) -> BlockEvent:
    """Group, page, authority, order, event and source as a draft, all or none.

    Raises ``Inconsistent`` and ``AddressRefused`` with sentences for people.
    """
    row = _own(intake)
    page = _page(accepted, by=by, now=now)
    group = page.group if page else _group(accepted, by=by, now=now)
    authority = _authority(accepted.authority, by=by, now=now)
    order = _order(accepted, authority, by=by, now=now)
    passed = _authority(accepted.transmitted_by, by=by, now=now)
    values = {
        **accepted.values,
        "authority": authority,
        "transmitted_by": passed,
        "page": page,
        "group": group,
    }
    if page is not None:
        values["platform"] = page.platform
    event = record_event(
        by=by, now=now, because=BECAUSE, blocked=accepted.blocked, restored=accepted.restored,
        orders=[order] if order else [], sources=[accepted.source], **values,
    )  # fmt: skip
    _use(row, event, now)
    return event


@transaction.atomic
def add_intake_as_source(
    *, intake: Intake, event: BlockEvent, source: Source, by: User, now: datetime
) -> None:
    """The text is another source of an event that is recorded already. Raises ``Inconsistent``."""
    row = _own(intake)
    _add_source(event, source, by=by, now=now)
    _use(row, event, now)


@transaction.atomic
def end_from_intake(
    *, intake: Intake, event: BlockEvent, source: Source, on: ImpreciseDate, by: User, now: datetime
) -> None:
    """The text tells that a block ended: its last episode ends, and the text is a source. Raises ``ValueError``."""
    row = _own(intake)
    _add_source(event, source, by=by, now=now)
    end_block(event=event, on=on, how="restored", by=by, now=now, because=BECAUSE)
    _use(row, event, now)


def _own(intake: Intake) -> Intake:
    """The row, held until the transaction ends; used once only, however often a key is pressed."""
    row = Intake.objects.select_for_update().filter(pk=intake.pk).first()
    if row is None or row.state == "used":
        raise Inconsistent(_("This text was used already."))
    return row


def _read(row: Intake) -> None:
    found = draft(
        row.text, url=row.url, title=row.title, published=row.published or None, language=row.language
    )
    row.draft = {**found.as_json(), "platform_key": found.platform_key}
    row.state, row.problem, row.detail = "read", "", ""


def _use(row: Intake, event: BlockEvent, now: datetime) -> None:
    row.state, row.event, row.changed_at = "used", event, now
    row.save(update_fields=["state", "event", "changed_at"])


def _page(accepted: Accepted, *, by: User, now: datetime) -> Page | None:
    if not accepted.page_url:
        return None
    group = accepted.group or _group(accepted, by=by, now=now)
    page = record_page(group=group, url=accepted.page_url, by=by, now=now, because=BECAUSE)
    if page.group_id == group.pk:
        return page
    if not is_within_reach(page, by):
        raise Inconsistent(_("This page is recorded already. Ask an editor: it is not for you to see."))
    raise Inconsistent(
        _("This page is recorded already, as one of “%(group)s”. Choose that group.") % {"group": page.group}
    )


def _group(accepted: Accepted, *, by: User, now: datetime) -> Group:
    if accepted.group is not None:
        return accepted.group
    return record_group(by=by, now=now, name=accepted.group_name, kind=accepted.group_kind, because=BECAUSE)


def _authority(named: Authority | Named | None, *, by: User, now: datetime) -> Authority | None:
    if not isinstance(named, Named):
        return named
    return record_authority(
        by=by, now=now, name=named.name, country=named.country, kind=named.kind, because=BECAUSE
    )


def _order(accepted: Accepted, authority: Authority | None, *, by: User, now: datetime) -> Order | None:
    if not accepted.order_number and accepted.order_date.earliest is None:
        return None
    order = record_order(
        by=by, now=now, authority=authority, number=accepted.order_number, dated=accepted.order_date,
        law=accepted.law, because=BECAUSE,
    )  # fmt: skip
    if not is_within_reach(order, by):
        raise Inconsistent(_("This order is recorded already. Ask an editor: it is not for you to see."))
    return order


def _add_source(event: BlockEvent, source: Source, *, by: User, now: datetime) -> None:
    if source.url and event.sources.filter(url=source.url).exists():
        raise Inconsistent(_("This address is a source of that event already."))
    add_source(event=event, source=source, by=by, now=now, because=BECAUSE)
