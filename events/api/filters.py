"""Which parameters narrow which list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request

from events.api import visible
from events.api.parameters import (
    Filter,
    NotUnderstood,
    country,
    first_day,
    last_day,
    moment,
    one_of,
    read_filters,
    row_of,
    shown,
)
from events.models import AuthorityText, BlockEvent, GroupText, OrderText, Page, PageText, Platform
from events.models.searching import SearchText
from events.models.vocabulary import AUTHORITY_KINDS, PAGE_KINDS, REASON_CATEGORIES, RESTRICTIONS
from events.searching import MOST_WORDS, finding, finding_events
from events.text import order_number_key, searched_words
from tracker.facts import Role, State
from tracker.models import VantagePoint


class DeclaredFilters(BaseFilterBackend):
    """Applies ``view.filters`` and tells the schema of them."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        return read_filters(view.filters, request.query_params).apply(queryset)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return [schema_of(each) for each in view.filters]


def schema_of(each: Filter) -> dict[str, Any]:
    return {
        "name": each.name,
        "in": "query",
        "required": False,
        "description": each.about,
        "schema": dict(each.schema),
        "explode": True,
        "style": "form",
    }


def _words(
    name: str, about: str, vocabulary: Sequence[tuple[str, Any]], path: str, *, null: bool = False
) -> Filter:
    words = tuple(value for value, _ in vocabulary)
    unknown = Q(**{f"{path}__isnull": True}) if null else None
    return Filter(name, about, one_of(words), lambda word: Q(**{path: word}), null=unknown, words=words)


def _country(name: str, about: str, path: str) -> Filter:
    unknown = Q(**{f"{path}__isnull": True})
    return Filter(name, about, country, lambda code: Q(**{path: code}), null=unknown)


def _since(name: str, about: str, path: str, *, before: bool = False) -> Filter:
    lookup = f"{path}__{'lte' if before else 'gte'}"
    return Filter(name, about, moment, lambda when: Q(**{lookup: when}))


def _platform_row(text: str) -> int:
    keys = dict(Platform.objects.values_list("key", "pk"))
    if text not in keys:
        known = tuple(sorted(keys))
        raise NotUnderstood(f"“{shown(text)}” is not a known platform; known: {', '.join(known)}.", known)
    return keys[text]


def _vantage_row(text: str) -> int:
    # Only a place that a public measurement names: otherwise guesses would find the others.
    key = VantagePoint.objects.filter(name=text).values_list("pk", flat=True).first()
    if key is None or not visible.measurements().filter(vantage=key).exists():
        raise NotUnderstood(f"No vantage point is called “{shown(text)}”.")
    return key


def _order_rows(text: str) -> list[int]:
    """An order's id, or its number in any spelling: several bodies may have used one number."""
    by_number = Q(number_key=order_number_key(text)) & ~Q(number_key="")
    found = list(visible.orders().filter(Q(public_id=text) | by_number).values_list("pk", flat=True))
    if not found:
        raise NotUnderstood(f"No published event rests on an order with the id or number “{shown(text)}”.")
    return found


def _searched(text: str) -> list[str]:
    """The words of a search that hold a letter or a digit."""
    words = [word for word in text.split() if searched_words(word)]
    if not words:
        raise NotUnderstood(f"“{shown(text)}” holds nothing that could be searched for.")
    if len(words) > MOST_WORDS:
        raise NotUnderstood(f"A search may have {MOST_WORDS} words, not {len(words)}.")
    return words


def _has_order(rows: Sequence[int]) -> Q:
    return Q(Exists(BlockEvent.orders.through.objects.filter(blockevent=OuterRef("pk"), order__in=rows)))


def _in(texts: type[SearchText]) -> Callable[[Sequence[str]], Q]:
    return lambda words: finding(words, texts)


STATES = [(state.value, state.value) for state in State]
_ANY_WORDS = "All of its words must occur, in any order; script, case, accents and ways to transliterate do not matter."
_group = Filter("group", "Id of a group.", row_of(visible.groups, "group"), lambda key: Q(group=key))
_platform = Filter("platform", "Key of a platform, such as vk.", _platform_row, lambda key: Q(platform=key))

