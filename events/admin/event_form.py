"""The event's form: who and where, what was asked, when, why; each in the words of a source."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.admin.fields import ImpreciseDateField
from events.admin.known import choose_among
from events.admin.typed import TypedForm
from events.dates import ImpreciseDate
from events.models import BlockEvent

FIELDSETS = (
    (
        gettext_lazy("Who and where"),
        {
            "fields": (
                "address",
                ("group", "new_group"),
                "is_another_group",
                ("platform", "page"),
                "territory",
                "presences",
            ),
            "description": gettext_lazy(
                "An address or a page brings its group and its platform with it. When no source gives the "
                "page's address, leave it empty: the event is recorded, and says that it is not yet checkable."
            ),
        },
    ),
    (
        gettext_lazy("What was asked"),
        {
            "fields": (
                ("authority", "transmitted_by"),
                ("orders", "restriction"),
                ("order_number", "order_dated", "order_law"),
                "order_choice",
            )
        },
    ),
    (
        gettext_lazy("When"),
        {"fields": (("blocked", "blocked_kind", "restored"),)},
    ),
    (
        gettext_lazy("Why, as it was claimed"),
        {
            "fields": (
                ("cited_reason_status", "reason_category"),
                ("cited_reason", "cited_reason_translation"),
                "cited_reason_language",
            ),
            "description": gettext_lazy(
                "What the order, the notice or the platform gives as its reason, and nothing that we think of it."
            ),
        },
    ),
    (
        gettext_lazy("Why, as researchers assess it"),
        {"fields": ("assessed_reason",)},
    ),
    (
        gettext_lazy("In our words"),
        {"fields": ("summary", ("audience_size", "audience_on"), "external_id", "internal_notes")},
    ),
    (
        gettext_lazy("Before readers see it"),
        {"fields": ("is_sensitive", "embargoed_until")},
    ),
)
CORRECTION = (
    gettext_lazy("For readers"),
    {
        "fields": ("erratum", "is_typo"),
        "description": gettext_lazy(
            "This event is published. Whatever changes in what readers see is said beside it for ever, unless it is "
            "a typing error; the history keeps both."
        ),
    },
)
"""Asked for only while readers see the event."""


class NamedMoment(AdminSplitDateTime):
    """Django writes what the two boxes are beside them, which a screen reader does not tell."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        for box, name in zip(self.widgets, (gettext_lazy("Date:"), gettext_lazy("Time:")), strict=True):
            box.attrs["aria-label"] = name


class EventForm(TypedForm):
    dates = ("blocked", "restored")
    nullable_dates = ("restored",)
    blocked = ImpreciseDateField(label=gettext_lazy("Blocked on"))
    restored = ImpreciseDateField(
        label=gettext_lazy("Restored on"),
        help_text=gettext_lazy("Empty while no source says that the block ended."),
    )
    embargoed_until = forms.SplitDateTimeField(
        label=gettext_lazy("Embargo until (UTC)"),
        required=False,
        widget=NamedMoment,
        help_text=gettext_lazy("Published before then, it stays hidden until then and appears by itself."),
    )

    class Meta:
        labels = {
            "is_sensitive": gettext_lazy("Sensitive"),
            "territory": gettext_lazy("Territory"),
            "authority": gettext_lazy("Decided by"),
            "transmitted_by": gettext_lazy("Passed on by"),
            "orders": gettext_lazy("Orders"),
            "blocked_kind": gettext_lazy("What the date tells"),
            "cited_reason_status": gettext_lazy("Cited reason"),
            "cited_reason": gettext_lazy("The reason, as written"),
            "cited_reason_language": gettext_lazy("Its language"),
            "cited_reason_translation": gettext_lazy("The reason in English"),
            "reason_category": gettext_lazy("Category"),
            "assessed_reason": gettext_lazy("Assessed reason"),
            "internal_notes": gettext_lazy("Internal notes (never leave the admin)"),
        }
        help_texts = {
            "cited_reason": gettext_lazy("Only when a reason was given."),
            "territory": gettext_lazy(
                "Where the page is withheld: two letters, such as RU. Empty: not known."
            ),
            "internal_notes": gettext_lazy("Never published, exported or served by the API."),
            "is_sensitive": gettext_lazy(
                "Somebody may come to harm by a mistake: whoever wrote it or changed it last cannot publish it."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("group", "platform"):
            if name in self.fields:
                self.fields[name].required = False
        if not self.is_bound and "platform" in self.fields and hasattr(self.instance, "platforms_known"):
            choose_among(self.fields["platform"], self.instance.platforms_known)
        if self._has_episodes():
            self._leave_dates_to_episodes()

    def _has_episodes(self) -> bool:
        return self.instance.pk is not None and len(self.instance.episodes.all()) > 1

    def _leave_dates_to_episodes(self) -> None:
        for name in self.dates:
            if name in self.fields:
                self.fields[name].disabled = True
                self.fields[name].help_text = _(
                    "There are several episodes, and they have the dates: see below."
                )

    def clean(self) -> dict[str, Any]:
        self.find_typed()
        self._follow_page()
        return super().clean()

    def _follow_page(self) -> None:
        """The page brings its group and platform; without a page both must be said."""
        page, new = self.cleaned_data.get("page"), self.to_record
        for name, is_coming in (("group", bool(new.group)), ("platform", bool(new.address))):
            if self.cleaned_data.get(name) is not None or name in self.errors or is_coming:
                continue
            if page is not None:
                self.cleaned_data[name] = getattr(page, name)
            elif not ({"address", "new_group"} & self.errors.keys()):
                self.add_error(name, self._what_is_missing(name))

    def _what_is_missing(self, name: str) -> str:
        if name == "group":
            return _("Choose one, or choose the page: it brings its group; or name a new group beside.")
        return _("Choose one, or choose the page, or paste its address: it brings its platform.")

    def say_what_is_wrong(self, cleaned: dict[str, Any]) -> None:
        self._check_reason(cleaned)
        self._check_dates(cleaned)
        if cleaned.get("audience_on") and cleaned.get("audience_size") is None:
            self.add_error(
                "audience_size", _("There is a day of the count: say how many there were, or empty it.")
            )
        self._check_external_id(cleaned)

    def _check_reason(self, cleaned: dict[str, Any]) -> None:
        is_given, text = cleaned.get("cited_reason_status") == "given", cleaned.get("cited_reason")
        if is_given and not text:
            sentence = _("Write the reason as the source gives it, or say that none was given or is known.")
            self.add_error("cited_reason", sentence)
        if text and not is_given:
            sentence = _("There is a reason below: say “given” here, or empty that field.")
            self.add_error("cited_reason_status", sentence)

    def _check_dates(self, cleaned: dict[str, Any]) -> None:
        blocked, restored = cleaned.get("blocked"), cleaned.get("restored")
        if not isinstance(blocked, ImpreciseDate) or not isinstance(restored, ImpreciseDate):
            return
        if blocked.earliest and restored.latest and restored.latest < blocked.earliest:
            self.add_error(
                "restored", _("A block cannot end before it began: this date lies before the other.")
            )

    def _check_external_id(self, cleaned: dict[str, Any]) -> None:
        given = cleaned.get("external_id")
        known = BlockEvent.objects.filter(external_id=given).exclude(pk=self.instance.pk) if given else None
        if known is not None and (other := known.first()) is not None:
            self.add_error("external_id", _("Another event has this id already: %s.") % other)
