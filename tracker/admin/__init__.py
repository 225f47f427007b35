"""The tracker's tables as researchers read them. What was measured is never typed in, changed or deleted."""

from tracker.admin import changes, fingerprints, keeping, measurements, platforms, vantage_points, watches

__all__ = ["changes", "fingerprints", "keeping", "measurements", "platforms", "vantage_points", "watches"]
