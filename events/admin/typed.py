"""The fields in which a group, a page, an order, further presences are typed, and recorded in the event's own save."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import operations
from events.access.reach import Viewer
from events.admin import recognising
from events.admin.fields import ImpreciseDateField
from events.admin.telling import ToldForm
from events.dates import ImpreciseDate, Precision
from events.models import BlockEvent, Order
from events.operations import Actor
from tracker.operations import AddressRefused

NEW = "new"


@dataclass(slots=True)
class ToRecord:
    """What the save records besides the event. Empty texts and lists: nothing."""

    group: str = ""
    address: str = ""
    order: tuple[str, ImpreciseDate, str] | None = None
    """Number, date, law."""
    presences: list[str] = field(default_factory=list)


def _line(size: int, **values: Any) -> forms.CharField:
    attrs = {"class": "vTextField", "autocomplete": "off", "spellcheck": "false"}
    return forms.CharField(required=False, max_length=size, widget=forms.TextInput(attrs=attrs), **values)


class TypedForm(ToldForm):
    """Whatever is typed is looked up first; what is found is used, and what is not is recorded with the event."""

    viewer: ClassVar[Viewer] = None
    """Who is signed in: nothing is found for them that they do not see."""

    address = _line(
        2000,
        label=gettext_lazy("Address of the page"),
        help_text=gettext_lazy("Paste it: platform, page and group are found, or recorded when you save."),
    )
    new_group = _line(
        300,
        label=gettext_lazy("New group"),
        help_text=gettext_lazy("Only when the group is not recorded yet: its name as the source gives it."),
    )
    is_another_group = forms.BooleanField(
        required=False, label=gettext_lazy("It is another group of the same name")
    )
    order_number = _line(
        200,
        label=gettext_lazy("Add an order by its number"),
        help_text=gettext_lazy("As the source writes it. One that is recorded already is found."),
    )
    order_dated = ImpreciseDateField(label=gettext_lazy("Date of that order"))
    order_law = _line(500, label=gettext_lazy("Law that it cites"))
    order_choice = forms.CharField(
        required=False, label=gettext_lazy("Which order is it?"), widget=forms.RadioSelect
    )
    presences = forms.CharField(
        required=False,
        label=gettext_lazy("Other pages of the group"),
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "Presences that are not blocked, one address a line. They are kept with the group."
        ),
    )
    TYPED: ClassVar[tuple[str, ...]] = (
        "address", "new_group", "is_another_group", "order_number", "order_dated", "order_law", "order_choice",
        "presences",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.to_record = ToRecord()
        self.found_orders: list[Order] = []
        if "order_choice" in self.fields and self.is_bound:
            number = str(self.data.get(self.add_prefix("order_number"), ""))
            self.found_orders = recognising.orders_numbered(number, self.viewer)
            self._offer_orders()

    def _offer_orders(self) -> None:
        choices = [(str(order.pk), recognising.order_words(order)) for order in self.found_orders]
        if choices:
            choices.append((NEW, _("another order, not recorded yet")))
        self.fields["order_choice"].widget.choices = choices

    # --- Checked before the event itself

    def find_typed(self) -> None:
        """Put what is found in its place, and note what is to be recorded; every refusal stands beside its field."""
        cleaned = self.cleaned_data
        if typed := cleaned.get("address"):
            self._find_page(typed)
        self._find_group((cleaned.get("new_group") or "").strip())
        self._find_order((cleaned.get("order_number") or "").strip())
        self._find_presences(cleaned.get("presences") or "")

    def _find_page(self, typed: str) -> None:
        cleaned, chosen = self.cleaned_data, self.cleaned_data.get("page")
        try:
            seen = recognising.address(typed, self.viewer)
        except AddressRefused as refused:
            self.add_error("address", str(refused))
            return
        if seen.is_elsewhere:
            self.add_error("address", recognising.elsewhere())
        elif chosen is not None and chosen != seen.page:
            sentence = _("Another page is chosen below (%s): empty that field, or this one.")
            self.add_error("address", sentence % chosen)
        elif seen.page is not None:
            cleaned["page"] = seen.page
            self._agree("group", seen.page.group)
            self._agree("platform", seen.page.platform)
        else:
            self.to_record.address = seen.url
            self._agree("platform", seen.platform)

    def _agree(self, name: str, found: Any) -> None:
        """What the address brings; a contradiction is said beside the address."""
        chosen = self.cleaned_data.get(name)
        if chosen is not None and chosen != found:
            sentence = _(
                "The address belongs to “%(found)s”, and below stands “%(chosen)s”: correct one of them."
            )
            said = found or _("another platform")
            self.add_error("address", sentence % {"found": said, "chosen": chosen})
        elif found is not None:
            self.cleaned_data[name] = found

    def _find_group(self, name: str) -> None:
        if not name:
            return
        if (chosen := self.cleaned_data.get("group")) is not None:
            sentence = _("“%s” is chosen already, or comes with the page: empty that field, or this one.")
            self.add_error("new_group", sentence % chosen)
            return
        found = recognising.groups_named(name, self.viewer)
        if found and not self.cleaned_data.get("is_another_group"):
            sentence = _("A group of this name is recorded: choose it, or say below that it is another one.")
            self.add_error("new_group", sentence)
            return
        self.to_record.group = name

    def _find_order(self, number: str) -> None:
        cleaned = self.cleaned_data
        dated, law = cleaned.get("order_dated"), (cleaned.get("order_law") or "").strip()
        is_dated = isinstance(dated, ImpreciseDate) and dated.precision is not Precision.UNKNOWN
        if not number and not is_dated:
            if law:
                self.add_error(
                    "order_number", _("Give the order's number or its date: one of them must be known.")
                )
            return
        when = dated if isinstance(dated, ImpreciseDate) else ImpreciseDate.unknown()
        chosen = self._chosen_order(when)
        if isinstance(chosen, Order):
            cleaned["orders"] = [*(cleaned.get("orders") or ()), chosen]
        elif chosen == NEW:
            self.to_record.order = (number, when, law)

    def _chosen_order(self, when: ImpreciseDate) -> Order | str:
        """The order that is meant, ``NEW``, or empty after asking which."""
        choice, authority = self.cleaned_data.get("order_choice"), self.cleaned_data.get("authority")
        if choice == NEW or not self.found_orders:
            return NEW
        if picked := next((order for order in self.found_orders if str(order.pk) == choice), None):
            return picked
        fitting = [o for o in self.found_orders if not recognising.is_contradicted(o, authority, when)]
        exact = [o for o in fitting if o.authority == authority and o.dated_earliest == when.earliest]
        if len(exact) == 1 and len(fitting) == 1:
            return exact[0]
        if not fitting:
            return NEW
        self.add_error("order_choice", _("Orders with this number are recorded: say which one it is."))
        return ""

    def _find_presences(self, typed: str) -> None:
        group = self.cleaned_data.get("group")
        for line in filter(None, map(str.strip, typed.splitlines())):
            try:
                seen = recognising.address(line, self.viewer)
            except AddressRefused as refused:
                self.add_error("presences", f"“{line[:80]}”: {refused}")
                continue
            if seen.is_elsewhere:
                self.add_error("presences", f"“{line[:80]}”: {recognising.elsewhere()}")
            elif seen.page is None:
                self.to_record.presences.append(seen.url)
            elif seen.page.group != group:
                sentence = _("“%(line)s” is recorded as a page of “%(group)s”.")
                self.add_error("presences", sentence % {"line": line[:80], "group": seen.page.group})


def record_typed(
    *, form: TypedForm, event: BlockEvent, by: Actor, now: datetime, because: str
) -> list[Order]:
    """Record what was typed, and give the event its group and page. The orders that the event shall have."""
    new = form.to_record
    if new.group:
        event.group = operations.record_group(by=by, now=now, name=new.group, because=because)
    if new.address or new.presences:
        operations.ensure_platforms(by=by, now=now)
    if new.address:
        event.page = operations.record_page(
            group=event.group, url=new.address, by=by, now=now, because=because
        )
        event.platform = event.page.platform
    for url in new.presences:
        operations.record_page(group=event.group, url=url, by=by, now=now, because=because)
    orders = list(form.cleaned_data.get("orders") or ())
    if new.order:
        number, dated, law = new.order
        orders.append(
            operations.record_order(
                by=by,
                now=now,
                authority=event.authority,
                number=number,
                dated=dated,
                law=law,
                because=because,
            )
        )
    return orders
