"""``manage.py up``: everything together, on a machine that has only this project."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import urllib.request
from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError

from config.rehearsal import store
from config.rehearsal.store import Store, inside_proxy
from config.supervision import Supervisor
from events.models import BlockEvent
from tracker.models import Watch

MANAGE = [sys.executable, "manage.py"]
FIRST_USER = "researcher"


class Command(BaseCommand):
    help = "Runs web, worker and beat together, and the rehearsal platform with the demo workspace."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-demo", action="store_true", help="Leave an empty database empty.")

    def handle(self, *, host: str, port: int, no_demo: bool, **options: Any) -> None:
        if not settings.IS_EMBEDDED:
            raise CommandError(
                "REDIS_URL is set: start gunicorn, `celery -A config worker` and `celery -A config beat`."
            )
        os.chdir(settings.BASE_DIR)
        _require_free(host, port, "--port")
        platform = store.at(settings.DATA_DIR)
        origin = settings.REHEARSAL_ORIGIN or platform.origin() or f"http://127.0.0.1:{port + 1}"
        self._say("Bringing the database up to date")
        call_command("migrate", verbosity=0, interactive=False)
        self._make_first_user()
        if not no_demo and _is_empty():
            self._load_demo(platform, origin)
        self._supervise(host, port, origin if platform.exists else None)

    def _load_demo(self, platform: Store, origin: str) -> None:
        _require_rehearsal_ports(origin)
        if "load_demo" in get_commands():
            self._say("Loading the demo workspace")
            # In a process of its own: the guard lets the rehearsal through only where the setting names it.
            command = [*MANAGE, "load_demo", "--rehearsal-origin", origin]
            if subprocess.run(command, env=os.environ | _rehearsal_variable(origin), check=False).returncode:  # noqa: S603
                raise CommandError("The demo workspace could not be loaded; DEMO=0 starts without it.")
        platform.remember_origin(origin)

    def _make_first_user(self) -> None:
        users = get_user_model()._default_manager
        if users.exists():
            return
        password = secrets.token_urlsafe(12)
        users.create_superuser(FIRST_USER, password=password)
        kept = settings.DATA_DIR / "first-password"
        _write_private(kept, password + "\n")
        self._say(f"Made the first user: {FIRST_USER}, password {password} (kept in {_short(kept)})")

    def _supervise(self, host: str, port: int, origin: str | None) -> None:
        supervisor = Supervisor(_rehearsal_variable(origin) if origin else {}, self._say)
        supervisor.stop_on(signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        supervisor.add("web", _web(host, port))
        supervisor.add("worker", [*MANAGE, "work"])
        if origin:
            _require_rehearsal_ports(origin)
            supervisor.add("rehearsal", [*MANAGE, "rehearsal"])
        self._say("Starting web, worker and beat" + (" and the rehearsal platform" if origin else ""))
        supervisor.run(each_turn=_Greeting(self._say, host, port, origin))
        self._say("Stopped; nothing is left running.")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


class _Greeting:
    """Says where everything is, once, as soon as the web server answers."""

    def __init__(self, say: Any, host: str, port: int, origin: str | None) -> None:
        self._say, self._origin = say, origin
        shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104  only compared
        self._web = f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"
        self._is_said = False

    def __call__(self) -> None:
        if self._is_said or not _answers(f"{self._web}/healthz"):
            return
        self._is_said = True
        self._say("")
        for name, path in (("Dashboard", "/"), ("Admin", "/admin/"), ("API", "/api/v1/")):
            self._say(f"  {name:<10} {self._web}{path}")
        if self._origin:
            self._say(f"  Rehearsal  {self._origin}/  (what can be done with it: manage.py rehearse --help)")
        self._say("\nCtrl-C stops everything.")


def _web(host: str, port: int) -> list[str]:
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    options = "--worker-class gthread --workers 2 --threads 4 --log-level warning --no-control-socket"
    config = ["--config", "python:config.gunicorn", "--bind", address]
    return [sys.executable, "-m", "gunicorn", "config.wsgi:application", *config, *options.split()]


def _rehearsal_variable(origin: str) -> dict[str, str]:
    return {"STILLBLOCKED_REHEARSAL_ORIGIN": origin}


def _require_rehearsal_ports(origin: str) -> None:
    host, inside = inside_proxy(origin)
    for port in (inside - 1, inside):
        _require_free(host, port, "STILLBLOCKED_REHEARSAL_ORIGIN")


def _require_free(host: str, port: int, setting: str) -> None:
    """Raises CommandError when nothing can listen there, and says what to change."""
    try:
        family, kind, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with closing(socket.socket(family, kind)) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
    except (OSError, OverflowError) as error:
        raise CommandError(
            f"{host}:{port} cannot be listened on ({error}): stop what does, or set {setting}."
        ) from error


def _is_empty() -> bool:
    return not BlockEvent.objects.exists() and not Watch.objects.exists()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=1) as answer:  # noqa: S310  our own server
            return bool(answer.status == 200)
    except OSError:
        return False


def _write_private(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


def _short(path: Path) -> str:
    base: Path = settings.BASE_DIR
    return str(path.relative_to(base) if path.is_relative_to(base) else path)
