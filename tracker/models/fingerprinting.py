"""Sets of fingerprints that operators loaded. Sets and rows never change; which set counts is a date of its own."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from tracker.judging.fingerprints import Kind, Scope
from tracker.models.vocabulary import one_of

KINDS = [("http", "pages and headers"), ("dns", "answers of resolvers")]
SCOPES = [(scope.value, scope.value) for scope in Scope]
PATTERN_KINDS = [(kind.value, kind.value) for kind in Kind]


class FingerprintSet(models.Model):
    """One file, named by the SHA-256 of its bytes. Of each kind the set that was made active last is used.

    ``never`` lists the rows of the file that can match nothing, each with its number, name and why.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=8, choices=KINDS)
    file_name = models.CharField(max_length=255)
    n_rows = models.PositiveIntegerField("rows")
    n_kept = models.PositiveIntegerField("kept")
    never = models.JSONField(default=list, blank=True)
    imported_at = models.DateTimeField()
    imported_by = models.CharField(max_length=150, blank=True, default="")
    active_since = models.DateTimeField()

    class Meta:
        constraints = [
            one_of("kind", KINDS, "fingerprint_set_kind_known"),
            models.CheckConstraint(
                condition=Q(n_kept__lte=F("n_rows")), name="fingerprint_set_keeps_what_it_has"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.kind})"

    @property
    def name(self) -> str:
        """What a verdict's fingerprint begins with."""
        return self.sha256[:8]


class FingerprintRow(models.Model):
    """One fingerprint of a set. ``number`` is its row in the file, as a spreadsheet shows it."""

    set = models.ForeignKey(FingerprintSet, on_delete=models.PROTECT, related_name="fingerprints")
    number = models.PositiveIntegerField("row")
    name = models.CharField(max_length=80)
    scope = models.CharField(max_length=8, choices=SCOPES)
    place = models.CharField(max_length=80)
    kind = models.CharField("type", max_length=16, choices=PATTERN_KINDS)
    pattern = models.TextField()
    countries = models.JSONField(default=list, blank=True)
    source = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["set", "number"], name="fingerprint_once_per_row"),
            one_of("scope", SCOPES, "fingerprint_scope_known"),
            one_of("kind", PATTERN_KINDS, "fingerprint_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name


__all__ = ["FingerprintRow", "FingerprintSet"]
