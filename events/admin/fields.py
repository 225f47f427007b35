"""Form fields for what sources tell: dates as precise as known, country codes, languages, outside addresses."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from events.countries import country_codes
from events.dates import ImpreciseDate, Precision

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)
_OUTSIDE = re.compile(r"https?://[^\s/]", re.ASCII | re.IGNORECASE)


class ImpreciseDateField(forms.CharField):
    """One field for a date of any precision. Cleans to an ``ImpreciseDate``; blank is unknown."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("help_text", _("2022-11-27, 2022-11 or 2022: as much as the source tells."))
        super().__init__(max_length=10, **kwargs)
        self.widget.attrs |= {"size": "12", "autocomplete": "off", "class": "imprecise-date"}

    def to_python(self, value: Any) -> Any:
        if isinstance(value, ImpreciseDate):
            return value
        text = super().to_python(value)
        if not text:
            return ImpreciseDate.unknown()
        try:
            return ImpreciseDate.parse(text)
        except ValueError as error:
            raise ValidationError(
                _("“%(text)s” is not a date. Write 2022-11-27, 2022-11 or 2022."), params={"text": text}
            ) from error

    def validate(self, value: Any) -> None:
        if self.required and value.precision is Precision.UNKNOWN:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """Nothing is left to check: the text was read whole."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or "") != (data or "").strip()


class CodeField(forms.CharField):
    """A code of a fixed form; null when blank and the column allows it."""

    sentence = _("Write a language tag such as ru, uk or zh-Hant.")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs |= {"size": "8", "autocomplete": "off", "class": "code"}

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if text and not self.is_code(text):
            raise ValidationError(self.sentence)
        return text

    def is_code(self, text: str) -> bool:
        return _LANGUAGE.fullmatch(text) is not None


class CountryField(CodeField):
    """ISO 3166-1 alpha-2, in capitals however it was typed."""

    sentence = _("Write the two letters of a country, such as RU, TR or IN.")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.max_length = None
        self.widget.attrs |= {"size": "4", "maxlength": "2", "autocomplete": "off", "class": "code"}

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.strip().upper() if isinstance(value, str) else value)

    def is_code(self, text: str) -> bool:
        return text in country_codes()


class OutsideAddressField(forms.CharField):
    """An address that readers will be offered as a link: http or https, nothing that a browser would run."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if text and not _OUTSIDE.match(text):
            raise ValidationError(_("Write an address that begins with https:// or http://."))
        return text


def field_of(column: Any) -> type[forms.CharField] | None:
    """The class for a column that holds a code or an outside address; None for every other column."""
    if column.name in {"country", "territory"}:
        return CountryField
    if column.name in {"language", "cited_reason_language"}:
        return CodeField
    if column.name in {"archive_url", "home_url"}:
        return OutsideAddressField
    return None


def iso_of(row: Any, prefix: str) -> str:
    """What a form shows for the date that three columns hold."""
    earliest = getattr(row, f"{prefix}_earliest")
    if earliest is None:
        return ""
    latest, precision = getattr(row, f"{prefix}_latest"), getattr(row, f"{prefix}_precision")
    return ImpreciseDate(earliest, latest, Precision(precision)).iso or ""
