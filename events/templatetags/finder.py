"""What the list's form above it shows: which filters are chosen, and the address without one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template

register = template.Library()


@dataclass(frozen=True, slots=True)
class Chosen:
    """Filters that keep something; ``faulty``: one of them could not be read."""

    shown: list[Any]
    faulty: bool

    @property
    def n(self) -> int:
        return len(self.shown)


@register.filter
def chosen_filters(specs: list[Any]) -> Chosen:
    shown = [spec for spec in specs if spec.said and spec.parameter_name != "columns"]
    return Chosen(shown, any(spec.fault for spec in shown))


@register.simple_tag
def without_filter(changelist: Any, name: str) -> str:
    """The list as it is, but for one parameter; from its first page."""
    left: str = changelist.get_query_string(remove=[name, "p"])
    return left
