"""An observation written down and read back is the same observation."""

from __future__ import annotations

import asyncio
import json
from dataclasses import fields, replace

import pytest

from tracker.facts import (
    Address,
    DnsLook,
    Failure,
    Hop,
    HttpLook,
    Observation,
    Stage,
    TcpLook,
    TlsLook,
)
from tracker.probing import EgressPolicy, UnknownRecord, from_json, to_json

from .servers import NOW, Site, look, page, redirect, serving

FULL = Observation(
    url="https://page.test/",
    started_at=NOW,
    seconds=1.25,
    hops=(
        Hop(
            url="https://page.test/",
            dns=DnsLook(
                resolver="127.0.0.1:5353",
                seconds=0.3,
                rcode="NOERROR",
                addresses=(Address("127.0.0.1", 60, "loopback"),),
                cnames=("edge.test",),
                late=(Address("127.0.0.2"),),
            ),
            tcp=(TcpLook("127.0.0.1", 443, 0.1, via="socks5", failure=Failure.CONNECTION_RESET),),
            tls=TlsLook("page.test", 0.2, "TLSv1.3", "AES", ("ab", "cd"), "CN=a", "CN=b", "expired", 10),
            http=HttpLook(0.1, 200, (("a", "b"), ("a", "c")), "/x", 12, None),
        ),
        Hop(url="https://page.test/x"),
    ),
    failed_stage=Stage.TLS,
    failure=Failure.SSL_CERTIFICATE,
    body="привет".encode("cp1251"),
    body_text="привет",
    body_charset="windows-1251",
    body_truncated=True,
    accept_language="ru",
    detail="certificate has expired",
)


def through_json(observation: Observation) -> Observation:
    return from_json(json.loads(json.dumps(to_json(observation), allow_nan=False)), observation.body)


def test_a_full_observation_comes_back_as_it_was() -> None:
    assert through_json(FULL) == FULL


def test_every_field_but_the_bytes_is_written_down() -> None:
    apart = {"body", "body_text", "exchanges", "certificates", "earlier"}
    assert set(to_json(FULL)) == {field.name for field in fields(Observation)} - apart | {"schema_version"}


def test_a_look_that_was_repeated_keeps_the_one_before() -> None:
    bare = replace(FULL, body=b"", body_text="")
    assert through_json(replace(FULL, earlier=bare)).earlier == bare
    with pytest.raises(UnknownRecord, match="none before it"):
        through_json(replace(FULL, earlier=replace(bare, earlier=bare)))


def test_only_plain_values_are_written_down() -> None:
    record = to_json(FULL)
    assert type(record["failure"]) is str
    assert type(record["failed_stage"]) is str
    assert record["hops"][0]["tcp"][0]["failure"] == "connection_reset"


def test_a_real_look_comes_back_as_it_was() -> None:
    async def scene() -> list[Observation]:
        site = Site({"/": redirect("/p"), "/p": page("é\x01".encode(), "X-Odd: \xff\x01")})
        async with serving(site) as port:
            urls = (f"http://127.0.0.1:{port}/", "http://a\x00b/", "http://\ud800/", "http://127.0.0.1:1/")
            return [await look(url) for url in urls]

    for seen in asyncio.run(scene()):
        assert through_json(seen) == seen
        assert "\\u0000" not in json.dumps(to_json(seen)), "no database keeps NUL as text"


def test_a_refused_look_comes_back_as_it_was() -> None:
    seen = asyncio.run(look("ftp://page.test/", policy=EgressPolicy()))
    assert through_json(seen) == seen


def test_a_record_of_another_version_is_refused() -> None:
    with pytest.raises(UnknownRecord, match="2 is not 1"):
        from_json({**to_json(FULL), "schema_version": 2}, b"")


def test_the_text_is_computed_from_the_body() -> None:
    record = to_json(replace(FULL, body_text="not this"))
    assert from_json(record, FULL.body).body_text == "привет"
