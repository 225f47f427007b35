"""One table of names; what is not in it is raised."""

from __future__ import annotations

import errno
import ssl

import pytest

from tracker.facts import Failure
from tracker.probing.failures import name_of
from tracker.probing.limits import Allowance, Limits, WireLimitReached
from tracker.probing.target import UnreadableUrl, read_location, read_url


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (OSError(errno.ECONNREFUSED, "x"), Failure.CONNECTION_REFUSED),
        (OSError(errno.ECONNRESET, "x"), Failure.CONNECTION_RESET),
        (BrokenPipeError(errno.EPIPE, "x"), Failure.CONNECTION_RESET),
        (OSError(errno.ECONNABORTED, "x"), Failure.CONNECTION_ABORTED),
        (OSError(errno.EHOSTUNREACH, "x"), Failure.HOST_UNREACHABLE),
        (OSError(errno.ENETUNREACH, "x"), Failure.NETWORK_UNREACHABLE),
        (OSError(errno.EADDRNOTAVAIL, "x"), Failure.NETWORK_UNREACHABLE),
        (OSError(errno.ENETDOWN, "x"), Failure.NETWORK_DOWN),
        (OSError(errno.ETIMEDOUT, "x"), Failure.GENERIC_TIMEOUT),
        (TimeoutError(), Failure.GENERIC_TIMEOUT),
        (ssl.SSLEOFError(), Failure.EOF),
        (ssl.SSLError(), Failure.SSL_HANDSHAKE),
        (EOFError(), Failure.EOF),
    ],
)
def test_a_fault_of_the_network_has_a_name(error: Exception, failure: Failure) -> None:
    assert name_of(error) == failure


@pytest.mark.parametrize(
    "error", [OSError(errno.EMFILE, "x"), OSError(errno.ENOMEM, "x"), ValueError("ours")]
)
def test_a_fault_of_our_own_is_raised(error: Exception) -> None:
    with pytest.raises(type(error)):
        name_of(error)


def test_an_allowance_runs_out_of_seconds_and_of_bytes() -> None:
    now = 100.0
    allowance = Allowance(Limits(total_seconds=10, wire_bytes=5), clock=lambda: now)
    assert allowance.seconds(3) == 3
    now = 108.0
    assert allowance.seconds(3) == 2
    now = 111.0
    assert allowance.seconds(3) == 0
    allowance.spend(5)
    with pytest.raises(WireLimitReached):
        allowance.spend(1)


@pytest.mark.parametrize(
    ("location", "href"),
    [
        ("/x", "https://a.test:8443/x"),
        ("x?y#z", "https://a.test:8443/b/x?y"),
        ("?q", "https://a.test:8443/b/c?q"),
        ("../../x", "https://a.test:8443/x"),
        ("//b.test/x", "https://b.test/x"),
        ("///b.test/x", "https://b.test/x"),
        ("\\\\b.test\\x", "https://b.test/x"),
        ("/\\b.test/x", "https://b.test/x"),
        ("https:///b.test/x", "https://b.test/x"),
        ("https:x", "https://a.test:8443/b/x"),
        ("http:b.test", "http://b.test/"),
        (" http://b.test/ ", "http://b.test/"),
        ("HTTP://B.test:80", "http://b.test/"),
        ("/п?п", "https://a.test:8443/%D0%BF?%D0%BF"),
        ("/a?next=\\\\x", "https://a.test:8443/a?next=\\\\x"),
        ("vk://open", "vk://open"),
    ],
)
def test_a_location_is_read_as_a_browser_reads_it(location: str, href: str) -> None:
    assert read_location(location, read_url("https://a.test:8443/b/c?d")).href == href


@pytest.mark.parametrize("location", ["http://[", "//exa mple/", "/a\tb", "http://a.test:99999/", "/" * 9000])
def test_a_location_that_no_browser_opens_is_unreadable(location: str) -> None:
    with pytest.raises(UnreadableUrl):
        read_location(location, read_url("https://a.test/"))
