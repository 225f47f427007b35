"""How a place is reached, as an operator writes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True, slots=True)
class Via:
    """How a place is reached: ``direct``, or the proxy that stands there."""

    kind: Literal["direct", "socks5", "http"] = "direct"
    host: str = ""
    port: int = 0
    username: str | None = None
    password: str | None = field(default=None, repr=False)

    @classmethod
    def parse(cls, uri: str) -> Via:
        """From ``direct``, ``socks5h://host:port`` or ``http://host:port``. Raises ValueError, saying why."""
        if uri == "direct":
            return cls()
        parts = urlsplit(uri)
        if parts.scheme == "socks5":
            raise ValueError("use socks5h://, so that names are resolved at the far end and not here")
        if parts.scheme not in ("socks5h", "http"):
            raise ValueError("a vantage is reached by direct, socks5h://host:port or http://host:port")
        if (
            not parts.hostname
            or not parts.port
            or parts.path not in ("", "/")
            or parts.query
            or parts.fragment
        ):
            raise ValueError("a proxy is named by host and port and nothing else")
        return cls(
            kind="http" if parts.scheme == "http" else "socks5",
            host=parts.hostname,
            port=parts.port,
            username=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password is not None else None,
        )