EVENTS = (
    Filter(
        "q",
        "Searches names of groups and authorities, handles and addresses of pages, numbers of orders. "
        + _ANY_WORDS,
        _searched,
        finding_events,
    ),
    _platform,
    _group,
    Filter(
        "authority",
        "Id of the authority that decided.",
        row_of(visible.authorities, "authority"),
        lambda key: Q(authority=key),
        null=Q(authority__isnull=True),
    ),
    _country("authority_country", "Country of the authority that decided.", "authority__country"),
    Filter("order", "Id of an order, or its number as written.", _order_rows, _has_order),
    _words(
        "restriction",
        "How the page is kept from its readers, as sources tell it.",
        RESTRICTIONS,
        "restriction",
    ),
    _words(
        "reason_category",
        "The kind of reason that was cited.",
        REASON_CATEGORIES,
        "reason_category",
        null=True,
    ),
    _country("territory", "Where the page is withheld.", "territory"),
    _words(
        "status", "What the page is at present, seen from that territory.", STATES, "watch__status", null=True
    ),
    Filter(
        "blocked_after",
        "Keeps events that may have begun on this day or later. 2022, 2022-11 or 2022-11-27.",
        first_day,
        lambda day: Q(blocked_latest__gte=day),
    ),
    Filter(
        "blocked_before",
        "Keeps events that may have begun on this day or earlier. 2022, 2022-11 or 2022-11-27.",
        last_day,
        lambda day: Q(blocked_earliest__lte=day),
    ),
    _since("updated_since", "Keeps events whose record changed at this time or later.", "updated_at"),
)
GROUPS = (Filter("q", f"Searches names in every language. {_ANY_WORDS}", _searched, _in(GroupText)),)
PAGES = (
    Filter("q", f"Searches handles, addresses and titles. {_ANY_WORDS}", _searched, _in(PageText)),
    _platform,
    _group,
    _words("kind", "What the page is on its platform.", PAGE_KINDS, "kind"),
)
AUTHORITIES = (
    Filter("q", f"Searches names in every language. {_ANY_WORDS}", _searched, _in(AuthorityText)),
    _country("country", "Country of the authority.", "country"),
    _words("kind", "What kind of body it is.", AUTHORITY_KINDS, "kind"),
)
ORDERS = (
    Filter("q", "Searches numbers in any spelling.", _searched, _in(OrderText)),
    Filter(
        "authority",
        "Id of the authority that gave the order.",
        row_of(visible.authorities, "authority"),
        lambda key: Q(authority=key),
        null=Q(authority__isnull=True),
    ),
)


def _event_row(text: str) -> int:
    return row_of(visible.events, "event")(text)


def _of_event(key: int) -> Q:
    return Q(watch__target__in=BlockEvent.objects.filter(pk=key).values("page__target"))


def _of_page(key: int) -> Q:
    return Q(watch__target__in=Page.objects.filter(pk=key).values("target"))


_TRACKED = (
    Filter("event", "Id of an event: what its page showed, from every territory.", _event_row, _of_event),
    Filter("page", "Id of a page.", row_of(visible.pages, "page"), _of_page),
    Filter("territory", "From which territory.", country, lambda code: Q(watch__territory=code)),
)
MEASUREMENTS = (
    *_TRACKED,
    _words(
        "role",
        "Experiment or control.",
        [(role.value, role.value) for role in Role],
        "role",
    ),
    Filter("vantage", "Name of a vantage point.", _vantage_row, lambda key: Q(vantage=key)),
    _words("state", "What the measurement was found to mean.", STATES, "state", null=True),
    _since("since", "Started at this time or later.", "started_at"),
    _since("until", "Started at this time or earlier.", "started_at", before=True),
)
STATUS_CHANGES = (
    *_TRACKED,
    _words("new", "The status after the change.", STATES, "new"),
    _words("old", "The status before the change.", STATES, "old"),
    _since("since", "Recorded at this time or later.", "recorded_at"),
    _since("until", "Recorded at this time or earlier.", "recorded_at", before=True),
)
