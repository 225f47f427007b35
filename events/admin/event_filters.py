"""By what the list of events can be cut down."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.access import reach
from events.admin.desk import word
from events.admin.filters import (
    NOT_KNOWN,
    BlockedAfter,
    BlockedBefore,
    ChoiceFilter,
    FieldFilter,
    choice_filter,
    row_filter,
)
from events.admin.needs import NeedsFilter
from events.admin.occurring import occurring
from events.countries import country_codes
from events.models import Authority, BlockEvent, Platform, Source
from events.models.vocabulary import (
    AUTHORITY_KINDS,
    DATE_KINDS,
    PRECISIONS,
    PUBLICATION,
    REASON_CATEGORIES,
    REASON_STATUSES,
    RESTRICTIONS,
)
from tracker.facts import State
from tracker.models import Watch


class StatusFilter(ChoiceFilter):
    title = gettext_lazy("status")
    parameter_name = "status"

    def options(self) -> Sequence[tuple[str, Any]]:
        return [(state.value, word(state.value)) for state in State]

    def condition(self, value: str) -> Q:
        return Q(watch__in=Watch.objects.filter(status=value).values("pk"))


class CheckableFilter(ChoiceFilter):
    title = gettext_lazy("checking")
    parameter_name = "checkable"
    conditions = {
        "yes": Q(watch__isnull=False),
        "no_page": Q(page__isnull=True),
        "no": Q(watch__isnull=True),
    }

    def options(self) -> Sequence[tuple[str, Any]]:
        return [("yes", _("watched")), ("no_page", _("page not known")), ("no", _("not watched"))]

    def condition(self, value: str) -> Q:
        return self.conditions[value]


class SourceFilter(ChoiceFilter):
    title = gettext_lazy("source")
    parameter_name = "source"

    def options(self) -> Sequence[tuple[str, Any]]:
        return [("yes", _("has a source")), ("no", _("has none"))]

    def condition(self, value: str) -> Q:
        has = Exists(Source.objects.filter(event=OuterRef("pk")))
        return Q(has) if value == "yes" else ~Q(has)


class OverFilter(ChoiceFilter):
    title = gettext_lazy("end of the block")
    parameter_name = "over"

    def options(self) -> Sequence[tuple[str, Any]]:
        return [("yes", _("recorded as over")), ("no", _("no source says so"))]

    def condition(self, value: str) -> Q:
        return Q(restored_precision__isnull=value == "no")


class PlatformFilter(ChoiceFilter):
    title = gettext_lazy("platform")
    parameter_name = "platform"

    @cached_property
    def _platforms(self) -> list[Platform]:
        return list(Platform.objects.order_by("name"))

    def options(self) -> Sequence[tuple[str, Any]]:
        return [(platform.key, platform.name) for platform in self._platforms]

    def condition(self, value: str) -> Q:
        return Q(platform__in=[platform.pk for platform in self._platforms if platform.key == value])


class OccurringFilter(ChoiceFilter):
    """A value that occurs. The filters of one request share one query."""

    place = 0

    is_public = True
    """Whether the values may be told to whoever does not see every draft."""

    @property
    def values(self) -> list[str]:
        if not self.is_public and not reach.sees_drafts(self.request.user):
            return self.told_to_all()
        request: Any = self.request
        if not hasattr(request, "occurring"):
            request.occurring = occurring(
                (BlockEvent, "territory"), (Authority, "country"), (BlockEvent, "created_by")
            )
        found: list[str] = request.occurring[self.place]
        return found

    def told_to_all(self) -> list[str]:
        """What is offered instead of the values that occur."""
        return []


class TerritoryFilter(OccurringFilter):
    title = gettext_lazy("territory")
    parameter_name = path = "territory"
    is_public = False

    def told_to_all(self) -> list[str]:
        return sorted(country_codes())

    def options(self) -> Sequence[tuple[str, Any]]:
        return [*((code, code) for code in self.values), (NOT_KNOWN, _("not known"))]


class AuthorityCountryFilter(OccurringFilter):
    title = gettext_lazy("country of the authority")
    parameter_name = "authority_country"
    path = "authority__country"
    place = 1

    def options(self) -> Sequence[tuple[str, Any]]:
        return [*((code, code) for code in self.values), (NOT_KNOWN, _("not known"))]

    def condition(self, value: str) -> Q:
        if value == NOT_KNOWN:
            return Q(authority__isnull=True) | Q(authority__in=Authority.objects.filter(country__isnull=True))
        return Q(authority__in=Authority.objects.filter(country=value))


class AuthorityKindFilter(ChoiceFilter):
    title = gettext_lazy("kind of authority")
    parameter_name = "authority_kind"

    def options(self) -> Sequence[tuple[str, Any]]:
        return AUTHORITY_KINDS

    def condition(self, value: str) -> Q:
        return Q(authority__in=Authority.objects.filter(kind=value))


class CreatedByFilter(OccurringFilter):
    title = gettext_lazy("entered by")
    parameter_name = "created_by"
    place = 2
    is_public = False

    def told_to_all(self) -> list[str]:
        return [str(self.request.user.pk)]

    @cached_property
    def _people(self) -> list[User]:
        return list(User.objects.filter(pk__in=self.values).order_by("username"))

    def options(self) -> Sequence[tuple[str, Any]]:
        people = [(str(person.pk), person.get_username()) for person in self._people]
        return [*people, (NOT_KNOWN, _("nobody signed in"))]

    def condition(self, value: str) -> Q:
        return Q(created_by__isnull=True) if value == NOT_KNOWN else Q(created_by=value)


class OrderFilter(row_filter("order", gettext_lazy("order"), "orders")):  # type: ignore[misc]
    def condition(self, key: int) -> Q:
        links = BlockEvent.orders.through.objects.filter(order=key)
        return Q(pk__in=links.values("blockevent"))


class ColumnsFilter(FieldFilter):
    """No filter: which columns the list shows, kept in its address like the rest."""

    title = gettext_lazy("columns")
    parameter_name = "columns"

    def keeps(self, value: str) -> Q:
        return Q()

    def shown(self) -> str:
        return ""


FILTERS = (
    NeedsFilter,
    choice_filter("publication", gettext_lazy("publication"), PUBLICATION),
    StatusFilter,
    PlatformFilter,
    row_filter("group", gettext_lazy("group")),
    row_filter("authority", gettext_lazy("decided by")),
    OrderFilter,
    TerritoryFilter,
    BlockedAfter,
    BlockedBefore,
    choice_filter("precision", gettext_lazy("precision of the date"), PRECISIONS, "blocked_precision"),
    choice_filter("date_kind", gettext_lazy("what the date tells"), DATE_KINDS, "blocked_kind", null=True),
    OverFilter,
    AuthorityCountryFilter,
    AuthorityKindFilter,
    choice_filter("restriction", gettext_lazy("restriction"), RESTRICTIONS),
    choice_filter("reason_category", gettext_lazy("reason"), REASON_CATEGORIES, null=True),
    choice_filter("cited_reason_status", gettext_lazy("cited reason"), REASON_STATUSES),
    CheckableFilter,
    SourceFilter,
    row_filter("batch", gettext_lazy("import")),
    CreatedByFilter,
    ColumnsFilter,
)
