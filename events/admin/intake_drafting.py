"""The draft of an intake: shown beside its source, and taken as a person accepts it; nothing is decided for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events import operations
from events.access import reach
from events.admin.desk import Refused, refusals
from events.admin.intake_alike import Alike, AlikeRow, Asked, alike
from events.admin.intake_forms import AboutForm, DraftForm
from events.admin.intake_shown import Reading, quote_of, reading_of
from events.models import BlockEvent, Intake, Platform, Source


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
        return HttpResponseRedirect(event_url(event)) if event else self._shown(about, form, found)

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

        names = ("group", "authority", "platform", "page_url", "order_number")
        asked = Asked(
            **{name: value(name) for name in names},
            country=value("authority_country"),
            source_url=self.request.POST.get("url", self.intake.url),
        )
        return alike(asked, self.person)

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

    def _recorded(self, form: DraftForm, source: Source, found: Alike) -> BlockEvent | None:
        if (unsaid := self._unsaid(form, found)) is not None:
            form.add_error(*unsaid)
            return None
        group, authority = self._chosen("group", found.groups), self._chosen("authority", found.authorities)
        is_said = form.accepted("authority") is not None
        accepted = form.accept(source=source, group=group, authority=authority if is_said else None)
        event = operations.record_from_intake(
            intake=self.intake, accepted=accepted, by=self.person, now=timezone.now()
        )
        sentence = _("The draft is recorded. Check it, then publish it or send it to review.")
        messages.success(self.request, sentence)
        return event

    def _unsaid(self, form: DraftForm, found: Alike) -> tuple[str | None, str] | None:
        """What a person has to say before anything is recorded: the field, and a sentence."""
        post = self.request.POST
        if form.cleaned_data["kind"] not in {"block", "restoration"}:
            return "kind", _("Only a block is recorded as an event. What is none is not kept.")
        if found.keys - set(post.get("seen", "").split()):
            return None, _("Something like it is recorded already: see below, and say what it is.")
        if found.must_ask and not post.get("is_another"):
            return None, _("Say that it is another event, or add the text to the one that is there.")
        if not self._is_chosen("group", found.groups):
            return "group", _("Say whether it is one of the groups that are there.")
        if form.accepted("authority") and not self._is_chosen("authority", found.authorities):
            return "authority", _("Say whether it is one of the authorities that are there.")
        return None

    def _chosen(self, name: str, rows: list[AlikeRow]) -> Any:
        """The row that was chosen; None for a new one."""
        chosen = self.request.POST.get(f"same_{name}", "")
        return next((one.row for one in rows if str(one.row.pk) == chosen), None)

    def _is_chosen(self, name: str, rows: list[AlikeRow]) -> bool:
        is_new = self.request.POST.get(f"same_{name}") == "new"
        return not rows or is_new or self._chosen(name, rows) is not None

    def _added(self, event: BlockEvent, source: Source) -> BlockEvent:
        now = timezone.now()
        operations.add_intake_as_source(
            intake=self.intake, event=event, source=source, by=self.person, now=now
        )
        messages.success(self.request, _("The text is a source of this event now."))
        return event

    def _ended(self, event: BlockEvent, source: Source, form: DraftForm) -> BlockEvent:
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
            "choices": {
                "group": self._offered("group", found.groups, found.page.group if found.page else None),
                "authority": self._offered("authority", found.authorities),
            },
            "is_another": bool(self.request.POST.get("is_another")),
        }
        return page_of(self.request, "draft", context)

    def _offered(self, name: str, rows: list[AlikeRow], of_page: Any = None) -> dict[str, Any]:
        """The page's own group, or the only row of exactly that name, is chosen already; else a person says."""
        same = [one for one in rows if one.is_same_name]
        chosen = str(of_page.pk) if of_page else str(same[0].row.pk) if len(same) == 1 else ""
        return {"name": f"same_{name}", "rows": rows, "chosen": self.request.POST.get(f"same_{name}", chosen)}


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


def event_url(event: BlockEvent) -> str:
    """The form of the event, with the keyboard at what can be done with it."""
    return reverse("admin:events_blockevent_change", args=[event.pk]) + "#standing-title"


def page_of(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    """One of the intake's templates, in the admin's frame."""
    return TemplateResponse(
        request, f"admin/intake/{name}.html", {**admin.site.each_context(request), **context}
    )
