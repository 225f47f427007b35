"""The rehearsal's pages, which are the only ones a test may fetch."""

from tests.tracker.conftest import origin, rehearsal

__all__ = ["origin", "rehearsal"]
