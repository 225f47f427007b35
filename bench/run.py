"""``make bench``: prints ratios. Machines are noisy, so each figure is the median of rounds taken in turn."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="stillblocked-bench-") as folder:
        prepared(folder)
        from bench import admin, api, belief, fingerprints, importing, looks, memory

        for bench in (fingerprints, looks, memory, api, belief, admin, importing):
            for line in bench.lines():
                print(line, flush=True)


def prepared(folder: str) -> None:
    """Django with a new database in the folder, or the one that ``DATABASE_URL`` names."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings", "STILLBLOCKED_DATA_DIR": folder}
    os.environ.setdefault("DATABASE_URL", f"sqlite:////{folder}/bench.sqlite3")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


if __name__ == "__main__":
    main()
