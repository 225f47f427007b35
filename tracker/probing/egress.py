"""Where a look may go. Everything that is not plainly public is refused, whoever asked for it.

The check is made twice: on the URL, and by the network on the very address it is about to contact.
``ipaddress.is_global`` is no guard: it lets through multicast, NAT64 and site-local, and differs between
Python versions. So the ranges are written out.
Source: IANA special-purpose address registries (RFC 6890 and its updates).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

import dns.exception
import dns.name

from .target import Origin, Target

IPAddress = IPv4Address | IPv6Address
IPNetwork = IPv4Network | IPv6Network

DEFAULT_PORTS = frozenset({80, 443, 8080, 8443})

_REFUSED_V4: tuple[tuple[IPv4Network, str], ...] = tuple(
    (IPv4Network(cidr), why)
    for cidr, why in (
        ("0.0.0.0/8", "this network"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "shared by carriers"),
        ("127.0.0.0/8", "loopback"),
        ("168.63.129.16/32", "a cloud's own services"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "IETF protocol assignments"),
        ("192.0.2.0/24", "documentation"),
        ("192.88.99.0/24", "6to4 relay"),
        ("192.168.0.0/16", "private"),
        ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)

_PUBLIC_V6 = IPv6Network("2000::/3")

_REFUSED_V6: tuple[tuple[IPv6Network, str], ...] = tuple(
    (IPv6Network(cidr), why)
    for cidr, why in (
        # Inside 2000::/3.
        ("2001::/32", "Teredo, which carries an IPv4 address"),
        ("2001::/23", "IETF protocol assignments"),
        ("2001:db8::/32", "documentation"),
        ("2002::/16", "6to4, which carries an IPv4 address"),
        ("3fff::/20", "documentation"),
        # Outside it, and refused anyway; listed so that the reason is a good one.
        ("::/128", "unspecified"),
        ("::1/128", "loopback"),
        ("::ffff:0:0/96", "an IPv4 address in IPv6 dress"),
        ("::ffff:0:0:0/96", "an IPv4 address in IPv6 dress"),
        ("::/96", "an IPv4 address in IPv6 dress"),
        ("64:ff9b::/96", "NAT64, which carries an IPv4 address"),
        ("64:ff9b:1::/48", "NAT64, which carries an IPv4 address"),
        ("100::/64", "discard-only"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "site-local"),
        ("ff00::/8", "multicast"),
    )
)

_INTERNAL_SUFFIXES = (
    "localhost",
    "local",
    "internal",
    "onion",
    "alt",
    "home.arpa",
    "localdomain",
    "lan",
    "home",
    "intranet",
    "corp",
    "private",
)


class EgressRefused(Exception):
    """The guard does not let this through. The message says why; nothing was contacted."""


@lru_cache(maxsize=1024)
def public_reason(ip: str) -> str | None:
    """Why an address is not public, in words; None when it is."""
    try:
        address = ip_address(ip)
    except ValueError:
        return "not an address"
    table = _REFUSED_V4 if isinstance(address, IPv4Address) else _REFUSED_V6
    for network, why in table:
        if address in network:
            return why
    if isinstance(address, IPv6Address) and (address not in _PUBLIC_V6 or address.scope_id):
        return "outside the public IPv6 range"
    return None


@dataclass(frozen=True, slots=True)
class EgressPolicy:
    """What may be contacted. The default lets through public addresses at the usual web ports."""

    allowed_ports: frozenset[int] = DEFAULT_PORTS
    allowed_origins: frozenset[Origin] = frozenset()
    """Exact origins (scheme, host, port) that are contacted although they are not public: the rehearsal."""
    refused_networks: tuple[IPNetwork, ...] = ()
    """Public ranges that an operator wants left alone as well, such as his own."""
    allowed_networks: tuple[IPNetwork, ...] = ()
    """For tests only, which run against loopback. Empty wherever real URLs come in."""

    def refuse_target(self, target: Target) -> str | None:
        """Why this URL is not opened, in words; None when its parts are fine. Resolves nothing."""
        if target.scheme not in ("http", "https"):
            return f"scheme {target.scheme!r} is not http or https"
        if target.credentials:
            return "credentials in the URL"
        if target.origin in self.allowed_origins:
            return None
        if target.port not in self.allowed_ports:
            return f"port {target.port} is not one of the allowed ports"
        if target.literal:
            return self.refuse_address(target.host, target.origin)
        return _refuse_name(target.server_name)

    def refuse_address(self, ip: str, origin: Origin) -> str | None:
        """Why this address is not contacted for this origin, in words; None when it may be."""
        if origin in self.allowed_origins or _inside(ip, self.allowed_networks):
            return None
        if _inside(ip, self.refused_networks):
            return "refused by the operator"
        return public_reason(ip)


def _refuse_name(host: str) -> str | None:
    name = host.lower()
    if any(name == suffix or name.endswith("." + suffix) for suffix in _INTERNAL_SUFFIXES):
        return f"{host!r} is a name of a local network"
    if "." not in name:
        return f"{host!r} is a single label, which no public host has"
    try:
        dns.name.from_text(name)
    except (dns.exception.DNSException, UnicodeError):
        return "not a name that DNS can hold"
    return None


def _inside(ip: str, networks: tuple[IPNetwork, ...]) -> bool:
    return bool(networks) and any(ip_address(ip) in network for network in networks)


def networks(*cidrs: str) -> tuple[IPNetwork, ...]:
    """Ranges from their CIDR notation. Raises ValueError for one that is not a range."""
    return tuple(ip_network(cidr) for cidr in cidrs)
