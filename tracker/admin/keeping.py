"""The chain over all that was stored, and what became of bytes that were thinned on purpose."""

from __future__ import annotations

from django.contrib import admin

from tracker.admin.reading import ReadOnly
from tracker.models import ChainLink, EvidenceCopy, Thinning


@admin.register(ChainLink)
class ChainLinkAdmin(ReadOnly):
    list_display = ("sequence", "kind", "at", "sha256")
    list_filter = ("kind",)
    search_fields = ("=sha256", "=subject")
    ordering = ("-sequence",)
    fields = (("sequence", "kind", "at"), "subject", "content", "sha256")


@admin.register(Thinning)
class ThinningAdmin(ReadOnly):
    list_display = ("evidence", "thinned_at", "link")
    list_select_related = ("evidence", "link")
    search_fields = ("=evidence__sha256",)
    ordering = ("-pk",)
    fields = ("evidence", "thinned_at", "link")


@admin.register(EvidenceCopy)
class EvidenceCopyAdmin(ReadOnly):
    list_display = ("evidence", "segment", "stored_at")
    list_select_related = ("evidence",)
    search_fields = ("=evidence__sha256", "segment")
    ordering = ("-pk",)
    fields = ("evidence", ("segment", "offset", "length"), "stored_at")
