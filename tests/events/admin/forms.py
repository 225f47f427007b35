"""A page's form as a browser would send it back, so that tests post what a person would."""

from __future__ import annotations

from typing import Any

from django.test import Client


def filled(client: Client, address: str, /, **changes: Any) -> dict[str, Any]:
    """The form of a page with its present values, and ``changes`` typed over them.

    Where a published event asks for an erratum it gets one.
    """
    context = client.get(address).context
    values: dict[str, Any] = {}
    for form in _forms(context):
        for bound in form:
            value = bound.value()
            if value is None or value is False:
                continue
            values[bound.html_name] = (
                [str(getattr(v, "pk", v)) for v in value] if isinstance(value, list) else value
            )
    if "erratum" in context["adminform"].form.fields:
        values["erratum"] = "What was wrong, in words for readers."
    return values | changes


def _forms(context: Any) -> list[Any]:
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    return forms


def errors_of(answer: Any) -> str:
    """Every error that the page shows, in one text."""
    found: list[str] = []
    if answer.context and "adminform" in answer.context:
        for errors in answer.context["adminform"].form.errors.values():
            found += errors
        for inline in answer.context["inline_admin_formsets"]:
            for form in inline.formset.forms:
                found += [error for errors in form.errors.values() for error in errors]
            found += inline.formset.non_form_errors()
    return "\n".join(found)
