"""The forms of an intake: the box that takes anything, and the draft with every value in a control of its own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import operations
from events.admin.fields import CodeField, CountryField, ImpreciseDateField, OutsideAddressField
from events.admin.intake_shown import LABELS, Said
from events.dates import ImpreciseDate, Precision
from events.models import Authority, Group, Platform, Source
from events.models.vocabulary import (
    AUTHORITY_KINDS,
    DATE_KINDS,
    GROUP_KINDS,
    REASON_STATUSES,
    SOURCE_KINDS,
)
from tracker.operations import AddressRefused, canonical_address

KINDS = [
    ("block", gettext_lazy("a block")),
    ("restoration", gettext_lazy("a page that is back")),
    ("threat", gettext_lazy("a threat to block")),
    ("none", gettext_lazy("no event")),
]
UNKNOWN = {"group_kind": "unknown", "authority_kind": "unknown", "cited_reason_status": "not_known"}
"""What lists say where nothing was read: never the first of their values."""


class AboutForm(forms.Form):
    """What is known of a text itself."""

    url = OutsideAddressField(
        label=gettext_lazy("Its address"), max_length=2000, required=False, widget=forms.TextInput()
    )
    title = forms.CharField(label=gettext_lazy("Its title"), max_length=500, required=False)
    published = ImpreciseDateField(
        label=gettext_lazy("Published on"), help_text=gettext_lazy("2022-11-28, 2022-11 or 2022.")
    )
    language = CodeField(label=gettext_lazy("Language of the text"), max_length=16, required=False)

    def about(self) -> dict[str, str]:
        values = self.cleaned_data
        return {
            **{name: values[name] for name in ("url", "title", "language")},
            "published": _iso(values["published"]),
        }


class BoxForm(AboutForm):
    field_order = ("pasted", "url", "published", "title", "language")
    pasted = forms.CharField(
        label=gettext_lazy("An address, an article’s text, or a block notice"),
        max_length=operations.MOST_CHARS,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 7, "autocomplete": "off", "spellcheck": "false", "dir": "auto"}),
        error_messages={
            "required": gettext_lazy("Paste an address, a text or a notice."),
            "max_length": gettext_lazy(
                "This is longer than 200,000 characters. Paste the part that tells of the block."
            ),
        },
    )

    def clean_pasted(self) -> str:
        pasted: str = self.cleaned_data["pasted"]
        if not pasted.strip():
            raise forms.ValidationError(self.fields["pasted"].error_messages["required"])
        return pasted


class DraftForm(forms.Form):
    """Every value in a control, with the tick that accepts it. Nothing is used that a person did not see."""

    kind = forms.ChoiceField(label=gettext_lazy("This text tells of"), choices=KINDS)
    group = forms.CharField(label=LABELS["group"], max_length=300, required=False)
    group_kind = forms.ChoiceField(label=LABELS["group_kind"], choices=GROUP_KINDS, required=False)
    platform = forms.ModelChoiceField(
        Platform.objects.order_by("name"), to_field_name="key", label=LABELS["platform"], required=False,
        empty_label=gettext_lazy("not in the text"),
    )  # fmt: skip
    page_url = forms.CharField(label=LABELS["page_url"], max_length=2000, required=False)
    territory = CountryField(label=LABELS["territory"], required=False)
    authority = forms.CharField(label=LABELS["authority"], max_length=300, required=False)
    authority_kind = forms.ChoiceField(
        label=LABELS["authority_kind"], choices=AUTHORITY_KINDS, required=False
    )
    authority_country = CountryField(label=LABELS["authority_country"], required=False)
    transmitted_by = forms.CharField(label=LABELS["transmitted_by"], max_length=300, required=False)
    order_number = forms.CharField(label=LABELS["order_number"], max_length=200, required=False)
    order_date = ImpreciseDateField(label=LABELS["order_date"], help_text="")
    law = forms.CharField(label=LABELS["law"], max_length=500, required=False)
    blocked_on = ImpreciseDateField(label=LABELS["blocked_on"], help_text="")
    blocked_kind = forms.ChoiceField(
        label=gettext_lazy("What the date tells"),
        choices=[("", gettext_lazy("not known")), *DATE_KINDS],
        required=False,
    )
    restored_on = ImpreciseDateField(label=LABELS["restored_on"], help_text="")
    cited_reason_status = forms.ChoiceField(
        label=LABELS["cited_reason_status"], choices=REASON_STATUSES, required=False
    )
    cited_reason = forms.CharField(
        label=LABELS["cited_reason"],
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    source_kind = forms.ChoiceField(label=gettext_lazy("Kind of source"), choices=SOURCE_KINDS)
    publisher = forms.CharField(label=gettext_lazy("Publisher"), max_length=200, required=False)
    quote = forms.CharField(
        label=gettext_lazy("Words to quote"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, said: dict[str, Said], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.said = said
        for name, unknown in UNKNOWN.items():
            self.initial.setdefault(name, unknown)
        for name, one in said.items():
            if name != "platform":  # chosen by its key
                self.initial[name] = one.value
            self.fields[f"use_{name}"] = forms.BooleanField(required=False, initial=not one.is_doubtful)
        for name in LABELS:
            widget = self.fields[name].widget
            if isinstance(widget, forms.TextInput | forms.Textarea):
                widget.attrs |= {"dir": "auto", "autocomplete": "off"}
            widget.attrs["data-said"] = name

    def accepted(self, name: str) -> Any:
        """The value of a field; None when it was read, is as it was read, and its tick is not set."""
        value = self.cleaned_data.get(name)
        if name in self.said and not self.cleaned_data.get(f"use_{name}") and not self._is_typed(name):
            return None
        return None if value in ("", None) else value

    def _is_typed(self, name: str) -> bool:
        return self.fields[name].has_changed(self.initial.get(name), self.data.get(self.add_prefix(name)))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") in {"block", "restoration"} and not self.is_added:
            self._say_what_is_missing()
        return cleaned

    is_added = False
    """Set where the text is only added to an event, which has the rest already."""

    def _say_what_is_missing(self) -> None:
        page_url = self.accepted("page_url")
        address = None
        if page_url:
            try:
                address = canonical_address(page_url)
            except AddressRefused as error:
                self.add_error("page_url", str(error))
        platform = self.accepted("platform")
        if platform is None and address is None:
            self.add_error("platform", _("Say on which platform, or tick what was read: an event has one."))
        elif address is not None and platform is not None and address.platform != platform.key:
            self.add_error("platform", _("The address of the page is on another platform."))
        if self.accepted("group") is None:
            self.add_error("group", _("Say who was blocked, or tick what was read: an event has a group."))
        if self.accepted("cited_reason_status") == "given" and not self.accepted("cited_reason"):
            self.add_error(
                "cited_reason", _("The reason is said to be given: write it as the source has it.")
            )

    def source(self, *, url: str, title: str, published: str, language: str) -> Source:
        """The text as a source of an event."""
        when = ImpreciseDate.parse(published) if published else ImpreciseDate.unknown()
        values = self.cleaned_data
        return Source(
            url=url, title=title, language=language, kind=values["source_kind"], publisher=values["publisher"],
            quote=values["quote"], published_earliest=when.earliest, published_latest=when.latest,
            published_precision=when.precision.value,
        )  # fmt: skip

    def accept(
        self, *, source: Source, group: Group | None, authority: Authority | None
    ) -> operations.Accepted:
        """What a person accepted, for the operation that stores it."""
        country = self.accepted("authority_country")
        status, restored = self.accepted("cited_reason_status") or "not_known", self._date("restored_on")
        values = {
            "platform": self.accepted("platform"),
            "territory": self.accepted("territory"),
            "blocked_kind": self.cleaned_data["blocked_kind"] or None,
            "cited_reason_status": status,
            "cited_reason": (self.accepted("cited_reason") or "") if status == "given" else "",
            "cited_reason_language": source.language if status == "given" else "",
        }
        return operations.Accepted(
            source=source,
            group=group,
            group_name=self.accepted("group") or "",
            group_kind=self.accepted("group_kind") or "unknown",
            page_url=self.accepted("page_url") or "",
            authority=authority
            or self._named("authority", country, self.accepted("authority_kind") or "unknown"),
            transmitted_by=self._named("transmitted_by", country, "unknown"),
            order_number=self.accepted("order_number") or "",
            order_date=self._date("order_date"),
            law=self.accepted("law") or "",
            blocked=self._date("blocked_on"),
            restored=restored if restored.earliest else None,
            values=values,
        )

    def ended_on(self) -> ImpreciseDate:
        return self._date("restored_on")

    def _named(self, name: str, country: str | None, kind: str) -> operations.Named | None:
        named = self.accepted(name)
        return operations.Named(named, country, kind) if named else None

    def _date(self, name: str) -> ImpreciseDate:
        value = self.accepted(name)
        return value if isinstance(value, ImpreciseDate) else ImpreciseDate.unknown()


def _iso(when: ImpreciseDate) -> str:
    return "" if when.precision is Precision.UNKNOWN else when.iso or ""
