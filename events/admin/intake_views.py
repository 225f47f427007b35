"""The intake's pages: the box, the way of an address, and the draft that becomes an event when a person accepts it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events import operations
from events.admin.intake_drafting import Drafting, event_url, page_of
from events.admin.intake_forms import BoxForm
from events.admin.intake_pasted import date_in, recognise
from events.admin.intake_progress import progress_of
from events.models import Intake
from events.models.intakes import INTAKE_UNREAD

View = Callable[..., HttpResponse]
RIGHT = "events.add_blockevent"


def _for_researchers(*methods: str) -> Callable[[View], View]:
    """Only for who may record events; ``person`` is who is signed in."""

    def decorate(view: View) -> View:
        @wraps(view)
        def allowed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not isinstance(request.user, User) or not request.user.has_perm(RIGHT):
                raise PermissionDenied
            return view(request, request.user, *args, **kwargs)

        return require_http_methods(methods)(admin.site.admin_view(allowed))

    return decorate


@_for_researchers("GET", "HEAD", "POST")
def box(request: HttpRequest, person: User) -> HttpResponse:
    """Take anything in; and what one gave before."""
    form = BoxForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return HttpResponseRedirect(reverse("intake:draft", args=[_begin(form, person).pk]))
    own = Intake.objects.filter(by=person).select_related("event__group", "event__platform")
    context = {"title": _("New from a text"), "box": form, "own": own.order_by("-given_at")[:20]}
    return page_of(request, "box", context)


def _begin(form: BoxForm, person: User) -> Intake:
    pasted, about = recognise(form.cleaned_data["pasted"]), form.about()
    url = about["url"] or pasted.url
    about |= {"url": url, "published": about["published"] or date_in(url)}
    operations.ensure_platforms(by=person, now=timezone.now())
    return operations.begin_intake(
        by=person, now=timezone.now(), given=pasted.given, text=pasted.text, **about
    )


@_for_researchers("GET", "HEAD", "POST")
def draft(request: HttpRequest, person: User, pk: int) -> HttpResponse:
    """An intake as far as it is: under way, failed, a draft to accept, or used."""
    intake = _own(person, pk)
    if intake.state == "used" and intake.event is not None:
        return HttpResponseRedirect(event_url(intake.event))
    if intake.state in INTAKE_UNREAD or intake.state == "failed":
        return _under_way(request, intake)
    return Drafting(request, person, intake).answer()


def _under_way(request: HttpRequest, intake: Intake) -> HttpResponse:
    given = {"url": intake.url, "title": intake.title, "published": intake.published}
    context = {
        "title": _("Reading an address"),
        "intake": intake,
        "progress": progress_of(intake),
        "box": BoxForm(initial=given) if intake.state == "failed" else None,
    }
    return page_of(request, "progress", context)


@_for_researchers("GET", "HEAD")
def state(request: HttpRequest, person: User, pk: int) -> HttpResponse:
    """How far it is, for the page that waits."""
    intake = _own(person, pk)
    progress = progress_of(intake)
    is_over = intake.state not in INTAKE_UNREAD
    return JsonResponse({"state": intake.state, "is_over": is_over, "sentence": progress.sentence})


@_for_researchers("POST")
def forget(request: HttpRequest, person: User, pk: int) -> HttpResponse:
    """Keep nothing."""
    operations.forget_intake(intake=_own(person, pk))
    messages.success(request, _("Nothing of it is kept."))
    return HttpResponseRedirect(reverse("intake:box"))


def _own(person: User, pk: int) -> Intake:
    return get_object_or_404(Intake.objects.select_related("event"), pk=pk, by=person)


__all__ = ["box", "draft", "forget", "state"]
