"""Views above the list: those that everybody has, one's own, and those that others share. A view is an address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import operations
from events.admin.desk import Refused, refusals
from events.models import SavedView

DEFAULT = (
    (gettext_lazy("All"), ""),
    (gettext_lazy("Mine"), "needs=mine"),
    (gettext_lazy("To review"), "needs=review"),
    (gettext_lazy("Just changed"), "needs=changed"),
    (gettext_lazy("Without source"), "needs=unsourced"),
    (gettext_lazy("Duplicates"), "needs=duplicates"),
    (gettext_lazy("Stale"), "needs=stale"),
)
_PASSING = ("p", "e", "all", "_popup", "_to_field", "_facets")
"""What an address of the list may hold and a view does not."""


class ViewForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name of the view"), max_length=60)
    is_shared = forms.BooleanField(label=gettext_lazy("Share with all"), required=False)
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)


@dataclass(frozen=True, slots=True)
class Tab:
    """``owner`` names whose view it is, where it is another person's."""

    name: Any
    query: str
    is_here: bool
    owner: str = ""
    view: SavedView | None = None


def context_of(request: HttpRequest) -> dict[str, Any]:
    """Tabs for the list's page, which of them one is on, and the form that saves where one is."""
    here = normal(request.GET.urlencode())
    saved = SavedView.objects.filter(Q(owner=request.user.pk) | Q(is_shared=True)).select_related("owner")
    tabs = [Tab(name, query, normal(query) == here) for name, query in DEFAULT]
    for view in saved.order_by("name"):
        owner = "" if view.owner_id == request.user.pk else view.owner.get_username()
        tabs.append(Tab(view.name, view.query, normal(view.query) == here, owner, view))
    own = next((tab.view for tab in tabs if tab.is_here and tab.view and not tab.owner), None)
    form = ViewForm(initial={"query": here}, auto_id="view-%s")
    return {"tabs": tabs, "view_form": form, "own_view": own, "may_save": any(here) and not _is_default(here)}


def normal(query: str) -> str:
    """The part of an address that makes it this list and no other."""
    said = QueryDict(query, mutable=True)
    for name in _PASSING:
        said.pop(name, None)
    pairs = sorted((name, value) for name, values in said.lists() for value in values if value)
    kept = QueryDict(mutable=True)
    for name, value in pairs:
        kept.appendlist(name, value)
    return kept.urlencode()


def _is_default(here: str) -> bool:
    return here in {normal(query) for _name, query in DEFAULT}


def change(desk: admin.ModelAdmin, request: HttpRequest) -> HttpResponse:
    """Save or remove a view, and go to it. Only a POST changes."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not desk.has_view_permission(request) or not isinstance(request.user, User):
        raise PermissionDenied
    try:
        with refusals():
            query = _remove(request) if "remove" in request.POST else _save(request)
    except Refused as refused:
        messages.error(request, refused.sentence)
        query = normal(request.POST.get("query", ""))
    return HttpResponseRedirect(f"{reverse('admin:events_blockevent_changelist')}?{query}")


def _save(request: HttpRequest) -> str:
    form = ViewForm(request.POST)
    if not form.is_valid():
        sentence = " ".join(str(error) for errors in form.errors.values() for error in errors)
        raise Refused("", sentence)
    said = form.cleaned_data
    query = normal(said["query"])
    assert isinstance(request.user, User)
    view = operations.save_view(
        name=said["name"], query=query, is_shared=said["is_shared"], by=request.user, now=timezone.now()
    )
    messages.success(request, _("The view “%s” stands above the list.") % view.name)
    return query


def _remove(request: HttpRequest) -> str:
    given = request.POST["remove"]
    view = SavedView.objects.filter(pk=given, owner=request.user.pk).first() if given.isdigit() else None
    if view is None:
        raise Refused("", _("There is no such view of yours."))
    assert isinstance(request.user, User)
    operations.remove_view(view=view, by=request.user)
    messages.success(request, _("The view “%s” is gone.") % view.name)
    return ""
