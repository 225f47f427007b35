"""What stands under an event: its sources, further dates, episodes and errata."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin.desk import Part, PartForm, ShownPart, StackedPart
from events.admin.fields import ImpreciseDateField, OutsideAddressField, iso_of
from events.admin.known import choose_among
from events.dates import ImpreciseDate, Precision
from events.models import Appeal, Episode, Erratum, EventDate, Source


class SourceForm(PartForm):
    dates = ("published",)
    url = OutsideAddressField(label=gettext_lazy("Address"), max_length=2000, required=False)
    published = ImpreciseDateField(label=gettext_lazy("Published on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "url" in self.fields:
            self.fields["url"].widget.attrs["class"] = "vTextField"

    def say_what_is_wrong(self, cleaned: dict[str, Any]) -> None:
        told = [cleaned.get(name) for name in ("url", "title", "quote")]
        if not any(told) and "url" not in self.errors and not cleaned.get("DELETE"):
            self.add_error("url", _("Give the source's address, its title or a quote from it."))


class SourcePart(StackedPart):
    """A source that is recorded is told in a line, and opens to be changed."""

    template = "admin/events/blockevent/sources.html"
    model = Source
    form = SourceForm
    fields = (
        "url",
        "title",
        ("publisher", "published", "language"),
        ("kind", "stance"),
        ("reliability", "credibility"),
        ("quote", "note"),
        "archive_url",
    )


class DateForm(PartForm):
    dates = ("on",)
    on = ImpreciseDateField(label=gettext_lazy("Date"), required=True)


def with_own_sources(formset: Any, event: Any) -> Any:
    """A row can name only a source of the same event."""
    if "source" in formset.form.base_fields:
        field: Any = formset.form.base_fields["source"]
        field.queryset = Source.objects.filter(event=event) if event else Source.objects.none()
        choose_among(field, event.sources.all() if event else ())
    return formset


class DatePart(Part):
    model = EventDate
    form = DateForm
    verbose_name = gettext_lazy("further date")
    verbose_name_plural = gettext_lazy("further dates")
    fields = ("kind", "on", "source", "note")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return with_own_sources(super().get_formset(request, obj, **kwargs), obj)


class AppealForm(PartForm):
    dates = ("filed", "decided")
    nullable_dates = ("decided",)
    filed = ImpreciseDateField(label=gettext_lazy("Filed on"))
    decided = ImpreciseDateField(
        label=gettext_lazy("Decided on"),
        help_text=gettext_lazy("Empty while no source says that it was decided."),
    )

    class Meta:
        labels = {"filed_by": gettext_lazy("Filed by"), "body": gettext_lazy("Court or body")}

    def say_what_is_wrong(self, cleaned: dict[str, Any]) -> None:
        filed, decided = cleaned.get("filed"), cleaned.get("decided")
        if not isinstance(filed, ImpreciseDate) or not isinstance(decided, ImpreciseDate):
            return
        if decided.precision is not Precision.UNKNOWN and cleaned.get("outcome") == "pending":
            self.add_error(
                "outcome", _("There is a date of the decision: say what was decided, or empty that date.")
            )
        if filed.earliest and decided.latest and decided.latest < filed.earliest:
            self.add_error("decided", _("An appeal cannot be decided before it is filed."))


class AppealPart(StackedPart):
    """Appeals stand in the admin alone so far: nothing of them is published."""

    model = Appeal
    form = AppealForm
    fields = (("filed_by", "body"), ("filed", "outcome", "decided"), "source", "note")
    autocomplete_fields = ("body",)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return with_own_sources(super().get_formset(request, obj, **kwargs), obj)


class EpisodePart(ShownPart):
    model = Episode
    fields = ("number", "began", "ended", "ended_how", "note")
    readonly_fields = ("began", "ended")

    @admin.display(description=gettext_lazy("began"))
    def began(self, episode: Episode) -> str:
        return iso_of(episode, "began") or _("date not known")

    @admin.display(description=gettext_lazy("ended"))
    def ended(self, episode: Episode) -> str:
        if episode.ended_how is None:
            return _("no source says so")
        return iso_of(episode, "ended") or _("date not known")


class ErratumPart(StackedPart):
    """Errata are added and never changed: they are what readers were told."""

    model = Erratum
    fields = ("text", "published_at", "by")
    readonly_fields = ("published_at", "by")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is not None and obj.publication in {"published", "withdrawn"}

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
