"""The intake's pages: the box, the way of an address, and the draft that becomes an event when a person accepts it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events import operations
from events.access import reach
from events.admin.desk import Refused, refusals
from events.admin.intake_alike import Alike, Asked, alike
from events.admin.intake_forms import AboutForm, BoxForm, DraftForm
from events.admin.intake_pasted import date_in, recognise
from events.admin.intake_progress import progress_of
from events.admin.intake_shown import Reading, quote_of, reading_of
from events.models import BlockEvent, Intake, Platform
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
    return _page(request, "box", context)


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
        return HttpResponseRedirect(_event_url(intake.event))
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
    return _page(request, "progress", context)


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


@dataclass(slots=True)
class Drafting:
    """One request for a draft that was read."""

    request: HttpRequest
    person: User
    intake: Intake

    def answer(self) -> HttpResponse:
        post = self.request.POST
        if self.request.method != "POST":
            return self._shown(*self._forms(None))
        if "reread" in post:
            return self._reread()
        about, form = self._forms(post)
        form.is_added = bool(post.get("add_to") or post.get("ends"))
        if not (about.is_valid() & form.is_valid()):
            return self._shown(about, form)
        found = self._alike(form)
        event = self._taken(about, form, found)
        return HttpResponseRedirect(_event_url(event)) if event else self._shown(about, form, found)

    def _reread(self) -> HttpResponse:
        about = AboutForm(self.request.POST)
        if not about.is_valid():
            return self._shown(about, self._forms(None)[1])
        operations.read_intake(intake=self.intake, now=timezone.now(), **about.about())
        return HttpResponseRedirect(reverse("intake:draft", args=[self.intake.pk]))

    def _forms(self, post: Any) -> tuple[AboutForm, DraftForm]:
        intake, reading = self.intake, self._reading()
        found = intake.draft or {}
        known = Platform.objects.filter(key=found.get("platform_key") or "").exists()
        initial = {
            "kind": reading.kind,
            "platform": found["platform_key"] if known else None,
            "quote": quote_of(intake.text, reading.said),
            "source_kind": "news" if intake.url else "other",
        }
        about = {
            "url": intake.url, "title": intake.title, "published": intake.published,
            "language": intake.language or found.get("language") or "",
        }  # fmt: skip
        said = dict(reading.said)
        if not known:
            said.pop("platform", None)
        return AboutForm(post, initial=about), DraftForm(post, initial=initial, said=said)

    def _reading(self) -> Reading:
        return reading_of(
            self.intake.draft or {"kind": "none"}, title=self.intake.title, text=self.intake.text
        )

    def _alike(self, form: DraftForm) -> Alike:
        """Looked for by what the form holds, also where it is not accepted."""

        def value(name: str) -> str:
            if form.is_bound:
                return str(form.data.get(name, "")).strip()
            return str(form.initial.get(name) or "")

        url = self.request.POST.get("url", self.intake.url)
        return alike(
            Asked(value("group"), value("platform"), value("page_url"), value("order_number"), url),
            self.person,
        )

    # --- What a person decides

    def _taken(self, about: AboutForm, form: DraftForm, found: Alike) -> BlockEvent | None:
        """The event that came of it; None when the form says what is missing."""
        post, source = self.request.POST, form.source(**about.about())
        try:
            with refusals():
                if post.get("add_to"):
                    return self._added(self._event(post["add_to"]), source)
                if post.get("ends"):
                    return self._ended(self._event(post["ends"]), source, form)
                return self._recorded(form, source, found)
        except Refused as refused:
            form.add_error("page_url" if refused.field == "url" else None, refused.sentence)
        return None

    def _recorded(self, form: DraftForm, source: Any, found: Alike) -> BlockEvent | None:
        post = self.request.POST
        if form.cleaned_data["kind"] not in {"block", "restoration"}:
            form.add_error("kind", _("Only a block is recorded as an event. What is none is not kept."))
            return None
        if found.keys - set(post.get("seen", "").split()):
            form.add_error(None, _("Something like it is recorded already: see below, and say what it is."))
            return None
        if found.must_ask and not post.get("is_another"):
            form.add_error(None, _("Say that it is another event, or add the text to the one that is there."))
            return None
        chosen = post.get("same_group", "")
        group = next((one.group for one in found.groups if str(one.group.pk) == chosen), None)
        if found.groups and not chosen:
            form.add_error("group", _("Say whether it is one of the groups that are there."))
            return None
        event = operations.record_from_intake(
            intake=self.intake,
            accepted=form.accept(source=source, group=group),
            by=self.person,
            now=timezone.now(),
        )
        messages.success(
            self.request, _("The draft is recorded. Check it, then publish it or send it to review.")
        )
        return event

    def _added(self, event: BlockEvent, source: Any) -> BlockEvent:
        now = timezone.now()
        operations.add_intake_as_source(
            intake=self.intake, event=event, source=source, by=self.person, now=now
        )
        messages.success(self.request, _("The text is a source of this event now."))
        return event

    def _ended(self, event: BlockEvent, source: Any, form: DraftForm) -> BlockEvent:
        operations.end_from_intake(
            intake=self.intake,
            event=event,
            source=source,
            on=form.ended_on(),
            by=self.person,
            now=timezone.now(),
        )
        messages.success(self.request, _("The block is recorded as over, and the text is a source of it."))
        return event

    def _event(self, pk: str) -> BlockEvent:
        event = BlockEvent.objects.filter(pk=pk).first() if pk.isdecimal() else None
        if event is None or not reach.may_be_changed(event, self.person):
            raise PermissionDenied
        return event

    # --- What a person sees

    def _shown(self, about: AboutForm, form: DraftForm, found: Alike | None = None) -> HttpResponse:
        found = found or self._alike(form)
        reading = self._reading()
        context = {
            "title": _("A draft from a text"),
            "intake": self.intake,
            "about": about,
            "form": form,
            "reading": reading,
            "sections": sections(form),
            "alike": found,
            "seen": " ".join(sorted(found.keys)),
            "changeable": {
                one.event.pk for one in found.events if reach.may_be_changed(one.event, self.person)
            },
            "chosen_group": self._chosen_group(found),
            "is_another": bool(self.request.POST.get("is_another")),
        }
        return _page(self.request, "draft", context)

    def _chosen_group(self, found: Alike) -> str:
        """The one group of exactly that name, or the page's; else the person says."""
        if "same_group" in self.request.POST:
            return self.request.POST["same_group"]
        if found.page is not None:
            return str(found.page.group_id)
        same = [one for one in found.groups if one.is_same_name]
        return str(same[0].group.pk) if len(same) == 1 == len(found.groups) else ""


