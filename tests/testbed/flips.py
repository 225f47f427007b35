"""The second half of ``make testbed``: pages of the testbed change, and the status of their watches must follow.

``python -m tests.testbed.flips`` puts up a testbed, and tells a story in its censored corner.
"""

from __future__ import annotations

import sys

from tests.testbed.bed import bed_of_its_own, missing


def main() -> int:
    if sentence := missing():
        sys.exit(sentence)
    command = (sys.executable, "-m", "tests.testbed.following")
    with bed_of_its_own() as bed, bed.control(), bed.inside("client", *command) as following:
        return following.wait()


if __name__ == "__main__":
    sys.exit(main())
