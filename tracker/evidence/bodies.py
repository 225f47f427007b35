"""A body out of the bytes that brought it, and whether it still is what its name says."""

from __future__ import annotations

import gzip
import hashlib
import re
import zlib
from pathlib import Path

import h11
from django.conf import settings

from tracker.evidence.records import unpack
from tracker.evidence.segments import Missing, Span, span_bytes
from tracker.facts import Exchange
from tracker.probing.decoding import Body
from tracker.probing.failures import BrokenAnswer

_LAST_CHUNK = b"\r\n0\r\n\r\n"
_HEAD_LIMIT = 1 << 20
_CODED = re.compile(rb"\n(?:content|transfer)-encoding:", re.IGNORECASE)
_GZIP = re.compile(rb"\ncontent-encoding: *(?:x-)?gzip *\r?\n", re.IGNORECASE)


def name_of(body: bytes) -> str:
    """The SHA-256 of the bytes, in hexadecimal."""
    return hashlib.sha256(body).hexdigest()


def read_body(span: Span, name: str, size: int) -> bytes:
    """The decoded body of that name and size out of its record. Raises ``Missing``."""
    headers, block = _record_at(span, name)
    body = decoded(block, size) if headers.get("warc-type") == "response" else block
    return _checked(body, name)


def read_bytes(span: Span, name: str) -> bytes:
    """The bytes of that name as they lie in their segment. Raises ``Missing``."""
    return _checked(span_bytes(span), name)


def read_file(name: str) -> bytes:
    """A body that was kept in a file of its own. Raises ``Missing``."""
    path = Path(settings.EVIDENCE_DIR) / name[:2] / f"{name}.gz"
    try:
        body = gzip.decompress(path.read_bytes())
    except (OSError, EOFError, zlib.error) as error:  # a bad header is an OSError
        raise Missing(f"Evidence {name} cannot be read: {error}.") from error
    return _checked(body, name)


def _record_at(span: Span, name: str) -> tuple[dict[str, str], bytes]:
    try:
        return unpack(span_bytes(span))
    except (ValueError, KeyError) as error:
        raise Missing(f"Evidence {name} cannot be read: {error}.") from error


def _checked(body: bytes, name: str) -> bytes:
    if name_of(body) != name:
        raise Missing(f"Evidence {name} was changed: its bytes have another SHA-256.")
    return body


def decoded(answer: bytes, size: int) -> bytes:
    """The body of an HTTP answer, without its codings, ``size`` bytes of it; as much as there is when it breaks off."""
    reader = h11.Connection(h11.CLIENT, max_incomplete_event_size=_HEAD_LIMIT)
    reader.send(h11.Request(method="GET", target="/", headers=[("Host", "again")]))
    reader.send(h11.EndOfMessage())
    body = Body(size)
    try:
        reader.receive_data(answer)
        reader.receive_data(b"")
        while not isinstance(event := reader.next_event(), h11.EndOfMessage | h11.ConnectionClosed):
            if isinstance(event, h11.Response):
                codings = (value for name, value in event.headers if name == b"content-encoding")
                body = Body(size, next(codings, b"").decode("latin-1"))
            elif isinstance(event, h11.Data):
                body.feed(bytes(event.data))
            else:
                break
    except (h11.RemoteProtocolError, BrokenAnswer):
        pass
    return body.decoded


def carries(exchange: Exchange, body: bytes) -> bool:
    """Whether the body can be had again from the bytes of the exchange: by their checksum, else by doing it."""
    wire, head = exchange.body, exchange.response_head
    if _GZIP.search(head):
        end = wire[: -len(_LAST_CHUNK)] if wire.endswith(_LAST_CHUNK) else wire
        trailer = zlib.crc32(body).to_bytes(4, "little") + (len(body) & 0xFFFFFFFF).to_bytes(4, "little")
        if wire and end.endswith(trailer):
            return True
    elif wire == body and not _CODED.search(head):
        return True
    return decoded(head + wire, len(body)) == body
