"""The table of decisions, first match wins: from our own faults through the platform's words to bare failures.

The order is the argument. What is wrong with us comes before what is wrong with the page; checks for bots come
before content, because they talk of blocks; what a platform says comes before what a network does.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from tracker.facts import OF_A_WORKER, Failure, Mechanism, Stage, State
from tracker.judging import phrases, walls
from tracker.judging.block_pages import (
    SHORT_BLOCK_PAGE_ALONE,
    address_fingerprint,
    control_shows_it,
    filter_fingerprint,
    filter_redirect,
    page_fingerprint,
    redirect_fingerprint,
    words_of_a_block,
    words_of_a_filter,
)
from tracker.judging.page import likeness
from tracker.judging.platforms import ADAPTERS, ENDPOINT_RULES, generic, vk
from tracker.judging.platforms import RULES as PLATFORM_RULES
from tracker.judging.sight import Rule, Sight, broken, host_of, vantage_fault

RULES_VERSION = "2026.11.2"

UNALIKE = 0.5
"""Share of elements in common below which two short answers may come from two different sites."""


def _replaced(sight: Sight) -> bool:
    """Whether a short page that has nothing in common with the page that the control sees stands in its place.

    Only where anybody on the way could have written it, and where it does not even know the address asked for.
    """
    if sight.written_by_site or sight.status != 200 or len(sight.page.text) >= SHORT_BLOCK_PAGE_ALONE:
        return False
    return (
        control_shows_it(sight)
        and len(sight.control_page.text) > 2 * len(sight.page.text)
        and not sight.page.named_elements & sight.control_page.named_elements
        and likeness(sight.page, sight.control_page) < UNALIKE
        and not _name_alike(sight.page.title, sight.control_page.title)
        and host_of(sight.asked) not in sight.page.markup
    )


def _name_alike(one: str | None, other: str | None) -> bool:
    """Whether half of the words of the shorter title stand in the other one."""
    words, others = _words(one), _words(other)
    return 2 * len(words & others) >= max(1, min(len(words), len(others)))


def _words(title: str | None) -> frozenset[str]:
    return frozenset(re.findall(r"\w{4,}", (title or "").lower()))


def _site_withholds(sight: Sight) -> bool:
    """Whether the site itself says here, in a page's place, that something is blocked and by what law or authority.

    Words alone prove nothing: it counts where the site wrote them and shows the page to the control.
    """
    return _message_here_only(sight) and phrases.says_withheld_by_law(_words_of(sight))


def _site_shuts_out(sight: Sight) -> bool:
    return (
        _message_here_only(sight)
        and bool(phrases.NOT_IN_YOUR_COUNTRY.search(_words_of(sight)))
        and bool(phrases.UNAVAILABLE.search(_words_of(sight)))
    )


def _message_here_only(sight: Sight) -> bool:
    """Whether the site sent a short text here that is headed as a refusal, and the page itself to the control."""
    return (
        sight.control is not None
        and sight.written_by_site
        and generic.is_refusal(sight)
        and len(sight.control_page.text) > 2 * len(sight.page.main_text)
        and not generic.is_refusal(replace(sight, seen=sight.control))
        and control_shows_it(sight)
    )


def _words_of(sight: Sight) -> str:
    return f"{sight.page.title or ''}. {sight.page.main_text}"


def _gone_here_only(sight: Sight) -> bool:
    return sight.control is not None and _says_gone(sight) and control_shows_it(sight)


def _says_gone(sight: Sight) -> bool:
    return (
        sight.status in (404, 410)
        or generic.says_not_there(sight)
        or any(rule.state is State.GONE and rule.when(sight) for rule in _rules_of(sight.platform))
    )


def _rules_of(platform: str) -> tuple[Rule, ...]:
    adapter = ADAPTERS.get(platform)
    return (*adapter.rules, *adapter.endpoint_rules) if adapter else ()


def _control_failed(sight: Sight) -> bool:
    """Whether the page fails for the control as well; a check for bots with a status of 503 is no failure."""
    outside = Sight(sight.control, None, None, sight.platform, sight.territory)
    return sight.control_failed and not any(rule.when(outside) for rule in walls.RULES)


def _fails(sight: Sight, *stages: Stage) -> bool:
    return broken(sight.failure) and (not stages or sight.stage in stages)


def _only_here(stage: Stage) -> Rule:
    where = {
        Stage.DNS: "The name could not be resolved here",
        Stage.TCP: "No connection could be made here",
        Stage.TLS: "The encrypted connection was broken here",
        Stage.HTTP: "The request was not answered here",
    }[stage]
    return Rule(
        f"{stage}_fails_here_only", State.LIKELY_BLOCKED, Mechanism(stage.value),
        lambda sight: _fails(sight, stage) and sight.control_answered,
        f"{where}, while the control got an answer.",
    )  # fmt: skip


def withheld_in(sight: Sight) -> tuple[str, ...]:
    """Where the platform itself declares that it withholds the page, by ISO code; its own words only."""
    adapter = ADAPTERS.get(sight.platform)
    return adapter.withheld(sight) if adapter is not None and sight.written_by_site else ()


OUR_SIDE: tuple[Rule, ...] = (
    Rule(
        "vantage_no_internet", State.INSUFFICIENT, None,
        lambda sight: bool(sight.canary and sight.canary.ok is False and sight.canary.no_internet),
        "This vantage point has no internet.", alone=True,
    ),
    Rule(
        "vantage_wrong_country", State.INSUFFICIENT, None,
        lambda sight: bool(sight.canary and sight.canary.ok is False and sight.canary.wrong_country),
        "This vantage point stood in another country than it should, so it cannot speak about this one.", alone=True,
    ),
    Rule(
        "vantage_faulty", State.INSUFFICIENT, None,
        lambda sight: bool(sight.canary and sight.canary.ok is False),
        "This vantage point could not open a page that must open, so it cannot speak about others.", alone=True,
    ),
    Rule(
        "platform_drifted", State.INSUFFICIENT, None, lambda sight: bool(sight.canary and sight.canary.drifted),
        "A page of this platform that is known was not read right from here, so its other pages are not either.",
        alone=True,
    ),
    Rule(
        "not_looked", State.INSUFFICIENT, None, lambda sight: sight.seen is None,
        "Nobody looked from this place.", alone=True,
    ),
    Rule(
        "redirect_to_block_page", State.BLOCKED, Mechanism.BLOCKPAGE,
        lambda sight: redirect_fingerprint(sight) is not None,
        "A redirect led to an address that is known for a network's block page.", "blockpage", alone=True,
    ),
    Rule(
        "dns_known_block_address", State.BLOCKED, Mechanism.DNS,
        lambda sight: address_fingerprint(sight) is not None,
        "The name resolved here to an address that is known for answering in place of blocked pages.",
        "dns_wrong_address", stage=Stage.DNS,
    ),
    Rule(
        "redirect_to_filter", State.LIKELY_BLOCKED, Mechanism.BLOCKPAGE,
        lambda sight: filter_redirect(sight) is not None and sight.control_answered,
        "A redirect led to the filter of a household, school or company, or to a provider's parental control: the page "
        "is kept from readers there, which says nothing about the country.", "blockpage",
    ),
    Rule(
        "filter_without_control", State.INSUFFICIENT, None,
        lambda sight: filter_redirect(sight) is not None,
        "A redirect led to the filter of a household, school or company, and no control could tell whether the page is "
        "there elsewhere.", "blockpage",
    ),
    Rule(
        "own_policy_refused", State.INSUFFICIENT, None, lambda sight: sight.failure == Failure.EGRESS_REFUSED,
        "Our own policy refused to contact this address, so nothing was learned about the page.", alone=True,
    ),
    Rule(
        "worker_failed", State.INSUFFICIENT, None, lambda sight: sight.failure in OF_A_WORKER,
        "The remote worker at the vantage point did not answer, or what it sent was no observation, which says nothing "
        "about the page.", alone=True,
    ),
    Rule(
        "proxy_failed", State.INSUFFICIENT, None,
        lambda sight: vantage_fault(sight.failure)
        and sight.failure not in (Failure.NETWORK_DOWN, Failure.NETWORK_UNREACHABLE),
        "The proxy that reaches the vantage point failed, which says nothing about the page.", alone=True,
    ),
    Rule(
        "vantage_network_down", State.INSUFFICIENT, None, lambda sight: vantage_fault(sight.failure),
        "The vantage point's own network was down, which says nothing about the page.", alone=True,
    ),
)  # fmt: skip

OUTSIDE: tuple[Rule, ...] = (
    Rule(
        "declared_withheld", State.BLOCKED, Mechanism.GEO_WITHHELD,
        lambda sight: sight.outside and sight.territory in withheld_in(sight),
        "The platform's own data, read from another country, names this country among those where it withholds the "
        "page.", "platform_block_notice", alone=True,
    ),
    Rule(
        "not_declared_withheld_here", State.INSUFFICIENT, None, lambda sight: sight.outside,
        "Nobody stands in this country, and what was seen from another does not say that the platform withholds the "
        "page here; only a look from here could tell.", alone=True,
    ),
)  # fmt: skip
"""What a look from another country can say: only what the platform itself declares about this one."""

FROM_OUTSIDE: tuple[Rule, ...] = (
    *(rule for rule in OUR_SIDE if rule.state is State.INSUFFICIENT),
    *OUTSIDE,
)
"""All that is asked of a look from another country. A block page over there is theirs, an open page as well."""

ANSWERS: tuple[Rule, ...] = (
    Rule(
        "http_451", State.BLOCKED, Mechanism.HTTP_451, lambda sight: sight.status == 451,
        "The server answered with status 451, unavailable for legal reasons.", "http_451", alone=True,
    ),
    Rule(
        "known_block_page", State.BLOCKED, Mechanism.BLOCKPAGE, lambda sight: page_fingerprint(sight) is not None,
        "A known block page of a network stood in place of the page, and the control does not see it.", "blockpage",
    ),
    Rule(
        "words_of_a_block_page", State.LIKELY_BLOCKED, Mechanism.BLOCKPAGE, words_of_a_block,
        "A short page stood in place of the page and speaks of a block, while the control sees the page itself.",
        "blockpage",
    ),
    Rule(
        "local_filter_page", State.LIKELY_BLOCKED, Mechanism.BLOCKPAGE,
        lambda sight: filter_fingerprint(sight) is not None or words_of_a_filter(sight),
        "The page of a filter stood in place of the page, such as a household, school or company has, or a provider's "
        "parental control: the page is kept from readers there, which says nothing about the country.", "blockpage",
    ),
    Rule(
        "another_page_here", State.LIKELY_BLOCKED, Mechanism.HTTP, _replaced,
        "Over a connection that anybody on the way could write into came a short page that has nothing in common with "
        "what the control sees.", "blockpage",
    ),
    Rule(
        "not_found", State.GONE, None, lambda sight: sight.status in (404, 410),
        "The server says that there is no such page.", "not_found",
    ),
    Rule(
        "server_error_everywhere", State.DOWN, None,
        lambda sight: (sight.status or 0) >= 500 and _control_failed(sight),
        "The server reports an error of its own, to the control as well.", "server_error",
    ),
    Rule(
        "server_error", State.INSUFFICIENT, None, lambda sight: (sight.status or 0) >= 500,
        "The server reports an error of its own, which says nothing about a block.", "server_error",
    ),
    Rule(
        "refused_by_server", State.INSUFFICIENT, None, lambda sight: 400 <= (sight.status or 0) < 500,
        "The server refused the request and does not say why.", "http_refused",
    ),
)  # fmt: skip

FAILURES: tuple[Rule, ...] = (
    Rule(
        "redirect_loop", State.INSUFFICIENT, None,
        lambda sight: sight.failure in (Failure.REDIRECT_LOOP, Failure.HTTP_BAD_REDIRECT),
        "The site's redirects lead nowhere, so the page itself was not seen.", alone=True,
    ),
    Rule(
        "name_does_not_exist", State.GONE, None,
        lambda sight: sight.failure == Failure.DNS_NXDOMAIN
        and sight.control is not None
        and sight.control.failure == Failure.DNS_NXDOMAIN,
        "The name of the site does not exist any more, for the control neither.",
    ),
    Rule(
        "fails_everywhere", State.DOWN, None, lambda sight: _fails(sight) and _control_failed(sight),
        "The page could not be had, and the control could not have it either.",
    ),
    *(_only_here(stage) for stage in (Stage.DNS, Stage.TCP, Stage.TLS, Stage.HTTP)),
    Rule(
        "fails_without_control", State.INSUFFICIENT, None, lambda sight: _fails(sight),
        "The page could not be had, and no control could tell whether it is so elsewhere.",
    ),
)  # fmt: skip


def _saying(*states: State) -> tuple[Rule, ...]:
    """The platforms' rules that lead to these states, in their order."""
    return tuple(rule for rule in PLATFORM_RULES if rule.state in states)


