"""How a search reads the search texts: a word at a time, in any script, for the admin and the API alike."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_

from django.db.models import Q

from events.models import AuthorityText, EventText
from events.models.searching import SearchText
from events.text import Searched, searched_words

MOST_WORDS = 12
NOTHING = Q(pk__in=[])


def finding(words: Sequence[str], texts: type[SearchText], path: str = "pk") -> Q:
    """The rows whose ``path`` leads to a text that holds every word. A word of signs alone finds nothing."""
    holding = _holding(words)
    return Q(**{f"{path}__in": texts._default_manager.filter(holding).values("pk")}) if holding else NOTHING


def finding_events(words: Sequence[str]) -> Q:
    """The events that the words find: in their own texts, or in the names of who decided or passed on.

    Authorities are few and their events many, so theirs are looked up first. Only a word that names some is asked of
    both; all others are asked of the events' texts at once.
    """
    named = _authorities(words)
    alone = [word for word in words if not named.get(word)]
    found = finding(alone, EventText) if alone else Q()
    for word, authorities in named.items():
        if authorities:
            of_authority = Q(authority__in=authorities) | Q(transmitted_by__in=authorities)
            found &= finding([word], EventText) | of_authority
    return found


def _authorities(words: Sequence[str]) -> dict[str, list[int]]:
    """To each word the authorities that it names, in one query."""
    conditions = {word: _holding([word]) for word in words}
    asked = {word: condition for word, condition in conditions.items() if condition}
    if not asked:
        return {}
    texts = AuthorityText.objects.filter(reduce(or_, asked.values())).values_list("pk", "text")
    read = {word: searched_words(word) for word in asked}
    rows = list(texts)
    return {word: [pk for pk, text in rows if _holds(text, searched)] for word, searched in read.items()}


def _holds(text: str, words: Sequence[Searched]) -> bool:
    return all(any(piece in text for piece in word.pieces) for word in words)


def _holding(words: Sequence[str]) -> Q:
    """Empty when one of the words holds no letter and no digit."""
    condition = Q()
    for word in words:
        read = searched_words(word)
        if not read:
            return Q()
        for searched in read:
            condition &= reduce(or_, (Q(text__contains=piece) for piece in searched.pieces))
    return condition
