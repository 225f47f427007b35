"""Dates as precise as known and no more, in the reader's language; links that cannot run anything."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

register = template.Library()
_OVERRIDES = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@register.filter
def known_date(row: Any, prefix: str) -> str:
    """The date that three columns of a row hold, in words: ``27 November 2022``, ``November 2022``, ``2022``."""
    earliest, latest = getattr(row, f"{prefix}_earliest"), getattr(row, f"{prefix}_latest")
    precision = getattr(row, f"{prefix}_precision")
    if earliest is None or latest is None:
        return _("date not known")
    if precision == "year":
        return _between(str(earliest.year), str(latest.year))
    if precision == "month":
        return _between(_month(earliest), _month(latest))
    return _between(day(earliest), day(latest))


@register.filter
def without_overrides(text: Any) -> str:
    """For places where no element can hold a name apart, such as a title: no character that turns the text around."""
    return _OVERRIDES.sub("", str(text))


def isolated(text: Any) -> str:
    """A name inside a sentence: whatever direction it asks for ends with it."""
    shown = str(text)
    return f"\u2068{shown}\u2069" if _OVERRIDES.search(shown) else shown


def _between(first: str, last: str) -> str:
    return first if first == last else _("between %(first)s and %(last)s") % {"first": first, "last": last}


def day(on: date) -> str:
    """A day in words: ``27 November 2022``."""
    return date_format(on, "j E Y" if get_language() == "ru" else "j F Y")


def _month(day: date) -> str:
    return date_format(day, "F Y").lower() if get_language() == "ru" else date_format(day, "F Y")


@register.simple_tag
def outside(address: str, text: str = "") -> SafeString:
    """A link that leaves, for http and https only; any other address is shown as text and nothing else."""
    shown = text or address
    if not address.lower().startswith(("https://", "http://")):
        return format_html("<bdi>{}</bdi>", shown)
    return format_html(
        '<a href="{}" rel="noopener noreferrer nofollow external"><bdi>{}</bdi></a>', address, shown
    )
