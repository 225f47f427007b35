"""What is read without h11 is read as h11 reads it, or left to h11."""

from __future__ import annotations

import h11
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tracker.probing.plain_answer import PlainHead, may_become_plain, plain_head, text_of

OK = b"HTTP/1.1 200 OK\r\n"
PIECES = [
    b"HTTP/1.1 ", b"HTTP/1.0 ", b"HTTP/2 ", b"200", b"204", b"304", b"103", b"451", b" ", b" OK", b" \xd0\x9d\xd0\xb5",
    b"\r\n", b"\n", b"\r", b"\t", b":", b"Content-Length: ", b"content-length:", b"3", b"0", b"5, 5", b"-1", b"9" * 25,
    b"Transfer-Encoding: chunked", b"transfer-encoding: gzip", b"Content-Type: text/html", b"X-Odd: \xff", b"X\x00: y",
    b"Connection: close", b"Location: /p", b" folded", b"x", b"\x00", b"\x01", b"\x7f", b"\x0b", b"body",
]  # fmt: skip
"""Of what heads are made, and what is not allowed in them."""

LINES = st.lists(st.sampled_from(PIECES), max_size=5).map(b"".join)
HEADS = st.tuples(
    st.sampled_from([OK, b"HTTP/1.0 404 Not Found\r\n", b"HTTP/1.1 500\r\n", b"HTTP/1.1 302 \r\n"]),
    st.lists(LINES.map(lambda line: line + b"\r\n"), max_size=6).map(b"".join),
    st.sampled_from([b"\r\n", b"\r\nbody", b"", b"\n"]),
).map(b"".join)


def by_h11(arrived: bytes) -> PlainHead | None:
    """What h11 reads out of the same bytes; None where it reads none, or frames the body otherwise."""
    reader = h11.Connection(h11.CLIENT)
    reader.send(h11.Request(method="GET", target="/", headers=[("Host", "page.test")]))
    reader.send(h11.EndOfMessage())
    reader.receive_data(arrived)
    event = reader.next_event()
    if not isinstance(event, h11.Response):
        return None
    headers = tuple((name.decode("ascii"), text_of(value)) for name, value in event.headers)
    lengths = [int(value) for name, value in headers if name == "content-length"]
    rest, _ = reader.trailing_data
    return PlainHead(event.status_code, headers, lengths[0] if lengths else None, len(arrived) - len(rest))


@settings(max_examples=600, deadline=None)
@given(st.one_of(HEADS, st.lists(st.sampled_from(PIECES), max_size=12).map(b"".join), st.binary(max_size=60)))
@example(OK + b"Content-Length: 3\r\n\r\nabc")
@example(OK + b"Content-Length: 3\r\nContent-Length: 3\r\n\r\n")
@example(OK + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n")
@example(OK + b"X: a\r\n b\r\n\r\n")
@example(OK + b"X : a\r\n\r\n")
@example(OK + b"\r\n")
def test_a_plain_head_is_read_as_h11_reads_it(arrived: bytes) -> None:
    found = plain_head(arrived)
    if found is not None:
        try:
            assert found == by_h11(arrived)
        except h11.RemoteProtocolError as error:
            pytest.fail(f"h11 refuses it: {error}")


@settings(max_examples=400, deadline=None)
@given(st.one_of(HEADS, st.lists(st.sampled_from(PIECES), max_size=8).map(b"".join), st.binary(max_size=40)))
def test_more_is_waited_for_only_where_h11_would_wait(arrived: bytes) -> None:
    if arrived and may_become_plain(arrived):
        reader = h11.Connection(h11.CLIENT)
        reader.send(h11.Request(method="GET", target="/", headers=[("Host", "page.test")]))
        reader.send(h11.EndOfMessage())
        reader.receive_data(arrived)
        assert reader.next_event() is h11.NEED_DATA


@pytest.mark.parametrize(
    "odd",
    [
        b"HTTP/1.1 103 Early Hints\r\n\r\n",
        b"HTTP/1.1 204 No Content\r\n\r\n",
        b"HTTP/1.1 200 OK\n\n",
        OK + b"Transfer-Encoding: chunked\r\n\r\n",
        OK + b"Content-Length: 3, 3\r\n\r\n",
        OK + b"Content-Length: +3\r\n\r\n",
        OK + b"X: a\r\n\tb\r\n\r\n",
        b"\r\n" + OK + b"\r\n",
        b"blocked by order\r\n\r\n",
    ],
)
def test_what_is_odd_is_left_to_h11(odd: bytes) -> None:
    assert plain_head(odd) is None


def test_a_plain_head_says_where_its_body_begins() -> None:
    answer = OK + b"Content-Length: 5\r\nX-Note:  \xd0\xb4\xd0\xb0 \r\n\r\nhello"
    found = plain_head(answer)
    assert found is not None
    assert answer[found.size :] == b"hello"
    assert found.headers == (("content-length", "5"), ("x-note", "да"))
