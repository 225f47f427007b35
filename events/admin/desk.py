"""The base of every noun's admin: it translates a form into one operation, and a refusal into a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import reduce
from operator import and_
from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, RelatedFieldWidgetWrapper
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.admin import SimpleHistoryAdmin

from events import operations
from events.admin.forms import DatedForm, DeskForm, form_field
from events.admin.known import KnowingSelect, KnowingSelectMultiple, ReadFormSet, tell_known
from events.admin.reaching import ReachedChoices, Reaching, without_internal
from events.models import BlockEvent, Page
from events.models.searching import SearchText
from events.operations import Actor
from events.searching import MOST_WORDS, finding
from events.text import searched_words
from tracker.operations import AddressRefused

EXAMPLES = 3
HISTORY = (gettext_lazy("History"), {"fields": ("because",)})


class Refused(Exception):
    """An operation would not do it. ``field`` is where the form says so; empty for the form as a whole."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field, self.sentence = field, sentence


@contextmanager
def refusals() -> Iterator[None]:
    """Turns what operations raise for people into ``Refused``."""
    try:
        yield
    except AddressRefused as error:
        raise Refused("url", str(error)) from error
    except operations.Untold as error:
        raise Refused("erratum", str(error)) from error
    except ValueError as error:
        raise Refused("", str(error)) from error
    except IntegrityError as error:
        sentence = _(
            "The database refused this because it contradicts what is stored (%(detail)s). Nothing was saved."
        )
        raise Refused("", sentence % {"detail": str(error).splitlines()[0][:200]}) from error


def actor(request: HttpRequest) -> Actor:
    """Who is signed in; the admin lets nobody else come this far."""
    return request.user if isinstance(request.user, User) else None


def chip(state: str, territory: str = "") -> SafeString:
    """A status as the lists show it."""
    return render_to_string("tracker/state.html", {"value": state, "territory": territory})


def word(state: str) -> str:
    """The word of a status. Words and shapes are the tracker's, and reach us through its templates."""
    return render_to_string("tracker/word.html", {"value": state}).strip()


