"""Sessions, counted attempts and changes of accounts. No address, no browser string, no plain session key."""

from __future__ import annotations

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Session(AbstractBaseSession):
    """One sign-in. ``session_key`` holds the key's SHA-256, so that a copy of the table opens no session."""

    session_key = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+", editable=False
    )
    browser = models.CharField(max_length=20, blank=True)
    """A coarse word, such as firefox; empty when it is none of the common ones."""
    system = models.CharField(max_length=20, blank=True)
    signed_in_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField()
    """To within a minute."""

    class Meta:
        verbose_name, verbose_name_plural = _("session"), _("sessions")

    @classmethod
    def get_session_store_class(cls) -> type:
        from config.accounts.sessions import SessionStore

        return SessionStore


class DayKey(models.Model):
    """What addresses are hashed with on one day, together with the secret key. Deleted soon after the day."""

    day = models.DateField(unique=True)
    key = models.BinaryField(max_length=32)

    class Meta:
        verbose_name, verbose_name_plural = _("key of a day"), _("keys of days")


class Attempt(models.Model):
    """Failures that were counted under a keyed hash, and until when nothing more is tried under it."""

    key = models.CharField(max_length=64, unique=True)
    failures = models.PositiveIntegerField()
    not_before = models.DateTimeField()
    forget_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name, verbose_name_plural = _("counted attempt"), _("counted attempts")


class AccountChange(models.Model):
    """One change of an account: who, whom, what, why. Never rewritten."""

    class Kind(models.TextChoices):
        CREATED = "created", _("account made")
        DETAILS = "details", _("name or mail address changed")
        ROLES = "roles", _("roles changed")
        RIGHTS = "rights", _("rights of the whole account changed")
        PASSWORD_CHANGED = "password_changed", _("password changed")
        PASSWORD_SET = "password_set", _("password set by somebody else")
        FACTOR_ADDED = "factor_added", _("second factor added")
        FACTOR_REMOVED = "factor_removed", _("second factor removed")
        CODES_MADE = "codes_made", _("new recovery codes made")
        CODE_USED = "code_used", _("signed in with a recovery code")
        FACTORS_RESET = "factors_reset", _("second factors reset by the operator")
        CODES_GUESSED = "codes_guessed", _("wrong codes after the right password")

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    """Empty for the operator at the machine, and for nobody."""
    kind = models.CharField(max_length=20, choices=Kind.choices)
    detail = models.CharField(max_length=500, blank=True)
    """What of it: names of roles, the kind of factor. Never a secret, never a former name."""
    because = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("change of an account"), _("changes of accounts")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["account", "-at"], name="accounts_change_of")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="factors_reset") | ~Q(because=""), name="accounts_reset_has_a_reason"
            )
        ]
