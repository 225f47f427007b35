"""What a search looks into: for each thing its names, addresses and numbers in Latin letters, one text a row.

They repeat what stands elsewhere and only what is public, so they have no history, and can be made anew at any time.
"""

from __future__ import annotations

from django.db import models

from events.models.authorities import Authority, Order
from events.models.blocking import BlockEvent
from events.models.presences import Group, Page


class SearchText(models.Model):
    """``text`` is what ``events.text.search_text`` makes: words with a space before and behind each."""

    text = models.TextField("search text")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.text.strip()[:60]


class EventText(SearchText):
    """Names of the group, the event's own page, numbers of its orders, its summary; authorities stand apart."""

    of = models.OneToOneField(BlockEvent, on_delete=models.CASCADE, primary_key=True, related_name="+")
    likeness = models.CharField(
        max_length=200,
        blank=True,
        default="",
        help_text="Platform and name of the group, to find duplicates by.",
    )
    has_page = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["likeness", "has_page", "of"], name="event_text_likeness")]


class GroupText(SearchText):
    of = models.OneToOneField(Group, on_delete=models.CASCADE, primary_key=True, related_name="+")


class PageText(SearchText):
    of = models.OneToOneField(Page, on_delete=models.CASCADE, primary_key=True, related_name="+")


class AuthorityText(SearchText):
    of = models.OneToOneField(Authority, on_delete=models.CASCADE, primary_key=True, related_name="+")


class OrderText(SearchText):
    of = models.OneToOneField(Order, on_delete=models.CASCADE, primary_key=True, related_name="+")
