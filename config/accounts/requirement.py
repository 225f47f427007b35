"""Whether somebody still owes a second factor."""

from __future__ import annotations

from typing import Any

from django.conf import settings


def owes_a_factor(user: Any) -> bool:
    """True for staff without a second factor where one is required. Asked once a request."""
    if settings.MFA != "required" or not (user.is_authenticated and user.is_staff):
        return False
    if not hasattr(user, "_owes_a_factor"):
        from allauth.mfa.utils import is_mfa_enabled

        user._owes_a_factor = not is_mfa_enabled(user)
    return bool(user._owes_a_factor)
