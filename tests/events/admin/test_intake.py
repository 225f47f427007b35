"""The intake by HTTP: what is pasted is recognised, read, shown with its words, and stored only as it was accepted."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from events.models import BlockEvent, Intake

pytestmark = pytest.mark.django_db

ARTICLE = (
    "VKontakte has closed the page of an independent association of soldiers' relatives. The Union of Fathers and "
    "Sisters said on Sunday that its group was blocked at the request of the Prosecutor General's Office of Russia, "
    "without any explanation. The network belongs to a state company."
)


def give(desk: Client, **values: Any) -> Intake:
    answer = desk.post("/admin/intake/", {"pasted": ARTICLE, "published": "2022-11-28", **values})
    assert answer.status_code == 302, answer.context["box"].errors
    return Intake.objects.latest("pk")


def shown(desk: Client, intake: Intake) -> Any:
    answer = desk.get(f"/admin/intake/{intake.pk}/")
    assert answer.status_code == 200
    return answer


def as_shown(answer: Any) -> dict[str, Any]:
    """What a browser would send of the page as it stands."""
    form, about = answer.context["form"], answer.context["about"]
    post = {name: form[name].value() for name in form.fields} | {n: about[n].value() for n in about.fields}
    post = {name: value for name, value in post.items() if value not in (None, "", False)}
    return {name: "on" if value is True else value for name, value in post.items()} | {
        "seen": answer.context["seen"], "record": "1",
    }  # fmt: skip


def test_a_text_becomes_a_draft_event_with_its_source(desk: Client, administrator: User) -> None:
    intake = give(desk, url="https://news.example/2022/11/28/a")
    answer = shown(desk, intake)
    post = as_shown(answer) | {"use_group": "on", "use_authority_country": "on"}
    done = desk.post(f"/admin/intake/{intake.pk}/", post)
    assert done.status_code == 302, (done.context["form"].errors, done.context["about"].errors)
    event = BlockEvent.objects.get()
    assert event.publication == "draft"
    assert str(event.authority) == "Prosecutor General's Office of Russia"
