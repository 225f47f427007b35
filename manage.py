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
    except BrokenPipeError:
        # Whoever read us has seen enough; the interpreter must not complain of it while it closes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
