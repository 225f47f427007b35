"""Whether a network's page stands in the place of the page: known ones, filters', and unknown ones by their words.

A fingerprint alone proves little, since an article may quote it: every finding needs a second sign, and none is made
of what the site itself wrote, over an intact https connection or under its own address.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from tracker.facts import State
from tracker.judging import block_words, walls
from tracker.judging.block_words import Speech, points_at_a_block, speech_of
from tracker.judging.fingerprints import LOCATION, Fingerprint, Scope, Strength
from tracker.judging.fingerprints.meeting import is_vouched_for, met_in_answers, met_on_the_way
from tracker.judging.platforms import RULES as PLATFORM_RULES
from tracker.judging.platforms import generic
from tracker.judging.sight import READABLE, Sight, host_of

SHORT_BLOCK_PAGE = 12_000
"""Characters of visible text; a longer page that holds a fingerprint quotes it."""
SHORT_BLOCK_PAGE_ALONE = 3_000
"""The same where no control shows what the page is otherwise like."""
A_PAGES_TEXT = 2_000
"""Characters of visible text that no shell, wall or message of a platform has."""
FEW = 3
"""Words or named elements below which nothing can be compared."""
HARDLY_ANY_TEXT = 200
"""Characters below which there is nothing on a page but what was recognised."""


_WORD = re.compile(r"\w{4,}")


def redirect_fingerprint(sight: Sight) -> Fingerprint | None:
    """The known block page that an answer which nobody vouches for led to, on another host than was asked for."""
    return _of(Strength.BLOCK, _led_to(sight), sight)


def filter_redirect(sight: Sight) -> Fingerprint | None:
    """The filter that such an answer led to."""
    return _of(Strength.FILTER, _led_to(sight), sight)


def address_fingerprint(sight: Sight) -> Fingerprint | None:
    """The address of a block page that the name resolved to here, and not for the control.

    Not where the connection proved that the address is the site's own, nor where the page came from it.
    """
    met = _answers_here(sight)
    if not met or _is_the_page(sight) or _gives_own_address(sight):
        return None
    return _of(Strength.BLOCK, met, sight)


def _answers_here(sight: Sight) -> tuple[Fingerprint, ...]:
    """What the site's name resolved to here and not for the control, where no certificate proves the address."""
    if sight.is_vouched_for:
        return ()
    hops = [hop for hop in (sight.seen.hops if sight.seen else ()) if not is_vouched_for(hop)]
    met = [
        one
        for hop in hops
        if same_site(host_of(hop.url), host_of(sight.asked))
        for one in met_in_answers(hop, sight.fingerprints)
    ]
    beyond = sight.control.hops if met and sight.control else ()
    outside = _labels(one for hop in beyond for one in met_in_answers(hop, sight.fingerprints))
    return tuple(one for one in met if one.label not in outside)


def page_fingerprint(sight: Sight) -> Fingerprint | None:
    """The known block page that stands where the page should be."""
    found = _of(Strength.BLOCK, sight.met, sight) if _could_be_put_there(sight) else None
    if found is None or _is_the_page(sight):
        return None
    if found.is_distinctive and sight.control_answered:
        return found
    return found if _shows_it(sight, found) else None


def filter_fingerprint(sight: Sight) -> Fingerprint | None:
    """The filter whose page stands where the page should be, while the control gets an answer."""
    if not sight.control_answered or not _could_be_put_there(sight):
        return None
    found = _of(Strength.FILTER, (*sight.met, *_answers_here(sight)), sight)
    if found is None or _is_the_page(sight):
        return None
    return found if found.is_distinctive or _shows_it(sight, found) else None


def weak_fingerprint(sight: Sight) -> Fingerprint | None:
    """Vague words, or another country's block page, on a page that says the same in its own words or says no more;
    not where something tells that such a page is ordinary."""
    is_ordinary = any(one.strength(sight.territory) is Strength.ORDINARY for one in sight.met)
    met = (one for one in (*_led_to(sight), *sight.met) if not (is_ordinary and one.scope is Scope.VAGUE))
    weak = (one for one in met if one.strength(sight.territory) in (Strength.WEAK, Strength.BLOCK))
    return next((one for one in weak if one.place == LOCATION or _shows_it(sight, one)), None)


def words_of_a_block(sight: Sight) -> bool:
    """Whether a page that the site did not write speaks of a block, while the control sees another page."""
    if not _stands_in_place(sight):
        return False
    return (
        _speech(sight) is Speech.OF_A_BLOCK
        or weak_fingerprint(sight) is not None
        or (len(sight.page.text) < HARDLY_ANY_TEXT and points_at_a_block(sight.page, host_of(sight.asked)))
    )


def words_of_a_filter(sight: Sight) -> bool:
    """Whether such a page speaks of a filter."""
    return _stands_in_place(sight) and _speech(sight) is Speech.OF_A_FILTER


