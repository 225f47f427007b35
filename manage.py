#!/usr/bin/env python3
"""The command line of Stillblocked."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from config.env import Unreadable

    try:
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)
    except Unreadable as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
