"""Who keeps accounts, what they cannot do, what of it stays written, and what the operator does at the machine."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from config.accounts.models import AccountChange, Session
from events import operations as events
from tests.config.accounts.conftest import ELSEWHERE, PASSWORD, Visitor, code_of, factors_of, messages_in

pytestmark = pytest.mark.django_db

NEW = "a-wholly-new-passphrase"


def kinds(account: User) -> list[str]:
    return list(AccountChange.objects.filter(account=account).order_by("pk").values_list("kind", flat=True))


@pytest.fixture
def roles(db: None) -> None:
    events.ensure_roles()


@pytest.fixture
def keeper(roles: None) -> Visitor:
    """Somebody with the role of administrator, who is no superuser, just signed in."""
    user = User.objects.create_user("keeper", password=PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get(name="administrator"))
    visitor = Visitor()
    visitor.sign_in("keeper")
    return visitor


def edit(keeper: Visitor, account: User, **values: Any) -> Any:
    sent = {"username": account.username, "email": account.email, "first_name": "", "last_name": ""}
    sent |= {"is_active": "on", "is_staff": "on", "groups": [group.pk for group in account.groups.all()]}
    sent |= values
    return keeper.post(
        f"/admin/auth/user/{account.pk}/change/", {k: v for k, v in sent.items() if v is not None}
    )


def test_a_new_role_is_written_down_told_and_ends_the_sessions(keeper: Visitor, researcher: User) -> None:
    at_work = Visitor(address=ELSEWHERE)
    at_work.sign_in()
    editor = Group.objects.get(name="editor")
    assert edit(keeper, researcher, groups=[editor.pk]).status_code == 302
    change = AccountChange.objects.get(account=researcher)
    assert (change.kind, change.detail, change.by.username) == ("roles", "+editor", "keeper")
    assert not at_work.is_in()
    at_work.sign_in()
    assert "roles changed, by keeper" in messages_in(at_work.get("/admin/"))
    at_work.post("/accounts/logout/")
    at_work.sign_in()
    assert "roles changed" not in messages_in(at_work.get("/admin/"))


def test_what_was_not_changed_is_not_written(keeper: Visitor, researcher: User) -> None:
    edit(keeper, researcher)
    assert kinds(researcher) == []
    edit(keeper, researcher, email="researcher@example.org")
    assert kinds(researcher) == ["details"]
    assert "example.org" not in AccountChange.objects.get().detail


def test_an_account_that_is_closed_is_out_at_once(keeper: Visitor, researcher: User) -> None:
    at_work = Visitor(address=ELSEWHERE)
    at_work.sign_in()
    edit(keeper, researcher, is_active=None)
    assert AccountChange.objects.get().detail == "-is_active"
    assert not at_work.is_in()
    assert not Session.objects.filter(user=researcher).exists()


def test_a_password_set_by_another_is_told_to_its_owner(keeper: Visitor, researcher: User) -> None:
    at_work = Visitor(address=ELSEWHERE)
    at_work.sign_in()
    data = {"password1": NEW, "password2": NEW, "usable_password": "true"}
    assert keeper.post(f"/admin/auth/user/{researcher.pk}/password/", data).status_code == 302
    assert kinds(researcher) == ["password_set"]
    assert not at_work.is_in()
    at_work.sign_in(password=NEW)
    assert "password set by somebody else, by keeper" in messages_in(at_work.get("/admin/"))


def test_nobody_takes_the_factors_of_another_in_the_admin(
    keeper: Visitor, researcher: User, with_app: str
) -> None:
    data = {"password1": NEW, "password2": NEW, "usable_password": "true"}
    keeper.post(f"/admin/auth/user/{researcher.pk}/password/", data)
    assert factors_of(researcher) == {"totp"}
    keeper.post("/accounts/logout/")
    thief = Visitor(address=ELSEWHERE)
    assert thief.sign_in(password=NEW).headers["Location"] == "/accounts/login/code/"
    assert not thief.is_in()
    for path in ("mfa/authenticator", "account/emailaddress"):
        assert thief.get(f"/admin/{path}/").status_code == 302


def test_nobody_makes_themselves_more_than_they_are(keeper: Visitor) -> None:
    me = User.objects.get(username="keeper")
    edit(keeper, me, is_superuser="on", groups=[group.pk for group in Group.objects.all()])
    me.refresh_from_db()
    assert not me.is_superuser
    assert [group.name for group in me.groups.all()] == ["administrator"]


def test_an_administrator_changes_no_superuser(keeper: Visitor, administrator: User) -> None:
    assert edit(keeper, administrator, is_active=None).status_code == 403
    data = {"password1": NEW, "password2": NEW, "usable_password": "true"}
    assert keeper.post(f"/admin/auth/user/{administrator.pk}/password/", data).status_code == 403
    administrator.refresh_from_db()
    assert administrator.is_active
    assert administrator.check_password(PASSWORD)


def test_a_new_account_may_work_and_is_written_down(keeper: Visitor) -> None:
    data = {"username": "vera", "password1": NEW, "password2": NEW}
    assert keeper.post("/admin/auth/user/add/", data).status_code == 302
    vera = User.objects.get(username="vera")
    assert vera.is_staff
    assert kinds(vera) == ["created"]
    assert Visitor().sign_in("vera", NEW).status_code == 302


def test_accounts_are_changed_only_by_whoever_has_shown_lately_who_they_are(
    keeper: Visitor, researcher: User
) -> None:
    import time

    import time_machine

    address = f"/admin/auth/user/{researcher.pk}/change/"
    assert keeper.get(address).status_code == 200
    with time_machine.travel(time.time() + 11 * 60, tick=False):
        for answer in (keeper.get(address), edit(keeper, researcher, email="a@example.org")):
            assert answer.headers["Location"].startswith("/accounts/again/password/?next=")
        assert keeper.get("/admin/auth/user/").status_code == 200
        session = keeper.client.session
        assert "example.org" not in str(dict(session))
        key = keeper.client.cookies["sessionid"].value
        again = keeper.post("/accounts/again/password/", {"password": PASSWORD, "next": address})
        assert again.headers["Location"] == address
        assert keeper.client.cookies["sessionid"].value != key
        assert keeper.get(address).status_code == 200
    researcher.refresh_from_db()
    assert researcher.email == ""


def test_whoever_has_a_second_factor_shows_that_and_not_the_password(visitor: Visitor, with_app: str) -> None:
    import time

    import time_machine

    visitor.sign_in()
    visitor.give_code(code_of(with_app))
    with time_machine.travel(time.time() + 11 * 60, tick=False):
        assert visitor.get("/accounts/codes/new/").headers["Location"].startswith("/accounts/again/code/")
        assert (
            visitor.post("/accounts/again/password/", {"password": PASSWORD})
            .headers["Location"]
            .startswith("/accounts/again/code/")
        )
        assert visitor.get("/accounts/codes/new/").status_code == 302
        visitor.post("/accounts/again/code/", {"code": code_of(with_app)})
        assert visitor.get("/accounts/codes/new/").status_code == 200


def test_the_operator_resets_the_factors_of_somebody_who_lost_them(
    visitor: Visitor, researcher: User, with_app: str, capsys: pytest.CaptureFixture[str]
) -> None:
    visitor.sign_in()
    visitor.give_code(code_of(with_app))
    call_command("reset_factors", "researcher", "--because", "lost the phone, known by voice")
    assert "1 second factor" in capsys.readouterr().out
    assert factors_of(researcher) == set()
    change = AccountChange.objects.get()
    assert (change.kind, change.by, change.because) == (
        "factors_reset",
        None,
        "lost the phone, known by voice",
    )
    assert not visitor.is_in()
    visitor.sign_in()
    assert "reset by the operator" in messages_in(visitor.get("/admin/"))


@pytest.mark.parametrize("arguments", [("nobody", "--because", "x"), ("researcher", "--because", "  ")])
def test_the_operator_has_to_name_somebody_and_a_reason(researcher: User, arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        call_command("reset_factors", *arguments)
    assert not AccountChange.objects.exists()


def test_a_superuser_is_made_at_the_machine(db: None) -> None:
    import os

    os.environ["DJANGO_SUPERUSER_PASSWORD"] = NEW
    try:
        call_command("createsuperuser", "--noinput", "--username", "first", "--email", "", verbosity=0)
    finally:
        del os.environ["DJANGO_SUPERUSER_PASSWORD"]
    visitor = Visitor()
    visitor.sign_in("first", NEW)
    assert visitor.get("/admin/").status_code == 200


def test_the_database_refuses_to_rewrite_a_change_and_a_reset_without_a_reason(researcher: User) -> None:
    from tests.make import NOW

    line = AccountChange.objects.create(account=researcher, kind="created", at=NOW)
    for values in ({"kind": "details"}, {"by": researcher}, {"because": "x"}, {"detail": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AccountChange.objects.filter(pk=line.pk).update(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        AccountChange.objects.create(account=researcher, kind="factors_reset", at=NOW)


@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/events/blockevent/", "/admin/auth/user/", "/admin/jsi18n/"]
)
def test_where_a_second_factor_is_required_nothing_else_is_open_before(
    visitor: Visitor, settings: Any, path: str
) -> None:
    settings.MFA = "required"
    visitor.sign_in()
    answer = visitor.get(path, follow=True)
    assert answer.redirect_chain[-1][0] == "/accounts/"
    page = answer.content.decode()
    assert "Set up a second factor" in page
    assert "Where you are signed in" not in page
    secret = visitor.get("/accounts/app/add/").context["form"].secret
    visitor.post("/accounts/app/add/", {"code": code_of(secret)})
    assert visitor.get("/admin/").status_code == 200


def test_where_one_is_required_the_only_factor_stays(visitor: Visitor, settings: Any, with_app: str) -> None:
    settings.MFA = "required"
    visitor.sign_in()
    visitor.give_code(code_of(with_app))
    assert "add another first" in visitor.get("/accounts/app/remove/").content.decode()
    visitor.post("/accounts/app/remove/")
    assert factors_of(User.objects.get(username="researcher")) >= {"totp"}


def test_what_is_forgotten_is_forgotten_by_the_timetable(visitor: Visitor) -> None:
    from config.accounts.tasks import forget_what_has_expired
    from config.celery import app

    visitor.sign_in(password="wrong")
    assert any(entry["task"] == forget_what_has_expired.name for entry in app.conf.beat_schedule.values())
    assert forget_what_has_expired() == 0
    import time

    import time_machine

    with time_machine.travel(time.time() + 3 * 24 * 3600, tick=False):
        assert forget_what_has_expired() >= 4