def _unless_shown_elsewhere(rule: Rule) -> Rule:
    """A second address that says "not found" speaks for its country only, if the control is shown the page."""
    if rule.state is not State.GONE:
        return rule
    return replace(rule, when=lambda sight: rule.when(sight) and not _gone_here_only(sight))


RULES: tuple[Rule, ...] = (
    *OUR_SIDE,
    *OUTSIDE,
    *vk.HOP_RULES,
    *(_unless_shown_elsewhere(rule) for rule in ENDPOINT_RULES if rule.state is not State.REACHABLE),
    *walls.RULES,
    *_saying(State.INSUFFICIENT),
    *_saying(State.BLOCKED),
    *_saying(State.REMOVED),
    Rule(
        "site_withholds_here", State.BLOCKED, Mechanism.NOTICE, _site_withholds,
        "The site itself says here that the page is blocked, and by what law or authority, while it shows the page to "
        "the control.", "platform_block_notice", notice=_words_of,
    ),
    Rule(
        "site_shuts_out_country", State.RESTRICTED, Mechanism.GEO_FENCE, _site_shuts_out,
        "The site itself says here that it does not show the page to visitors from this country, without naming a law "
        "or an authority, while it shows the page to the control.", "geo_fence",
    ),
    Rule(
        "gone_here_only", State.LIKELY_BLOCKED, Mechanism.GEO_WITHHELD, _gone_here_only,
        "Here the site says that there is no such page, while it shows the page to the control.", "not_found",
    ),
    *_saying(State.GONE),
    *_saying(State.RESTRICTED),
    *_saying(State.REACHABLE),
    *(rule for rule in ENDPOINT_RULES if rule.state is State.REACHABLE),
    *walls.LOGINS,
    *ANSWERS,
    *FAILURES,
    *generic.RULES,
    Rule(
        "unclassified", State.INSUFFICIENT, None, lambda sight: True,
        "An answer came, and no rule knows what it means.",
    ),
)  # fmt: skip

_OWNERS = {rule.rule_id: platform for platform in ADAPTERS for rule in _rules_of(platform)} | {
    rule.rule_id: "vk" for rule in vk.HOP_RULES
}


@lru_cache(maxsize=64)
def rules_for(platform: str) -> tuple[Rule, ...]:
    """The table without the rules of other platforms, none of which could hold."""
    return tuple(rule for rule in RULES if _OWNERS.get(rule.rule_id, platform) == platform)
