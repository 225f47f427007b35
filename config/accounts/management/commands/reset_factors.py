"""``manage.py reset_factors NAME --because …``: for somebody who lost the phone and the codes as well."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config.accounts import operations


class Command(BaseCommand):
    help = "Takes all second factors of an account away and ends its sessions. It stands in the account's history."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--because", required=True, help="How you know that it is them; kept.")

    def handle(self, *, name: str, because: str, **options: Any) -> None:
        account = User.objects.filter(username=name).first()
        if account is None:
            raise CommandError(f"There is no account {name}.")
        if not because.strip():
            raise CommandError("Say why: how do you know that it is them?")
        number = operations.reset_factors(account=account, because=because.strip(), now=timezone.now())
        self.stdout.write(
            f"{number} second factor{'' if number == 1 else 's'} of {name} taken away, all sessions ended. "
            "Until a new one is set up, the password alone protects the account."
        )
