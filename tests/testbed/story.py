"""What happens to two pages of the testbed, and what must become of their status.

One page is withheld, restored and withheld again within hours. All others stay as they are for more than three days:
when the changes of many pages are undone sooner, looks count for less, which is what they should, and not what is
tried here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

PAGE = "https://flip.testbed.example/post/1"
OTHER = "http://flip2.testbed.example/post/2"
NOTICE = json.dumps(
    {
        "kind": "notice",
        "geo": True,
        "text": "This page is blocked in your country at the request of the authorities.",
    }
)


@dataclass(frozen=True, slots=True)
class Event:
    """Something happens to a page. Within so many days of a look at it its status must be one of ``becomes``."""

    what: str
    url: str
    do: tuple[str, ...]
    becomes: tuple[str, ...]
    days: float = 1


@dataclass(frozen=True, slots=True)
class Quiet:
    """So many rounds of looks in which no status may change, whatever is done."""

    what: str
    rounds: int
    do: tuple[str, ...] = ()


NETWORK, OTHERS_NETWORK = ("censor", "flip.testbed.example"), ("censor", "flip2.testbed.example")
SITE = ("fault", "flip.testbed.example")

STORY: tuple[Event | Quiet, ...] = (
    Event("a page that is there", PAGE, (), ("reachable",)),
    Event("another page", OTHER, (), ("reachable",)),
    Quiet("nothing happens", 6),
    Event("the platform withholds it here", PAGE, ("page", PAGE, NOTICE), ("blocked",)),
    Event("the platform restores it", PAGE, ("page", PAGE, "-"), ("reachable",)),
    Event("the platform withholds it again", PAGE, ("page", PAGE, NOTICE), ("blocked",)),
    Quiet("it stays withheld", 6),
    Event("the platform restores it again", PAGE, ("page", PAGE, "-"), ("reachable",)),
    Event("the network resets its connections", PAGE, (*NETWORK, "tls_rst"), ("likely_blocked",), 4),
    Event("the network lets it through", PAGE, (*NETWORK, "-"), ("reachable",)),
    Event("the network denies its name", OTHER, (*OTHERS_NETWORK, "dns_nxdomain"), ("likely_blocked",), 4),
    Event("the name is back", OTHER, (*OTHERS_NETWORK, "-"), ("reachable",)),
    Event("a block page stands in its place", OTHER, (*OTHERS_NETWORK, "http_page"), ("blocked",)),
    Quiet("it stays there", 5),
    Event("the block page is gone", OTHER, (*OTHERS_NETWORK, "-"), ("reachable",)),
    Quiet("the cable of the vantage point is out", 4, ("link", "client", "down")),
    Quiet("that cable is in again", 4, ("link", "client", "up")),
    Quiet("the cable of the control is out", 3, ("link", "free", "down")),
    Quiet("that cable is in again", 2, ("link", "free", "up")),
    Event("its owner deletes it", PAGE, ("page", PAGE, "deleted"), ("gone", "removed"), 4),
    Quiet("it stays deleted", 5),
    Event("its owner brings it back", PAGE, ("page", PAGE, "-"), ("reachable",)),
    Event("the site is down for everybody", PAGE, (*SITE, "down_refused"), ("down",), 4),
    Event("the site is up again", PAGE, (*SITE, "-"), ("reachable",)),
)
"""``do`` are arguments of the testbed's ``ctl``; an empty one does nothing."""
