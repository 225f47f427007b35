"""Settings from the environment. What is not understood is refused with one sentence; no Django here."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

PREFIX = "STILLBLOCKED_"


class Unreadable(ValueError):
    """A setting that cannot be understood: what was seen, and what would be accepted."""


class Env:
    """Reads variables and remembers which names are known, so that a misspelt one is refused."""

    def __init__(self, variables: Mapping[str, str] | None = None) -> None:
        self._variables = os.environ if variables is None else variables
        self._known: set[str] = set()

    def text(self, name: str, default: str = "") -> str:
        self._known.add(name)
        return self._variables.get(name, default)

    def flag(self, name: str, *, default: bool) -> bool:
        value = self.text(name)
        if value in {"", "0", "false", "False", "no"}:
            return default if value == "" else False
        if value in {"1", "true", "True", "yes"}:
            return True
        raise Unreadable(f"{name}={value}: write 1 or 0.")

    def number(self, name: str, *, default: int, least: int, most: int) -> int:
        value = self.text(name)
        if not value:
            return default
        # Nine digits hold every number that is asked for, and Python refuses to read some thousands.
        is_number = value.isascii() and value.isdigit() and len(value) < 10
        if not is_number or not least <= int(value) <= most:
            raise Unreadable(f"{name}={value}: write a whole number from {least} to {most}.")
        return int(value)

    def items(self, name: str, default: str = "") -> list[str]:
        return [item.strip() for item in self.text(name, default).split(",") if item.strip()]

    def secret(self, name: str) -> str:
        """The value of ``NAME``, or the contents of the file that ``NAME_FILE`` names."""
        path = self.text(f"{name}_FILE")
        value = self.text(name)
        if not path:
            return value
        if value:
            raise Unreadable(f"{name} and {name}_FILE are both set: keep one of them.")
        try:
            found = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise Unreadable(f"{name}_FILE={path}: the file cannot be read ({error}).") from error
        if not found:
            raise Unreadable(f"{name}_FILE={path}: the file is empty.")
        return found

    def refuse_unknown(self) -> None:
        """Raises ``Unreadable`` when a variable with our prefix was never asked for: it is a misspelling."""
        for name in sorted(self._variables):
            if name.startswith(PREFIX) and name not in self._known:
                raise Unreadable(
                    f"{name} is not a setting of Stillblocked; see docs/operating.md for the list."
                )


def database(url: str, data_dir: Path) -> dict[str, object]:
    """A Django database entry for ``sqlite:///path`` or ``postgres://user:password@host:port/name``."""
    if not url:
        return _sqlite(data_dir / "stillblocked.sqlite3")
    scheme, _, rest = url.partition("://")
    if scheme == "sqlite" and rest.startswith("/") and len(rest) > 1 and not {"?", "#"} & set(rest):
        return _sqlite(Path(rest[1:]))
    if scheme in {"postgres", "postgresql"}:
        return _postgres(url)
    raise Unreadable("DATABASE_URL: write sqlite:///file.sqlite3 or postgres://user:password@host:5432/name.")


def _sqlite(path: Path) -> dict[str, object]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            # Without IMMEDIATE two writers deadlock at once; without FULL a power cut loses what was acknowledged.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }


def _postgres(url: str) -> dict[str, object]:
    sentence = "DATABASE_URL: write postgres://user:password@host:5432/name."
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Unreadable(sentence) from error
    name = unquote(parts.path.lstrip("/"))
    if not name or parts.query or parts.fragment:
        raise Unreadable(sentence)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def redis_url(url: str, name: str = "REDIS_URL") -> str:
    """The address as given, or empty when there is none; anything but redis:// is refused."""
    sentence = f"{name}: write redis://host:6379/0, or leave it out for the embedded default."
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        is_readable = (parts.scheme in {"redis", "rediss"} and bool(parts.hostname) and parts.port != 0) or (
            parts.scheme == "unix" and bool(parts.path)
        )
    except ValueError as error:
        raise Unreadable(sentence) from error
    if not is_readable:
        raise Unreadable(sentence)
    return url


def origin(name: str, value: str) -> tuple[str, str, int] | None:
    """Scheme, host and port of an exact origin such as ``http://127.0.0.1:8009``; None when empty."""
    if not value:
        return None
    try:
        parts = urlsplit(value)
        host, port = parts.hostname, parts.port
    except ValueError:
        parts, host, port = urlsplit(""), None, None
    is_bare = parts.path in {"", "/"} and not (parts.query or parts.fragment or "@" in parts.netloc)
    # The port above it is the rehearsal's other door.
    if parts.scheme not in {"http", "https"} or not host or not is_bare or not 0 < (port or 0) < 65_535:
        raise Unreadable(f"{name}={value}: write an origin with its port, such as http://127.0.0.1:8009.")
    return parts.scheme, host, port or 0


def folder(name: str, path: Path) -> Path:
    """The folder, made if it is not there yet."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unreadable(f"{name}={path}: the folder cannot be made ({error.strerror}).") from error
    return path
