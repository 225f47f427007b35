"""The list of events: filters, what needs somebody, views, and many events at once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group as Role
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from config.windows import WindowedPaginator
from events import operations
from events.dates import ImpreciseDate
from events.models import BlockEvent, BulkChange, SavedView, Twin
from tests import make
from tests.make import NOW
from tracker.models import StatusChange, Watch

LIST = "/admin/events/blockevent/"


def shown(client: Client, **query: Any) -> set[BlockEvent]:
    answer = client.get(LIST, query)
    assert answer.status_code == 200, answer.headers.get("Location")
    return set(answer.context["cl"].result_list)


@pytest.mark.parametrize(
    "words", ["совет матерей", "sovet materei", "SOVETMATERI", "матерей совет", "prokuratura sovet"]
)
def test_a_search_finds_in_any_script_and_order(desk: Client, words: str) -> None:
    wanted = make.make_event(
        page=make.make_page(group=make.make_group(name="Совет матерей")),
        authority=make.make_authority(name="Генеральная прокуратура"),
    )
    make.make_event(page=make.make_page(group=make.make_group(name="Совет отцов")))
    assert shown(desk, q=words) == {wanted}


def test_a_search_by_ids_finds_the_event_alone(desk: Client, db: None) -> None:
    wanted, _other = make.make_event(external_id="ours-7"), make.make_event()
    assert shown(desk, q="ours-7") == shown(desk, q=wanted.public_id) == {wanted}


def test_every_dimension_filters(desk: Client, administrator: User) -> None:
    order = operations.record_order(
        by=None, now=NOW, authority=None, number="1-2", dated=ImpreciseDate.parse("2022")
    )
    batch = operations.record_batch(
        by=None, now=NOW, file_name="a.csv", file_sha256="0" * 64, format="csv", rows=1, created=1, updated=0,
        unchanged=0,
    )  # fmt: skip
    wanted = make.make_event(
        by=administrator, authority=make.make_authority(country="TR", kind="court"), orders=[order], batch=batch,
        territory="TR", restriction="removed", blocked="2022-11", blocked_kind="reported", reason_category="drugs",
        cited_reason_status="none_given", restored=ImpreciseDate.parse("2023"),
        page=make.make_page(url="https://t.me/wanted"),
    )  # fmt: skip
    operations.correct_event(correction=make.TOLD, event=wanted, by=None, now=NOW)
    Watch.objects.filter(pk=wanted.watch_id).update(
        status="blocked", status_since=NOW, status_rule_id="vk_legal_notice"
    )
    other = make.make_event(publish=False, sources=[], territory=None)
    for name, value in {
        "publication": "published",
        "status": "blocked",
        "platform": wanted.platform.key,
        "group": wanted.group_id,
        "authority": wanted.authority_id,
        "authority_country": "TR",
        "authority_kind": "court",
        "order": order.pk,
        "territory": "TR",
        "blocked_before": "2022-11-15",
        "precision": "month",
        "date_kind": "reported",
        "over": "yes",
        "restriction": "removed",
        "reason_category": "drugs",
        "cited_reason_status": "none_given",
        "checkable": "yes",
        "source": "yes",
        "batch": batch.pk,
        "created_by": administrator.pk,
    }.items():
        assert shown(desk, **{name: value}) == {wanted}, name
    for name in ("territory", "reason_category", "created_by", "date_kind"):
        assert shown(desk, **{name: "null"}) == {other}, name
    assert shown(desk, over="no") == shown(desk, source="no") == shown(desk, checkable="no") == {other}


@pytest.mark.parametrize(
    ("query", "is_kept"),
    [
        ({"blocked_after": "2022-11-30"}, True),
        ({"blocked_after": "2022-12"}, False),
        ({"blocked_before": "2022-11-01"}, True),
        ({"blocked_before": "2022-10"}, False),
        ({"blocked_after": "2022", "blocked_before": "2022"}, True),
    ],
)
def test_an_imprecise_date_counts_wherever_it_may_lie(
    desk: Client, query: dict[str, str], is_kept: bool
) -> None:
    make.make_event(blocked="2022-11")
    assert bool(shown(desk, **query)) is is_kept


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("blocked_after", "soon"),
        ("group", "nobody"),
        ("status", "fine"),
        ("order", "9" * 40),
        ("created_by", "0x1"),
    ],
)
def test_a_filter_that_cannot_be_read_says_so_and_keeps_nothing(desk: Client, name: str, value: str) -> None:
    make.make_event()
    answer = desk.get(LIST, {name: value})
    assert list(answer.context["cl"].result_list) == []
    assert f'id="filter-{name}-fault"' in answer.content.decode()


def test_what_needs_me(desk: Client, administrator: User) -> None:
    mine = make.make_event(publish=False, by=administrator)
    someones = make.make_event(publish=False)
    waiting = make.make_event(publish=False)
    operations.send_to_review(event=waiting, by=administrator, now=NOW)
    bare = make.make_event(publish=False, sources=[])
    assert shown(desk, needs="mine") == {mine}
    assert shown(desk, needs="review") == {waiting}
    assert shown(desk, needs="unsourced") == {bare}
    assert someones not in shown(desk, needs="mine")


def _change(event: BlockEvent, old: str, new: str, days_ago: int = 1) -> None:
    at = timezone.now() - timedelta(days=days_ago)
    StatusChange.objects.create(watch=event.watch, old=old, new=new, rule_id="x", at=at, recorded_at=at)


def test_a_status_that_just_changed_needs_a_look_until_somebody_has_looked(desk: Client, db: None) -> None:
    changed, confirmed, long_ago = make.make_event(), make.make_event(), make.make_event()
    surprise = make.make_event()
    _change(changed, "blocked", "reachable")
    _change(confirmed, "insufficient", "blocked")
    _change(surprise, "insufficient", "reachable")
    _change(long_ago, "blocked", "reachable", days_ago=60)
    assert shown(desk, needs="changed") == {changed, surprise}
    desk.post(LIST, {"action": "seen_selected", "_selected_action": [changed.pk]})
    assert shown(desk, needs="changed") == {surprise}
    _change(changed, "reachable", "blocked")
    assert shown(desk, needs="changed") == {changed, surprise}


def test_what_nobody_looked_at_for_long_is_stale(desk: Client, db: None) -> None:
    old, fresh, new = make.make_event(), make.make_event(), make.make_event(now=timezone.now())
    Watch.objects.filter(pk=old.watch_id).update(last_measured_at=timezone.now() - timedelta(days=31))
    Watch.objects.filter(pk=fresh.watch_id).update(last_measured_at=timezone.now())
    assert new.watch_id is not None
    assert shown(desk, needs="stale") == {old}


class TestDuplicates:
    def test_the_same_page_in_one_territory(self, desk: Client, db: None) -> None:
        one = make.make_event()
        other = make.make_event(page=one.page)
        make.make_event(page=one.page, territory="TR")
        assert shown(desk, needs="duplicates") == {one, other}
        assert Twin.objects.get().why == "page"

    def test_the_same_order_and_group_where_one_page_is_not_known(self, desk: Client, db: None) -> None:
        order = operations.record_order(
            by=None, now=NOW, authority=None, number="1-2", dated=ImpreciseDate.parse("2022")
        )
        one = make.make_event(orders=[order])
        other = make.make_event(page=None, group=one.group, platform=one.platform, orders=[order])
        assert shown(desk, needs="duplicates") == {one, other}
        assert Twin.objects.get().why == "order"

    def test_a_name_that_is_nearly_the_same(self, desk: Client, db: None) -> None:
        one = make.make_event(page=make.make_page(group=make.make_group(name="Совет матерей")))
        group = make.make_group(name="Sovet-Materei")
        other = make.make_event(page=None, group=group, platform=one.platform)
        make.make_event(page=None, group=make.make_group(name="Sovet Otcov"), platform=one.platform)
        assert shown(desk, needs="duplicates") == {one, other}
        assert Twin.objects.get().why == "name"

    def test_two_pages_of_one_name_are_two_blocks(self, desk: Client, db: None) -> None:
        group = make.make_group()
        make.make_event(page=make.make_page(group=group))
        make.make_event(page=make.make_page(group=group))
        assert shown(desk, needs="duplicates") == set()

    def test_a_correction_ends_it(self, desk: Client, db: None) -> None:
        one = make.make_event()
        other = make.make_event(page=one.page)
        operations.correct_event(correction=make.TOLD, event=other, by=None, now=NOW, territory="BY")
        assert shown(desk, needs="duplicates") == set()
        operations.correct_event(correction=make.TOLD, event=other, by=None, now=NOW, territory="RU")
        operations.withdraw_event(event=other, by=None, now=NOW, because="Entered twice.")
        assert shown(desk, needs="duplicates") == set()

    def test_what_a_person_dismissed_does_not_come_back(self, desk: Client, db: None) -> None:
        one = make.make_event()
        other = make.make_event(page=one.page)
        desk.post(LIST, {"action": "no_twins_selected", "_selected_action": [one.pk]})
        operations.correct_event(
            correction=make.TOLD, event=other, by=None, now=NOW, summary="Looked at again."
        )
        assert shown(desk, needs="duplicates") == set()


class TestViews:
    def save(self, client: Client, **values: str) -> Any:
        return client.post(reverse("admin:events_blockevent_views"), values, follow=True)

    def test_a_view_keeps_search_filters_order_and_columns(self, desk: Client, db: None) -> None:
        query = "q=sovet&territory=RU&o=-3&columns=status&columns=territory_shown&p=4"
        answer = self.save(desk, name=" Sovet  in RU ", query=query)
        view = SavedView.objects.get()
        assert (view.name, view.is_shared) == ("Sovet in RU", False)
        assert "p=4" not in view.query
        assert [tab.name for tab in answer.context["tabs"] if tab.is_here] == ["Sovet in RU"]
        assert "field-territory_shown" not in answer.content.decode()  # nothing is there to have columns
        make.make_event(page=make.make_page(group=make.make_group(name="Sovet")))
        assert "field-territory_shown" in desk.get(f"{LIST}?{view.query}").content.decode()

    def test_the_same_name_replaces_it(self, desk: Client, db: None) -> None:
        self.save(desk, name="Mine", query="q=one")
        self.save(desk, name="Mine", query="q=two")
        assert SavedView.objects.get().query == "q=two"

    def test_others_see_only_what_is_shared_and_cannot_remove_it(self, desk: Client, client: Client) -> None:
        self.save(desk, name="For all", query="q=one", is_shared="on")
        self.save(desk, name="My own", query="q=two")
        reader = User.objects.create_user("reader", is_staff=True)
        reader.user_permissions.add(Permission.objects.get(codename="view_blockevent"))
        other = Client()
        other.force_login(reader)
        assert [(tab.name, tab.owner) for tab in other.get(LIST).context["tabs"] if tab.view] == [
            ("For all", "administrator")
        ]
        answer = self.save(other, remove=str(SavedView.objects.get(name="For all").pk), query="")
        assert "no such view of yours" in answer.content.decode()
        assert SavedView.objects.count() == 2

    def test_a_view_is_removed_by_its_owner(self, desk: Client, db: None) -> None:
        self.save(desk, name="Mine", query="q=one")
        self.save(desk, remove=str(SavedView.objects.get().pk))
        assert not SavedView.objects.exists()

    @pytest.mark.parametrize("name", ["", "   ", "x" * 61])
    def test_a_name_that_is_none_is_refused_in_words(self, desk: Client, name: str) -> None:
        answer = self.save(desk, name=name, query="q=one")
        assert not SavedView.objects.exists()
        assert "errornote" in answer.content.decode() or 'class="error"' in answer.content.decode()

    def test_a_link_changes_nothing(self, desk: Client) -> None:
        assert desk.get(reverse("admin:events_blockevent_views")).status_code == 405


class TestManyAtOnce:
    def chosen(self, client: Client, kind: str, *events: BlockEvent) -> Any:
        return client.post(
            LIST, {"action": f"bulk_{kind}", "_selected_action": [event.pk for event in events], "index": 0}
        )

    def done(self, client: Client, kind: str, *events: BlockEvent, **answers: str) -> Any:
        values = {"ids": [event.pk for event in events], "confirm": "1", **answers}
        return client.post(reverse("admin:events_blockevent_bulk", args=[kind]), values)

    def undone(self, client: Client, **answers: str) -> Any:
        bulk = BulkChange.objects.latest("pk")
        return client.post(reverse("admin:events_blockevent_undo", args=[bulk.public_id]), answers)

    def publication(self, *events: BlockEvent) -> list[str]:
        return [BlockEvent.objects.get(pk=event.pk).publication for event in events]

    def test_the_preview_says_what_is_refused_and_why_and_changes_nothing(
        self, desk: Client, db: None
    ) -> None:
        good, bad = make.make_event(publish=False), make.make_event(publish=False, sources=[])
        versions = good.history.count()
        answer = self.chosen(desk, "publish", good, bad)
        assert [(row["event"], bool(row["refusal"])) for row in answer.context["rows"]] == [
            (bad, True),
            (good, False),
        ]
        assert "at least one source" in answer.content.decode()
        assert self.publication(good, bad) == ["draft", "draft"]
        assert good.history.count() == versions
        assert not BulkChange.objects.exists()

    def test_what_was_previewed_is_done_in_the_name_of_who_did_it(
        self, desk: Client, administrator: User
    ) -> None:
        good, bad = make.make_event(publish=False), make.make_event(publish=False, sources=[])
        answer = self.done(desk, "publish", good, bad, because="checked together")
        assert (answer.context["n_done"], answer.context["n_refused"]) == (1, 1)
        assert self.publication(good, bad) == ["published", "draft"]
        last = good.history.latest()
        assert (last.history_user, last.history_change_reason) == (administrator, "checked together")

    def test_withdrawing_asks_why_first(self, desk: Client, db: None) -> None:
        event = make.make_event()
        assert not self.chosen(desk, "withdraw", event).context["is_tried"]
        self.done(desk, "withdraw", event, because=" ")
        assert self.publication(event) == ["published"]
        self.done(desk, "withdraw", event, because="Two groups were mixed up.")
        event.refresh_from_db()
        assert (event.publication, event.withdrawn_because) == ("withdrawn", "Two groups were mixed up.")

    def test_withdrawing_is_undone_with_its_first_time_of_publication(self, desk: Client, db: None) -> None:
        event = make.make_event()
        self.done(desk, "withdraw", event, because="Two groups were mixed up.")
        self.undone(desk)
        event.refresh_from_db()
        assert (event.publication, event.published_at, event.withdrawn_because) == ("published", NOW, "")
        assert event.watch is not None

    def test_sending_to_review_is_undone(self, desk: Client, db: None) -> None:
        events = [make.make_event(publish=False) for _ in range(3)]
        self.done(desk, "review", *events)
        assert self.publication(*events) == ["in_review"] * 3
        self.undone(desk)
        assert self.publication(*events) == ["draft"] * 3

    def test_a_category_is_set_and_undone_to_what_each_was(self, desk: Client, db: None) -> None:
        one, other = make.make_event(reason_category="drugs"), make.make_event()
        self.done(desk, "category", one, other, category="protest")
        assert set(BlockEvent.objects.values_list("reason_category", flat=True)) == {"protest"}
        self.undone(desk)
        one.refresh_from_db()
        other.refresh_from_db()
        assert (one.reason_category, other.reason_category) == ("drugs", None)

    def test_what_somebody_changed_since_is_left_and_named(self, desk: Client, db: None) -> None:
        one, other = make.make_event(), make.make_event()
        self.done(desk, "category", one, other, category="protest")
        operations.correct_event(
            correction=make.TOLD, event=BlockEvent.objects.get(pk=one.pk), by=None, now=NOW, summary="Since."
        )
        answer = self.undone(desk)
        assert [(row["event"], row["refusal"]) for row in answer.context["rows"]] == [
            (one, "Somebody has changed it since."),
            (other, ""),
        ]
        one.refresh_from_db()
        assert one.reason_category == "protest"

    def test_publishing_is_undone_by_withdrawing_with_a_reason(self, desk: Client, db: None) -> None:
        event = make.make_event(publish=False)
        self.done(desk, "publish", event)
        self.undone(desk, because=" ")
        assert self.publication(event) == ["published"]
        self.undone(desk, because="Published by mistake.")
        event.refresh_from_db()
        assert (event.publication, event.withdrawn_because) == ("withdrawn", "Published by mistake.")

    def test_nothing_is_undone_twice(self, desk: Client, db: None) -> None:
        event = make.make_event(publish=False)
        self.done(desk, "review", event)
        self.undone(desk)
        versions = event.history.count()
        assert "undone already" in self.undone(desk).content.decode()
        assert event.history.count() == versions

    def test_too_many_at_once_are_refused_in_words(
        self, desk: Client, monkeypatch: pytest.MonkeyPatch, db: None
    ) -> None:
        monkeypatch.setattr("events.admin.bulk.MOST_AT_ONCE", 1)
        events = [make.make_event(publish=False) for _ in range(2)]
        answer = desk.post(
            LIST, {"action": "bulk_review", "_selected_action": [event.pk for event in events]}, follow=True
        )
        assert "At most 1 events at once" in answer.content.decode()

    def test_whoever_may_only_look_changes_nothing(self, client: Client, db: None) -> None:
        event = make.make_event(publish=False)
        reader = User.objects.create_user("reader", is_staff=True)
        reader.user_permissions.add(Permission.objects.get(codename="view_blockevent"))
        client.force_login(reader)
        assert self.done(client, "review", event).status_code == 403
        assert self.publication(event) == ["draft"]

    def test_a_link_does_nothing(self, desk: Client, db: None) -> None:
        assert desk.get(reverse("admin:events_blockevent_bulk", args=["publish"])).status_code == 405
        assert desk.post(reverse("admin:events_blockevent_bulk", args=["burn"])).status_code == 404


def test_a_long_list_is_counted_no_further_than_anybody_pages(
    desk: Client, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    monkeypatch.setattr("config.windows.MOST_COUNTED", 3)
    for _ in range(4):
        make.make_group()
    paginator = WindowedPaginator(BlockEvent.objects.none(), 2)
    assert (paginator.count, paginator.is_cut) == (0, False)
    answer = desk.get("/admin/events/group/")
    assert answer.context["cl"].paginator.is_cut
    assert "More than 3 groups." in answer.content.decode()


class TestAContributorsList:
    """Who sees no draft of others learns of none by the list either."""

    @pytest.fixture
    def contributor(self, db: None) -> Client:
        operations.ensure_roles()
        person = User.objects.create_user("contributor", is_staff=True)
        person.groups.add(Role.objects.get(name="contributor"))
        client = Client()
        client.force_login(person)
        return client

    def test_a_filter_names_no_group_of_anothers_draft(self, contributor: Client) -> None:
        hidden = make.make_event(
            publish=False, page=make.make_page(group=make.make_group(name="Hidden group"))
        )
        answer = contributor.get(LIST, {"group": hidden.group_id})
        assert "Hidden group" not in answer.content.decode()

    def test_a_search_finds_no_draft_of_another(self, contributor: Client) -> None:
        make.make_event(publish=False, page=make.make_page(group=make.make_group(name="Hidden group")))
        assert shown(contributor, q="hidden") == set()

    def test_no_territory_and_no_person_is_told_by_what_can_be_chosen(
        self, contributor: Client, administrator: User
    ) -> None:
        make.make_event(publish=False, by=administrator, territory="TR")
        page = contributor.get(LIST).content.decode()
        assert administrator.username not in page
        assert '<option value="BY"' in page  # every country, whether it occurs or not

    def test_a_published_event_does_not_betray_the_draft_that_doubles_it(self, contributor: Client) -> None:
        public = make.make_event()
        make.make_event(publish=False, page=public.page)
        assert shown(contributor, needs="duplicates") == set()

    def test_what_another_changed_cannot_be_undone(self, contributor: Client, administrator: User) -> None:
        draft = make.make_event(publish=False)
        bulk, _outcomes = operations.change_many(kind="review", events=[draft], by=administrator, now=NOW)
        address = reverse("admin:events_blockevent_undo", args=[bulk.public_id])
        assert contributor.get(address).status_code == 403
        assert contributor.post(address).status_code == 403

    def test_nothing_is_done_to_events_of_others(self, contributor: Client) -> None:
        public = make.make_event()
        values = {"ids": [public.pk], "confirm": "1", "category": "protest"}
        answer = contributor.post(reverse("admin:events_blockevent_bulk", args=["category"]), values)
        assert answer.context["n_refused"] == 1
        public.refresh_from_db()
        assert public.reason_category is None
