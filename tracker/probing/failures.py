"""What an exception is called. One table, so that the same fault has the same name at every stage.

Names are OONI's df-007 strings where it has one. What is missing from the table is raised: it is a bug of
ours or a lack on our own machine, and must not be written down as something that a network did.
"""

from __future__ import annotations

import errno
import os
import ssl

import h11
from dns.exception import DNSException
from dns.rcode import FORMERR, NOERROR, NXDOMAIN, REFUSED, SERVFAIL, Rcode

from tracker.facts import Failure

from .egress import EgressRefused
from .limits import WireLimitReached


class ProxyFault(Exception):
    """The proxy did not bring us to the page. ``failure`` says whose fault that is."""

    def __init__(self, failure: Failure, detail: str) -> None:
        super().__init__(detail)
        self.failure = failure


class BrokenAnswer(Exception):
    """The peer's bytes are not what the protocol allows. The message says what was wrong."""


NETWORK_FAULTS = (
    OSError,
    EOFError,
    h11.RemoteProtocolError,
    DNSException,
    EgressRefused,
    ProxyFault,
    WireLimitReached,
    BrokenAnswer,
)
"""What the stages catch. ``ssl.SSLError`` and ``TimeoutError`` are kinds of OSError."""

_BY_ERRNO = {
    errno.ECONNREFUSED: Failure.CONNECTION_REFUSED,
    errno.ECONNRESET: Failure.CONNECTION_RESET,
    errno.EPIPE: Failure.CONNECTION_RESET,
    errno.ENOTCONN: Failure.CONNECTION_RESET,
    errno.ECONNABORTED: Failure.CONNECTION_ABORTED,
    errno.EHOSTUNREACH: Failure.HOST_UNREACHABLE,
    errno.EHOSTDOWN: Failure.HOST_UNREACHABLE,
    errno.EPROTO: Failure.HOST_UNREACHABLE,
    errno.ENETUNREACH: Failure.NETWORK_UNREACHABLE,
    errno.EADDRNOTAVAIL: Failure.NETWORK_UNREACHABLE,
    errno.EAFNOSUPPORT: Failure.NETWORK_UNREACHABLE,
    errno.ENETDOWN: Failure.NETWORK_DOWN,
    errno.ETIMEDOUT: Failure.GENERIC_TIMEOUT,
    # An administrative "no" on the way out: a local packet filter.
    errno.EPERM: Failure.UNKNOWN,
    errno.EACCES: Failure.UNKNOWN,
}

_BY_TYPE: tuple[tuple[type[Exception], Failure], ...] = (
    (TimeoutError, Failure.GENERIC_TIMEOUT),
    (ssl.SSLEOFError, Failure.EOF),
    (ssl.SSLZeroReturnError, Failure.EOF),
    (ssl.SSLError, Failure.SSL_HANDSHAKE),
    (EOFError, Failure.EOF),
    (h11.RemoteProtocolError, Failure.HTTP_REQUEST_FAILED),
    (BrokenAnswer, Failure.HTTP_REQUEST_FAILED),
    (WireLimitReached, Failure.BODY_TOO_LARGE),
    (EgressRefused, Failure.EGRESS_REFUSED),
    (DNSException, Failure.DNS_MISBEHAVING),
)

_BY_RCODE = {
    NXDOMAIN: Failure.DNS_NXDOMAIN,
    SERVFAIL: Failure.DNS_SERVFAIL,
    REFUSED: Failure.DNS_REFUSED,
    FORMERR: Failure.DNS_MISBEHAVING,
}

_BY_SOCKS_REPLY = {
    1: Failure.SOCKS_SERVER_FAILURE,
    2: Failure.SOCKS_NOT_ALLOWED,
    3: Failure.SOCKS_NETWORK_UNREACHABLE,
    4: Failure.SOCKS_HOST_UNREACHABLE,
    5: Failure.SOCKS_CONNECTION_REFUSED,
    6: Failure.SOCKS_TTL_EXPIRED,
    7: Failure.SOCKS_COMMAND_NOT_SUPPORTED,
    8: Failure.SOCKS_ADDRESS_NOT_SUPPORTED,
}
"""RFC 1928, section 6, in the names that OONI's older tests gave them."""

_BY_CONNECT_STATUS = {
    407: Failure.PROXY_AUTH_REQUIRED,
    502: Failure.PROXY_BAD_GATEWAY,
    504: Failure.PROXY_GATEWAY_TIMEOUT,
}
"""RFC 9110, 15.6. 503 stays the proxy's own: it may be overloaded, and no page must pay for that."""


def name_of(error: Exception) -> Failure:
    """The failure that an exception stands for. Raises it again when it is none of the network's doing."""
    if isinstance(error, ProxyFault):
        return error.failure
    for kind, failure in _BY_TYPE:
        if isinstance(error, kind):
            return failure
    if isinstance(error, OSError) and error.errno in _BY_ERRNO:
        return _BY_ERRNO[error.errno]
    raise error


def name_of_rcode(rcode: Rcode) -> Failure | None:
    return None if rcode == NOERROR else _BY_RCODE.get(rcode, Failure.DNS_MISBEHAVING)


def name_of_dns(error: Exception) -> Failure:
    """As ``name_of``, in the words for a resolver that could not be asked."""
    failure = name_of(error)
    if failure is Failure.GENERIC_TIMEOUT:
        return Failure.DNS_TIMEOUT
    if failure in (Failure.NETWORK_UNREACHABLE, Failure.NETWORK_DOWN, Failure.HOST_UNREACHABLE):
        return failure
    return (
        Failure.DNS_MISBEHAVING if isinstance(error, DNSException | BrokenAnswer) else Failure.DNS_TEMPORARY
    )


def name_of_socks_reply(code: int | None) -> Failure:
    return _BY_SOCKS_REPLY.get(code or 0, Failure.SOCKS_ERROR)


def name_of_connect_status(status: int | None) -> Failure:
    return _BY_CONNECT_STATUS.get(status or 0, Failure.PROXY_ERROR)


def words_of(error: Exception) -> str:
    """What the error says, on one line, for people."""
    if isinstance(error, ssl.SSLError) and error.reason:
        return str(error.reason)
    if isinstance(error, OSError) and error.errno:
        # The system's own words; asyncio's name the address, which may be that of a vantage point.
        return os.strerror(error.errno)
    return str(error) or type(error).__name__
