"""How a status is shown: always a word, a shape and a colour, so that no reader depends on one of them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from babel import Locale, UnknownLocaleError
from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tracker.facts import REHEARSAL_TERRITORY

register = template.Library()

WORDS = {
    "blocked": gettext_lazy("Still blocked"),
    "likely_blocked": gettext_lazy("Likely blocked"),
    "removed": gettext_lazy("Removed by the platform"),
    "gone": gettext_lazy("Gone"),
    "restricted": gettext_lazy("Behind a wall"),
    "reachable": gettext_lazy("Reachable"),
    "down": gettext_lazy("Down for everyone"),
    "insufficient": gettext_lazy("Not enough evidence"),
}

_SQUARE = '<rect x="1.75" y="1.75" width="12.5" height="12.5" rx="1"/>'
_CIRCLE = '<circle cx="8" cy="8" r="6.25"/>'
SHAPES = {
    "blocked": f'<g class="full">{_SQUARE}</g>',
    "likely_blocked": f'<g class="line">{_SQUARE}</g><path class="full" d="M2 2v12h12z"/>',
    "removed": f'<g class="line">{_SQUARE}<path d="M5 5l6 6M11 5l-6 6"/></g>',
    "gone": f'<g class="line dashed">{_CIRCLE}</g>',
    "restricted": f'<g class="line">{_CIRCLE}</g><path class="full" d="M4 6.5h8v3H4z"/>',
    "reachable": f'<g class="full">{_CIRCLE}</g>',
    "down": '<path class="full" d="M8 1.5l7 13H1z"/>',
    "insufficient": f'<g class="line thin">{_SQUARE}<path d="M2 9l7-7M2 14L14 2M7 14l7-7"/></g>',
}


@register.simple_tag
def state(value: str) -> SafeString:
    """The chip of a status: shape, word and colour class. An unknown value is shown as it stands."""
    shape = mark_safe(SHAPES.get(value, SHAPES["insufficient"]))  # noqa: S308  our own constants
    return format_html(
        '<span class="state state-{}"><svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" '
        'focusable="false">{}</svg><span>{}</span></span>',
        value,
        shape,
        state_word(value),
    )


@register.filter
def state_word(value: str) -> str:
    """The word of a status in the reader's language."""
    return str(WORDS.get(value, value))


@register.filter
def territory(code: str | None) -> str:
    """A country's name in the reader's language; the code itself where no name is known."""
    if not code:
        return _("territory not known")
    if code == REHEARSAL_TERRITORY:
        return _("Rehearsal")
    if code == "ZZ":
        return _("Home vantage (country not set)")
    try:
        return Locale.parse(get_language() or "en", sep="-").territories.get(code, code)
    except (UnknownLocaleError, ValueError):
        return code


@register.filter
def moment(value: datetime | None) -> str:
    """A moment in full, with its offset said: ``12 March 2026, 14:02 UTC``."""
    if value is None:
        return _("never")
    utc = value.astimezone(UTC)
    return f"{date_format(utc, 'j E Y' if get_language() == 'ru' else 'j F Y')}, {utc:%H:%M} UTC"


@register.filter
def pretty_json(value: Any) -> str:
    """JSON for people: indented, every script as it is written."""
    return json.dumps(value, ensure_ascii=False, indent=2)
