"""Runs inside a vantage of the testbed: pages change, and the status of their watches must follow.

Time is put forward to each next look, so that weeks pass in minutes. What happens between looks is done through the
testbed's own controls, as a platform, a network or a cable would.
"""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

import django
from django.core.management import call_command

SOUND = "https://many-tongues.example/,https://cdn-wide.example/"
"""Pages that nothing happens to: the canaries."""


def main() -> int:
    folder = Path(os.environ["STILLBLOCKED_DATA_DIR"]) / "following"
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "STILLBLOCKED_DATA_DIR": str(folder),
        "STILLBLOCKED_CANARY_URLS": SOUND,
        "STILLBLOCKED_LOOK_SECONDS": "15",
    }
    django.setup()
    logging.disable(logging.INFO)
    call_command("migrate", verbosity=0)
    from tests.testbed.follower import Follower
    from tests.testbed.story import STORY

    follower = Follower()
    follower.follow(STORY)
    follower.check_evidence()
    call_command("verify_evidence")
    print(
        f"{len(follower.wrong)} things went wrong." if follower.wrong else "Every status followed.",
        flush=True,
    )
    return min(len(follower.wrong), 1)


if __name__ == "__main__":
    sys.exit(main())
