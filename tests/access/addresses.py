"""Every address of the project, walked from the resolver, and the pages that the admin makes for every table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.urls import URLResolver, get_resolver

STANDARD = ("changelist", "add", "history", "delete", "change", "simple_history")


@dataclass(frozen=True)
class Address:
    """``name`` as in the resolver, or the route where it has none."""

    name: str
    route: str


def every_address() -> list[Address]:
    return list(_walk(get_resolver(), "", ""))


def _walk(resolver: Any, route: str, namespace: str) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        here = route + str(pattern.pattern).removeprefix("^")  # as ``resolve`` has it
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern, here, inner)
        else:
            yield Address(namespace + pattern.name if pattern.name else here, here)


def made_for_tables() -> set[str]:
    """The pages that follow from a table being registered; docs/access.md has them under *Tables*."""
    names = set()
    for model in admin.site._registry:
        prefix = f"{model._meta.app_label}_{model._meta.model_name}"
        names |= {f"admin:{prefix}_{page}" for page in STANDARD}
        names.add(f"admin/{model._meta.app_label}/{model._meta.model_name}/<path:object_id>/")
    return names
