"""The vocabulary: what can be seen and what it can mean. Frozen values and enums; standard library only.

An observation says what happened and never what it means; a verdict says what it means and by which
public rule. Both cross every layer of the project, so nothing here may import anything of ours.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Stage(StrEnum):
    """Where a look stopped. ``CONTENT`` is set by judging: the bytes came, and they were not the page."""

    DNS = "dns"
    TCP = "tcp"
    TLS = "tls"
    HTTP = "http"
    CONTENT = "content"


class State(StrEnum):
    """What a page is, seen from one territory. The words are public and keep their meaning."""

    BLOCKED = "blocked"
    LIKELY_BLOCKED = "likely_blocked"
    REMOVED = "removed"
    GONE = "gone"
    RESTRICTED = "restricted"
    REACHABLE = "reachable"
    DOWN = "down"
    INSUFFICIENT = "insufficient"


class Mechanism(StrEnum):
    """How a page is kept from its readers; a separate axis from the state."""

    NOTICE = "notice"
    HTTP_451 = "http_451"
    GEO_WITHHELD = "geo_withheld"
    DNS = "dns"
    TCP = "tcp"
    TLS = "tls"
    HTTP = "http"
    BLOCKPAGE = "blockpage"
    PLATFORM_RULES = "platform_rules"
    LOGIN_WALL = "login_wall"
    AGE_GATE = "age_gate"
    GEO_FENCE = "geo_fence"
    """The site itself refuses visitors from the country; nobody between is needed for it."""


class Role(StrEnum):
    """What a vantage point is for."""

    EXPERIMENT = "experiment"
    CONTROL = "control"
    ENDPOINT = "endpoint"
    """Not a place: the answer of a platform's second address, asked from where the page was looked at."""


class Failure(StrEnum):
    """Why a stage did not succeed: OONI's df-007 strings, then our own below the line.

    ``None`` in place of a failure means that the stage worked; an empty string never does.
    Source: ooni/spec, data-formats/df-007-errors.
    """

    GENERIC_TIMEOUT = "generic_timeout_error"
    CONNECTION_REFUSED = "connection_refused"
    CONNECTION_RESET = "connection_reset"
    CONNECTION_ABORTED = "connection_aborted"
    EOF = "eof_error"
    HOST_UNREACHABLE = "host_unreachable"
    NETWORK_UNREACHABLE = "network_unreachable"
    NETWORK_DOWN = "network_down"
    DNS_NXDOMAIN = "dns_nxdomain_error"
    DNS_NO_ANSWER = "dns_no_answer"
    DNS_REFUSED = "dns_refused_error"
    DNS_SERVFAIL = "dns_servfail_error"
    DNS_TEMPORARY = "dns_temporary_failure"
    DNS_MISBEHAVING = "dns_server_misbehaving"
    DNS_BOGON = "dns_bogon_error"
    """The name resolved to a non-public address: a finding about the network. Never contacted."""
    SSL_HANDSHAKE = "ssl_failed_handshake"
    SSL_HOSTNAME = "ssl_invalid_hostname"
    SSL_AUTHORITY = "ssl_unknown_authority"
    SSL_CERTIFICATE = "ssl_invalid_certificate"
    HTTP_REQUEST_FAILED = "http_request_failed"
    HTTP_BAD_REDIRECT = "http_invalid_redirect_location_host"
    SOCKS_ERROR = "socks_error"
    SOCKS_SERVER_FAILURE = "socks_server_failure"
    SOCKS_NOT_ALLOWED = "socks_connection_not_allowed"
    SOCKS_NETWORK_UNREACHABLE = "socks_network_unreachable"
    SOCKS_HOST_UNREACHABLE = "socks_host_unreachable"
    SOCKS_CONNECTION_REFUSED = "socks_connection_refused"
    SOCKS_TTL_EXPIRED = "socks_ttl_expired"
    SOCKS_COMMAND_NOT_SUPPORTED = "socks_command_not_supported"
    SOCKS_ADDRESS_NOT_SUPPORTED = "socks_address_not_supported"
    UNKNOWN = "unknown_failure"

    # Ours; df-007 has no word for them.
    DNS_TIMEOUT = "dns_timeout"
    EGRESS_REFUSED = "egress_refused"
    """Our own policy refused the address, port, scheme or URL. Nothing was contacted."""
    REDIRECT_LOOP = "redirect_loop"
    BODY_TOO_LARGE = "body_too_large"
    PROXY_ERROR = "proxy_error"
    """The proxy that reaches the vantage point failed; says nothing about the page."""
    PROXY_AUTH_REQUIRED = "proxy_auth_required"
    PROXY_BAD_GATEWAY = "proxy_bad_gateway"
    """An HTTP proxy did not get to the page: 502, and 504 below."""
    PROXY_GATEWAY_TIMEOUT = "proxy_gateway_timeout"
    WORKER_UNANSWERED = "worker_unanswered"
    """The remote worker that stands at the vantage point did not answer; says nothing about the page."""
    WORKER_ERROR = "worker_error"
    """The remote worker could not look, or what it sent is no observation."""


