"""From the desk's door to the desk: one step, two steps, and what is refused on the way."""

from __future__ import annotations

import time
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.urls import reverse

from config.accounts.models import AccountChange, Session
from config.accounts.sealing import decrypt
from tests.config.accounts.conftest import ELSEWHERE, PASSWORD, Visitor, code_of, factors_of

pytestmark = pytest.mark.django_db

DESK = "/admin/events/blockevent/"


def test_the_desks_door_leads_to_the_sign_in_and_back(visitor: Visitor) -> None:
    answer = visitor.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0] == "/accounts/login/?next=%2Fadmin%2F"
    assert visitor.sign_in(next="/admin/").headers["Location"] == "/admin/"
    assert visitor.get("/admin/").status_code == 200


@pytest.mark.parametrize(
    "onward",
    ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", "\\\\elsewhere.example"],
)
def test_nobody_is_led_to_another_site(visitor: Visitor, onward: str) -> None:
    assert "elsewhere" not in visitor.get("/admin/login/", data={"next": onward}).headers["Location"]
    assert visitor.sign_in(next=onward).headers["Location"] == "/admin/"


def test_a_second_factor_is_a_second_step(visitor: Visitor, with_app: str) -> None:
    answer = visitor.sign_in(next=DESK)
    assert answer.headers["Location"] == "/accounts/login/code/"
    assert not visitor.is_in()
    assert visitor.get("/admin/").status_code == 302
    assert "not right" in visitor.give_code("000000").content.decode()
    assert visitor.give_code(code_of(with_app)).headers["Location"] == DESK
    assert visitor.is_in()


def test_a_code_works_once(visitor: Visitor, with_app: str) -> None:
    code = code_of(with_app)
    visitor.sign_in()
    visitor.give_code(code)
    thief = Visitor(address=ELSEWHERE)
    thief.sign_in()
    assert thief.give_code(code).status_code == 200
    assert not thief.is_in()


def test_a_code_is_not_used_again_while_it_still_counts(visitor: Visitor, with_app: str) -> None:
    """One step of tolerance keeps a code alive for longer than allauth remembers it."""
    code = code_of(with_app, at=1_800_000_000)
    with time_machine.travel(1_800_000_000, tick=False) as clock:
        visitor.sign_in()
        visitor.give_code(code)
        assert visitor.is_in()
        clock.shift(40)
        thief = Visitor(address=ELSEWHERE)
        thief.sign_in()
        thief.give_code(code)
        assert not thief.is_in()


def test_a_recovery_code_works_once_and_is_written_down(
    visitor: Visitor, researcher: User, with_app: str
) -> None:
    visitor.sign_in()
    visitor.give_code(code_of(with_app))
    visitor.post("/accounts/codes/new/")
    shown = visitor.get("/accounts/codes/").context["unused_codes"]
    assert len(shown) == len(set(shown)) == 10
    assert set(visitor.get("/accounts/codes/").context["unused_codes"]) == {"****"}
    for expected in (True, False):
        other = Visitor(address=ELSEWHERE)
        other.sign_in()
        other.give_code(shown[0])
        assert other.is_in() is expected
    assert AccountChange.objects.filter(account=researcher, kind="code_used").count() == 1


def test_somebody_who_left_comes_in_no_more(visitor: Visitor, researcher: User) -> None:
    wrong = visitor.sign_in(password="wrong").content
    visitor.sign_in()
    assert visitor.is_in()
    researcher.is_active = False
    researcher.save()
    assert not visitor.is_in()
    assert b"Name or password is wrong" in wrong
    assert b"Name or password is wrong" in visitor.sign_in().content


def _told(answer: Any) -> tuple[int, str, list[str]]:
    return answer.status_code, str(answer.context["form"].errors), sorted(answer.headers)


