"""How a tracked row is written: with who, when and why beside it in its history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, TypedDict, TypeVar

from django.contrib.auth.models import User
from django.db import connection, models, router, transaction
from django.db.models.deletion import Collector

from events.operations import searching
from tracker.models.inserting import insert

Actor = User | None
"""The person who acts; None for the project's own demo data and for commands run without a name."""


class Signed(TypedDict):
    """What every write is signed with."""

    by: Actor
    now: datetime
    because: str


_AT_ONCE = 900
_Key = TypeVar("_Key", int, str)


class Inconsistent(ValueError):
    """A row contradicts another, or a step was asked for that it cannot take. The message is for people."""


@transaction.atomic
def write(row: models.Model, *, by: Actor, now: datetime, because: str = "") -> None:
    """Save a row with its history. The reason is cut at 100 characters, as the history's column is."""
    _sign(row, by, now, because)
    row.save()
    searching.note(row)


@transaction.atomic
@searching.search_texts_together()
def write_new(rows: Sequence[models.Model], *, by: Actor, now: datetime, because: str = "") -> None:
    """Save many new rows of one table, each with the first version of its history, which the database copies."""
    if not rows:
        return
    model: Any = type(rows[0])
    insert(rows)
    for row in rows:
        searching.note(row)
    version = model.history.model
    columns = [field.column for field in version.tracked_fields]
    signed = ["history_date", "history_change_reason", "history_user_id", "history_type"]
    for pks in batched([row.pk for row in rows]):
        _copy(
            into=(version._meta.db_table, [*columns, *signed]),
            select=[*map(connection.ops.quote_name, columns), "%s", "%s", "%s", "'+'"],
            source=connection.ops.quote_name(model._meta.db_table),
            where=(connection.ops.quote_name(model._meta.pk.column), pks),
            values=[now, because[:100] or None, by.pk if by else None],
        )


@transaction.atomic
def remember_links(model: Any, field: str, pks: Sequence[int]) -> None:
    """Write the links of new rows to others into their first version, as ``write_new`` wrote the rows themselves."""
    through, version = getattr(model, field).through, model.history.model
    links = {f"{version._meta.model_name}_{field}"}
    remembered: Any = next(
        relation.related_model for relation in version._meta.related_objects if relation.name in links
    )
    quote = connection.ops.quote_name
    columns = [each.column for each in through._meta.fields]
    owner = through._meta.get_field(model._meta.model_name).column
    for some in batched(pks):
        _copy(
            into=(remembered._meta.db_table, [*columns, "history_id"]),
            select=[*(f"link.{quote(column)}" for column in columns), "version.history_id"],
            source=f"{quote(through._meta.db_table)} link JOIN {quote(version._meta.db_table)} version"
            f" ON version.{quote(model._meta.pk.column)} = link.{quote(owner)}",
            where=(f"link.{quote(owner)}", some),
            values=[],
        )


def batched(pks: Sequence[_Key]) -> Iterator[Sequence[_Key]]:
    """Keys in portions that every database takes as the parameters of one statement."""
    return (pks[start : start + _AT_ONCE] for start in range(0, len(pks), _AT_ONCE))


def _copy(
    *,
    into: tuple[str, list[str]],
    select: list[str],
    source: str,
    where: tuple[str, Sequence[int]],
    values: list[Any],
) -> None:
    """``INSERT … SELECT``: names come from the models, values are parameters."""
    quote = connection.ops.quote_name
    table, columns = into
    column, pks = where
    adapt = connection.ops.adapt_datetimefield_value
    signed = [adapt(value) if isinstance(value, datetime) else value for value in values]
    names, found, places = ", ".join(map(quote, columns)), ", ".join(select), ", ".join(["%s"] * len(pks))
    copied = f"INSERT INTO {quote(table)} ({names}) SELECT {found} FROM {source}"  # noqa: S608 our own names
    with connection.cursor() as cursor:
        cursor.execute(f"{copied} WHERE {column} IN ({places})", [*signed, *pks])


def erase(row: models.Model, *, by: Actor, now: datetime, because: str = "") -> None:
    """Delete a row and the rows under it; the history of each stays and says who did it.

    Raises ``ProtectedError`` while others stand on it.
    """
    erase_all([row], by=by, now=now, because=because)


@transaction.atomic
@searching.search_texts_together()
def erase_all(rows: Sequence[models.Model], *, by: Actor, now: datetime, because: str = "") -> None:
    """As ``erase``, for many rows of one table."""
    if not rows:
        return
    collector = Collector(using=router.db_for_write(type(rows[0]), instance=rows[0]), origin=rows[0])
    collector.collect(rows)
    gone = {each for found in collector.data.values() for each in found}
    updates: Any = collector.field_updates
    for (field, value), found in updates.items():
        for pointing in (each for some in found for each in some if each not in gone):
            setattr(pointing, field.attname, value)  # a pointer that is emptied is a change like any other
            if hasattr(pointing, "history"):
                write(pointing, by=by, now=now, because=because)
    for each in gone:
        _sign(each, by, now, because)
        searching.note_going(each)
    collector.delete()


def moment(event: Any, now: datetime) -> datetime:
    """When an event was changed, as readers may know it: not before they could see it, so that no date betrays an
    embargo and whoever asks for what is new since then finds it. Each change has a moment of its own."""
    if event.published_at is None or event.published_at <= now:
        return now
    later: datetime = event.published_at
    return max(later, event.updated_at + timedelta(microseconds=1)) if event.updated_at else later


def _sign(row: Any, by: Actor, now: datetime, because: str) -> None:
    row._history_user = by
    row._history_date = now
    row._change_reason = because[:100] or None
