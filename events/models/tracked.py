"""Researchers' tables keep their history, so nothing may write around it."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models


class WritesAroundHistory(RuntimeError):
    """A bulk write would leave no trace of who changed what. Use an operation."""


class TrackedQuerySet(models.QuerySet[Any]):
    """Refuses the writes that django-simple-history cannot see."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise WritesAroundHistory(
            f"{self.model.__name__}.objects.update() keeps no history; use events.operations."
        )

    def bulk_create(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise WritesAroundHistory(f"{self.model.__name__}.objects.bulk_create() keeps no history.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise WritesAroundHistory(f"{self.model.__name__}.objects.bulk_update() keeps no history.")
