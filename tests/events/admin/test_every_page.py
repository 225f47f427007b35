"""Every page of the admin opens, for every model that we have; made from the registry, so that none is forgotten."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from events.models import BlockEvent

PRIVATE = {"FormDraft", "FormOpened", "Intake"}
"""What one person types or gives to be read: no page shows these to anybody, and an administrator is anybody."""
WITHIN = {"ImportRow", "ImportUpload", "PreviewRow", "RegisterEntry", "RegisterSnapshot"}
"""Shown on the page of the import that they belong to, and nowhere else."""
OURS = [
    model
    for label in ("events", "tracker")
    for model in apps.get_app_config(label).get_models()
    if not model.__name__.startswith("Historical") and model.__name__ not in PRIVATE | WITHIN
]


def address(model: Any, page: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def a_row(model: Any) -> Any:
    row = model._default_manager.first()
    assert row is not None, f"{model._meta.label} has no row to open"
    return row


def test_every_model_is_registered() -> None:
    assert [model for model in OURS if not admin.site.is_registered(model)] == []


def test_what_is_private_has_no_page() -> None:
    assert {m.__name__ for m in admin.site._registry} & PRIVATE == set()


def test_every_list_opens_and_is_searched(desk: Client, full: BlockEvent) -> None:
    for model in OURS:
        assert desk.get(address(model, "changelist")).status_code == 200, model
        found = desk.get(address(model, "changelist"), {"q": "vk <script> № 27"})
        assert found.status_code == 200, model
        assert "<script> №" not in found.content.decode(), model


def test_every_row_opens(desk: Client, full: BlockEvent) -> None:
    for model in OURS:
        assert desk.get(address(model, "change", a_row(model).pk)).status_code == 200, model


def test_every_add_form_opens_or_is_refused_on_purpose(desk: Client, full: BlockEvent) -> None:
    request = desk.get(reverse("admin:index")).wsgi_request
    for model in OURS:
        may_add = admin.site.get_model_admin(model).has_add_permission(request)
        assert desk.get(address(model, "add")).status_code == (200 if may_add else 403), model


def test_every_history_opens(desk: Client, full: BlockEvent) -> None:
    for model in OURS:
        row = a_row(model)
        assert desk.get(address(model, "history", row.pk)).status_code == 200, model
        if hasattr(model, "history"):
            version = row.history.first()
            assert desk.get(address(model, "simple_history", row.pk, version.pk)).status_code == 200, model


def test_nobody_comes_in_without_signing_in(client: Client, db: None) -> None:
    for model in OURS:
        for page in ("changelist", "add"):
            answer = client.get(address(model, page))
            assert answer.status_code == 302, model
            assert answer.headers["Location"].startswith("/admin/login/"), model


def test_whoever_may_only_look_sees_every_row_and_saves_none(client: Client, full: BlockEvent) -> None:
    reader = User.objects.create_user("reader", password="a-long-passphrase", is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(reader)
    for model in OURS:
        answer = client.get(address(model, "change", a_row(model).pk))
        assert answer.status_code == 200, model
        assert 'name="_save"' not in answer.content.decode(), model


def test_the_index_puts_the_researchers_tables_first(desk: Client) -> None:
    apps_shown = desk.get(reverse("admin:index")).context["app_list"]
    assert [app["app_label"] for app in apps_shown] == ["events", "tracker", "auth"]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_policy_stands_on_every_page(desk: Client, full: BlockEvent, language: str) -> None:
    answer = desk.get(reverse("admin:index"), headers={"accept-language": language})
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert f'lang="{language}"' in answer.content.decode()
