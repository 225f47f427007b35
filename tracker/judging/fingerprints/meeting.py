"""Which fingerprints one look met, in what a network on the way could have written."""

from __future__ import annotations

from tracker.facts import Hop, Observation
from tracker.judging.fingerprints.fingerprint import LOCATION, TEXT, Fingerprint
from tracker.judging.fingerprints.index import FingerprintIndex
from tracker.judging.page import Page


def is_vouched_for(hop: Hop) -> bool:
    """Whether the answer came over an encrypted connection with the host whose name was asked for."""
    return hop.url.startswith("https:") and hop.tls is not None and not (hop.tls.invalid or hop.tls.failure)


def unvouched(seen: Observation | None) -> tuple[Hop, ...]:
    """The hops from the first on that anybody on the way could have answered: what a site's own https answer leads
    to, over https, is the site's affair."""
    hops = seen.hops if seen else ()
    first = next((number for number, hop in enumerate(hops) if not is_vouched_for(hop)), len(hops))
    return hops[first:]


def led_to(seen: Observation | None) -> tuple[str, ...]:
    """Every URL that such an answer named, as it was written and as it was followed."""
    hops = unvouched(seen)
    named = [hop.http.location for hop in hops if hop.http and hop.http.location]
    return tuple(dict.fromkeys([*named, *(hop.url for hop in hops[1:])]))


def met_in_page(page: Page, index: FingerprintIndex) -> tuple[Fingerprint, ...]:
    text = f"{page.title or ''} {page.text}".lower()
    return (*index.in_page(page.markup), *index.in_page(text, TEXT))


def met_in_headers(seen: Observation | None, index: FingerprintIndex) -> tuple[Fingerprint, ...]:
    headers = (pair for hop in unvouched(seen) if hop.http for pair in hop.http.headers)
    return tuple(one for name, value in headers if name != "location" for one in index.in_header(name, value))


def met_on_the_way(seen: Observation | None, index: FingerprintIndex) -> tuple[tuple[str, Fingerprint], ...]:
    """The URLs that were named by answers nobody vouches for, each with what it is known for."""
    return tuple((url, one) for url in led_to(seen) for one in index.in_header(LOCATION[7:], url))


def met_in_answers(hop: Hop, index: FingerprintIndex) -> tuple[Fingerprint, ...]:
    """What the resolver's answers for one hop are known for: refused and late addresses too, and aliases."""
    if hop.dns is None:
        return ()
    answers = [*(one.ip for one in (*hop.dns.addresses, *hop.dns.late)), *hop.dns.cnames]
    return tuple(found for answer in answers for found in index.in_answer(answer))
