"""What is watched, from where, what was seen, and what it meant. Written by ``tracker.operations`` only."""

from tracker.models.drifting import PlatformHealth
from tracker.models.measuring import Evidence, Measurement, StatusChange, Verdict
from tracker.models.watching import Host, Target, VantagePoint, Watch

__all__ = [
    "Evidence",
    "Host",
    "Measurement",
    "PlatformHealth",
    "StatusChange",
    "Target",
    "VantagePoint",
    "Verdict",
    "Watch",
]
