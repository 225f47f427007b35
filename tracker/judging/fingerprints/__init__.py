"""Known block pages: texts, addresses and headers that networks put in the place of a page.

A small built-in set with the source of each; an operator may load larger ones (``manage.py import_fingerprints``).
"""

from tracker.judging.fingerprints.fingerprint import (
    BODY,
    DNS,
    LOCATION,
    TEXT,
    Fingerprint,
    Kind,
    Scope,
    Strength,
)
from tracker.judging.fingerprints.index import BUILT_IN_INDEX, FingerprintIndex

__all__ = [
    "BODY",
    "BUILT_IN_INDEX",
    "DNS",
    "LOCATION",
    "TEXT",
    "Fingerprint",
    "FingerprintIndex",
    "Kind",
    "Scope",
    "Strength",
]
