"""Orders: one legal act each, found by its number however that is spelt."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import operations
from events.admin.desk import Desk
from events.admin.fields import ImpreciseDateField, iso_of
from events.admin.forms import DeskForm
from events.dates import ImpreciseDate, Precision
from events.models import AuthorityText, Order, OrderText


class OrderForm(DeskForm):
    dates = ("dated",)
    dated = ImpreciseDateField(label=gettext_lazy("Date"))

    def say_what_is_wrong(self, cleaned: dict[str, Any]) -> None:
        dated = cleaned.get("dated")
        if not isinstance(dated, ImpreciseDate):
            return
        number = cleaned.get("number") or ""
        if not number and dated.precision is Precision.UNKNOWN:
            self.add_error("number", _("Give the order's number or its date: one of them must be known."))
        known = operations.find_order(authority=cleaned.get("authority"), number=number, dated=dated)
        if known is not None and known.pk != self.instance.pk:
            self.add_error("number", _("That order of this body and date is recorded already: %s.") % known)


@admin.register(Order)
class OrderAdmin(Desk):
    form = OrderForm
    list_display = ("number_shown", "dated_shown", "authority", "law", "suspect")
    list_select_related = ("authority",)
    texts = OrderText
    texts_of = (("authority", AuthorityText),)
    ordering = ("-dated_earliest", "-pk")
    autocomplete_fields = ("authority",)
    fields = ("authority", "number", "dated", "law", "suspect", "note")

    @admin.display(description=gettext_lazy("number"), ordering="number_key")
    def number_shown(self, order: Order) -> str:
        return order.number or _("no number")

    @admin.display(description=gettext_lazy("date"), ordering="dated_earliest")
    def dated_shown(self, order: Order) -> str:
        return iso_of(order, "dated") or _("not known")

    def matching(self, words: list[str]) -> Q:
        """A date as much as a number: 2022-11-26, 2022-11, 2022."""
        found = Q()
        for word in words:
            found &= super().matching([word]) | _dated(word)
        return found


def _dated(word: str) -> Q:
    try:
        on = ImpreciseDate.parse(word)
    except ValueError:
        return Q(pk__in=[])
    return Q(dated_earliest__gte=on.earliest, dated_latest__lte=on.latest)
