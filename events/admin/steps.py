"""The steps of an event's life as buttons: each a POST that calls one operation, some with a question first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events import operations
from events.access.roles import REVIEWS
from events.admin import step_words
from events.admin.desk import Refused, actor, refusals
from events.admin.review import review
from events.admin.step_words import Because, Beginning, Comment, Ending, Publishing
from events.models import BlockEvent


def _right(right: str) -> Callable[[admin.ModelAdmin, HttpRequest, BlockEvent], bool]:
    return lambda desk, request, event: request.user.has_perm(right)


def _may_change(desk: admin.ModelAdmin, request: HttpRequest, event: BlockEvent) -> bool:
    return desk.has_change_permission(request, event)


def _may_publish(desk: admin.ModelAdmin, request: HttpRequest, event: BlockEvent) -> bool:
    return not _what_forbids(request, event)


def _what_forbids(request: HttpRequest, event: BlockEvent) -> str:
    """Why this account cannot publish the event; empty when it can. Asked once a request where nothing is written."""
    known = request.__dict__.setdefault("_what_forbids", {}) if request.method in {"GET", "HEAD"} else {}
    if event.pk not in known:
        known[event.pk] = ""
        try:
            operations.require_may_publish(event, actor(request))
        except operations.NotAllowed as error:
            known[event.pk] = str(error)
    return str(known[event.pk])


def _may_return(desk: admin.ModelAdmin, request: HttpRequest, event: BlockEvent) -> bool:
    is_own = event.publication == "in_review" and event.created_by_id == request.user.pk
    return is_own or request.user.has_perm(REVIEWS)


@dataclass(frozen=True, slots=True)
class Step:
    """``run`` takes the request, the event and the answers, and returns what to say afterwards, if anything.

    ``may`` is asked besides the right to see the event; ``foretold`` says what the step will change.
    """

    name: str
    label: Any
    run: Callable[[HttpRequest, BlockEvent, dict[str, Any]], str]
    asks: type[forms.Form] | None = None
    publications: frozenset[str] = field(default=frozenset({"draft", "in_review", "published", "withdrawn"}))
    needs: Callable[[BlockEvent], bool] = lambda event: True
    may: Callable[[admin.ModelAdmin, HttpRequest, BlockEvent], bool] = _may_change
    foretold: Callable[[BlockEvent], str] = lambda event: ""

    def is_offered(self, event: BlockEvent) -> bool:
        return event.publication in self.publications and self.needs(event)

    def may_be_taken(self, desk: admin.ModelAdmin, request: HttpRequest, event: BlockEvent) -> bool:
        return desk.has_view_permission(request, event) and self.may(desk, request, event)


def due_sentence(due: int) -> str:
    """What "check now" led to, in one sentence."""
    if due == 0:
        return _("Nothing became due: the page is not known, not watched, or being looked at right now.")
    text = ngettext("%d look is due now.", "%d looks are due now.", due) % due
    return text + " " + _("A worker takes it up within seconds; the result appears here.")


def say_due(request: HttpRequest, due: int) -> None:
    messages.add_message(request, messages.SUCCESS if due else messages.WARNING, due_sentence(due))


def _check_now(request: HttpRequest, event: BlockEvent, answers: dict[str, Any]) -> str:
    say_due(request, operations.check_now(event=event, now=timezone.now()))
    return ""


def _send_to_review(request: HttpRequest, event: BlockEvent, answers: dict[str, Any]) -> str:
    because = answers.get("because", "")
    operations.send_to_review(event=event, by=actor(request), now=timezone.now(), because=because)
    return _("The event waits for a second pair of eyes.")


def _return(request: HttpRequest, event: BlockEvent, answers: dict[str, Any]) -> str:
    because = answers["because"]
    operations.return_event(event=event, by=actor(request), now=timezone.now(), because=because)
    return _("The event is a draft again.")


def _publish(request: HttpRequest, event: BlockEvent, answers: dict[str, Any]) -> str:
    seen, because = answers.get("seen") or None, answers.get("because", "")
    operations.publish_event(event=event, by=actor(request), now=timezone.now(), because=because, seen=seen)
    if not operations.is_out(event, timezone.now()):
        return _("The event is published, and hidden until %s UTC.") % f"{event.published_at:%Y-%m-%d %H:%M}"
    return _("The event is published.")


def _reinstate(request: HttpRequest, event: BlockEvent, answers: dict[str, Any]) -> str:
    because = answers["because"]
    operations.reinstate_event(event=event, by=actor(request), now=timezone.now(), because=because)
    return _("The event is published again, and its readers are told why.")


def _withdraw(request: HttpRequest, event: BlockEvent, answers: dict[str, Any]) -> str:
    operations.withdraw_event(event=event, by=actor(request), now=timezone.now(), because=answers["because"])
    return _("The event is withdrawn. Its address goes on to say that, and why.")


def _end(request: HttpRequest, event: BlockEvent, answers: dict[str, Any]) -> str:
    operations.end_block(event=event, by=actor(request), now=timezone.now(), **answers)
    return _("The block is recorded as over.")


def _block_again(request: HttpRequest, event: BlockEvent, answers: dict[str, Any]) -> str:
    operations.block_again(event=event, by=actor(request), now=timezone.now(), **answers)
    return _("A new episode has begun.")


def _is_over(event: BlockEvent) -> bool:
    last = max(event.episodes.all(), key=lambda episode: episode.number, default=None)
    return last is not None and last.ended_how is not None


def _is_out(event: BlockEvent) -> bool:
    return operations.is_out(event, timezone.now())


def _is_hidden_or_in_review(event: BlockEvent) -> bool:
    return event.publication == "in_review" or not _is_out(event)


_UNPUBLISHED = frozenset({"draft", "in_review"})
STEPS = (
    Step("check-now", gettext_lazy("Check now"), _check_now, needs=lambda e: e.watch_id is not None),
    Step(
        "publish",
        gettext_lazy("Publish"),
        _publish,
        Publishing,
        _UNPUBLISHED,
        may=_may_publish,
        foretold=step_words.publishing_foretold,
    ),
    Step(
        "review",
        gettext_lazy("Send to review"),
        _send_to_review,
        Comment,
        frozenset({"draft"}),
        foretold=step_words.review_foretold,
    ),
    Step(
        "return",
        gettext_lazy("Send back…"),
        _return,
        Comment,
        frozenset({"in_review", "published"}),
        _is_hidden_or_in_review,
        _may_return,
        step_words.return_foretold,
    ),
    Step("end", gettext_lazy("The block ended…"), _end, Ending, needs=lambda e: not _is_over(e)),
    Step("again", gettext_lazy("Blocked again…"), _block_again, Beginning, needs=_is_over),
    Step(
        "withdraw",
        gettext_lazy("Withdraw…"),
        _withdraw,
        Because,
        frozenset({"published"}),
        _is_out,
        _right(REVIEWS),
        step_words.withdrawal_foretold,
    ),
    Step(
        "reinstate",
        gettext_lazy("Reinstate…"),
        _reinstate,
        Because,
        frozenset({"withdrawn"}),
        may=_right(REVIEWS),
    ),
)


def why_not_published(request: HttpRequest, event: BlockEvent) -> str:
    """Why this account cannot publish the event that waits for it, in a sentence; empty when it can."""
    return _what_forbids(request, event) if event.publication in _UNPUBLISHED else ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A step as a button that takes it, or (``asks``) as a link to the page that asks first."""

    name: str
    label: Any
    asks: bool


