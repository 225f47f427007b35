"""Keeps the search texts: whatever is written, the texts that repeat it are made anew in the same transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.apps import apps
from django.db import models, transaction

from events.models import (
    Authority,
    AuthorityName,
    BlockEvent,
    Group,
    GroupName,
    Order,
    Page,
)
from events.operations import twins
from events.text import name_skeleton, search_text

AT_ONCE = 500
MOST_PARTS = 60
"""Names and handles of one group in its text."""
"""Rows whose texts are made with one round of queries."""

GetModel = Callable[[str, str], Any]
Parts = dict[int, list[str | None]]

OWN_TEXT = "Group alone"
"""A group whose own text is to be made, and not those of its pages and events."""

_pending: ContextVar[dict[str, set[int]] | None] = ContextVar("search_texts_to_make", default=None)


@contextmanager
def search_texts_together() -> Iterator[None]:
    """Within, texts are noted, and made once at the end: for operations that write many rows."""
    if _pending.get() is not None:  # whoever began makes them
        yield
        return
    noted: dict[str, set[int]] = defaultdict(set)
    token = _pending.set(noted)
    try:
        yield
    finally:
        _pending.reset(token)
    _make(noted)


def note(row: models.Model) -> None:
    """The row was written, or is gone: the texts that repeat it are not true any more."""
    changed = _repeating(row)
    if not changed:
        return
    noted = _pending.get()
    if noted is None:
        _make(changed)
        return
    for noun, ids in changed.items():
        noted[noun] |= ids


def note_going(row: models.Model) -> None:
    """The row will be gone in a moment. Ask while its links are there."""
    if isinstance(row, Order) and (noted := _pending.get()) is not None:
        noted["BlockEvent"] |= _ids(BlockEvent, orders__in={row.pk})
    note(row)


def make_all_search_texts(*, get_model: GetModel = apps.get_model) -> int:
    """Make every text anew. How many. ``get_model`` is a migration's, whose tables may lack what came later."""
    made = 0
    has_twins = get_model == apps.get_model  # a migration's tables are not those that twins are found in
    for noun in _PARTS:
        rows = get_model("events", noun)._base_manager.order_by("pk")
        last = 0
        while ids := list(rows.filter(pk__gt=last).values_list("pk", flat=True)[:AT_ONCE]):
            _fill(noun, ids, get_model)
            if noun == "BlockEvent" and has_twins:
                twins.find(ids)
            made, last = made + len(ids), ids[-1]
    return made


def _repeating(row: Any) -> dict[str, set[int]]:
    """Whose text repeats something of the row. Groups, pages and orders also tell on their events."""
    match row:
        case BlockEvent():
            return {"BlockEvent": {row.pk}}
        case Group():
            return {"Group": {row.pk}}
        case GroupName():
            return {"Group": {row.group_id}}
        case Page():
            return {"Page": {row.pk}, OWN_TEXT: {row.group_id}}
        case Authority():
            return {"Authority": {row.pk}}
        case AuthorityName():
            return {"Authority": {row.authority_id}}
        case Order():
            return {"Order": {row.pk}}
    return {}


@transaction.atomic
def _make(noted: dict[str, set[int]]) -> None:
    groups, pages, orders = (noted.get(noun, set()) for noun in ("Group", "Page", "Order"))
    events = set(noted.get("BlockEvent", set()))
    pages = pages | _ids(Page, group__in=groups)
    events |= _ids(BlockEvent, group__in=groups) | _ids(BlockEvent, page__in=noted.get("Page", set()))
    events |= _ids(BlockEvent, orders__in=orders)
    own = groups | noted.get(OWN_TEXT, set())
    whole = {"Group": own, "Page": pages, "BlockEvent": events}
    whole |= {noun: ids for noun, ids in noted.items() if noun not in {*whole, OWN_TEXT}}
    for noun, ids in whole.items():
        for chunk in _chunks(ids):
            _fill(noun, chunk, apps.get_model)
    for chunk in _chunks(events):
        twins.find(chunk)


def _ids(model: type[models.Model], **condition: set[int]) -> set[int]:
    (path, among), *_ = condition.items()
    found: set[int] = set()
    for chunk in _chunks(among):
        found.update(model._base_manager.filter(**{path: chunk}).values_list("pk", flat=True))
    return found


def _chunks(ids: Iterable[int]) -> Iterator[list[int]]:
    ordered = sorted(pk for pk in ids if pk is not None)
    for start in range(0, len(ordered), AT_ONCE):
        yield ordered[start : start + AT_ONCE]


