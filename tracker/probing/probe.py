"""One look at one URL: the stages in their order for every URL of the redirect chain, all of it kept.

Whatever the network or a hostile page does becomes part of the observation. What is raised is a bug of ours,
or a lack on our own machine such as file descriptors, which says nothing about a page.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from tracker.facts import DnsLook, Failure, Hop, HttpLook, Observation, Stage, TcpLook, TlsLook

from .charset import read_text
from .cookies import Cookies
from .limits import Allowance, Limits, Stopwatch
from .network import Connection, Network
from .refreshing import refresh_of
from .stages.dns import resolve
from .stages.http import REDIRECTS, Fetched, Manner, fetch
from .stages.tcp import connect
from .stages.tls import shake_hands
from .target import Origin, Target, UnreadableUrl, printable, read_location, read_url


@dataclass(frozen=True, slots=True)
class _Stop:
    """Where and why a look ended before its page."""

    stage: Stage
    failure: str
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class _Visit:
    """What one URL of the chain brought."""

    hop: Hop
    stop: _Stop | None = None
    fetched: Fetched | None = None
    chain: tuple[bytes, ...] = ()
    charset: str | None = None
    text: str = ""
    """The body in that charset."""


@dataclass(slots=True)
class _Look:
    """What the visits of one look have in common."""

    network: Network
    limits: Limits
    manner: Manner
    allowance: Allowance
    origin: Origin | None = None
    """Where the look began."""
    visits: list[_Visit] = field(default_factory=list)
    cookies: Cookies = field(default_factory=Cookies)
    asked: set[tuple[str, str]] = field(default_factory=set)
    """What was asked for, with which cookies: the same question twice is a loop."""


async def observe(
    url: str,
    *,
    network: Network,
    now: datetime,
    limits: Limits | None = None,
    manner: Manner | None = None,
) -> Observation:
    """Look at a URL once, from the place that ``network`` is. ``now`` becomes ``started_at``."""
    watch = Stopwatch()
    limits, manner = limits or Limits(), manner or Manner()
    look = _Look(network, limits, manner, Allowance(limits))
    await _follow(url, look)
    return _observation(url, look, now, watch.seconds)


async def _follow(url: str, look: _Look) -> None:
    """Visit a URL and whatever it redirects to, until a page, a failure or a limit."""
    target: Target | None
    try:
        target = read_url(url)
    except UnreadableUrl as error:
        look.visits.append(_refused(printable(url), str(error)))
        return
    look.origin = target.origin
    while target is not None:
        visit = await _visit(target, look)
        look.visits.append(visit)
        location = _redirect_of(visit)
        target = None if location is None else _next(location, target, look)
        if target is not None and visit.fetched is not None:
            # Only the last body is asked for; ten of them would be too much to hold.
            look.visits[-1] = replace(visit, fetched=replace(visit.fetched, body=b""), text="")


def _next(location: str, base: Target, look: _Look) -> Target | None:
    """The target to go on with; None, with the reason kept, when the redirect leads nowhere that we go."""
    try:
        target = read_location(location, base)
    except UnreadableUrl as error:
        _stop_last(look, Failure.HTTP_BAD_REDIRECT, f"{printable(location)!r}: {error}")
        return None
    if _slips_in(target, look):
        reason = "a redirect from outside into an origin of our own"
        look.visits.append(_refused(target.href, reason, Stage.HTTP))
        return None
    question = (target.href, look.cookies.header_for(target))
    if question in look.asked or len(look.visits) >= look.limits.hops:
        _stop_last(look, Failure.REDIRECT_LOOP, f"the next would have been {target.href}")
        return None
    return target


def _slips_in(target: Target, look: _Look) -> bool:
    """Whether a page elsewhere sends us to an origin that is let through for its own sake only."""
    allowed = look.network.policy.allowed_origins
    return target.origin in allowed and look.origin not in allowed


def _redirect_of(visit: _Visit) -> str | None:
    """Where the answer sends its reader; None after a failure, since then nobody vouches for it."""
    look: HttpLook | None = visit.hop.http
    if visit.stop is not None or look is None or visit.fetched is None:
        return None
    if look.status in REDIRECTS:
        return look.location or None
    body = visit.fetched.body
    return refresh_of(body, visit.text) if body else None


def _read(fetched: Fetched) -> tuple[str | None, str]:
    """What came as text, and in which charset; None when nothing came, or nothing that is text."""
    return read_text(fetched.body, fetched.look.header("content-type")) if fetched.body else (None, "")


def _stop_last(look: _Look, failure: Failure, detail: str) -> None:
    look.visits[-1] = replace(look.visits[-1], stop=_Stop(Stage.HTTP, failure, detail))


def _refused(url: str, reason: str, stage: Stage = Stage.DNS) -> _Visit:
    return _Visit(Hop(url=url), _Stop(stage, Failure.EGRESS_REFUSED, reason))


async def _visit(target: Target, look: _Look) -> _Visit:
    """All stages of one URL, as far as they go."""
    reason = look.network.policy.refuse_target(target)
    if reason is not None:  # a redirect is what an answer says, so that answer is where the look ended
        return _refused(target.href, reason, Stage.HTTP if look.visits else Stage.DNS)
    hosts: tuple[str, ...] = (target.host,)
    dns: DnsLook | None = None
    if look.network.via.kind == "direct" and not target.literal:
        resolved = await resolve(target, look.network, look.limits, look.allowance)
        dns = resolved.look
        if dns.failure is not None:
            return _Visit(Hop(target.href, dns), _Stop(Stage.DNS, dns.failure, resolved.detail))
        hosts = resolved.contactable
    connected = await connect(target, hosts, look.network, look.limits, look.allowance)
    if connected.connection is None:
        stop = _Stop(Stage.TCP, connected.failure or Failure.UNKNOWN, connected.detail)
        return _Visit(Hop(target.href, dns, connected.looks), stop)
    try:
        return await _converse(connected.connection, target, dns, connected.looks, look)
    finally:
        connected.connection.abort()


async def _converse(
    connection: Connection, target: Target, dns: DnsLook | None, tcp: tuple[TcpLook, ...], look: _Look
) -> _Visit:
    """TLS and HTTP on an open connection. A page behind a bad certificate is read, and remains a failure."""
    stop: _Stop | None = None
    chain: tuple[bytes, ...] = ()
    tls: TlsLook | None = None
    if target.scheme == "https":
        seconds = look.allowance.seconds(look.limits.tls_seconds)
        shaken = await shake_hands(connection, target, look.network.trust, seconds)
        tls, chain = shaken.look, shaken.chain
        if tls.failure is not None:
            stop = _Stop(Stage.TLS, tls.failure, shaken.detail)
        if shaken.connection is None:
            return _Visit(Hop(target.href, dns, tcp, tls), stop)
        connection = shaken.connection
    seconds = look.allowance.seconds(look.limits.http_seconds)
    is_asked_host = look.origin is not None and look.origin[1] == target.host
    manner = _manner(target, look, look.manner.headers if is_asked_host else ())
    fetched = await fetch(connection, target, manner, look.limits, seconds)
    if stop is None and fetched.look.failure is not None:
        stop = _Stop(Stage.HTTP, fetched.look.failure, fetched.detail)
    for name, value in fetched.look.headers:
        if name == "set-cookie":
            look.cookies.keep(target, value)
    charset, text = _read(fetched)
    return _Visit(Hop(target.href, dns, tcp, tls, fetched.look), stop, fetched, chain, charset, text)


def _manner(target: Target, look: _Look, headers: tuple[tuple[str, str], ...]) -> Manner:
    """How this request presents itself: with the headers meant for its host, and the cookies that its host set."""
    cookie = look.cookies.header_for(target)
    look.asked.add((target.href, cookie))
    given = [value for name, value in headers if name.lower() == "cookie"]
    if not cookie or sum(map(len, given)) > 4_000:
        return look.manner if headers == look.manner.headers else replace(look.manner, headers=headers)
    others = tuple(header for header in headers if header[0].lower() != "cookie")
    return replace(look.manner, headers=(*others, ("Cookie", "; ".join((*given, cookie)))))


def _observation(url: str, look: _Look, started_at: datetime, seconds: float) -> Observation:
    last = look.visits[-1]
    body = last.fetched.body if last.fetched else b""
    return Observation(
        url=printable(url),
        started_at=started_at,
        seconds=seconds,
        hops=tuple(visit.hop for visit in look.visits),
        failed_stage=last.stop.stage if last.stop else None,
        failure=last.stop.failure if last.stop else None,
        body=body,
        body_text=last.text,
        body_charset=last.charset,
        body_truncated=last.fetched.truncated if last.fetched else False,
        accept_language=look.manner.accept_language,
        detail=printable(last.stop.detail) if last.stop and last.stop.detail else None,
        exchanges=tuple(v.fetched.exchange for v in look.visits if v.fetched and v.fetched.exchange),
        certificates=tuple(dict.fromkeys(der for visit in look.visits for der in visit.chain)),
    )
