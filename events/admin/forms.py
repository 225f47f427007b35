"""What every form of the desk does: dates in one field each, and a refusal said where it belongs."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from events.admin.fields import ImpreciseDateField, field_of, iso_of
from events.admin.known import tell_known
from events.dates import ImpreciseDate, Precision


class DatedForm(forms.ModelForm):
    """Maps each name in ``dates`` to the three columns ``NAME_earliest``, ``NAME_latest``, ``NAME_precision``."""

    dates: ClassVar[tuple[str, ...]] = ()
    nullable_dates: ClassVar[tuple[str, ...]] = ()
    """Blank means that it is not known to have happened, and the precision is null."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.dates:
            self.initial.setdefault(name, iso_of(self.instance, name))

    def _post_clean(self) -> None:
        for name in self.dates:
            self._fill(name)
        super()._post_clean()  # type: ignore[misc]

    def _fill(self, name: str) -> None:
        when = self.cleaned_data.get(name)
        field = self.fields.get(name)
        if not isinstance(when, ImpreciseDate) or field is None or field.disabled:
            return
        is_as_it_was = not field.has_changed(self.initial.get(name), self.data.get(self.add_prefix(name)))
        if is_as_it_was and self.instance.pk:
            return  # an interval that one field cannot say, such as 26-27 November, stays as it is
        for part, value in _columns(when, nullable=name in self.nullable_dates):
            setattr(self.instance, f"{name}_{part}", value)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.say_what_is_wrong(cleaned)
        return cleaned

    def say_what_is_wrong(self, cleaned: dict[str, Any]) -> None:
        """Where a form adds its errors, each in a sentence that says what would do."""


class DeskForm(DatedForm):
    """The form of a noun: it asks why, for the history, and repeats what an operation refused."""

    because = forms.CharField(
        label=_("Why"),
        max_length=100,
        required=False,
        help_text=_("Kept in the history beside your name; never published."),
    )
    refusal: ClassVar[tuple[str, str] | None] = None
    """Field (or empty) and sentence; set for the second showing of a form that an operation refused."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "because" in self.fields:
            self.fields["because"].widget.attrs["class"] = "vTextField"
        if not self.is_bound:
            tell_known(self)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.refusal:
            field, sentence = self.refusal
            self.add_error(field if field in self.fields else None, sentence)
        return cleaned


def _columns(when: ImpreciseDate, *, nullable: bool) -> list[tuple[str, Any]]:
    is_blank = when.precision is Precision.UNKNOWN
    precision = None if nullable and is_blank else when.precision.value
    return [("earliest", when.earliest), ("latest", when.latest), ("precision", precision)]


def form_field(column: Any, kwargs: dict[str, Any]) -> dict[str, Any]:
    """``kwargs`` of ``formfield_for_dbfield`` with the class that the column's content asks for."""
    chosen = field_of(column)
    return {**kwargs, "form_class": chosen} if chosen else kwargs


__all__ = ["DatedForm", "DeskForm", "ImpreciseDateField", "form_field"]
