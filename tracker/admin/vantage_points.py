"""Vantage points: the one table of the tracker that a person fills in. How a place is reached is a secret."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker import operations
from tracker.models import VantagePoint
from tracker.networks import NoBroker, observer_of


def kind_of(via: str) -> str:
    """What may be shown of a ``via``: its scheme, never its host or password."""
    scheme, separator, _rest = via.partition("://")
    return scheme if separator else via


class VantageForm(forms.ModelForm):
    """``new_via`` is only ever written: what is stored is not sent back to a browser."""

    new_via = forms.CharField(
        label=gettext_lazy("How it is reached"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField", "autocomplete": "off", "spellcheck": "false"}),
    )

    class Meta:
        model = VantagePoint
        exclude = ("via",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "new_via" in self.fields:
            self.fields["new_via"].help_text = self._explain()

    def _explain(self) -> str:
        accepted = _(
            "Write direct, socks5h://host:port, http://host:port or worker:NAME, with user:password@ where needed."
        )
        if self.instance.pk is None:
            return accepted + " " + _("Empty: direct.")
        now = _("Set now: %s. Leave it empty to keep it.") % kind_of(self.instance.via)
        return f"{now} {accepted}"

    def clean_new_via(self) -> str:
        text: str = self.cleaned_data["new_via"]
        if text:
            try:
                observer_of(text)
            except NoBroker as error:
                raise ValidationError(
                    _(
                        "A remote worker is asked through a broker, and there is none here: set"
                        " STILLBLOCKED_WORKERS_BROKER or REDIS_URL first."
                    )
                ) from error
            except ValueError as error:
                # The library's message may repeat what was typed, and that may be a password.
                raise ValidationError(
                    _(
                        "That is no way to a vantage point."
                        " Write direct, socks5h://host:port, http://host:port or worker:NAME."
                    )
                ) from error
        return text

    def clean_country(self) -> str:
        country: str = self.cleaned_data["country"].strip().upper()
        if len(country) != 2 or not (country.isascii() and country.isalpha()):
            raise ValidationError(_("Write the two letters of a country, such as RU, TR or IN."))
        return country

    def save(self, commit: bool = True) -> Any:
        if text := self.cleaned_data.get("new_via"):
            self.instance.via = text
        return super().save(commit)


@admin.register(VantagePoint)
class VantagePointAdmin(admin.ModelAdmin):
    """Only administrators change them. A place that moved is another place: add a new one, so that what was measured
    from the old one keeps its meaning."""

    form = VantageForm
    list_display = (
        "name",
        "country",
        "asn",
        "role",
        "reached_by",
        "platform",
        "is_active",
        "canary_ok",
        "canary_checked_at",
    )
    list_filter = ("role", "is_active", "country")
    search_fields = ("name",)
    ordering = ("name",)
    fields = (
        "name",
        ("country", "role"),
        "asn",
        "new_via",
        "platform",
        "canary_url",
        "is_active",
        ("canary_ok", "canary_checked_at", "canary_no_internet", "canary_wrong_country"),
        "canary_detail",
    )
    readonly_fields = (
        "canary_ok",
        "canary_checked_at",
        "canary_no_internet",
        "canary_wrong_country",
        "canary_detail",
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*self.readonly_fields, "name", "country", "role") if obj else self.readonly_fields

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        may_write = self.has_change_permission(request, obj)
        return self.fields if may_write else tuple("reached_by" if f == "new_via" else f for f in self.fields)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("tracker.add_vantagepoint")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("tracker.change_vantagepoint")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: VantagePoint, form: Any, change: bool) -> None:
        operations.keep_vantage(vantage=obj)

    @admin.display(description=gettext_lazy("reached by"))
    def reached_by(self, place: VantagePoint) -> str:
        return kind_of(place.via)