BEYOND_A_PROXY = frozenset(
    {
        Failure.SOCKS_HOST_UNREACHABLE,
        Failure.SOCKS_CONNECTION_REFUSED,
        Failure.SOCKS_TTL_EXPIRED,
        Failure.PROXY_BAD_GATEWAY,
        Failure.PROXY_GATEWAY_TIMEOUT,
    }
)
"""What a working proxy says of the way from it to the page. All else that a proxy says is about itself."""
OF_A_PROXY = (
    frozenset(failure for failure in Failure if failure.startswith(("socks_", "proxy_"))) - BEYOND_A_PROXY
)
OF_A_WORKER = frozenset({Failure.WORKER_UNANSWERED, Failure.WORKER_ERROR})
"""Failures of a remote worker itself, which home names and no worker may."""


# --- What happened ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Address:
    """One address that a name resolved to. ``refused`` says why the egress guard will not contact it."""

    ip: str
    ttl: int | None = None
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class DnsLook:
    """What the resolver said. ``late`` holds a second, different answer that followed the first."""

    resolver: str
    seconds: float
    rcode: str | None = None
    addresses: tuple[Address, ...] = ()
    cnames: tuple[str, ...] = ()
    late: tuple[Address, ...] = ()
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class TcpLook:
    """One connection attempt. ``via`` names the kind of proxy, or is None for a direct connection."""

    ip: str
    port: int
    seconds: float
    via: str | None = None
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class TlsLook:
    """One handshake. The chain is kept, as SHA-256 of each DER certificate, also when it is invalid."""

    server_name: str
    seconds: float
    version: str | None = None
    cipher: str | None = None
    chain_sha256: tuple[str, ...] = ()
    leaf_subject: str | None = None
    leaf_issuer: str | None = None
    invalid: str | None = None
    """Why the chain is not trusted, in words; None when it is."""
    bytes_received: int = 0
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class HttpLook:
    """One request and its answer. Header names are lower-case, in the order received, values as sent."""

    seconds: float
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    location: str | None = None
    bytes_received: int = 0
    failure: str | None = None

    def header(self, name: str) -> str | None:
        """The first value of a header, or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key == wanted), None)


@dataclass(frozen=True, slots=True)
class Hop:
    """One URL of the redirect chain, with the stages that were reached, in order."""

    url: str
    dns: DnsLook | None = None
    tcp: tuple[TcpLook, ...] = ()
    tls: TlsLook | None = None
    http: HttpLook | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer, byte for byte as they went over the connection (inside TLS, where there was TLS).

    ``body`` still has its transfer and content codings. What came before a failure is here; an answer that is
    not HTTP stands whole in ``response_head``. ``truncated``: more arrived than was kept.
    """

    request: bytes
    response_head: bytes
    body: bytes
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class Observation:
    """What one look from one place saw. A statement about conditions, with no interpretation.

    ``failed_stage`` and ``failure`` are set together or not at all. ``body`` is the decoded body of the last
    hop, at most ``Limits.body_bytes`` long; ``body_text`` is the same as text, in the charset a browser would use.
    """

    url: str
    started_at: datetime
    seconds: float
    hops: tuple[Hop, ...]
    failed_stage: Stage | None = None
    failure: str | None = None
    body: bytes = field(default=b"", repr=False)
    body_text: str = field(default="", repr=False)
    body_charset: str | None = None
    body_truncated: bool = False
    accept_language: str | None = None
    detail: str | None = None
    """What the machine said about the failure, for people to read; no rule may match it."""
    earlier: Observation | None = None
    """The look before this one, which ran out of time while the control got an answer."""
    exchanges: tuple[Exchange, ...] = field(default=(), repr=False, compare=False)
    """One for each hop that has ``http``, in their order. Evidence, not part of the JSON record."""
    certificates: tuple[bytes, ...] = field(default=(), repr=False, compare=False)
    """The DER certificates that ``chain_sha256`` names, each once. Evidence, not part of the JSON record."""

    @property
    def final_url(self) -> str:
        return self.hops[-1].url if self.hops else self.url

    @property
    def http(self) -> HttpLook | None:
        """The answer of the last hop, if one came."""
        return self.hops[-1].http if self.hops else None

    @property
    def http_status(self) -> int | None:
        return self.http.status if self.http else None


