"""X's own data about a post or account: the countries that it names, whose post that is about, and how to ask for it.

Sources: gallery-dl 86047cf (twitter.py: ``withheld_in_countries``), yt-dlp 81ecd58 (twitter.py: the token).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from string import ascii_lowercase, digits
from typing import Any

from tracker.judging.page import json_object
from tracker.judging.platforms.signs import page_json, segments
from tracker.judging.sight import Sight

_OF_ANOTHER = ("quoted", "retweeted", "parent", "in_reply", "card")
"""How the keys begin under which a post's data holds other posts."""
_OF_ITSELF = ("user", "core", "user_results", "result", "legacy", "tweet")
_NAMES = ("id_str", "rest_id", "screen_name")
_EVERYWHERE = ("XX", "XY")
"""X's codes for everywhere and for a copyright report; neither names a country."""
_DEEPEST = 40
_DIGITS = digits + ascii_lowercase


def withheld_countries(sight: Sight) -> tuple[str, ...]:
    """Where X says that it withholds the post or its account, on its page or in its data for embedding: ISO codes."""
    return tuple(sorted({*named_on_page(sight), *named_for_embedding(sight)}))


def named_on_page(sight: Sight) -> set[str]:
    return _named(sight, _data_of_page(sight)) if sight.platform == "x" else set()


def named_for_embedding(sight: Sight) -> set[str]:
    return _named(sight, [sight.endpoint_json]) if sight.platform == "x" else set()


def _named(sight: Sight, data: Iterable[dict[str, Any]]) -> set[str]:
    asked = frozenset(part.lower() for part in segments(sight.asked) if part not in ("i", "web", "status"))
    found = {code for one in data for code in _codes({"tweet": one}, asked, ours=True)}
    return {code for code in found if re.fullmatch("[A-Z]{2}", code) and code not in _EVERYWHERE}


def _data_of_page(sight: Sight) -> Iterator[dict[str, Any]]:
    """What a reader wrote cannot pass for data: inside of a script's strings, quotation marks are escaped."""
    yield page_json(sight)
    for node in sight.page.tree.css("script"):
        text = node.text()
        if '"withheld_in_countries"' in text:
            yield json_object(text, max(0, text.find("{")))


def _codes(value: object, asked: frozenset[str], ours: bool, depth: int = 0) -> Iterator[str]:
    """The codes in the data of what was asked for and of its author, but not of what it quotes or answers."""
    if isinstance(value, list) and depth < _DEEPEST:
        for item in value:
            yield from _codes(item, asked, ours and not _names(item), depth + 1)
    if not isinstance(value, dict) or depth >= _DEEPEST:
        return
    ours = ours or bool(_names(value) & asked)
    codes = value.get("withheld_in_countries") if ours else None
    yield from (code for code in (codes if isinstance(codes, list) else ()) if isinstance(code, str))
    for key, inner in value.items():
        if not key.startswith(_OF_ANOTHER):
            yield from _codes(inner, asked, ours and (key in _OF_ITSELF or not _names(inner)), depth + 1)


def _names(thing: object) -> frozenset[str]:
    found = [thing.get(key) for key in _NAMES] if isinstance(thing, dict) else []
    return frozenset(name.lower() for name in found if isinstance(name, str))


def token(post: int) -> str:
    """The token that X's own embedding sends with a post's number: a fraction of pi in base 36, without its zeros."""
    return re.sub(r"[0.]", "", _base_36(post / 1e15 * math.pi))


def _base_36(number: float) -> str:
    """As JavaScript's ``toString(36)`` writes it: as many places as tell the number from its neighbours."""
    whole, fraction = int(number), number - int(number)
    step = max(math.ulp(number) / 2, math.ulp(0.0))
    places: list[int] = []
    while fraction >= step:
        fraction, step = fraction * 36, step * 36
        places.append(int(fraction))
        fraction -= places[-1]
        if fraction + step > 1 and (fraction > 0.5 or (fraction == 0.5 and places[-1] % 2)):
            whole += _rounded_up(places)
            break
    return f"{_whole(whole)}.{''.join(_DIGITS[place] for place in places)}"


def _rounded_up(places: list[int]) -> int:
    """Add one to the last place, carrying; what is carried over the point."""
    while places:
        if (last := places.pop()) + 1 < 36:
            places.append(last + 1)
            return 0
    return 1


def _whole(number: int) -> str:
    return (_whole(number // 36) if number >= 36 else "") + _DIGITS[number % 36]