def control_shows_it(sight: Sight) -> bool:
    """Whether the control got what looks like the page itself."""
    outside = Sight(sight.control, None, None, sight.platform, sight.territory)
    if outside.status != 200 or any(rule.when(outside) for rule in walls.RULES):
        return False
    if sight.platform in READABLE:
        return len(outside.page.text) >= generic.ENOUGH_TEXT and not generic.says_not_there(outside)
    if len(outside.page.text) >= A_PAGES_TEXT:
        return True
    return any(rule.state is State.REACHABLE and rule.when(outside) for rule in PLATFORM_RULES)


def _of(strength: Strength, met: Iterable[Fingerprint], sight: Sight) -> Fingerprint | None:
    return next((one for one in met if one.strength(sight.territory) is strength), None)


def _labels(met: Iterable[Fingerprint]) -> frozenset[str]:
    return frozenset(one.label for one in met)


def _led_to(sight: Sight) -> tuple[Fingerprint, ...]:
    if sight.is_vouched_for:
        return ()
    asked = host_of(sight.asked)
    met = met_on_the_way(sight.seen, sight.fingerprints)
    if not met:
        return ()
    outside = _labels(one for _, one in met_on_the_way(sight.control, sight.fingerprints))
    return tuple(one for url, one in met if one.label not in outside and not same_site(host_of(url), asked))


def same_site(one: str, other: str) -> bool:
    """Whether one host is the other, or lies below it."""
    one, other = one.removeprefix("www."), other.removeprefix("www.")
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


def _could_be_put_there(sight: Sight) -> bool:
    longest = SHORT_BLOCK_PAGE if sight.control_answered else SHORT_BLOCK_PAGE_ALONE
    return (
        sight.status is not None
        and not sight.written_by_site
        and len(sight.page.text) <= longest
        and not _gives_own_address(sight)
    )


def _is_the_page(sight: Sight) -> bool:
    """Whether the control sees the same page, or another of the same site: by its title, template or words.

    That both are made of the same few elements says nothing: the plainest page of a site looks like a block page.
    """
    one, other = sight.page, sight.control_page
    if sight.control is None:
        return False
    if (one.title and one.title == other.title) or (one.text and one.text == other.text):
        return True
    if len(one.named_elements) >= FEW and _mostly_in(one.named_elements, other.named_elements):
        return True
    words = _words(one.text)
    return len(words) >= FEW and _mostly_in(words, _words(other.text))


def _mostly_in(some: frozenset[str], others: frozenset[str]) -> bool:
    return 2 * len(some & others) >= len(some)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text[:SHORT_BLOCK_PAGE].lower()))


def _gives_own_address(sight: Sight) -> bool:
    """Whether the page names an address on the host that was asked for as its own, as sites' templates do."""
    asked = host_of(sight.asked)
    own = (sight.page.canonical_url, sight.page.meta("og:url"))
    return any(url and same_site(host_of(url), asked) for url in own)


def _shows_it(sight: Sight, found: Fingerprint) -> bool:
    """Whether the page is a block page by more than this: it says so, or has nothing else to say."""
    title, text = sight.page.title or "", sight.page.text
    if _speech(sight) is not None:
        return True
    if block_words.is_own_refusal(title, text):
        return False
    return sight.status in (403, 451) or (found.is_distinctive and len(text) < HARDLY_ANY_TEXT)


def _stands_in_place(sight: Sight) -> bool:
    return _could_be_put_there(sight) and _control_sees_another(sight) and not _is_the_page(sight)


def _control_sees_another(sight: Sight) -> bool:
    """Whether the control got an answer that is neither a wall nor such a page itself."""
    outside = Sight(sight.control, None, None, sight.platform, sight.territory)
    if outside.status != 200 or any(rule.when(outside) for rule in walls.RULES):
        return False
    return control_shows_it(sight) or _speech(outside) is None


def _speech(sight: Sight) -> Speech | None:
    page = sight.page
    text = (
        page.text if len(page.text) >= HARDLY_ANY_TEXT else f"{page.text}\n{block_words.unseen_words(page)}"
    )
    return speech_of(page.title or "", text)


_NAMED: dict[str, Callable[[Sight], Fingerprint | None]] = {
    "redirect_to_block_page": redirect_fingerprint,
    "dns_known_block_address": address_fingerprint,
    "redirect_to_filter": filter_redirect,
    "filter_without_control": filter_redirect,
    "known_block_page": page_fingerprint,
    "local_filter_page": filter_fingerprint,
    "words_of_a_block_page": weak_fingerprint,
}


def named_by(rule_id: str, sight: Sight) -> str | None:
    """The fingerprint that a rule's verdict rests on, as ``set:name``; None when it rests on none."""
    find = _NAMED.get(rule_id)
    found = find(sight) if find else None
    return found.label if found else None
