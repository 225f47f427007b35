"""How forms are written: their commonest pieces by hand, for the page of one event has five hundred of them.

Django runs a template for each text box, each label and each list of no errors, which takes half of what such a page
takes. Letter for letter this writes what those templates would; everything else is still written by them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape

_OPTION = "django/forms/widgets/select_option.html"


class QuickForms(DjangoTemplates):
    """Django's renderer with a shorter way to what is plain."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        write = _PLAIN.get(template_name)
        written = write(context) if write else None
        return super().render(template_name, context, request) if written is None else written.strip()


def _escaped(value: Any) -> str:
    return conditional_escape(value if hasattr(value, "__html__") else str(value))


def _attrs(attrs: Mapping[str, Any] | None) -> str:
    told = ((name, value) for name, value in (attrs or {}).items() if value is not False)
    return "".join(
        f" {_escaped(name)}" if value is True else f' {_escaped(name)}="{_escaped(value)}"'
        for name, value in told
    )


def _input(context: dict[str, Any]) -> str:
    widget = context["widget"]
    value = "" if widget["value"] is None else f' value="{_escaped(widget["value"])}"'
    name, kind = _escaped(widget["name"]), _escaped(widget["type"])
    return f'<input type="{kind}" name="{name}"{value}{_attrs(widget["attrs"])}>'


def _textarea(context: dict[str, Any]) -> str:
    widget = context["widget"]
    value = _escaped(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{_escaped(widget["name"])}"{_attrs(widget["attrs"])}>\n{value}</textarea>'


def _select(context: dict[str, Any]) -> str | None:
    widget = context["widget"]
    groups = []
    for name, options, _index in widget["optgroups"]:
        if any(option["template_name"] != _OPTION for option in options):
            return None
        written = "".join(f"\n  {_option(option)}\n" for option in options)
        groups.append(f'\n  <optgroup label="{_escaped(name)}">{written}\n  </optgroup>' if name else written)
    return f'<select name="{_escaped(widget["name"])}"{_attrs(widget["attrs"])}>{"".join(groups)}\n</select>'


def _option(option: Mapping[str, Any]) -> str:
    value, label = _escaped(option["value"]), _escaped(option["label"])
    return f'<option value="{value}"{_attrs(option["attrs"])}>{label}</option>'


def _label(context: dict[str, Any]) -> str:
    label, tag = _escaped(context["label"]), context["tag"]
    return f"<{tag}{_attrs(context['attrs'])}>{label}</{tag}>" if context["use_tag"] else label


def _errors(context: dict[str, Any]) -> str | None:
    return None if context["errors"] else ""


_INPUTS = ("text", "number", "email", "hidden", "checkbox", "password")
_PLAIN: Mapping[str, Callable[[dict[str, Any]], str | None]] = {
    **{f"django/forms/widgets/{name}.html": _input for name in _INPUTS},
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
    "django/forms/label.html": _label,
    "django/forms/errors/list/ul.html": _errors,
    "django/forms/errors/list/default.html": _errors,
}
