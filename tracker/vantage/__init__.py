"""Looking: vantage points bound to real networks, one round of looks from claim to record.

A round reads rows, then touches the network and nothing else, then writes. Politeness comes first: a look that
has no turn at its host is postponed to the turn it gets. So does the canary: through a vantage point that does
not work nothing is looked at, and the reason is recorded in place of a look.
"""

from tracker.vantage.declared import record_declared
from tracker.vantage.looking import Sighting, Subject, look_of
from tracker.vantage.once import look_once
from tracker.vantage.pauses import PAUSE
from tracker.vantage.rounds import probe_due

__all__ = ["PAUSE", "Sighting", "Subject", "look_of", "look_once", "probe_due", "record_declared"]
