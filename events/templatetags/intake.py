"""The intake's box for a page that knows nothing of it."""

from __future__ import annotations

from django import template

from events.admin.intake_forms import BoxForm

register = template.Library()


@register.simple_tag
def intake_box() -> BoxForm:
    """An empty box."""
    return BoxForm()
