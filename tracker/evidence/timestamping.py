"""RFC 3161: somebody else says that certain bytes were there at a certain time, and signs it.

``openssl ts -verify -data FILE -in FILE.tsr -CAfile ROOTS`` checks the same without us.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import certifi
from cryptography import x509
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    Verifier,
    VerifierBuilder,
    decode_timestamp_response,
)

from tracker.probing import Network
from tracker.probing.asking import NoAnswer, ask


class NotProven(Exception):
    """The reply does not show that the bytes were there: it is of others, or not signed by whom we trust."""


@dataclass(frozen=True, slots=True)
class Timestamp:
    """A reply that holds, and the time that it tells."""

    reply: bytes
    at: datetime


async def timestamp(data: bytes, *, url: str, network: Network, ca_file: str | None = None) -> Timestamp:
    """Have bytes timestamped by the authority at ``url``. Only their SHA-256 leaves. Raises NoAnswer and NotProven."""
    request = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256).build()
    answer = await ask(
        url,
        network=network,
        headers=[("Content-Type", "application/timestamp-query"), ("Accept", "application/timestamp-reply")],
        content=request.as_bytes(),
    )
    if answer.status != 200:
        raise NoAnswer(f"the authority answered with status {answer.status}")
    return proven(answer.body, data, ca_file=ca_file, nonce=request.nonce)


def proven(reply: bytes, data: bytes, *, ca_file: str | None = None, nonce: int | None = None) -> Timestamp:
    """The reply, when it is about these bytes and its signature leads to a root that is trusted. Raises NotProven."""
    try:
        response: TimeStampResponse = decode_timestamp_response(reply)
        _verifier(ca_file, nonce).verify_message(response, data)
    except (ValueError, VerificationError) as error:
        raise NotProven(str(error) or "the reply cannot be read") from error
    return Timestamp(reply, response.tst_info.gen_time)


def _verifier(ca_file: str | None, nonce: int | None) -> Verifier:
    roots = x509.load_pem_x509_certificates(Path(ca_file or certifi.where()).read_bytes())
    return VerifierBuilder(roots=roots, nonce=nonce).build()
