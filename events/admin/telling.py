"""What readers are told when something that they see of a published event changes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy

from events import operations
from events.admin.desk import Desk
from events.admin.forms import DeskForm

TOLD = (
    gettext_lazy("For readers"),
    {
        "fields": ("erratum", "is_typo"),
        "description": gettext_lazy(
            "Published events show this. When its name, title, kind or address changes, that is said beside each of "
            "them for ever, unless it is a typing error; the history keeps both."
        ),
    },
)
"""Asked for only while a published event shows the row."""


class ToldForm(DeskForm):
    """A form whose change readers may see."""

    erratum = forms.CharField(
        label=gettext_lazy("Erratum"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=gettext_lazy("What was wrong, and since when it is right. Public, in a whole sentence."),
    )
    is_typo = forms.BooleanField(
        label=gettext_lazy("Only a typing error in a text"),
        required=False,
        help_text=gettext_lazy("No date, body, place or order changes by it. Kept in the history as one."),
    )

    def correction(self) -> operations.Correction:
        """What is said of the change to readers. Call it when the form is valid."""
        told = self.cleaned_data
        return operations.Correction(erratum=told.get("erratum") or "", typo=bool(told.get("is_typo")))


class TellingDesk(Desk):
    """A noun that published events show."""

    form = ToldForm

    def keep(self, request: HttpRequest, row: Any, form: Any, because: str) -> None:
        self.keep_part(request, row, because, self.correction(form))

    def correction(self, form: Any) -> operations.Correction:
        told: operations.Correction = form.correction()
        return told

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        declared = super().get_fieldsets(request, obj)
        asks = obj is not None and self.has_change_permission(request, obj)
        return [*declared, TOLD] if asks and operations.is_shown(obj, timezone.now()) else declared