@dataclass(frozen=True, slots=True)
class Row:
    """A field with what was read for it."""

    name: str
    field: Any
    tick: Any
    said: Any


def sections(form: DraftForm) -> list[tuple[str, list[Row]]]:
    """The fields in the order in which a source tells them."""
    told = (
        (_("Who and where"), ("group", "group_kind", "platform", "page_url", "territory")),
        (_("What was asked"), ("authority", "authority_kind", "authority_country", "transmitted_by",
                               "order_number", "order_date", "law")),
        (_("When"), ("blocked_on", "blocked_kind", "restored_on")),
        (_("Why"), ("cited_reason_status", "cited_reason")),
    )  # fmt: skip
    return [(title, [_row(form, name) for name in names]) for title, names in told]


def _row(form: DraftForm, name: str) -> Row:
    said = form.said.get(name)
    return Row(name, form[name], form[f"use_{name}"] if said else None, said)


def _own(person: User, pk: int) -> Intake:
    return get_object_or_404(Intake.objects.select_related("event"), pk=pk, by=person)


def _event_url(event: BlockEvent) -> str:
    """The form of the event, with the keyboard at what can be done with it."""
    return reverse("admin:events_blockevent_change", args=[event.pk]) + "#standing-title"


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    return TemplateResponse(
        request, f"admin/intake/{name}.html", {**admin.site.each_context(request), **context}
    )


__all__ = ["box", "draft", "forget", "state"]
