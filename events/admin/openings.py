"""What the page of a form knows of this opening of it, and its fields and values in the words of people."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from events.admin import merging
from events.models import FormDraft

_HINTS = (
    "address", "new_group", "summary", "cited_reason", "sources-0-title", "sources-0-url", "internal_notes",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """A field that both changed, in words."""

    html: str
    label: str
    mine: str
    theirs: str


@dataclass(slots=True)
class Opening:
    """What a page needs to know of this opening of its form."""

    token: str
    object_id: str
    base: str = ""
    version: str = ""
    drafts: list[tuple[FormDraft, str]] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    revived: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    saved_by: str = ""
    is_restored: bool = False


class Words:
    """Names and values of a page's fields as people read them."""

    def __init__(self, form: forms.BaseForm, formsets: list[Any]) -> None:
        self.form, self.formsets = form, {formset.prefix: formset for formset in formsets}

    def question(self, conflict: merging.Conflict) -> Question:
        key = conflict.key
        if key.name == "DELETE":
            return Question(key.html, self.label(key), _("removed"), _("changed and kept"))
        a_field = self._form(key).fields[key.name]
        return Question(
            key.html, self.label(key), _said(a_field, conflict.mine), _said(a_field, conflict.theirs)
        )

    def labels(self, keys: list[merging.Key]) -> list[str]:
        return list(dict.fromkeys(self.label(key) for key in keys))

    def label(self, key: merging.Key) -> str:
        a_field = self._form(key).fields.get(key.name)
        own = str(a_field.label or key.name) if a_field else ""
        own = own[:1].upper() + own[1:]
        if not key.prefix:
            return own
        return f"{self.row(key)}: {own}" if own and key.name != "DELETE" else self.row(key)

    def row(self, key: merging.Key) -> str:
        """``Source “A report”``; of a row that is gone, the name of its kind."""
        formset = self.formsets[key.prefix]
        kind = str(formset.model._meta.verbose_name)
        kind = kind[:1].upper() + kind[1:]
        found = next((f.instance for f in formset.initial_forms if str(f.instance.pk) == key.row), None)
        return f"{kind} “{found}”" if found else kind

    def _form(self, key: merging.Key) -> Any:
        return self.formsets[key.prefix].empty_form if key.prefix else self.form


def _said(a_field: Any, values: merging.Values) -> str:
    """A value as its field shows it."""
    if not any(values):
        return _("(empty)")
    if isinstance(a_field, forms.ModelChoiceField):
        named = {str(row.pk): str(row) for row in _rows(a_field).filter(pk__in=_numbers(values))}
    else:
        named = {str(value): str(label) for value, label in getattr(a_field, "choices", ())}
    return ", ".join(named.get(value, value) for value in values)


def _numbers(values: merging.Values) -> list[str]:
    return [value for value in values if value.isdecimal()]


def hint_of(draft: FormDraft) -> str:
    """The words by which a person knows what they were writing."""
    typed = {name: value for name, value in draft.fields if value.strip()}
    return next((typed[name][:80] for name in _HINTS if name in typed), "")


def _rows(a_field: forms.ModelChoiceField) -> Any:
    return a_field.queryset


def name_of(user: Any) -> str:
    return user.get_full_name() or user.get_username()
