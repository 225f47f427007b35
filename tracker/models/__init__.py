"""What is watched, from where, what was seen, and what it meant. Written by ``tracker.operations`` only."""

from tracker.models.believing import PlatformRecord
from tracker.models.drifting import PlatformHealth
from tracker.models.fingerprinting import FingerprintRow, FingerprintSet
from tracker.models.keeping import ChainLink, Evidence, EvidenceCopy, Thinning
from tracker.models.measuring import Measurement, StatusChange, Verdict
from tracker.models.watching import Host, Target, VantagePoint, Watch

__all__ = [
    "ChainLink",
    "Evidence",
    "EvidenceCopy",
    "FingerprintRow",
    "FingerprintSet",
    "Host",
    "Measurement",
    "PlatformHealth",
    "PlatformRecord",
    "StatusChange",
    "Target",
    "Thinning",
    "VantagePoint",
    "Verdict",
    "Watch",
]
