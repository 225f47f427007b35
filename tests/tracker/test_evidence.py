"""Kept bytes: whole looks as WARC that strangers' software reads, bodies once, and damage that is noticed."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from tests.make import NOW, make_look, make_observation, make_vantage, make_web_watch
from tracker import evidence, operations
from tracker.evidence import Missing, Span
from tracker.evidence.records import Record, new_identity, packed, stored, target, unpack
from tracker.facts import Exchange, Hop, HttpLook, Observation, TcpLook, TlsLook
from tracker.models import Evidence, EvidenceCopy, Measurement
from tracker.operations import keeping

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
REQUEST = b"GET /page HTTP/1.1\r\nHost: page.example\r\n\r\n"
BODY = b"<p>Words that somebody wrote.</p>" * 40
CERTIFICATES = (b"leaf in DER", b"issuer in DER")


def answer(body: bytes = BODY, *, coding: str = "", chunked: bool = False) -> Exchange:
    """An exchange as it comes over the wire."""
    wire = gzip.compress(body, mtime=0) if coding == "gzip" else body
    head = HEAD + (f"Content-Encoding: {coding}\r\n".encode() if coding else b"")
    if chunked:
        half = len(wire) // 2
        wire = (
            b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (wire[:half], wire[half:]))
            + b"0\r\n\r\n"
        )
        return Exchange(REQUEST, head + b"Transfer-Encoding: chunked\r\n\r\n", wire)
    return Exchange(REQUEST, head + b"Content-Length: %d\r\n\r\n" % len(wire), wire)


def seen(exchange: Exchange | None = None, body: bytes = BODY, **values: Any) -> Observation:
    """A page behind a redirect, with the bytes of both hops."""
    url = "https://page.example/page"
    lines = exchange.response_head.decode().split("\r\n")[1:] if exchange else []
    headers = tuple(
        (name.lower(), value) for name, _, value in (line.partition(": ") for line in lines if line)
    )
    names = tuple(hashlib.sha256(der).hexdigest() for der in CERTIFICATES)
    moved = Exchange(REQUEST, b"HTTP/1.1 301 Moved\r\nLocation: /page\r\n\r\n", b"")
    hops = (
        Hop("https://page.example/", http=HttpLook(0.1, 301)),
        Hop(
            url,
            tcp=(TcpLook("127.0.0.1", 443, 0.1),),
            tls=TlsLook("page.example", 0.1, chain_sha256=names),
            http=HttpLook(0.1, 200, headers),
        ),
    )
    return replace(
        make_observation(url=url),
        hops=hops,
        body=body,
        exchanges=(moved, exchange) if exchange else (),
        certificates=CERTIFICATES,
        **values,
    )


def store(observation: Observation, *, minutes: int = 0) -> Measurement:
    at = NOW + timedelta(minutes=minutes)
    claim = operations.claim_one(watch_id=make_web_watch(now=at).pk, now=at)
    assert claim is not None
    look = make_look(claim, vantage=make_vantage(name="somewhere", country="RU"))
    look = replace(look, experiment=replace(look.experiment, observation=observation))
    recorded = operations.record_look(look=look, now=at, jitter=0.0)
    assert recorded is not None
    return Measurement.objects.select_related("body", "capture").get(pk=recorded.measurement_id)


def records(data: bytes) -> list[tuple[str, str | None, bytes]]:
    """Type, target and payload of each record, as warcio reads them."""
    found = []
    for record in ArchiveIterator(io.BytesIO(data), check_digests=True):
        payload = record.content_stream().read()
        found.append((record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), payload))
    return found


def capture_bytes(row: Measurement) -> bytes:
    assert row.capture is not None
    return keeping.read(row.capture)


# --- A look as WARC


@pytest.mark.django_db
def test_a_look_is_a_warc_of_every_hop_with_its_certificates_and_all_that_was_found() -> None:
    row = store(seen(answer(coding="gzip", chunked=True)))
    found = records(capture_bytes(row))
    page, front = "https://page.example/page", "https://page.example/"
    kinds = [(kind, uri) for kind, uri, _ in found]
    assert kinds == [
        ("request", front),
        ("response", front),
        ("request", page),
        ("response", page),
        *(("resource", f"urn:sha256:{hashlib.sha256(der).hexdigest()}") for der in CERTIFICATES),
        ("metadata", page),
    ]
    assert found[3][2] == BODY, "warcio takes both codings off"
    assert [payload for _, _, payload in found[4:6]] == list(CERTIFICATES)
    about = json.loads(found[6][2])
    assert about["facts"] == row.facts
    assert about["vantage"] == {"name": "somewhere", "country": "RU", "asn": None}
    assert (about["role"], about["territory"], about["look"]) == ("experiment", "RU", str(row.look))
    assert about["rules_version"] == row.verdicts.get().rules_version


@pytest.mark.django_db
@pytest.mark.parametrize("coding", ["", "gzip"])
@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_is_read_back_out_of_the_bytes_that_brought_it(coding: str, chunked: bool) -> None:
    row = store(seen(answer(coding=coding, chunked=chunked)))
    assert row.body is not None
    assert row.capture is not None
    assert (row.body.kind, row.body.size, row.body.media_type) == ("body", len(BODY), "text/html")
    assert row.body.segment == row.capture.segment
    assert (row.capture.offset or 0) < (row.body.offset or 0)
    assert keeping.read(row.body) == BODY


@pytest.mark.django_db
@pytest.mark.parametrize(
    "exchange",
    [
        None,
        answer(b"something else"),
        replace(answer(coding="gzip"), truncated=True),
        replace(answer(), response_head=b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"),
    ],
    ids=["no bytes", "bytes of another body", "bytes that are not all there", "another coding than it has"],
)
def test_a_body_that_its_bytes_do_not_give_is_kept_by_itself(exchange: Exchange | None) -> None:
    row = store(seen(exchange))
    assert row.body is not None
    assert keeping.read(row.body) == BODY
    assert BODY in [payload for kind, _, payload in records(capture_bytes(row)) if kind == "resource"]


@pytest.mark.django_db
def test_a_body_that_was_cut_at_the_limit_is_read_back_as_far_as_it_was_read() -> None:
    row = store(seen(answer(BODY * 2, coding="gzip"), BODY, body_truncated=True))
    assert row.body is not None
    assert keeping.read(row.body) == BODY


@pytest.mark.django_db
def test_bytes_that_were_met_before_are_not_kept_again() -> None:
    first, second = store(seen(answer())), store(seen(answer()), minutes=1)
    assert first.body == second.body
    assert BODY not in gzip.decompress(capture_bytes(second))
    found = [kind for kind, _, _ in records(capture_bytes(second))]
    assert found == ["request", "response", "request", "revisit", "metadata"]
    assert Evidence.objects.filter(kind="certificate").count() == 2
    again = [record.rec_headers for record in ArchiveIterator(io.BytesIO(capture_bytes(second)))][3]
    origin = [record.rec_headers for record in ArchiveIterator(io.BytesIO(capture_bytes(first)))][3]
    assert again.get_header("WARC-Refers-To") == origin.get_header("WARC-Record-ID")


@pytest.mark.django_db
def test_the_file_of_a_look_holds_all_that_its_records_refer_to() -> None:
    store(seen(answer()))
    file = keeping.warc_of(store(seen(answer()), minutes=1))
    found = records(file)
    assert [kind for kind, _, _ in found] == [
        *("warcinfo", "request", "response", "request", "revisit", "metadata"),
        *("response", "resource", "resource"),
    ]
    assert {BODY, *CERTIFICATES} <= {payload for _, _, payload in found}


@pytest.mark.django_db
def test_an_answer_that_is_no_http_is_kept_as_the_bytes_it_was() -> None:
    observation = seen(Exchange(REQUEST, b"blocked by order", b""), b"")
    broken = replace(observation.hops[1], http=HttpLook(0.1, failure="http_request_failed"))
    row = store(replace(observation, hops=(observation.hops[0], broken)))
    assert ("resource", "https://page.example/page", b"blocked by order") in records(capture_bytes(row))


@pytest.mark.django_db
def test_a_look_that_got_no_answer_is_kept_with_what_was_found() -> None:
    observation = replace(seen(), hops=(Hop("https://page.example/"),), body=b"", certificates=())
    assert [kind for kind, _, _ in records(capture_bytes(store(observation)))] == ["metadata"]


@pytest.mark.django_db
def test_a_hostile_address_stays_within_its_line() -> None:
    observation = seen(answer())
    hops = (
        replace(observation.hops[0], url="https://a/\r\nWARC-Type: response\r\n\r\n\ud800 "),
        observation.hops[1],
    )
    found = records(capture_bytes(store(replace(observation, hops=hops))))
    assert [kind for kind, _, _ in found[:2]] == ["request", "response"]
    assert found[0][1] == "https://a/%0D%0AWARC-Type:%20response%0D%0A%0D%0A?%20"


# --- Records and segments


@given(st.binary(max_size=70_000), st.booleans())
@hypothesis_settings(max_examples=30)
def test_a_record_is_one_gzip_member_and_comes_back(block: bytes, is_packed: bool) -> None:
    member = Record("resource", new_identity(), [("Content-Type", "a/b")], block, is_packed).as_member()
    headers, found = unpack(member)
    assert (headers["warc-type"], headers["content-type"], found) == ("resource", "a/b", block)
    assert gzip.decompress(member).endswith(block + b"\r\n\r\n")


@given(st.binary(max_size=200_000))
@hypothesis_settings(max_examples=20)
def test_both_ways_to_pack_are_gzip(data: bytes) -> None:
    assert gzip.decompress(packed(data)) == gzip.decompress(stored(data)) == data


@given(st.text(max_size=50))
def test_a_target_is_always_one_word(url: str) -> None:
    assert target(url).isascii()
    assert not {" ", "\r", "\n", "\0"} & set(target(url))


@given(st.lists(st.binary(max_size=500), max_size=6))
@hypothesis_settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_appended_is_read_back(runs: list[bytes]) -> None:
    spans = evidence.append(runs, at=NOW)
    assert [evidence.span_bytes(span) for span in spans] == runs


def segments() -> list[Path]:
    return sorted(Path(settings.EVIDENCE_DIR).rglob("*.warc.gz"))


def test_a_segment_begins_with_a_warcinfo_and_grows() -> None:
    first, second = evidence.append([b"a"], at=NOW)[0], evidence.append([b"b"], at=NOW)[0]
    (file,) = segments()
    assert file.name.startswith("20261124-")
    assert (first.segment, second.offset) == (second.segment, first.offset + 1)
    assert records(file.read_bytes()[: first.offset])[0][0] == "warcinfo"


def test_another_day_and_a_full_segment_begin_another_file(monkeypatch: pytest.MonkeyPatch) -> None:
    evidence.append([b"a"], at=NOW)
    evidence.append([b"b"], at=NOW + timedelta(days=1))
    assert len(segments()) == 2
    monkeypatch.setattr("tracker.evidence.segments.SEGMENT_BYTES", 10)
    evidence.append([b"c"], at=NOW + timedelta(days=1))
    assert len(segments()) == 3


def test_many_writers_at_once_spoil_nothing() -> None:
    def write(number: int) -> list[tuple[bytes, Span]]:
        runs = [bytes([number]) * 1000 for _ in range(5)]
        return [pair for _ in range(5) for pair in zip(runs, evidence.append(runs, at=NOW), strict=True)]

    with ThreadPoolExecutor(8) as pool:
        written = [pair for pairs in pool.map(write, range(8)) for pair in pairs]
    assert all(evidence.span_bytes(span) == run for run, span in written)


def test_a_forked_process_writes_into_a_file_of_its_own() -> None:
    (before,) = evidence.append([b"parent"], at=NOW)
    child = os.fork()
    if child == 0:
        evidence.append([b"child"], at=NOW)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    (after,) = evidence.append([b"parent again"], at=NOW)
    assert after.segment == before.segment
    assert evidence.span_bytes(after) == b"parent again"
    assert len(segments()) == 2


@pytest.mark.parametrize("fails", ["os.fdatasync", "os.write"])
def test_a_write_that_fails_is_left_behind_and_the_next_begins_anew(
    monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    evidence.append([b"before"], at=NOW)

    def no_space(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(fails, no_space)
        with pytest.raises(OSError, match="No space"):
            evidence.append([b"lost"], at=NOW)
    (span,) = evidence.append([b"after"], at=NOW)
    assert evidence.span_bytes(span) == b"after"
    assert len(segments()) == 2


# --- Damage


def _damaged(change: Callable[[bytearray, Evidence], None]) -> Evidence:
    row = store(seen(answer())).body
    assert row is not None
    path = Path(settings.EVIDENCE_DIR) / row.segment
    data = bytearray(path.read_bytes())
    change(data, row)
    path.write_bytes(data)
    return row


def _flip(data: bytearray, row: Evidence) -> None:
    assert row.offset is not None
    assert row.length is not None
    data[row.offset + row.length // 2] ^= 0x55


def _cut(data: bytearray, row: Evidence) -> None:
    assert row.offset is not None
    del data[row.offset + 20 :]


def _blank(data: bytearray, row: Evidence) -> None:
    assert row.offset is not None
    assert row.length is not None
    data[row.offset : row.offset + row.length] = bytes(row.length)


def _replace_body(data: bytearray, row: Evidence) -> None:
    """Another record in its place, of the same length and quite sound."""
    assert row.offset is not None
    assert row.length is not None
    other = Record("resource", new_identity(), [], b"forged").as_member()
    data[row.offset : row.offset + row.length] = other.ljust(row.length, b"\0")


@pytest.mark.django_db
@pytest.mark.parametrize("change", [_flip, _cut, _blank, _replace_body])
def test_damage_is_noticed(change: Callable[[bytearray, Evidence], None]) -> None:
    with pytest.raises(Missing):
        keeping.read(_damaged(change))


@pytest.mark.django_db
def test_a_segment_that_is_gone_is_missing() -> None:
    row = store(seen(answer())).body
    assert row is not None
    (Path(settings.EVIDENCE_DIR) / row.segment).unlink()
    with pytest.raises(Missing, match="cannot be read"):
        keeping.read(row)


# --- Files of their own, as earlier versions kept bodies


def _old_file(body: bytes) -> Path:
    name = hashlib.sha256(body).hexdigest()
    path = Path(settings.EVIDENCE_DIR) / name[:2] / f"{name}.gz"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(body, mtime=0))
    return path


def _old_row(body: bytes) -> Evidence:
    return Evidence.objects.create(sha256=hashlib.sha256(body).hexdigest(), size=len(body), stored_at=NOW)


@pytest.mark.django_db
def test_a_body_in_a_file_of_its_own_is_still_read_and_not_kept_again() -> None:
    _old_file(BODY)
    old = _old_row(BODY)
    assert keeping.read(old) == BODY
    row = store(seen(answer()))
    assert row.body == old
    assert "revisit" in [kind for kind, _, _ in records(capture_bytes(row))]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"no gzip at all",
        gzip.compress(b"other bytes"),
        gzip.compress(b"some bytes")[:-3],
        gzip.compress(b"some bytes")[:10] + b"\xff\xff\xff" + gzip.compress(b"some bytes")[13:],
    ],
    ids=["empty", "no gzip", "another content", "cut off", "a damaged stream"],
)
def test_damage_to_a_file_of_its_own_is_noticed(damage: bytes) -> None:
    _old_file(b"some bytes").write_bytes(damage)
    row = _old_row(b"some bytes")
    with pytest.raises(Missing, match=row.sha256):
        keeping.read(row)


@pytest.mark.django_db
def test_bytes_that_were_never_there_are_missing() -> None:
    with pytest.raises(Missing, match="cannot be read"):
        keeping.read(_old_row(b"never written"))
    assert not EvidenceCopy.objects.exists()
