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
from events.access.roles import PUBLISHES, REVIEWS
from events.admin.desk import Refused, actor, refusals
from events.admin.fields import ImpreciseDateField
from events.models import BlockEvent
from events.models.vocabulary import ENDINGS


class Because(forms.Form):
    because = forms.CharField(
        label=gettext_lazy("Why"),
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=gettext_lazy("Readers of the event's address will see this sentence."),
    )


class Ending(forms.Form):
    on = ImpreciseDateField(label=gettext_lazy("Ended on"))
    how = forms.ChoiceField(label=gettext_lazy("How it ended"), choices=ENDINGS)
    because = forms.CharField(label=gettext_lazy("Why"), max_length=100, required=False)


class Beginning(forms.Form):
    on = ImpreciseDateField(label=gettext_lazy("Blocked again on"))
    because = forms.CharField(label=gettext_lazy("Why"), max_length=100, required=False)


@dataclass(frozen=True, slots=True)
class Step:
    """``run`` takes the request, the event and the answers, and returns what to say afterwards, if anything."""

    name: str
    label: Any
    run: Callable[[HttpRequest, BlockEvent, dict[str, Any]], str]
    asks: type[forms.Form] | None = None
    publications: frozenset[str] = field(default=frozenset({"draft", "in_review", "published", "withdrawn"}))
    needs: Callable[[BlockEvent], bool] = lambda event: True
    right: str = ""
    """Besides the right to see the event; empty: whoever may change it may take the step."""

    def is_offered(self, event: BlockEvent) -> bool:
        return event.publication in self.publications and self.needs(event)

    def may_be_taken(self, desk: admin.ModelAdmin, request: HttpRequest, event: BlockEvent) -> bool:
        if not self.right:
            return desk.has_change_permission(request, event)
        return desk.has_view_permission(request, event) and request.user.has_perm(self.right)


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
    operations.send_to_review(event=event, by=actor(request), now=timezone.now())
    return _("The event waits for a second pair of eyes.")


def _publish(request: HttpRequest, event: BlockEvent, answers: dict[str, Any]) -> str:
    operations.publish_event(event=event, by=actor(request), now=timezone.now())
    return _("The event is published.")


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
    last = event.episodes.order_by("-number").first()
    return last is not None and last.ended_how is not None


STEPS = (
    Step("check-now", gettext_lazy("Check now"), _check_now, needs=lambda e: e.watch_id is not None),
    Step(
        "publish",
        gettext_lazy("Publish"),
        _publish,
        publications=frozenset({"draft", "in_review"}),
        right=PUBLISHES,
    ),
    Step("review", gettext_lazy("Send to review"), _send_to_review, publications=frozenset({"draft"})),
    Step("end", gettext_lazy("The block ended…"), _end, Ending, needs=lambda e: not _is_over(e)),
    Step("again", gettext_lazy("Blocked again…"), _block_again, Beginning, needs=_is_over),
    Step("withdraw", gettext_lazy("Withdraw…"), _withdraw, Because, frozenset({"published"}), right=REVIEWS),
)


def offered(desk: admin.ModelAdmin, request: HttpRequest, event: BlockEvent) -> list[Step]:
    """The steps that this event can take now at this account's hands, the likeliest first."""
    return [step for step in STEPS if step.is_offered(event) and step.may_be_taken(desk, request, event)]


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
    form = step.asks(request.POST if request.method == "POST" else None) if step.asks else None
    if (form is None or form.is_valid()) and _ran(step, request, event, form):
        return _back(event)
    return _ask(desk, request, event, step, form)


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
    }
    return TemplateResponse(request, "admin/events/blockevent/step.html", context)


def _back(event: BlockEvent) -> HttpResponse:
    return HttpResponseRedirect(reverse("admin:events_blockevent_change", args=[event.pk]))
