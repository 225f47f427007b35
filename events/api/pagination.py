"""Pages by key, not by number: each row exactly once, however many share a date and whatever is added meanwhile.

DRF's own CursorPagination repeats rows once a thousand of them share their first ordering value.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Protocol

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db.models import DateField, F, Func, Q, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils.crypto import salted_hmac
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from events.api.parameters import shown, single
from events.api.problems import BadParameters, Fault

DEFAULT_SIZE = 100
LARGEST_SIZE = 500
LONGEST_CURSOR = 2000


@dataclass(frozen=True)
class Ordering:
    """Rows by ``key``, which is never null, and where keys are equal by the internal id, in the same direction."""

    key: Combinable
    read: Callable[[str], Any]
    """Reads a key out of a cursor; its text there is ``str(key)``."""
    descending: bool = False


class Unwritten(Func):
    """The day before all others, written into the SQL: an index over an expression is used for that very text."""

    template = "'0001-01-01'"
    arity = 0
    output_field = DateField()


def first_known(field: str) -> Coalesce:
    """A date, or the day before all others where it is not known."""
    return Coalesce(F(field), Unwritten(), output_field=DateField())


def both_ways(name: str, key: Combinable, read: Callable[[str], Any]) -> dict[str, Ordering]:
    return {name: Ordering(key, read), f"-{name}": Ordering(key, read, descending=True)}


def by_date(name: str, field: str) -> dict[str, Ordering]:
    return both_ways(name, first_known(field), date.fromisoformat)


def by_moment(name: str, field: str) -> dict[str, Ordering]:
    return both_ways(name, F(field), datetime.fromisoformat)


def by_text(name: str, field: str) -> dict[str, Ordering]:
    return both_ways(name, F(field), str)


# --- Cursors ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cursor:
    """The row beside which a page begins, in one ordering of one list."""

    ordering: str
    key: str
    id: int
    is_backward: bool = False

    def seal(self, scope: str) -> str:
        """Encrypted and authenticated, not only signed: the internal id in it would tell how many rows there are."""
        body = json.dumps([scope, self.ordering, self.key, self.id, self.is_backward]).encode()
        return _box().encrypt(body).decode().rstrip("=")

    @classmethod
    def open(cls, text: str, scope: str) -> Cursor:
        """Raises ValueError for what this list did not seal."""
        if len(text) > LONGEST_CURSOR or not text.isascii():
            raise ValueError
        try:
            found_scope, *rest = json.loads(_box().decrypt(text.encode() + b"=" * (-len(text) % 4)))
        except InvalidToken as error:
            raise ValueError from error
        if found_scope != scope:
            raise ValueError
        return cls(*rest)


def _box() -> MultiFernet:
    return _box_for((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


@cache
def _box_for(secrets: tuple[str, ...]) -> MultiFernet:
    digests = (
        salted_hmac("events.api.cursor", "", secret=secret, algorithm="sha256").digest() for secret in secrets
    )
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


# --- The paginator ----------------------------------------------------------------------------------------------


class OrderedView(Protocol):
    orderings: Mapping[str, Ordering]
    default_ordering: str


class KeysetPagination(BasePagination):
    """``{"next", "previous", "results"}``; parameters ``cursor``, ``page_size`` and, with a choice, ``ordering``."""

    request: Request
    next: str | None = None
    previous: str | None = None

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        self.request, self.scope = request, f"{type(view).__module__}.{type(view).__qualname__}"
        size = page_size(request)
        name = chosen_ordering(request, view)
        cursor = self._cursor(name)
        ordering = view.orderings[name]
        rows = list(in_order(queryset, ordering, cursor)[: size + 1])
        has_more, rows = len(rows) > size, rows[:size]
        backward = cursor is not None and cursor.is_backward
        if backward:
            rows.reverse()
        self._link(name, rows, cursor, has_next=backward or has_more, has_previous=has_more or not backward)
        return rows

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"next": self.next, "previous": self.previous, "results": data})

    def _cursor(self, ordering: str) -> Cursor | None:
        text = single(self.request.query_params, "cursor")
        if text is None:
            return None
        try:
            cursor = Cursor.open(text, self.scope)
        except ValueError as error:
            raise BadParameters(
                [Fault("cursor", "This cursor was not given out by this list; follow “next” or “previous”.")]
            ) from error
        if cursor.ordering != ordering:
            raise BadParameters(
                [Fault("cursor", f"This cursor belongs to ordering={cursor.ordering}, not to {ordering}.")]
            )
        return cursor

    def _link(
        self, name: str, rows: list[Any], cursor: Cursor | None, *, has_next: bool, has_previous: bool
    ) -> None:
        """An emptied page still leads back to where its cursor came from."""
        ends = [(str(row.page_key), row.pk) for row in rows] or ([(cursor.key, cursor.id)] if cursor else [])
        if has_next and ends:
            self.next = self._address(Cursor(name, *ends[-1]))
        if has_previous and ends and cursor:
            self.previous = self._address(Cursor(name, *ends[0], is_backward=True))

    def _address(self, cursor: Cursor) -> str:
        query = self.request.query_params.copy()
        query["cursor"] = cursor.seal(self.scope)
        return self.request.build_absolute_uri(f"{self.request.path}?{query.urlencode()}")

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        orderings = sorted(view.orderings, key=lambda name: (name.removeprefix("-"), name))
        about = f"Default {view.default_ordering}. Unknown dates come last in descending order."
        return [*_page_parameters(), _parameter("ordering", about, {"type": "string", "enum": orderings})]

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": link, "previous": dict(link), "results": schema},
        }


class TablePagination(KeysetPagination):
    """The same answer for a table in memory; its cursor is a position."""

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        self.request, self.scope = request, type(view).__qualname__
        size, cursor = page_size(request), self._cursor("")
        start = cursor.id if cursor else 0
        if start > 0:
            self.previous = self._address(Cursor("", "", max(0, start - size)))
        if start + size < len(queryset):
            self.next = self._address(Cursor("", "", start + size))
        return list(queryset[start : start + size])

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return _page_parameters()


PARAMETERS = ("cursor", "page_size", "ordering")


def in_order(queryset: QuerySet[Any], ordering: Ordering, cursor: Cursor | None) -> QuerySet[Any]:
    """The rows behind a cursor, those nearest to it first, each with its key as ``page_key``."""
    queryset = queryset.annotate(page_key=ordering.key)
    descending = ordering.descending
    if cursor:
        descending ^= cursor.is_backward
        key, beyond = ordering.read(cursor.key), "lt" if descending else "gt"
        # The first condition alone lets an index be used; the second tells rows of one key apart.
        queryset = queryset.filter(
            Q(**{f"page_key__{beyond}e": key}),
            Q(**{f"page_key__{beyond}": key}) | Q(**{f"id__{beyond}": cursor.id}),
        )
    sign = "-" if descending else ""
    return queryset.order_by(f"{sign}page_key", f"{sign}id")


def page_size(request: Request) -> int:
    text = single(request.query_params, "page_size")
    if text is None:
        return DEFAULT_SIZE
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and 1 <= int(text) <= LARGEST_SIZE):
        detail = f"“{shown(text)}” is not a page size; write a whole number from 1 to {LARGEST_SIZE}."
        raise BadParameters([Fault("page_size", detail)])
    return int(text)


def chosen_ordering(request: Request, view: OrderedView) -> str:
    text = single(request.query_params, "ordering")
    if text is None:
        return view.default_ordering
    if text not in view.orderings:
        known = tuple(view.orderings)
        raise BadParameters(
            [Fault("ordering", f"“{shown(text)}” is not known; known: {', '.join(known)}.", known)]
        )
    return text


def _page_parameters() -> list[dict[str, Any]]:
    size = {"type": "integer", "minimum": 1, "maximum": LARGEST_SIZE, "default": DEFAULT_SIZE}
    about = "Where the page begins: taken from “next” or “previous”."
    return [_parameter("cursor", about, {"type": "string"}), _parameter("page_size", "Rows a page.", size)]


def _parameter(name: str, about: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": about, "schema": dict(schema)}