class WithCodes(ReachedChoices):
    """Country codes, languages and outside addresses are read by their own fields; texts begin three lines high."""

    formfield_overrides = {models.TextField: {"widget": AdminTextareaWidget(attrs={"rows": 3})}}

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs = form_field(db_field, kwargs)
        if db_field.name in self.autocomplete_fields:  # type: ignore[attr-defined]
            widget_class = KnowingSelectMultiple if db_field.many_to_many else KnowingSelect
            kwargs.setdefault("widget", widget_class(db_field, self.admin_site))  # type: ignore[attr-defined]
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if isinstance(widget := getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            # What is related is changed on its own page.
            widget.can_change_related = widget.can_delete_related = False
        return field


class Desk(Reaching, WithCodes, SimpleHistoryAdmin):
    """Every write goes through ``keep``, ``keep_part`` or ``operations.remove``."""

    form = DeskForm
    list_per_page = 50
    show_full_result_count = False
    view_on_site = False
    search_fields: Any = ("pk",)
    """Only says that there is a search; what it looks into is ``texts`` and what ``matching`` adds."""
    texts: type[SearchText] | None = None
    """The search texts of these rows."""
    texts_of: tuple[tuple[str, type[SearchText]], ...] = ()
    """Those of what the rows point to: the path, and the texts behind it."""
    plain_keys: tuple[str, ...] = ()
    """Columns that are searched as typed."""
    exact_keys: tuple[str, ...] = ("public_id",)
    """Columns that a word is compared with as a whole."""
    read_along: tuple[str, ...] = ()
    """What the page of a row shows of others: read with the row."""

    def keep(self, request: HttpRequest, row: Any, form: Any, because: str) -> None:
        """Store the row that the form filled in."""
        self.ready_for(request, row)
        operations.keep(row, by=actor(request), now=timezone.now(), because=because)

    def keep_part(
        self, request: HttpRequest, row: Any, because: str, correction: operations.Correction
    ) -> None:
        """Store a row that was filled in under its noun."""
        self.ready_for(request, row)
        operations.keep(row, by=actor(request), now=timezone.now(), because=because, correction=correction)

    def ready_for(self, request: HttpRequest, row: Any) -> None:
        """A page's platform is worked out from its address, so every platform has to be there."""
        if isinstance(row, Page):
            operations.ensure_platforms(by=actor(request), now=timezone.now())

    # --- Django's hooks, in the order in which they are called

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The row, with what its page shows of others. Read once where nothing is written: several ask for it."""
        if request.method not in {"GET", "HEAD"}:
            return super().get_object(request, object_id, from_field)
        known = request.__dict__.setdefault("_rows_of_desk", {})
        key = (self.opts.label, str(object_id), from_field)
        if key not in known:
            known[key] = self.read_row(request, object_id, from_field)
        return known[key]

    def read_row(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        rows = self.get_queryset(request)
        rows = rows.select_related(*self.read_along) if self.read_along else rows
        column = self.opts.get_field(from_field) if from_field else self.opts.pk
        try:
            return rows.get(**{column.name: column.to_python(object_id)})
        except (self.model.DoesNotExist, ValidationError, ValueError):
            return None

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refusal = getattr(request, "refusal", None)
        return form

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """As declared, with the reason last; whoever may only look sees the columns behind the form's fields."""
        declared = list(self.fieldsets or [(None, {"fields": self.get_fields(request, obj)})])
        if not self.reads_internal(request, obj):
            declared = without_internal(declared)
        if self.has_change_permission(request, obj) if obj else self.has_add_permission(request):
            return [*declared, HISTORY]
        return [
            (title, {**options, "fields": self._columns(options["fields"])}) for title, options in declared
        ]

    def _columns(self, names: Any) -> list[str]:
        only_typed = getattr(self.form, "TYPED", ())
        flat = [name for row in names for name in (row if isinstance(row, (list, tuple)) else [row])]
        flat = [name for name in flat if name not in only_typed]
        dates = self.form.dates if issubclass(self.form, DatedForm) else ()
        ends = ("earliest", "latest", "precision")
        return [c for name in flat for c in ([f"{name}_{end}" for end in ends] if name in dates else [name])]

    def revert_disabled(self, request: HttpRequest, obj: Any = None) -> bool:
        """Old versions are read; whoever wants one back corrects the row and says why."""
        return True

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """The library would store an old version for whoever may read it; here it is only read."""
        if request.method == "POST":
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return super().history_form_view(request, object_id, version_id, extra_context)

    def changeform_view(
        self, request: HttpRequest, object_id: Any = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """A refusal rolls everything back and shows the form again with the sentence in its place."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as refused:
            request.refusal = (refused.field, refused.sentence)  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        with refusals():
            self.keep(request, obj, form, form.cleaned_data.get("because", ""))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The operations store what belongs to many; only the parts are left."""
        for formset in formsets:
            self.save_formset(request, form, formset, change=change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        because = form.cleaned_data.get("because", "")
        said = {"because": because, "correction": self.correction(form)}
        with refusals():
            rows = formset.save(commit=False)
            for row in rows:  # first what is new: what is published keeps a source at every moment
                self.keep_part(request, row, because, said["correction"])
            for gone in formset.deleted_objects:
                operations.remove(gone, by=actor(request), now=timezone.now(), **said)

    def correction(self, form: Any) -> operations.Correction:
        """What readers are told of the change, where the form asks for that."""
        return operations.Correction()

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        operations.remove(obj, by=actor(request), now=timezone.now(), because="deleted in the admin")

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What stands under a noun goes with it and needs no right of its own; what is in use is said to be."""
        if used := _uses(objs):
            return [], {}, set(), used
        shown, counts, lacking, protected = super().get_deleted_objects(objs, request)
        parts = {inline.model._meta.verbose_name for inline in self.inlines}
        if self.texts is not None:  # a search text is nobody's entry, and goes unsaid
            name = self.texts._meta.verbose_name
            parts.add(name)
            counts.pop(self.texts._meta.verbose_name_plural, None)
            shown = _without(shown, f"{capfirst(name)}: ")
        return shown, counts, set() if protected else lacking - parts, protected

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for row in queryset:
            self.delete_model(request, row)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Every word must be found, in any order, script and spelling; signs by themselves are no words."""
        if not search_term.strip():
            return queryset, False
        words = [word for word in search_term.split() if searched_words(word)][:MOST_WORDS]
        return queryset.filter(self.matching(words)) if words else queryset.none(), False

    def matching(self, words: list[str]) -> Q:
        """Which rows the words of a search find, all of them in one text; one word may also be an id."""
        found = Q(pk__in=[])
        if self.texts is not None:
            found |= finding(words, self.texts)
        for path, texts in self.texts_of:
            found |= finding(words, texts, path)
        if len(words) == 1:
            for column in self.exact_keys:
                found |= Q(**{column: words[0]})
        for column in self.plain_keys:
            found |= reduce(and_, (Q(**{f"{column}__icontains": word}) for word in words))
        return found


def _uses(rows: Iterable[Any]) -> list[str]:
    """What stands on the rows and keeps them, by a few examples: of a platform there may be a hundred thousand."""
    used: list[str] = []
    for row in rows:
        for relation in row._meta.related_objects:
            if relation.on_delete is not models.PROTECT:
                continue
            others = relation.related_model._base_manager.filter(**{relation.field.name: row})
            if relation.related_model is BlockEvent:
                others = others.select_related("group", "platform")
            name = capfirst(relation.related_model._meta.verbose_name)
            used += [f"{name}: {other}" for other in others[:EXAMPLES]]
    return used


def _without(shown: list[Any], prefix: str) -> list[Any]:
    """The nested list of what a deletion takes along, but for the lines that begin so."""
    kept = [_without(line, prefix) if isinstance(line, list) else line for line in shown]
    return [line for line in kept if line and not str(line).startswith(prefix)]


class PartForm(DatedForm):
    """A row under its noun."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            tell_known(self)


class Part(WithCodes, admin.TabularInline):  # type: ignore[misc]
    """Rows that are typed in under their noun, one line each."""

    form = PartForm
    formset = ReadFormSet
    extra = 0
    classes = ("parts",)


class StackedPart(WithCodes, admin.StackedInline):  # type: ignore[misc]
    """Rows that need more than one line."""

    form: type[DatedForm] = PartForm
    formset = ReadFormSet
    extra = 0
    classes = ("parts",)


class ShownPart(Part):
    """Rows that are only shown."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