def offered(desk: admin.ModelAdmin, request: HttpRequest, event: BlockEvent) -> list[Offer]:
    """The steps that this event can take now at this account's hands, the likeliest first.

    An ordinary draft may be published at once by whoever wrote it; what somebody waits to have looked at is looked at.
    """
    taken = [step for step in STEPS if step.is_offered(event) and step.may_be_taken(desk, request, event)]
    offers = [Offer(step.name, step.label, step.asks is not None) for step in taken]
    is_ordinary = event.publication == "draft" and not operations.is_sensitive(event)
    if is_ordinary and any(offer.name == "publish" for offer in offers):
        look = Offer("publish", gettext_lazy("Look before publishing…"), True)
        at_once = Offer("publish", gettext_lazy("Publish"), False)
        return [at_once, look, *(offer for offer in offers if offer.name != "publish")]
    return offers


def take(desk: admin.ModelAdmin, request: HttpRequest, object_id: str, name: str) -> HttpResponse:
    """Ask what the step wants to know, or run it and go back to the event. GET never changes anything."""
    step = next((step for step in STEPS if step.name == name), None)
    event = desk.get_object(request, object_id)
    if step is None or event is None:
        raise Http404(_("There is no such event or step."))
    if not step.may_be_taken(desk, request, event):
        raise PermissionDenied
    if request.method != "POST" and step.asks is None:
        return _back(event)
    initial = {"seen": operations.version(event)} if step.asks is Publishing else {}
    form = _form(step, request, initial)
    if (form is None or form.is_valid()) and _ran(step, request, event, form):
        return _back(event)
    return _ask(desk, request, event, step, form)


def _form(step: Step, request: HttpRequest, initial: dict[str, str]) -> forms.Form | None:
    if step.asks is None:
        return None
    return step.asks(request.POST if request.method == "POST" else None, initial=initial)


def _ran(step: Step, request: HttpRequest, event: BlockEvent, form: forms.Form | None) -> bool:
    """Whether the step is over: done, or refused with nothing more to ask."""
    try:
        with refusals():
            sentence = step.run(request, event, form.cleaned_data if form else {})
    except Refused as refused:
        if form is not None:
            form.add_error(None, refused.sentence)
            return False
        messages.error(request, refused.sentence)
        return True
    if sentence:
        messages.success(request, sentence)
    return True


def _ask(
    desk: admin.ModelAdmin, request: HttpRequest, event: BlockEvent, step: Step, form: Any
) -> HttpResponse:
    context = {
        **desk.admin_site.each_context(request),
        "title": step.label,
        "step": step,
        "form": form,
        "original": event,
        "opts": desk.opts,
        "foretold": step.foretold(event),
    }
    if step.asks is Publishing:
        context["review"] = review(event)
        return TemplateResponse(request, "admin/events/blockevent/review.html", context)
    return TemplateResponse(request, "admin/events/blockevent/step.html", context)


def _back(event: BlockEvent) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:events_blockevent_change", args=[event.pk]))