def _fill(noun: str, ids: list[int], get_model: GetModel) -> None:
    """Write the texts of these rows; a row that is gone took its text with it."""
    rows = get_model("events", _TEXTS[noun])._base_manager
    parts = _PARTS[noun](ids, get_model)
    more = _likenesses(ids, get_model) if noun == "BlockEvent" and hasattr(rows.model, "likeness") else {}
    texts = [rows.model(of_id=pk, text=search_text(*said), **more.get(pk, {})) for pk, said in parts.items()]
    written = ["text", "likeness", "has_page"] if more else ["text"]
    rows.bulk_create(texts, update_conflicts=True, unique_fields=["of"], update_fields=written)


def _of_groups(ids: list[int], get_model: GetModel) -> Parts:
    groups = get_model("events", "Group")._base_manager.filter(pk__in=ids)
    parts: Parts = {pk: [name] for pk, name in groups.values_list("pk", "name")}
    names = get_model("events", "GroupName")._base_manager.filter(group__in=ids).order_by("pk")
    for pk, name in names.values_list("group", "name"):
        parts[pk].append(name)
    return parts


def _of_groups_with_pages(ids: list[int], get_model: GetModel) -> Parts:
    """Names, and the handles under which the group is met."""
    parts = _of_groups(ids, get_model)
    pages = get_model("events", "Page")._base_manager.filter(group__in=ids).exclude(handle="").order_by("pk")
    for pk, handle in pages.values_list("group", "handle"):
        if len(parts[pk]) < MOST_PARTS:
            parts[pk].append(handle)
    return parts


def _of_authorities(ids: list[int], get_model: GetModel) -> Parts:
    authorities = get_model("events", "Authority")._base_manager.filter(pk__in=ids)
    parts: Parts = {pk: list(said) for pk, *said in authorities.values_list("pk", "name", "region")}
    names = get_model("events", "AuthorityName")._base_manager.filter(authority__in=ids).order_by("pk")
    for pk, name in names.values_list("authority", "name"):
        parts[pk].append(name)
    return parts


def _of_pages(ids: list[int], get_model: GetModel) -> Parts:
    pages = get_model("events", "Page")._base_manager.filter(pk__in=ids)
    columns = ("handle", "canonical_url", "native_id", "title")
    rows = list(pages.values_list("pk", "group", *columns))
    named = _of_groups(list({group for _pk, group, *_said in rows}), get_model)
    return {pk: [*said, *named[group]] for pk, group, *said in rows}


def _of_orders(ids: list[int], get_model: GetModel) -> Parts:
    orders = get_model("events", "Order")._base_manager.filter(pk__in=ids)
    return {pk: list(said) for pk, *said in orders.values_list("pk", "number", "number_key", "law")}


def _of_events(ids: list[int], get_model: GetModel) -> Parts:
    model = get_model("events", "BlockEvent")
    columns = ("page__handle", "page__canonical_url", "page__native_id", "page__title")
    rows = list(model._base_manager.filter(pk__in=ids).values_list("pk", "group", "summary", *columns))
    named = _of_groups(list({group for _pk, group, *_said in rows}), get_model)
    parts: Parts = {pk: [*named[group], *page] for pk, group, _summary, *page in rows}
    linked = model.orders.through._base_manager.filter(blockevent__in=ids).order_by("pk")
    for pk, *numbers in linked.values_list("blockevent", "order__number", "order__number_key"):
        parts[pk] += numbers
    for pk, _group, summary, *_page in rows:
        parts[pk].append(summary)  # the longest comes last: what is too long is cut
    return parts


def _likenesses(ids: list[int], get_model: GetModel) -> dict[int, dict[str, Any]]:
    """What ``events.operations.twins`` compares."""
    rows = get_model("events", "BlockEvent")._base_manager.filter(pk__in=ids)
    columns = rows.values_list("pk", "platform", "group__name", "page")
    return {
        pk: {"likeness": f"{platform} {name_skeleton(name)}"[:200], "has_page": page is not None}
        for pk, platform, name, page in columns
    }


_PARTS: dict[str, Callable[[list[int], GetModel], Parts]] = {
    "Group": _of_groups_with_pages,
    "Page": _of_pages,
    "Authority": _of_authorities,
    "Order": _of_orders,
    "BlockEvent": _of_events,
}
_TEXTS = {
    "Group": "GroupText",
    "Page": "PageText",
    "Authority": "AuthorityText",
    "Order": "OrderText",
    "BlockEvent": "EventText",
}
