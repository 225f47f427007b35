"""What accounts do by themselves: they forget."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from django.utils import timezone

from config.accounts import operations


@shared_task(name="config.accounts.tasks.forget_what_has_expired")
def forget_what_has_expired(**_newer: Any) -> int:
    """Delete counted tries, keys of days and sessions whose time has passed. How many rows went."""
    return operations.forget_expired(now=timezone.now())
