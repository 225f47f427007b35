"""Official registers that come as one snapshot after another: what was in them, and until when.

What the register says of a page is an event with its episodes. Here stands only what is needed to read the next
snapshot: which entry is which event, and when it was last seen.
"""

from __future__ import annotations

from django.db import models

from events.models.batches import ImportBatch
from events.models.blocking import BlockEvent
from events.models.vocabulary import SNAPSHOT_STATES
from tracker.models.vocabulary import one_of


class RegisterSnapshot(models.Model):
    """``of`` is the time that the register gives itself. ``doubted``: it shrank so much that it was not believed."""

    register = models.CharField(max_length=16)
    of = models.DateTimeField("as of")
    entries = models.PositiveIntegerField()
    state = models.CharField(max_length=16, choices=SNAPSHOT_STATES)
    batch = models.ForeignKey(ImportBatch, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [one_of("state", SNAPSHOT_STATES, "snapshot_state_known")]
        indexes = [models.Index(fields=["register", "-of", "-id"], name="snapshot_newest")]

    def __str__(self) -> str:
        return f"{self.register} of {self.of:%Y-%m-%d %H:%M}"


class RegisterEntry(models.Model):
    """``key`` is a digest of what makes an entry that one. ``missing_since``: it was absent from a snapshot that was
    not believed; ``left_at``: from one that was."""

    register = models.CharField(max_length=16)
    key = models.CharField(max_length=32)
    event = models.OneToOneField(BlockEvent, on_delete=models.CASCADE, related_name="+")
    last_seen_at = models.DateTimeField()
    missing_since = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "register entries"
        constraints = [models.UniqueConstraint(fields=["register", "key"], name="register_entry_once")]

    def __str__(self) -> str:
        return self.key
