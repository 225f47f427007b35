"""A form that loses nothing: what is typed is kept as it is typed, and what two people change at once is joined."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from events import operations
from events.admin import merging
from events.admin.desk import Desk
from events.admin.openings import Opening, Words, hint_of, name_of
from events.models import FormDraft, FormOpened
from events.operations import Entry, Inconsistent
from events.together import read_together
from tracker.templatetags.states import moment


class Overtaken(Exception):
    """Somebody saved between the comparison and the saving: compare again."""


class EnteringDesk(Desk):
    """A desk whose form is kept while it is typed, and compared with what is stored before it is saved."""

    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}"

        def view(do: Callable[..., HttpResponse]) -> Any:
            return require_POST(self.admin_site.admin_view(do))

        return [
            path("draft/<slug:token>/", view(self.draft_view), name=f"{name}_draft"),
            path("draft/<slug:token>/<slug:decision>/", view(self.left_view), name=f"{name}_left"),
            path("<path:object_id>/draft/<slug:token>/", view(self.draft_view), name=f"{name}_draft"),
            path(
                "<path:object_id>/draft/<slug:token>/<slug:decision>/",
                view(self.left_view),
                name=f"{name}_left",
            ),
            path("<path:object_id>/open/", view(self.open_view), name=f"{name}_open"),
            *super().get_urls(),
        ]

    # --- What pages report and people decide

    def draft_view(self, request: HttpRequest, token: str, object_id: str = "") -> HttpResponse:
        """Keep what is typed. Says when it was kept, or in a sentence why not."""
        entry, now = self._entry(request, object_id, token), timezone.now()
        sent = ((name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken")
        fields = [(name, value) for name, values in sent for value in values]
        try:
            is_kept = operations.keep_draft(entry=entry, fields=fields, now=now)
        except Inconsistent as error:
            return JsonResponse({"kept": False, "says": str(error)}, status=400)
        says = _("Not saved yet; kept for you at %(time)s UTC.") % {"time": f"{now:%H:%M:%S}"}
        return JsonResponse({"kept": is_kept, "says": says if is_kept else ""})

    def left_view(self, request: HttpRequest, token: str, decision: str, object_id: str = "") -> HttpResponse:
        """Take up what was left unsaved, or throw it away."""
        entry = self._entry(request, object_id, token)
        draft = operations.find_draft(entry=entry)
        if draft is None or decision not in {"restore", "discard"}:
            raise Http404(_("There is no such draft."))
        if decision == "discard":
            operations.close_draft(entry=entry, now=timezone.now())
            messages.success(request, _("What was left unsaved is thrown away."))
            return HttpResponseRedirect(self._form_url(entry.object_id))
        return self._restored(request, draft)

    def open_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Somebody has the form open, or leaves it. Answers who else has, and whether it was saved meanwhile."""
        entry = self._entry(request, object_id)
        if request.POST.get("left"):
            operations.say_closed(entry=entry)
            return JsonResponse({"says": []})
        operations.say_open(entry=entry, now=timezone.now())
        obj = self.get_object(request, entry.object_id)
        others = operations.others_at(entry=entry, now=timezone.now())
        version = request.POST.get("_version", "")
        return JsonResponse({"says": self._sentences(obj, others, version, self.version(obj))})

    def _restored(self, request: HttpRequest, draft: FormDraft) -> HttpResponse:
        post = QueryDict(mutable=True)
        request.POST.get("")  # read what was sent: reading it later would put it back in the draft's place
        for name, value in draft.fields:
            post.appendlist(name, value)
        post["_draft"] = draft.token
        request.POST = post  # type: ignore[assignment]
        request.restored = True  # type: ignore[attr-defined]
        sentence = _("This is what you left on %(when)s. Nothing of it is saved yet.")
        request.refusal = ("", sentence % {"when": moment(draft.saved_at)})  # type: ignore[attr-defined]
        form_url = self._form_url(draft.object_id)
        if draft.object_id:
            return self.change_view(request, draft.object_id, form_url)
        return self.add_view(request, form_url)

    def _form_url(self, object_id: str) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        return reverse(f"{name}_change", args=[object_id]) if object_id else reverse(f"{name}_add")

    def _entry(self, request: HttpRequest, object_id: str, token: str = "") -> Entry:
        """The opening that a request speaks of; only of a form that this person may fill in."""
        obj = self.get_object(request, unquote(object_id)) if object_id else None
        may = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        if not may or (object_id and obj is None):
            raise PermissionDenied
        return Entry(_person(request), self.opts.label_lower, str(obj.pk) if obj else "", token)

    # --- Saving

    def changeform_view(
        self, request: HttpRequest, object_id: Any = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Join with what was saved since the form was opened; again when somebody is faster."""
        for _attempt in range(5):
            self._join(request, object_id)
            try:
                return super().changeform_view(request, object_id, form_url, extra_context)
            except Overtaken:
                continue
        raise Overtaken("Others save this faster than it can be compared.")

    def keep(self, request: HttpRequest, row: Any, form: Any, because: str) -> None:
        if row.pk is not None and "_base" in request.POST:
            self.model._default_manager.select_for_update().filter(pk=row.pk).first()
            if self.version(row) != request.POST.get("_version"):
                raise Overtaken
        self.keep_entry(request, row, form, because)

    def keep_entry(self, request: HttpRequest, row: Any, form: Any, because: str) -> None:
        """Store the row that the form filled in."""
        super().keep(request, row, form, because)

    def version(self, obj: Any) -> str:
        """Which version of its history an object is at. Whoever saves the form makes the next."""
        return str(next(iter(_newest(obj)), ""))

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        self._close(request, "")
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        self._close(request, str(obj.pk))
        merged, by = getattr(request, "merged", None), getattr(request, "saved_by", "")
        if merged is not None and merged.taken:
            sentence = _("Joined with what %(who)s saved meanwhile: %(fields)s.")
            messages.info(request, sentence % {"who": by, "fields": ", ".join(self._labels(request, obj))})
        return super().response_change(request, obj)

    def _close(self, request: HttpRequest, object_id: str) -> None:
        entry = Entry(_person(request), self.opts.label_lower, object_id, request.POST.get("_draft", ""))
        operations.close_draft(entry=entry, now=timezone.now())

    def _join(self, request: HttpRequest, object_id: Any) -> None:
        if request.method != "POST" or not object_id or "_base" not in request.POST:
            return
        obj = self.get_object(request, unquote(object_id))
        if obj is None or not self.has_change_permission(request, obj):
            return
        before, version = request.POST.get("_version", ""), self.version(obj)
        form, formsets = self.unbound(request, obj)
        theirs = merging.shown(form, formsets)
        base = merging.decoded(request.POST["_base"])
        merged = merging.merge(request.POST, base=base, theirs=theirs, form=form, formsets=formsets)
        earlier = getattr(request, "merged", None)
        merged.taken += earlier.taken if earlier else []
        merged.post["_base"], merged.post["_version"] = merging.encoded(theirs), version
        request.POST = merged.post  # type: ignore[assignment]
        request.merged = merged  # type: ignore[attr-defined]
        request.saved_by = self._saved_by(obj, before)  # type: ignore[attr-defined]
        if merged.must_ask:
            sentence = _("Somebody else changed the same: see above. Nothing is saved and nothing is lost.")
            request.refusal = ("", sentence)  # type: ignore[attr-defined]

    def unbound(self, request: HttpRequest, obj: Any) -> tuple[forms.BaseForm, list[Any]]:
        """The form and its formsets as a page that is opened now would show them."""
        form = self.get_form(request, obj, change=True)(instance=obj)
        formsets, seen = [], {}  # type: ignore[var-annotated]
        for formset_class, inline in self.get_formsets_with_inlines(request, obj):
            prefix = formset_class.get_default_prefix()
            seen[prefix] = seen.get(prefix, 0) + 1
            if seen[prefix] > 1:
                prefix = f"{prefix}-{seen[prefix]}"
            queryset = inline.get_queryset(request)
            if inline.has_change_permission(request, obj):
                formsets.append(formset_class(instance=obj, prefix=prefix, queryset=queryset))
        return form, formsets

    # --- What the page shows of it

    def render_change_form(
        self,
        request: HttpRequest,
        context: Any,
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        may = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        if may:
            context["opening"] = self._opening(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _opening(self, request: HttpRequest, obj: Any) -> Opening:
        token = request.POST.get("_draft", "") or secrets.token_hex(8)
        object_id = str(obj.pk) if obj else ""
        entry = Entry(_person(request), self.opts.label_lower, object_id, token)
        opening = Opening(token, object_id, is_restored=hasattr(request, "restored"))
        drafts = operations.drafts_of(entry=entry)
        if obj is None:
            opening.drafts = [(draft, hint_of(draft)) for draft in drafts]
            return opening
        left, others, newest = read_together(
            drafts, operations.others_at(entry=entry, now=timezone.now()), _newest(obj)
        )
        opening.drafts = [(draft, hint_of(draft)) for draft in left]
        version = str(next(iter(newest), ""))
        opening.version = request.POST.get("_version") or version
        form, formsets = self.unbound(request, obj)
        opening.base = request.POST.get("_base") or merging.encoded(merging.shown(form, formsets))
        opening.sentences = self._sentences(obj, others, opening.version, version)
        if (merged := getattr(request, "merged", None)) is not None:
            words = Words(form, formsets)
            opening.questions = [words.question(conflict) for conflict in merged.conflicts]
            opening.revived = [words.row(key) for key in merged.revived]
            opening.taken = words.labels(merged.taken)
            opening.saved_by = getattr(request, "saved_by", "")
        return opening

    def _labels(self, request: HttpRequest, obj: Any) -> list[str]:
        return Words(*self.unbound(request, obj)).labels(request.merged.taken)  # type: ignore[attr-defined]

    def _sentences(self, obj: Any, others: Iterable[FormOpened], version: str, newest: str) -> list[str]:
        """Who else has the form open, and that it was saved since this one was opened."""
        said = [
            _("%(who)s is editing this since %(when)s.")
            % {"who": name_of(row.user), "when": moment(row.since)}
            for row in others
        ]
        if version and version != newest:
            sentence = _("%(who)s has saved this meanwhile. What you save is joined with it.")
            said.append(sentence % {"who": self._saved_by(obj, version)})
        return said

    def _saved_by(self, obj: Any, since: str) -> str:
        is_version = since.isdecimal() and len(since) < 19  # what a browser sends may be anything
        later = obj.history.filter(history_id__gt=int(since) if is_version else 0)
        row = later.select_related("history_user").order_by("-history_id").first()
        if row is None or row.history_user is None:
            return _("somebody else")
        return name_of(row.history_user)


def _newest(obj: Any) -> QuerySet[Any, Any]:
    """The number of the last version of an object's history."""
    return obj.history.order_by("-history_id").values_list("history_id", flat=True)[:1]


def _person(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
