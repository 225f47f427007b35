"""How a search reads the search texts: a word at a time, in any script, for the admin and the API alike."""

from __future__ import annotations

from django.db.models import Q

from events.models import AuthorityText, EventText
from events.models.searching import SearchText
from events.text import searched_words

MOST_WORDS = 12


def finding(word: str, texts: type[SearchText], path: str = "pk") -> Q:
    """The rows whose ``path`` leads to a text that holds the word. A word of signs alone finds nothing."""
    holding = _holding(word)
    return (
        Q(**{f"{path}__in": texts._default_manager.filter(holding).values("pk")}) if holding else Q(pk__in=[])
    )


def finding_events(word: str) -> Q:
    """The events that a word finds: in their own texts, or in the names of who decided or passed on.

    Authorities are few and their events many, so theirs are looked up first, and asked for only when there are any.
    """
    found = finding(word, EventText)
    if named := list(
        AuthorityText.objects.filter(_holding(word) or Q(pk__in=[])).values_list("pk", flat=True)
    ):
        found |= Q(authority__in=named) | Q(transmitted_by__in=named)
    return found


def _holding(word: str) -> Q:
    condition = Q()
    for searched in searched_words(word):
        one = Q()
        for piece in searched.pieces:
            one |= Q(text__contains=piece)
        condition &= one
    return condition
