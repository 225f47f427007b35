"""Guessing is slow, and nobody can lock out another: who waits after whose failures, by the clock that is given."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import connection

from config.accounts import operations
from config.accounts.models import Attempt, DayKey
from config.accounts.nets import client_address, net_of
from config.accounts.operations import Refused, Ticket, may_try_password
from tests.config.accounts.conftest import ELSEWHERE, HOME, PASSWORD, Visitor, code_of
from tests.tracker.conftest import Workers

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def fail(*, name: str = "vera", net: str = "198.51.100.0/24", times: int = 1, now: datetime = NOW) -> int:
    """So many wrong passwords one after the other, each as soon as it may be. How many were heard."""
    return sum(
        isinstance(may_try_password(name=name, net=net, browser="", now=now), Ticket) for _ in range(times)
    )


def wait_of(
    *, name: str = "vera", net: str = "198.51.100.0/24", browser: str = "", now: datetime = NOW
) -> float:
    tried = may_try_password(name=name, net=net, browser=browser, now=now)
    if isinstance(tried, Refused):
        return tried.wait.total_seconds()
    operations.succeeded(ticket=tried)
    return 0.0


def test_wrong_passwords_from_one_net_leave_every_other_net_alone(now: datetime) -> None:
    assert fail(times=100) == 5
    assert wait_of() > 0
    assert wait_of(net="192.0.2.0/24") == 0


def test_a_browser_that_was_here_before_waits_for_nobody() -> None:
    fail(times=100)
    assert wait_of() > 0
    assert wait_of(browser="known") == 0


def test_a_known_browser_that_was_stolen_is_slowed_down_too() -> None:
    heard = sum(
        isinstance(may_try_password(name="vera", net="", browser="known", now=NOW), Ticket)
        for _ in range(100)
    )
    assert heard == 10
    assert wait_of(browser="another") == 0


def test_the_wait_doubles_and_has_an_end() -> None:
    now, waits = NOW, []
    for _ in range(14):
        assert fail(now=now) == 1
        last = may_try_password(
            name="vera", net="198.51.100.0/24", browser="", now=now - timedelta(seconds=1)
        )
        assert isinstance(last, Refused)
        waits.append(last.wait.total_seconds() - 1)
        now += timedelta(seconds=waits[-1])
    assert waits[:9] == [0, 0, 0, 0, 30, 60, 120, 240, 480]
    assert waits[9:] == [900] * 5


def test_a_try_that_is_refused_prolongs_no_wait() -> None:
    fail(times=5)
    fail(times=1000, now=NOW + timedelta(seconds=29))
    assert wait_of(now=NOW + timedelta(seconds=30)) == 0


def test_one_net_that_tries_many_names_is_slowed_down() -> None:
    heard = sum(fail(name=f"name-{n}") for n in range(500))
    assert heard == 40
    hour = [NOW + timedelta(minutes=m) for m in range(60)]
    assert sum(fail(name=f"other-{m}", now=moment) for m, moment in enumerate(hour)) < 12


def test_many_nets_at_one_name_get_fewer_tries_each_and_the_owners_net_is_heard() -> None:
    nets = [f"203.0.{n}.0/24" for n in range(60)]
    heard = [fail(net=net, times=50) for net in nets]
    assert heard[0] == 5
    assert heard[-1] == 2
    assert wait_of(net="192.0.2.0/24") == 0


def test_capitals_and_spaces_give_no_new_tries() -> None:
    fail(times=5)
    assert wait_of(name=" VERA ") > 0
    assert wait_of(name="ｖｅｒａ") > 0


@pytest.mark.django_db(transaction=True)
def test_many_tries_at_once_are_no_more_than_one_after_another(workers: Workers) -> None:
    tries = [lambda: may_try_password(name="vera", net="n", browser="", now=NOW)] * 24
    tickets = workers.run(*tries)
    assert sum(isinstance(ticket, Ticket) for ticket in tickets) == 5


@pytest.mark.django_db(transaction=True)
def test_a_code_that_is_sent_many_times_at_once_is_taken_once(workers: Workers) -> None:
    uses = [lambda: operations.use_code_once(user_id=1, code="123 456", now=NOW)] * 12
    assert sorted(workers.run(*uses)) == [False] * 11 + [True]


def test_a_right_password_gives_the_net_back_only_its_own_try() -> None:
    for n in range(39):
        fail(name=f"name-{n}")
    for _ in range(3):
        assert wait_of(name="vera") == 0
    assert fail(name="one-more") == 1
    assert wait_of(name="vera") > 0


def test_what_is_counted_is_forgotten() -> None:
    fail(times=5)
    assert wait_of(now=NOW + timedelta(days=2)) == 0
    assert operations.forget_expired(now=NOW + timedelta(days=4)) > 0
    assert not Attempt.objects.exists()
    assert not DayKey.objects.exists()


def test_no_address_and_no_name_is_stored_anywhere(visitor: Visitor) -> None:
    for _ in range(7):
        visitor.sign_in(password="wrong")
    visitor.at(ELSEWHERE).sign_in()
    with connection.cursor() as cursor:
        tables = [
            name for name in connection.introspection.table_names() if not name.startswith("django_migr")
        ]
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            text = str(cursor.fetchall())
            for kept in (HOME, ELSEWHERE, "192.0.2.", "198.51.100."):
                assert kept not in text, table


def test_the_same_net_has_another_hash_on_another_day_and_under_another_key(settings: object) -> None:
    fail()
    first = set(Attempt.objects.values_list("key", flat=True))
    fail(now=NOW + timedelta(days=1))
    assert Attempt.objects.count() == 2 * len(first)
    assert len(set(DayKey.objects.values_list("key", flat=True))) == 2


@pytest.mark.parametrize(
    ("address", "net"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("[2001:db8::1]", "2001:db8::/48"),
        ("", "unknown"),
        ("unix:", "unknown"),
        ("192.0.2.1, 10.0.0.1", "unknown"),
    ],
)
def test_an_address_counts_by_its_net(address: str, net: str) -> None:
    assert net_of(address) == net


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.1", "10.0.0.1"),
        (1, "203.0.113.1", "203.0.113.1"),
        (1, "198.51.100.1, 203.0.113.1", "203.0.113.1"),
        (2, "198.51.100.1, 203.0.113.1", "198.51.100.1"),
        (2, "203.0.113.1", "10.0.0.1"),
        (1, None, "10.0.0.1"),
    ],
)
def test_only_what_our_own_proxies_wrote_is_believed(
    proxies: int, forwarded: str | None, address: str
) -> None:
    meta = {"REMOTE_ADDR": "10.0.0.1"} | ({"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {})
    assert client_address(meta, proxies=proxies) == address


def test_an_attacker_who_knows_the_name_locks_nobody_out(researcher: User) -> None:
    owner, attacker = Visitor(address=HOME), Visitor(address=ELSEWHERE)
    answers = [attacker.sign_in(password=f"guess-{n}").status_code for n in range(30)]
    assert answers[-1] == 429
    assert attacker.sign_in().status_code == 429
    assert owner.sign_in().status_code == 302
    assert owner.is_in()


def test_the_owner_comes_in_from_the_attackers_own_net_by_a_browser_that_was_here_before(
    researcher: User,
) -> None:
    owner, attacker = Visitor(address=ELSEWHERE), Visitor(address=ELSEWHERE)
    owner.sign_in()
    owner.post("/accounts/logout/")
    for n in range(30):
        attacker.sign_in(password=f"guess-{n}")
    assert Visitor(address=ELSEWHERE).sign_in().status_code == 429
    assert owner.sign_in().status_code == 302
    assert owner.is_in()


def test_a_made_up_cookie_is_no_known_browser(researcher: User) -> None:
    stranger = User.objects.create_user("stranger", password=PASSWORD)
    attacker = Visitor(address=ELSEWHERE)
    attacker.sign_in(stranger.username)
    attacker.post("/accounts/logout/")
    for n in range(30):
        attacker.sign_in(password=f"guess-{n}")
    assert attacker.sign_in().status_code == 429
    attacker.client.cookies["known-browser"] = "W1sieCIsInkiXV0:forged"
    assert attacker.sign_in().status_code == 429


def test_whoever_waited_comes_in(researcher: User) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        visitor = Visitor()
        for _ in range(5):
            visitor.sign_in(password="wrong")
        answer = visitor.sign_in()
        assert answer.status_code == 429
        assert answer.headers["Retry-After"] == "30"
        clock.shift(30)
        assert visitor.sign_in().status_code == 302


def test_codes_are_guessed_slowly_from_all_nets_together_and_the_owner_is_told(
    researcher: User, with_app: str
) -> None:
    owner = Visitor()
    owner.sign_in()
    owner.give_code(code_of(with_app))
    owner.post("/accounts/logout/")
    heard = 0
    for n in range(30):
        thief = Visitor(address=f"203.0.{n}.1")
        thief.sign_in()
        heard += thief.give_code("000000").status_code == 200
    assert heard == 10
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=5), tick=False):
        owner.sign_in()
        assert owner.give_code(code_of(with_app)).status_code == 302
        assert "somebody gave your password and then wrong codes" in owner.get("/admin/").content.decode()


def test_proving_again_who_one_is_is_counted_for_each_session_alone(researcher: User) -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        thief, owner = Visitor(), Visitor()
        thief.sign_in()
        owner.sign_in()
        clock.shift(11 * 60)
        tried = [thief.post("/accounts/again/password/", {"password": "wrong"}).status_code for _ in range(8)]
        assert tried == [200] * 5 + [429] * 3
        assert owner.post("/accounts/again/password/", {"password": PASSWORD}).status_code == 302
