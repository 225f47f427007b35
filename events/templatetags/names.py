"""Names in the reader's language, where somebody recorded one."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from events.models import Authority

register = template.Library()


@register.filter
def name_for_reader(authority: Authority) -> str:
    """The authority's name in the language of the page, or as it is recorded. Reads prefetched names."""
    language = (get_language() or "en").split("-")[0]
    return next((other.name for other in authority.names.all() if other.language == language), authority.name)