def test_an_unknown_name_gets_the_same_answer_and_costs_the_same_work(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.contrib.auth.hashers import Argon2PasswordHasher

    hashed: list[str] = []
    encode = Argon2PasswordHasher.encode
    verify = Argon2PasswordHasher.verify
    monkeypatch.setattr(
        Argon2PasswordHasher, "encode", lambda *given: (hashed.append("once"), encode(*given))[1]
    )
    monkeypatch.setattr(
        Argon2PasswordHasher, "verify", lambda *given: (hashed.append("once"), verify(*given))[1]
    )
    known = _told(visitor.sign_in(password="wrong"))
    work = hashed.copy()
    hashed.clear()
    assert _told(visitor.sign_in(name="nobody-here", password="wrong")) == known
    assert hashed == work == ["once"]


def test_an_unknown_name_is_made_to_wait_like_a_known_one(visitor: Visitor) -> None:
    answers = {
        name: [_told(visitor.sign_in(name, "wrong")) for _ in range(8)] for name in ("researcher", "nobody")
    }
    assert answers["researcher"] == answers["nobody"]
    assert answers["nobody"][-1][0] == 429


def test_codes_are_taken_while_redis_is_down(visitor: Visitor, with_app: str, settings: Any) -> None:
    backend = "django.core.cache.backends.redis.RedisCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "redis://127.0.0.1:1/0"}}
    visitor.sign_in()
    visitor.give_code(code_of(with_app))
    assert visitor.get("/admin/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_setting_up_an_app_needs_a_code_of_it_and_ends_other_sessions(
    visitor: Visitor, researcher: User
) -> None:
    other = Visitor(address=ELSEWHERE)
    other.sign_in()
    visitor.sign_in()
    secret = visitor.get("/accounts/app/add/").context["form"].secret
    assert "not right" in visitor.post("/accounts/app/add/", {"code": "000000"}).content.decode()
    key = visitor.client.cookies["sessionid"].value
    answer = visitor.post("/accounts/app/add/", {"code": code_of(secret)})
    assert answer.headers["Location"] == reverse("mfa_view_recovery_codes")
    assert factors_of(researcher) == {"totp", "recovery_codes"}
    assert visitor.is_in()
    assert visitor.client.cookies["sessionid"].value != key
    assert not other.is_in()
    assert list(AccountChange.objects.values_list("kind", "detail")) == [("factor_added", "totp")]


def test_the_secrets_of_factors_lie_encrypted(with_app: str, researcher: User, settings: Any) -> None:
    from allauth.mfa.models import Authenticator

    factor = Authenticator.objects.get(user=researcher)
    assert with_app not in str(factor.data)
    was, secret = settings.SECRET_KEY, factor.data["secret"]
    assert decrypt(secret) == with_app
    settings.SECRET_KEY = "another key than it was"
    assert decrypt(secret) != with_app
    assert len({decrypt(secret) for _ in range(5)}) == 5
    settings.SECRET_KEY_FALLBACKS = [was]
    assert decrypt(secret) == with_app


def test_the_cookie_changes_with_the_sign_in(visitor: Visitor) -> None:
    session = visitor.client.session
    session["before"] = "the sign-in"
    session.save()
    before = visitor.client.cookies["sessionid"].value
    visitor.sign_in()
    after = visitor.client.cookies["sessionid"].value
    assert after != before
    thief = Visitor()
    thief.client.cookies["sessionid"] = before
    assert not thief.is_in()


def test_a_session_is_known_to_the_database_by_its_hash_alone(visitor: Visitor) -> None:
    visitor.sign_in()
    key = visitor.client.cookies["sessionid"].value
    row = Session.objects.get(user__isnull=False)
    assert key not in (row.session_key, row.session_data)
    thief = Visitor()
    thief.client.cookies["sessionid"] = row.session_key
    assert not thief.is_in()


@pytest.mark.parametrize(("minutes", "is_in"), [(59, True), (61, False)])
def test_an_idle_session_ends(visitor: Visitor, minutes: int, is_in: bool) -> None:
    with time_machine.travel(time.time(), tick=False) as clock:
        visitor.sign_in()
        clock.shift(minutes * 60)
        assert visitor.is_in() is is_in


def test_a_session_that_is_used_goes_on_and_ends_after_twelve_hours(visitor: Visitor) -> None:
    with time_machine.travel(time.time(), tick=False) as clock:
        visitor.sign_in()
        for _ in range(11):
            clock.shift(59 * 60)
            assert visitor.is_in()
        clock.shift(59 * 60)
        assert visitor.is_in()
        clock.shift(13 * 60)
        assert not visitor.is_in()


def test_sessions_are_listed_by_two_words_and_ended_one_by_one(visitor: Visitor, researcher: User) -> None:
    agent = "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0"
    other = Visitor(address=ELSEWHERE, agent=agent)
    other.sign_in()
    visitor.sign_in()
    page = visitor.get("/accounts/")
    assert "Firefox on Linux" in page.content.decode()
    row = Session.objects.get(browser="firefox")
    assert not [value for value in vars(row).values() if "133.0" in str(value) or ELSEWHERE in str(value)]
    stranger = User.objects.create_user("stranger", password=PASSWORD)
    strange = Visitor()
    strange.sign_in(stranger.username)
    strange.post("/accounts/sessions/end/", {"session": row.pk})
    assert other.is_in()
    visitor.post("/accounts/sessions/end/", {"session": row.pk})
    assert not other.is_in()
    assert visitor.is_in()


def test_signing_out_everywhere_else_leaves_this_session(visitor: Visitor) -> None:
    others = [Visitor(address=ELSEWHERE), Visitor()]
    for other in others:
        other.sign_in()
    visitor.sign_in()
    visitor.post("/accounts/sessions/end/", {"session": "others"})
    assert [other.is_in() for other in others] == [False, False]
    assert visitor.is_in()


def test_a_new_password_ends_all_other_sessions(visitor: Visitor, researcher: User) -> None:
    other = Visitor(address=ELSEWHERE)
    other.sign_in()
    visitor.sign_in()
    new = "another-long-passphrase"
    data = {"old_password": "wrong", "new_password1": new, "new_password2": new}
    assert visitor.post("/accounts/password/", data).status_code == 200
    assert visitor.post("/accounts/password/", data | {"old_password": PASSWORD}).status_code == 302
    assert not other.is_in()
    assert visitor.is_in()
    assert Visitor().sign_in(password=new).status_code == 302
    assert AccountChange.objects.get().kind == "password_changed"


def test_signing_out_ends_the_session_itself_and_needs_a_form(visitor: Visitor) -> None:
    visitor.sign_in()
    key = visitor.client.cookies["sessionid"].value
    visitor.get("/accounts/logout/")
    assert visitor.is_in()
    visitor.post("/accounts/logout/")
    visitor.client.cookies["sessionid"] = key
    assert not visitor.is_in()


def test_nobody_signs_up(visitor: Visitor) -> None:
    for path in ("/accounts/signup/", "/accounts/email/", "/accounts/confirm-email/", "/accounts/social/"):
        assert visitor.get(path).status_code == 404
