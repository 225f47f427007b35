"""Whether a certificate chain may be trusted, judged after the handshake so that a bad one is still seen.

A handshake that verifies would stop at the first fault, and with it the page behind an interceptor's
certificate would be lost. OpenSSL's own verdict is asked for, since that is what servers are made to satisfy.
"""

from __future__ import annotations

import hashlib
import ssl
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path

import certifi
from cryptography import x509
from OpenSSL import crypto

from tracker.facts import Failure

from .target import is_literal, printable

_OUT_OF_DATE = frozenset({9, 10})
_NO_AUTHORITY = frozenset({2, 18, 19, 20, 21, 24, 27})
"""OpenSSL's X509_V_ERR codes, x509_vfy.h: no issuer, self-signed, unverifiable, not a CA, not trusted."""

_VERIFIED_FOR = 60
"""Seconds for which a verdict on a chain is kept: only its dates could change it."""


@dataclass(frozen=True, slots=True)
class Trust:
    """What is needed to shake hands and to judge afterwards. Costly, so made once per file of roots."""

    context: ssl.SSLContext
    store: crypto.X509Store


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a chain: its df-007 name, and OpenSSL's words or ours."""

    failure: Failure
    words: str


@lru_cache(maxsize=8)
def load_trust(ca_file: str | None = None) -> Trust:
    """The roots of a PEM file, or certifi's. Raises OSError or OpenSSL's error for a file that holds none."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_alpn_protocols(["http/1.1"])
    store = crypto.X509Store()
    store.load_locations(str(Path(ca_file or certifi.where())))
    return Trust(context=context, store=store)


@lru_cache(maxsize=128)
def fingerprints(chain: tuple[bytes, ...]) -> tuple[str, ...]:
    return tuple(hashlib.sha256(der).hexdigest() for der in chain)


def leaf_names(chain: Sequence[bytes]) -> tuple[str | None, str | None]:
    """Subject and issuer of the first certificate, in RFC 4514 form; None where it cannot be read."""
    leaf = _read_leaf(chain[0]) if chain else _Leaf()
    return leaf.subject, leaf.issuer


@dataclass(frozen=True, slots=True)
class _Leaf:
    """What the first certificate says; nothing where it cannot be read."""

    subject: str | None = None
    issuer: str | None = None
    names: frozenset[str] = frozenset()
    """DNS names and addresses that it speaks for, in lower case."""


@lru_cache(maxsize=128)
def _read_leaf(der: bytes) -> _Leaf:
    # Most looks go to few platforms, and reading a certificate costs as much as a handshake.
    try:
        leaf = x509.load_der_x509_certificate(der)
        subject, issuer = (printable(name.rfc4514_string()) for name in (leaf.subject, leaf.issuer))
    except Exception:
        # The bytes are the peer's, and the parser has no one class for what can be wrong with them.
        return _Leaf()
    return _Leaf(subject, issuer, _names(leaf))


def _names(leaf: x509.Certificate) -> frozenset[str]:
    try:
        names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        ips = (str(ip) for ip in names.get_values_for_type(x509.IPAddress))
        return frozenset((*(name.lower() for name in names.get_values_for_type(x509.DNSName)), *ips))
    except Exception:
        # As above: no names that can be read is no name that fits.
        return frozenset()


def find_fault(chain: Sequence[bytes], server_name: str, trust: Trust) -> Fault | None:
    """Why this chain does not speak for this server, or None when it does.

    In the order of Go's verifier, which OONI's names come from: dates, name, authority, all else.
    """
    if not chain:
        return Fault(Failure.SSL_CERTIFICATE, "no certificate was sent")
    code, words = _chain_error(tuple(chain), trust, int(time.time() / _VERIFIED_FOR))
    if code in _OUT_OF_DATE:
        return Fault(Failure.SSL_CERTIFICATE, words)
    if not _names_server(chain[0], server_name):
        return Fault(Failure.SSL_HOSTNAME, f"the certificate is not for {server_name}")
    if code in _NO_AUTHORITY:
        return Fault(Failure.SSL_AUTHORITY, words)
    return Fault(Failure.SSL_CERTIFICATE, words) if code else None


@lru_cache(maxsize=128)
def _chain_error(chain: tuple[bytes, ...], trust: Trust, minute: int) -> tuple[int, str]:
    """OpenSSL's code and words for what is wrong with the chain in this minute; code 0 when nothing is."""
    try:
        leaf, *others = (crypto.load_certificate(crypto.FILETYPE_ASN1, der) for der in chain)
        crypto.X509StoreContext(trust.store, leaf, others).verify_certificate()
    except crypto.X509StoreContextError as error:
        return int(error.errors[0]), str(error.errors[2])
    except crypto.Error:
        return -1, "the certificate cannot be read"
    return 0, ""


def _names_server(leaf_der: bytes, server_name: str) -> bool:
    names = _read_leaf(leaf_der).names
    if is_literal(server_name):
        return _plain_ip(server_name) in names
    name = server_name.lower()
    return name in names or any(_matches(pattern, name) for pattern in names)


@lru_cache(maxsize=1024)
def _plain_ip(ip: str) -> str:
    return str(ip_address(ip))


def _matches(pattern: str, name: str) -> bool:
    """RFC 6125: a wildcard stands for the whole leftmost label, and for one label only."""
    pattern = pattern.removesuffix(".")
    if not pattern.startswith("*."):
        return pattern == name
    _, _, rest = name.partition(".")
    return bool(rest) and "." in rest and rest == pattern[2:]
