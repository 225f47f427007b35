"""A notice's proposal beside the event: the words that say so are marked, and two buttons decide."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from events.admin.proposals import highlighted
from events.models import BlockEvent, OrderProposal
from tests import make
from tests.events.admin.conftest import NOTICE, propose


def page_of(event: BlockEvent) -> str:
    return reverse("admin:events_blockevent_change", args=[event.pk])


def button(event: BlockEvent, row: OrderProposal, decision: str) -> str:
    return reverse("admin:events_blockevent_proposal", args=[event.pk, row.public_id, decision])


@pytest.fixture
def row(full: BlockEvent) -> OrderProposal:
    return full.proposals.get(state="open")


def test_the_words_of_a_notice_are_marked_where_they_stand() -> None:
    words = list(highlighted(NOTICE))
    assert "".join(piece.text for piece in words) == NOTICE
    assert [piece.text for piece in words if piece.says] == [
        "Генеральной прокуратуры Российской Федерации",
        "05.08.2022",
        "27-31-2022/Ид10925-22",
    ]


def test_the_event_shows_its_open_proposal_with_both_buttons(
    desk: Client, full: BlockEvent, row: OrderProposal
) -> None:
    shown = desk.get(page_of(full)).content.decode()
    assert 'title="Number">27-31-2022/Ид10925-22</mark>' in shown
    assert button(full, row, "accept") in shown
    assert button(full, row, "dismiss") in shown


def test_what_a_notice_says_is_shown_as_text_and_never_as_markup(desk: Client, full: BlockEvent) -> None:
    propose(full, NOTICE + " , как содержащего <script>alert(1)</script>")
    assert "<script>alert" not in desk.get(page_of(full)).content.decode()


def test_accepting_links_the_order_in_the_name_of_who_is_signed_in(
    desk: Client, full: BlockEvent, row: OrderProposal, administrator: User
) -> None:
    answer = desk.post(button(full, row, "accept"), follow=True)
    assert "The order is linked to the event." in answer.content.decode()
    assert full.orders.filter(number="27-31-2022/Ид10925-22").exists()
    row.refresh_from_db()
    assert (row.state, row.decided_by) == ("accepted", administrator)
    assert full.history.order_by("-history_id").first().history_user == administrator


def test_dismissing_leaves_the_event_as_it_is(desk: Client, full: BlockEvent, row: OrderProposal) -> None:
    before = full.history.count()
    desk.post(button(full, row, "dismiss"))
    row.refresh_from_db()
    assert (row.state, full.history.count()) == ("dismissed", before)
    assert button(full, row, "accept") not in desk.get(page_of(full)).content.decode()


def test_a_second_decision_is_refused_in_words(desk: Client, full: BlockEvent, row: OrderProposal) -> None:
    desk.post(button(full, row, "dismiss"))
    answer = desk.post(button(full, row, "accept"), follow=True)
    assert "decided already" in answer.content.decode()


def test_nothing_is_decided_by_following_a_link_nor_from_another_site(
    desk: Client, full: BlockEvent, row: OrderProposal, administrator: User
) -> None:
    assert desk.get(button(full, row, "accept")).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(administrator)
    assert strict.post(button(full, row, "accept")).status_code == 403
    row.refresh_from_db()
    assert row.state == "open"


def test_whoever_may_only_look_sees_the_proposal_and_no_button(
    client: Client, full: BlockEvent, row: OrderProposal
) -> None:
    reader = User.objects.create_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_blockevent"))
    client.force_login(reader)
    shown = client.get(page_of(full)).content.decode()
    assert "27-31-2022/Ид10925-22</mark>" in shown
    assert button(full, row, "accept") not in shown
    assert client.post(button(full, row, "accept")).status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [
        lambda event, row: button(event, row, "frame"),
        lambda event, row: button(make.make_event(), row, "accept"),
        lambda event, row: button(event, OrderProposal(public_id="0000000000"), "accept"),
    ],
)
def test_a_proposal_of_another_event_or_an_unknown_decision_is_not_found(
    desk: Client, full: BlockEvent, row: OrderProposal, wrong: Callable[[BlockEvent, OrderProposal], str]
) -> None:
    assert desk.post(wrong(full, row)).status_code == 404


def test_the_list_can_be_cut_down_to_events_with_open_proposals(desk: Client, full: BlockEvent) -> None:
    make.make_event()
    answer = desk.get(reverse("admin:events_blockevent_changelist"), {"needs": "proposals"})
    assert [event.pk for event in answer.context["cl"].result_list] == [full.pk]
