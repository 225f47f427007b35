"""Where a request comes from, as far as counting needs it: a net, and never kept but as a keyed hash."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import unicodedata
from collections.abc import Mapping

UNKNOWN = "unknown"
_IPV4_PREFIX, _IPV6_PREFIX = 24, 48
"""What one subscriber or one rented machine can move about in without effort."""


def client_address(meta: Mapping[str, object], *, proxies: int) -> str:
    """The visitor's address: the one that the outermost of our proxies saw. What came before it is not believed."""
    direct = str(meta.get("REMOTE_ADDR") or "")
    if not proxies:
        return direct
    forwarded = [
        part.strip() for part in str(meta.get("HTTP_X_FORWARDED_FOR") or "").split(",") if part.strip()
    ]
    return forwarded[-proxies] if len(forwarded) >= proxies else direct


def net_of(address: str) -> str:
    """The net that an address belongs to, such as 192.0.2.0/24; ``unknown`` when it is no address."""
    try:
        found = ipaddress.ip_address(address.strip("[]"))
    except ValueError:
        return UNKNOWN
    if isinstance(found, ipaddress.IPv6Address):
        found = found.ipv4_mapped or found
    prefix = _IPV4_PREFIX if found.version == 4 else _IPV6_PREFIX
    return str(ipaddress.ip_network(f"{found}/{prefix}", strict=False))


def same_name(name: str) -> str:
    """One form for all spellings of a name, so that capitals give no new tries."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def keyed(key: bytes, *parts: str) -> str:
    """A hash that without the key says nothing. Parts cannot run into each other."""
    message = b"".join(len(part.encode()).to_bytes(4, "big") + part.encode() for part in parts)
    return hmac.new(key, message, hashlib.sha256).hexdigest()
