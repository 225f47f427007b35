"""Beginning and ending to watch a page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.make import NOW, make_watch
from tracker import operations
from tracker.models import Target, Watch

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def test_a_page_is_watched_once_however_it_is_spelt() -> None:
    watches = {
        operations.watch(url=url, territory="RU", now=NOW)
        for url in ("https://vk.com/club77", "http://m.vk.com/club77", "https://VK.com/club77/?from=search")
    }
    assert len(watches) == 1
    target = Target.objects.get()
    assert (target.url, target.platform, target.host) == ("https://vk.com/club77", "vk", "vk.com")


def test_a_page_is_due_at_once_and_nothing_is_known_of_it() -> None:
    watch = make_watch()
    assert (watch.next_probe_at, watch.status, watch.status_since) == (NOW, "insufficient", None)
    assert list(Watch.objects.due(NOW)) == [watch]
    assert not Watch.objects.due(NOW - timedelta(seconds=1)).exists()


def test_each_territory_has_its_own_watch_of_one_target() -> None:
    one, other = (
        operations.watch(url="https://vk.com/club77", territory=code, now=NOW) for code in ("RU", "BY")
    )
    assert one != other
    assert one.target == other.target


def test_watching_again_changes_no_time_and_waking_up_is_at_once() -> None:
    watch = make_watch(url="https://vk.com/club77")
    Watch.objects.update(next_probe_at=LATER)
    assert make_watch(url="https://vk.com/club77", now=NOW).next_probe_at == LATER
    operations.unwatch(watch_id=watch.pk)
    assert not Watch.objects.due(LATER).exists()
    again = make_watch(url="https://vk.com/club77", now=NOW)
    assert (again.pk, again.is_active, again.next_probe_at) == (watch.pk, True, NOW)


@pytest.mark.parametrize(
    "url", ["", "vk", "ftp://vk.com/x", "javascript:alert(1)", "http://127.0.0.1:8009/canary"]
)
def test_what_cannot_be_watched_is_refused(url: str) -> None:
    with pytest.raises(operations.AddressRefused):
        operations.watch(url=url, territory="RU", now=NOW)
    assert not Target.objects.exists()


def test_loopback_is_watched_as_the_rehearsal_only_at_its_origin(settings: Any) -> None:
    settings.REHEARSAL_ORIGIN = "http://127.0.0.1:8009"
    target = make_watch(url="http://127.0.0.1:8009/river-watch", territory="XX").target
    assert (target.platform, target.host) == ("rehearsal", "http://127.0.0.1:8009")
    with pytest.raises(operations.AddressRefused):
        make_watch(url="http://127.0.0.1:8010/river-watch", territory="XX")


def test_checking_now_makes_due_what_nobody_holds() -> None:
    free, held, ended = make_watch(), make_watch(), make_watch()
    Watch.objects.update(next_probe_at=LATER, turn_at=LATER)
    operations.claim_one(watch_id=held.pk, now=NOW)
    operations.unwatch(watch_id=ended.pk)
    assert operations.check_now(watch_ids=[free.pk, held.pk, ended.pk], now=NOW) == 1
    free.refresh_from_db()
    assert (free.next_probe_at, free.turn_at) == (NOW, None)


def test_what_may_be_known_above_is_public_and_each_rule_has_one_id() -> None:
    ids = [rule.rule_id for rule in operations.rules()]
    assert len(set(ids)) == len(ids)
    assert {"no_vantage_in_territory", "stale", "vantage_no_internet", "vantage_faulty"} <= set(ids)
    assert {"vk", "telegram", "rehearsal"} <= {platform.key for platform in operations.platforms()}
