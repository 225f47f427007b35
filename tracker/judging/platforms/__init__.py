"""What each platform says when a page is withheld, removed, gone, closed or alive: one file a platform.

Each file gives an ``ADAPTER``; a file that lies here is found by itself. Legal comes before removed because
platforms word removals like blocks; alive comes last because it has to be the page's own content.
"""

from importlib import import_module
from pkgutil import iter_modules

from tracker.judging.adapter import Adapter
from tracker.judging.platforms import generic

_MODULES = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))

ADAPTERS: dict[str, Adapter] = {
    module.ADAPTER.platform: module.ADAPTER for module in _MODULES if hasattr(module, "ADAPTER")
}
"""By platform key, in the order of their files' names."""

RULES = tuple(rule for adapter in ADAPTERS.values() for rule in adapter.rules)
ENDPOINT_RULES = tuple(rule for adapter in ADAPTERS.values() for rule in adapter.endpoint_rules)

__all__ = ["ADAPTERS", "ENDPOINT_RULES", "RULES", "generic"]
