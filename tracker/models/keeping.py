"""What was kept, where it lies, what was thinned on purpose, and the chain that shows whether any of it was changed.

These rows are only ever added: a database trigger refuses to change them.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tracker.models.vocabulary import one_of

EVIDENCE_KINDS = [("body", "page body"), ("capture", "capture"), ("certificate", "certificate")]
LINK_KINDS = [("look", "look"), ("thinning", "thinning")]


def _whole_span(name: str) -> models.CheckConstraint:
    nowhere = Q(segment="", offset__isnull=True, length__isnull=True)
    return models.CheckConstraint(
        condition=nowhere | (~Q(segment="") & Q(offset__isnull=False, length__isnull=False)), name=name
    )


class Evidence(models.Model):
    """Kept bytes, named by their SHA-256. They lie outside the database (``tracker.evidence``).

    A body is named by its decoded bytes, and ``segment``, ``offset`` and ``length`` say which WARC record holds it.
    Without a segment it lies in a file of its own, as earlier versions kept it. A capture is a run of records as
    they are: all of one look.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=16, choices=EVIDENCE_KINDS, default="body")
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100, blank=True, default="")
    segment = models.CharField(max_length=100, blank=True, default="")
    offset = models.PositiveBigIntegerField(null=True, blank=True)
    length = models.PositiveBigIntegerField(null=True, blank=True)
    stored_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "evidence"
        constraints = [
            one_of("kind", EVIDENCE_KINDS, "evidence_kind_known"),
            _whole_span("evidence_span_whole"),
        ]

    def __str__(self) -> str:
        return self.sha256


class ChainLink(models.Model):
    """One link of the chain over all that was stored: of a look, or of bytes that were thinned on purpose.

    ``content`` is the SHA-256 of what was stored, and ``sha256`` that of the link before with this one's number,
    subject, time and content. Who keeps the last link elsewhere can show that nothing before it was changed.
    """

    sequence = models.PositiveBigIntegerField(unique=True)
    kind = models.CharField(max_length=16, choices=LINK_KINDS)
    subject = models.UUIDField(unique=True, help_text="The look, or the name of the thinning.")
    content = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [one_of("kind", LINK_KINDS, "chain_link_kind_known")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.sha256}"


class EvidenceCopy(models.Model):
    """Bytes that had been thinned and were met again: where they lie now."""

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="copies")
    segment = models.CharField(max_length=100)
    offset = models.PositiveBigIntegerField()
    length = models.PositiveBigIntegerField()
    stored_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "evidence copies"
        constraints = [models.CheckConstraint(condition=~Q(segment=""), name="evidence_copy_somewhere")]

    def __str__(self) -> str:
        return f"{self.evidence_id} in {self.segment}"


class Thinning(models.Model):
    """Bytes that were removed on purpose, since those kept before and after them say the same."""

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="thinnings")
    link = models.ForeignKey(ChainLink, on_delete=models.PROTECT, related_name="thinnings")
    thinned_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["evidence", "link"], name="thinning_once_a_link")]

    def __str__(self) -> str:
        return f"{self.evidence_id} at {self.thinned_at}"
