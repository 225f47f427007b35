"""Forms that show what was read with their row already, and ask the database for no part of it again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.forms.models import BaseInlineFormSet, ModelChoiceIterator

from events.together import read_together


class ReadFormSet(BaseInlineFormSet):
    """Takes the rows under a noun from the noun, when they were read with it."""

    def get_queryset(self) -> Any:
        rows = self._read_along()
        if rows is not None and not hasattr(self, "_queryset"):
            self._queryset = rows
        return super().get_queryset()

    def _read_along(self) -> list[Any] | None:
        if self.is_bound or self.queryset is None or self.queryset.query.is_empty():
            return None
        name = self.fk.remote_field.get_accessor_name()
        read = getattr(self.instance, "_prefetched_objects_cache", {})
        return list(read[name]) if name in read else None


class ReadChoices(ModelChoiceIterator):
    """The choices of a field that were read once for all forms of a page."""

    rows: Sequence[Any] = ()

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        yield from (self.choice(row) for row in self.rows)

    def __len__(self) -> int:
        return len(self.rows) + (self.field.empty_label is not None)

    def __bool__(self) -> bool:
        return self.field.empty_label is not None or bool(self.rows)


def choose_among(field: Any, rows: Iterable[Any]) -> None:
    """Offer these rows, which are those of the field's queryset."""
    field.iterator = type("Read", (ReadChoices,), {"rows": list(rows)})
    field.queryset = field.queryset  # which makes the widget ask for its choices anew


class _Chosen:
    """What a form's row points at: known from the row, or read at once when the first autocomplete is written."""

    def __init__(self, form: Any) -> None:
        self.form = form
        self.found: dict[str, list[Any]] | None = None

    def of(self, name: str) -> list[Any]:
        if self.found is None:
            self.found = self._read()
        return self.found.get(name, [])

    def _read(self) -> dict[str, list[Any]]:
        row, found, asked = self.form.instance, {}, {}
        along = getattr(row, "_prefetched_objects_cache", {})
        for name, field in _autocompletes(self.form):
            if name in along:
                found[name] = list(along[name])
            elif _inner(field.widget).allow_multiple_selected:
                asked[name] = [one.pk for one in self.form.initial.get(name) or ()]
            elif row._meta.get_field(name).is_cached(row):
                found[name] = [one] if (one := getattr(row, name)) is not None else []
            else:
                asked[name] = [self.form.initial.get(name)]
        fields = self.form.fields
        read = read_together(*(fields[name].queryset.filter(pk__in=keys) for name, keys in asked.items()))
        return found | dict(zip(asked, read, strict=True))


class _Knowing:
    """Names what is chosen without asking, when it is known."""

    chosen: _Chosen | None = None

    def optgroups(self, name: Any, value: Any, attr: Any = None) -> Any:
        keys = {str(key) for key in value if key not in self.choices.field.empty_values}  # type: ignore[attr-defined]
        known = self.chosen.of(self.field.name) if self.chosen else []  # type: ignore[attr-defined]
        rows = [row for row in known if str(row.pk) in keys]
        if len(rows) < len(keys):
            return super().optgroups(name, value, attr)  # type: ignore[misc]
        options: list[Any] = []
        if not self.is_required and not self.allow_multiple_selected:  # type: ignore[attr-defined]
            options.append(self.create_option(name, "", "", False, 0))  # type: ignore[attr-defined]
        for row in rows:
            label = self.choices.field.label_from_instance(row)  # type: ignore[attr-defined]
            options.append(self.create_option(name, row.pk, label, True, len(options)))  # type: ignore[attr-defined]
        return [(None, options, 0)]


class KnowingSelect(_Knowing, AutocompleteSelect):
    """An autocomplete of one row."""


class KnowingSelectMultiple(_Knowing, AutocompleteSelectMultiple):
    """An autocomplete of several rows."""


def tell_known(form: Any) -> None:
    """Tell a form's autocompletes what its row points at. Of a row that is new nothing is known."""
    chosen = _Chosen(form) if form.instance.pk is not None else None
    for _name, field in _autocompletes(form):
        _inner(field.widget).chosen = chosen


def _autocompletes(form: Any) -> Iterator[tuple[str, Any]]:
    return (
        (name, field) for name, field in form.fields.items() if isinstance(_inner(field.widget), _Knowing)
    )


def _inner(widget: Any) -> Any:
    return getattr(widget, "widget", widget)