@dataclass(frozen=True, slots=True)
class Canary:
    """Whether the vantage point itself works: a page that must open, looked at through it.

    ``ok`` is None when nobody looked. ``no_internet`` is true when nothing answered at all, ``wrong_country`` when
    the way out stands in another country than the vantage point says. ``drifted`` is about the platform that is
    looked at: through here, a page of it that is known was not read right.
    """

    ok: bool | None
    checked_at: datetime | None = None
    no_internet: bool = False
    detail: str = ""
    wrong_country: bool = False
    drifted: bool = False


# --- What it means ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Notice:
    """What a block notice states. A value that the notice does not state is None, never guessed.

    ``authority_kind`` uses the kinds of ``AuthorityKind``; ``law`` is verbatim; ``suspect`` says why a value
    looks wrong (a year in the number that contradicts the date); ``spans`` are offsets into ``text``.
    """

    text: str
    authority: str | None = None
    authority_kind: str | None = None
    transmitted_by: str | None = None
    court: str | None = None
    region: str | None = None
    order_number: str | None = None
    order_date: str | None = None
    law: str | None = None
    territory: str | None = None
    language: str | None = None
    confidence: float = 0.0
    suspect: str | None = None
    platform_rules: bool = False
    """The words of a legal notice around a reason that is the platform's own rules: not a legal block."""
    spans: tuple[tuple[str, int, int], ...] = ()
    formula: str | None = None
    """Which set phrase the notice uses for who decided (``prosecutor_demand``, ``court``, ``court_or_agency`` …)."""
    reason: str | None = None
    """The reason that it cites behind the order, verbatim; what was cut off stays cut off."""

    def told(self) -> dict[str, object]:
        """What commands print and verdicts keep of it, for JSON."""
        return {key: getattr(self, key) for key in _TOLD_OF_A_NOTICE}


_TOLD_OF_A_NOTICE = (
    *(
        "text",
        "authority",
        "authority_kind",
        "transmitted_by",
        "court",
        "region",
        "order_number",
        "order_date",
    ),
    *("law", "territory", "language", "confidence", "suspect", "reason"),
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a measurement means under one version of the rules.

    ``failed_stage`` and ``failure`` repeat the observation's, or say ``http`` and what the status line told
    (``http_451``, ``not_found``, ``rate_limited``, ``server_error``), or ``content`` and what the content was
    (``blockpage``, ``platform_block_notice``, ``login_wall``, ``bot_challenge`` …).
    """

    state: State
    rule_id: str
    rules_version: str
    because: str
    mechanism: Mechanism | None = None
    failed_stage: Stage | None = None
    failure: str | None = None
    notice: Notice | None = None
    fingerprint: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """From where a page is looked at: a territory (ISO 3166-1 alpha-2; ``XX`` is the rehearsal)."""

    territory: str


REHEARSAL_TERRITORY = "XX"
"""A user-assigned code of ISO 3166: no country has it, so nothing rehearsed can be read as a real block."""

REHEARSAL_PLATFORM = "rehearsal"

UNKNOWN_COUNTRY = "ZZ"
"""A user-assigned code of ISO 3166: nobody said where a vantage point stands."""
