"""The researchers' desk: one file a noun. Forms are read here; everything is written by ``events.operations``."""

from events.admin import authorities, batches, desk_rows, groups, orders, pages, parts, platforms, proposals
from events.admin import events as block_events

__all__ = [
    "authorities",
    "batches",
    "block_events",
    "desk_rows",
    "groups",
    "orders",
    "pages",
    "parts",
    "platforms",
    "proposals",
]
