"""The intake by HTTP: what is pasted is recognised, read, shown with its words, and stored only as it was accepted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group as AccountGroup
from django.contrib.auth.models import User
from django.test import Client

from events import operations
from events.admin.intake_alike import Asked, alike
from events.admin.intake_forms import DraftForm
from events.admin.intake_pasted import date_in, recognise
from events.dates import ImpreciseDate
from events.models import BlockEvent, Group, Intake
from tests import make

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


def test_what_the_text_does_not_state_stays_empty_and_says_so(desk: Client) -> None:
    intake = give(desk)
    answer = shown(desk, intake)
    form = answer.context["form"]
    for name in ("page_url", "territory", "order_number", "order_date", "law", "restored_on", "cited_reason"):
        assert not form[name].value(), name
    bare = DraftForm(None, initial={}, said={})
    lists = ("group_kind", "authority_kind", "cited_reason_status", "blocked_kind", "platform")
    assert [bare[name].value() or "" for name in lists] == ["unknown", "unknown", "not_known", "", ""]
    assert answer.content.decode().count("not in the text") >= 8
    desk.post(
        f"/admin/intake/{intake.pk}/", as_shown(answer) | {"use_group": "on", "url": "https://news.example/a"}
    )
    event = BlockEvent.objects.get()
    assert (event.page, event.territory, event.restriction, event.blocked_kind) == (
        None,
        None,
        "unknown",
        None,
    )
    assert (event.orders.count(), event.transmitted_by, event.restored_earliest) == (0, None, None)


def test_what_is_doubtful_is_not_used_before_somebody_says_so(desk: Client) -> None:
    intake = give(desk, url="https://news.example/a")
    fields = intake.draft["fields"]
    fields["blocked_on"]["confidence"] = 0.5
    intake.save()
    answer = shown(desk, intake)
    assert answer.context["form"]["use_blocked_on"].value() is False
    assert answer.context["form"]["use_platform"].value() is True
    desk.post(f"/admin/intake/{intake.pk}/", as_shown(answer) | {"use_group": "on"})
    assert BlockEvent.objects.get().blocked_earliest is None


def test_what_a_person_corrects_is_used_without_a_tick(desk: Client) -> None:
    intake = give(desk, url="https://news.example/a")
    post = as_shown(shown(desk, intake)) | {"group": "Another name", "blocked_on": "2022-11"}
    for name in ("use_group", "use_blocked_on"):
        post.pop(name, None)
    desk.post(f"/admin/intake/{intake.pk}/", post)
    event = BlockEvent.objects.get()
    assert (event.group.name, event.blocked_precision) == ("Another name", "month")


def test_an_event_without_group_or_platform_is_refused_beside_the_field(desk: Client) -> None:
    intake = give(desk, pasted="The page was blocked at the request of Roskomnadzor, its owner says.")
    answer = shown(desk, intake)
    refused = desk.post(f"/admin/intake/{intake.pk}/", as_shown(answer) | {"kind": "block"})
    assert {"group", "platform"} <= set(refused.context["form"].errors)
    assert not BlockEvent.objects.exists()


def test_all_or_nothing_is_stored(desk: Client) -> None:
    make.make_page(url="https://vk.com/taken")
    groups = Group.objects.count()
    intake = give(desk, url="https://news.example/a")
    post = as_shown(shown(desk, intake)) | {
        "use_group": "on",
        "page_url": "https://vk.com/taken",
        "same_group": "new",
    }
    refused = desk.post(f"/admin/intake/{intake.pk}/", post)
    assert "recorded already" in str(refused.context["form"].errors)
    assert (BlockEvent.objects.count(), Group.objects.count()) == (0, groups)
    assert Intake.objects.get().state == "read"


def test_a_key_pressed_twice_records_one_event(desk: Client) -> None:
    intake = give(desk, url="https://news.example/a")
    post = as_shown(shown(desk, intake)) | {"use_group": "on"}
    first = desk.post(f"/admin/intake/{intake.pk}/", post)
    second = desk.post(f"/admin/intake/{intake.pk}/", post)
    assert first.headers["Location"] == second.headers["Location"]
    assert BlockEvent.objects.count() == 1
    assert BlockEvent.objects.get().history.latest().history_change_reason == "from an intake"


def test_an_event_of_the_same_name_is_shown_before_another_is_recorded(desk: Client) -> None:
    group = make.make_group(name="The Union of Fathers and Sisters")
    there = make.make_event(page=make.make_page(group=group))
    intake = give(desk, url="https://news.example/a")
    answer = shown(desk, intake)
    assert [one.event for one in answer.context["alike"].events] == [there]
    post = as_shown(answer) | {"group": group.name, "same_group": str(group.pk)}
    refused = desk.post(f"/admin/intake/{intake.pk}/", post)
    assert "another event" in str(refused.context["form"].non_field_errors())
    assert BlockEvent.objects.count() == 1
    desk.post(f"/admin/intake/{intake.pk}/", post | {"is_another": "1", "seen": refused.context["seen"]})
    assert BlockEvent.objects.filter(group=group).count() == 2


@pytest.mark.parametrize("name", ["СОЮЗ ОТЦОВ И СЕСТЁР", "Soyuz ottsov i sester", "Союз отцов и сестер"])
def test_names_are_nearly_equal_in_any_script(db: None, administrator: User, name: str) -> None:
    group = make.make_group(name="Союз отцов и сестёр")
    found = alike(Asked(group=name), administrator)
    assert [one.row for one in found.groups] == [group]


def test_what_turned_up_since_is_shown_before_anything_is_stored(desk: Client) -> None:
    intake = give(desk, url="https://news.example/a")
    post = as_shown(shown(desk, intake)) | {"group": "Union of Fathers"}
    make.make_event(page=make.make_page(group=make.make_group(name="Union of Fathers")))
    refused = desk.post(f"/admin/intake/{intake.pk}/", post)
    assert refused.status_code == 200
    assert "recorded already" in str(refused.context["form"].non_field_errors())
    assert BlockEvent.objects.count() == 1


def test_a_text_is_added_to_an_event_as_another_source(desk: Client) -> None:
    there = make.make_event(page=make.make_page(group=make.make_group(name="Union of Fathers")))
    intake = give(desk, url="https://news.example/2022/11/28/a")
    post = as_shown(shown(desk, intake)) | {"group": "Union of Fathers", "add_to": str(there.pk)}
    done = desk.post(f"/admin/intake/{intake.pk}/", post)
    assert done.status_code == 302, done.context["form"].errors
    source = there.sources.latest("pk")
    assert (source.url, str(source.published_earliest)) == ("https://news.example/2022/11/28/a", "2022-11-28")
    assert "blocked at the request" in source.quote
    intake.refresh_from_db()
    assert (intake.state, intake.event) == ("used", there)
    again = give(desk, url="https://news.example/2022/11/28/a")
    refused = desk.post(f"/admin/intake/{again.pk}/", post)
    assert "source of that event already" in str(refused.context["form"].errors)


def test_a_restoration_ends_the_block_that_is_recorded(desk: Client) -> None:
    there = make.make_event(page=make.make_page(group=make.make_group(name="River News")), publish=False)
    text = "On Friday YouTube restored the channel «River News», which had been blocked in Russia, its editors say."
    intake = give(desk, pasted=text, published="2024-05-11", url="https://news.example/b")
    answer = shown(desk, intake)
    post = as_shown(answer) | {"kind": "restoration", "group": "River News", "restored_on": "2024-05-10"}
    done = desk.post(f"/admin/intake/{intake.pk}/", post | {"ends": str(there.pk)})
    assert done.status_code == 302, done.context["form"].errors
    there.refresh_from_db()
    assert str(there.restored_earliest) == "2024-05-10"
    assert there.episodes.get().ended_how == "restored"
    assert there.sources.filter(url="https://news.example/b").exists()


@pytest.mark.parametrize("kind", ["threat", "none"])
def test_a_threat_and_no_event_are_never_recorded_as_a_block(desk: Client, kind: str) -> None:
    intake = give(desk, url="https://news.example/a")
    post = as_shown(shown(desk, intake)) | {"use_group": "on", "kind": kind}
    refused = desk.post(f"/admin/intake/{intake.pk}/", post)
    assert "kind" in refused.context["form"].errors
    assert not BlockEvent.objects.exists()


def test_nothing_is_kept_of_what_is_forgotten(desk: Client) -> None:
    intake = give(desk)
    desk.post(f"/admin/intake/{intake.pk}/forget/")
    assert not Intake.objects.exists()
    assert desk.get(f"/admin/intake/{intake.pk}/").status_code == 404


def test_another_persons_intake_is_not_there(desk: Client, client: Client) -> None:
    intake = give(desk)
    other = User.objects.create_superuser("other", password="a-long-passphrase")
    client.force_login(other)
    for method, path in (("get", ""), ("post", ""), ("get", "state/"), ("post", "forget/")):
        assert getattr(client, method)(f"/admin/intake/{intake.pk}/{path}").status_code == 404, path
    assert "Union of Fathers" not in client.get("/admin/intake/").content.decode()


def test_old_intakes_are_forgotten_unless_an_event_came_of_them(desk: Client) -> None:
    used, left = give(desk, url="https://news.example/a"), give(desk)
    desk.post(f"/admin/intake/{used.pk}/", as_shown(shown(desk, used)) | {"use_group": "on"})
    now = left.changed_at + operations.KEPT_FOR
    assert operations.forget_old_intakes(now=now) == 0
    assert operations.forget_old_intakes(now=now + timedelta(seconds=1)) == 1
    assert list(Intake.objects.all()) == [used]


def test_it_is_read_again_under_another_date_of_publication(desk: Client) -> None:
    intake = give(desk)
    post = as_shown(shown(desk, intake)) | {"reread": "1", "published": "2022-12-05"}
    desk.post(f"/admin/intake/{intake.pk}/", post)
    intake.refresh_from_db()
    assert intake.draft["fields"]["blocked_on"]["value"] == "2022-12-04"


HOSTILE = (
    "<script>document.title='owned'</script><img src=x onerror=alert(1)> \u202egnikcolb\u202c VK blocked the group "
    "\u200f«שלום {{ request }} {% now %}» at the request of Roskomnadzor. </mark></div>"
)


def test_hostile_text_is_shown_as_text(desk: Client) -> None:
    intake = give(desk, pasted=HOSTILE, title="<b>bold</b>", url="https://news.example/a?<script>")
    page = shown(desk, intake).content.decode()
    for markup in ("<script>document", "<img src=x", "<b>bold", "?<script>"):
        assert markup not in page
    assert "{{ request }}" in page
    assert 'dir="auto"' in page


@pytest.mark.parametrize(
    ("pasted", "says"),
    [
        ("", "Paste an address"),
        ("a" * 200_001, "200,000 characters"),
        ("a\x00b", "Null characters"),
        (" \n ", "Paste"),
    ],
    ids=["nothing", "too long", "NUL", "blanks"],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(desk: Client, pasted: str, says: str) -> None:
    answer = desk.post("/admin/intake/", {"pasted": pasted})
    assert answer.status_code == 200
    assert says in str(answer.context["box"].errors)
    assert not Intake.objects.exists()


@pytest.mark.parametrize(
    ("pasted", "given", "url"),
    [
        ("https://news.example/2022/11/28/a", "address", "https://news.example/2022/11/28/a"),
        ("https://vk.com/sovetmaterei", "page", ""),
        ("https://news.example/a\n\nA page was blocked.", "text", "https://news.example/a"),
        ("A page was blocked.\nhttps://news.example/a\n", "text", "https://news.example/a"),
        ("A page\nhttps://news.example/a\nwas blocked.", "text", ""),
        ("word", "text", ""),
    ],
)
def test_what_is_pasted_is_recognised_by_itself(pasted: str, given: str, url: str) -> None:
    found = recognise(pasted)
    assert (found.given, found.url) == (given, url)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.example/2022/11/28/x", "2022-11-28"),
        ("https://a.example/news/2022-7-1-x", "2022-07-01"),
        ("https://a.example/2022/13/28/x", ""),
        ("https://a.example/2023/02/31/x", ""),
        ("https://2022-11-28.example/", ""),
    ],
)
def test_the_day_in_an_address_is_read(url: str, day: str) -> None:
    assert date_in(url) == day


def test_an_authority_of_nearly_that_name_is_offered_and_used(desk: Client) -> None:
    there = make.make_authority(name="Prosecutor General's Office of Russia (Moscow)", country="RU")
    intake = give(desk, url="https://news.example/a")
    answer = shown(desk, intake)
    assert answer.context["choices"]["authority"]["chosen"] == ""
    post = as_shown(answer) | {"use_group": "on"}
    refused = desk.post(f"/admin/intake/{intake.pk}/", post)
    assert "authority" in refused.context["form"].errors
    desk.post(f"/admin/intake/{intake.pk}/", post | {"same_authority": str(there.pk)})
    assert BlockEvent.objects.get().authority == there


def contributor() -> User:
    operations.ensure_roles()
    own = User.objects.create_user("own", password="a-long-passphrase", is_staff=True)
    own.groups.add(AccountGroup.objects.get(name="contributor"))
    return own


def test_nothing_of_somebody_elses_draft_is_told_or_linked(client: Client) -> None:
    client.force_login(contributor())
    other = User.objects.create_user("other")
    secret = operations.record_group(by=other, now=make.NOW, name="Union of Secrets")
    operations.ensure_platforms(by=None, now=make.NOW)
    page = operations.record_page(group=secret, url="https://vk.com/secret", by=other, now=make.NOW)
    order = operations.record_order(
        by=other, now=make.NOW, authority=None, number="7-1", dated=ImpreciseDate.parse("2022")
    )
    make.make_event(publish=False, by=other, page=page, orders=[order])
    for named, value in (("page_url", "https://vk.com/secret"), ("order_number", "7-1")):
        intake = give(client, pasted="A group was blocked.", url="https://news.example/a")
        post = as_shown(shown(client, intake)) | {
            "kind": "block", "group": "Union of Secrets", "platform": "vk", named: value, "order_date": "2022",
        }  # fmt: skip
        refused = client.post(f"/admin/intake/{intake.pk}/", post)
        assert "not for you to see" in str(refused.context["form"].errors), named
        assert refused.context["alike"].events == refused.context["alike"].groups == []
    assert BlockEvent.objects.count() == 1


def test_a_contributor_adds_no_source_to_what_is_not_theirs(client: Client) -> None:
    client.force_login(contributor())
    there = make.make_event()
    intake = give(client, url="https://news.example/a")
    post = as_shown(shown(client, intake)) | {"add_to": str(there.pk)}
    assert client.post(f"/admin/intake/{intake.pk}/", post).status_code == 403
    assert there.sources.count() == 1


@pytest.mark.parametrize("n_events", [1, 8])
def test_the_pages_ask_the_database_little(
    desk: Client, n_events: int, django_assert_max_num_queries: Any
) -> None:
    group = make.make_group(name="The Union of Fathers and Sisters")
    for _ in range(n_events):
        make.make_event(page=make.make_page(group=group))
    intake = give(desk, url="https://news.example/a")
    shown(desk, intake)
    for path, most in (("", 8), (f"{intake.pk}/", 15), (f"{intake.pk}/state/", 4)):
        with django_assert_max_num_queries(most):
            desk.get(f"/admin/intake/{path}")
