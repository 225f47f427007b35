"""Many events at once: what would become of each is shown first, then done, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events import operations
from events.access.roles import REVIEWS, SEES_DRAFTS
from events.admin import steps
from events.admin.desk import Refused, actor, refusals
from events.models import BlockEvent, BulkChange
from events.models.vocabulary import PUBLICATION, REASON_CATEGORIES
from events.operations import MOST_AT_ONCE, Outcome

RELATED = ("group", "platform", "page", "page__group", "page__platform", "watch", "authority")


class Nothing(forms.Form):
    because = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=gettext_lazy("Kept in the history beside your name; never published."),
    )


class Withdrawal(forms.Form):
    because = forms.CharField(
        label=gettext_lazy("Why"),
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=gettext_lazy("Readers of the event's address will see this sentence."),
    )


class Category(Nothing):
    category = forms.ChoiceField(label=gettext_lazy("Category"), choices=[("", "…"), *REASON_CATEGORIES])
    field_order = ("category", "because")


@dataclass(frozen=True, slots=True)
class Bulk:
    """``words`` tell a value of the column that changes."""

    label: Any
    form: type[forms.Form]
    words: dict[str, Any]
    permission: str = "change"
    step: str = ""
    """The step that each event would take by itself; empty: a change that its form could make."""
    undoing: str = ""
    """The step that taking it back amounts to, where that needs a right of its own."""


BULKS = {
    "publish": Bulk(gettext_lazy("Publish"), Nothing, dict(PUBLICATION), "publish", "publish", "withdraw"),
    "review": Bulk(gettext_lazy("Send to review"), Nothing, dict(PUBLICATION), step="review"),
    "withdraw": Bulk(
        gettext_lazy("Withdraw"), Withdrawal, dict(PUBLICATION), "review", "withdraw", "withdraw"
    ),
    "category": Bulk(gettext_lazy("Set the category of the reason"), Category, dict(REASON_CATEGORIES)),
}


def chosen(kind: str) -> Any:
    """The action of the list that leads to the preview."""

    @admin.action(description=f"{kind}", permissions=[BULKS[kind].permission])
    def action(desk: admin.ModelAdmin, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        ids = list(queryset.order_by().values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
        if len(ids) > MOST_AT_ONCE:
            sentence = _("At most %(n)d events at once: choose fewer, or narrow the list.")
            messages.error(request, sentence % {"n": MOST_AT_ONCE})
            return None
        back = request.GET.urlencode()
        asks = any(field.required for field in BULKS[kind].form().fields.values())
        return _page(desk, request, kind, ids, BULKS[kind].form(), back, is_tried=not asks)

    action.short_description = BULKS[kind].label  # type: ignore[attr-defined]
    action.__name__ = f"bulk_{kind}"
    return action


@admin.action(description=gettext_lazy("Check now"), permissions=["change"])
def check_selected(desk: admin.ModelAdmin, request: HttpRequest, queryset: QuerySet[Any]) -> None:
    now = timezone.now()
    events = queryset.select_related("page")[:MOST_AT_ONCE]
    due = sum(operations.check_now(event=event, now=now) for event in events)
    steps.say_due(request, due)


@admin.action(description=gettext_lazy("Mark the change of status as seen"), permissions=["every_draft"])
def seen_selected(desk: admin.ModelAdmin, request: HttpRequest, queryset: QuerySet[Any]) -> None:
    events = list(queryset[:MOST_AT_ONCE])
    n = operations.see_changes(events=events, by=actor(request), now=timezone.now())
    messages.success(
        request, ngettext("%d change is marked as seen.", "%d changes are marked as seen.", n) % n
    )


@admin.action(description=gettext_lazy("These are no duplicates"), permissions=["every_draft"])
def no_twins_selected(desk: admin.ModelAdmin, request: HttpRequest, queryset: QuerySet[Any]) -> None:
    events = list(queryset[:MOST_AT_ONCE])
    n = operations.dismiss_twins(events=events, by=actor(request), now=timezone.now())
    messages.success(
        request, ngettext("%d pair is no pair of duplicates.", "%d pairs are no pairs of duplicates.", n) % n
    )


ACTIONS: list[Callable[..., Any]] = [
    check_selected,
    *(chosen(kind) for kind in BULKS),
    seen_selected,
    no_twins_selected,
]


def run(desk: admin.ModelAdmin, request: HttpRequest, kind: str) -> HttpResponse:
    """Show again what would become of the events, or do it. Only a POST is answered."""
    if kind not in BULKS:
        raise Http404(_("There is no such action."))
    if not getattr(desk, f"has_{BULKS[kind].permission}_permission")(request):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    ids = [int(given) for given in request.POST.getlist("ids") if given.isdigit()][: MOST_AT_ONCE + 1]
    form, back = BULKS[kind].form(request.POST), request.POST.get("back", "")
    if not form.is_valid() or "confirm" not in request.POST:
        return _page(desk, request, kind, ids, form, back, is_tried=form.is_valid())
    allowed, forbidden = _sorted_out(desk, request, kind, _events(desk, request, ids))
    try:
        with refusals():
            bulk, outcomes = operations.change_many(
                kind=kind, events=allowed, by=actor(request), now=timezone.now(), **form.cleaned_data
            )
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return _page(desk, request, kind, ids, form, back, is_tried=False)
    return _result(desk, request, kind, bulk, [*forbidden, *outcomes], back)


def _sorted_out(
    desk: admin.ModelAdmin, request: HttpRequest, kind: str, events: list[Any]
) -> tuple[list[Any], list[Outcome]]:
    """Those that the account may do this to, and the refusal of the others: rights are a matter of the row."""
    step = next((each for each in steps.STEPS if each.name == BULKS[kind].step), None)
    allowed, forbidden = [], []
    for event in events:
        may = step.may_be_taken(desk, request, event) if step else desk.has_change_permission(request, event)
        if may:
            allowed.append(event)
        else:
            now = _now(kind, event)
            forbidden.append(Outcome(event, now, now, _("Your role does not allow this for this event.")))
    return allowed, forbidden


def undo(desk: admin.ModelAdmin, request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask why where readers will be told, then take the change back, and say what could not be."""
    bulk = BulkChange.objects.filter(public_id=public_id).select_related("by").first()
    if bulk is None:
        raise Http404(_("There is no such change."))
    if not _may_undo(desk, request, bulk):
        raise PermissionDenied
    asks = Withdrawal if bulk.kind == "publish" else Nothing
    form = asks(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            with refusals():
                outcomes = operations.undo_bulk(
                    bulk=bulk, by=actor(request), now=timezone.now(), because=form.cleaned_data["because"]
                )
            bulk.refresh_from_db()
            return _result(desk, request, bulk.kind, bulk, outcomes, "", is_undo=True)
        except Refused as refused:
            form.add_error(None, refused.sentence)
    context = {"title": _("Undo: %s") % BULKS[bulk.kind].label, "bulk": bulk, "form": form}
    return _answer(desk, request, "undo", {**context, "n": bulk.changed.count()})


def _may_undo(desk: admin.ModelAdmin, request: HttpRequest, bulk: BulkChange) -> bool:
    """Who did it, or who works on all drafts; and only with the right to what taking it back amounts to."""
    is_near = bulk.by_id == request.user.pk or request.user.has_perm(SEES_DRAFTS)
    right = REVIEWS if BULKS[bulk.kind].undoing else None
    return is_near and desk.has_change_permission(request) and (right is None or request.user.has_perm(right))


def _events(desk: admin.ModelAdmin, request: HttpRequest, ids: list[int]) -> list[Any]:
    """Only events that this person may see, each whole: what an operation writes is never half a row."""
    rows = desk.get_queryset(request).select_related(None).prefetch_related(None).defer(None)
    return list(rows.filter(pk__in=ids).select_related(*RELATED).order_by("pk"))


def _page(
    desk: admin.ModelAdmin,
    request: HttpRequest,
    kind: str,
    ids: list[int],
    form: forms.Form,
    back: str,
    *,
    is_tried: bool,
) -> HttpResponse:
    """The preview. What has to be asked first is asked with the events beneath, not yet tried."""
    events = _events(desk, request, ids)
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    if is_tried:
        allowed, forbidden = _sorted_out(desk, request, kind, events)
        tried = operations.preview_bulk(
            kind=kind, events=allowed, by=actor(request), now=timezone.now(), **said
        )
        outcomes = [*forbidden, *tried]
    else:
        outcomes = [Outcome(event, _now(kind, event), "") for event in events]
    context = {
        "title": BULKS[kind].label,
        "kind": kind,
        "form": form,
        "ids": ids,
        "back": back,
        "rows": _rows(kind, outcomes),
        "is_tried": is_tried,
        "n_done": sum(not outcome.refusal for outcome in outcomes),
        "n_refused": sum(bool(outcome.refusal) for outcome in outcomes),
    }
    return _answer(desk, request, "bulk", context)


def _now(kind: str, event: BlockEvent) -> str:
    return str((event.reason_category if kind == "category" else event.publication) or "")


def _result(
    desk: admin.ModelAdmin,
    request: HttpRequest,
    kind: str,
    bulk: BulkChange,
    outcomes: list[Outcome],
    back: str,
    *,
    is_undo: bool = False,
) -> HttpResponse:
    context = {
        "title": _("Undone: %s") % BULKS[kind].label if is_undo else BULKS[kind].label,
        "bulk": bulk,
        "back": back,
        "rows": _rows(kind, outcomes),
        "n_done": sum(not outcome.refusal for outcome in outcomes),
        "n_refused": sum(bool(outcome.refusal) for outcome in outcomes),
        "is_undo": is_undo,
    }
    return _answer(desk, request, "bulk_done", context)


def _rows(kind: str, outcomes: list[Outcome]) -> list[dict[str, Any]]:
    """Refusals first: they are what has to be read."""
    words = BULKS[kind].words
    told = [
        {
            "event": outcome.event,
            "before": words.get(outcome.before, _("not known")),
            "after": words.get(outcome.after, ""),
            "refusal": outcome.refusal,
        }
        for outcome in outcomes
    ]
    return sorted(told, key=lambda row: not row["refusal"])


def _answer(desk: admin.ModelAdmin, request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    whole = {**desk.admin_site.each_context(request), "opts": desk.opts, **context}
    return TemplateResponse(request, f"admin/events/blockevent/{name}.html", whole)


__all__ = ["ACTIONS", "run", "undo"]
