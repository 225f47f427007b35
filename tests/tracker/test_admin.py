"""The tracker's tables in the admin: read, looked at again, and never typed in."""

from __future__ import annotations

import gzip
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse

from tests import make
from tests.make import NOW
from tracker import operations as tracker
from tracker.facts import Canary
from tracker.models import Evidence, Measurement, PlatformRecord, VantagePoint, Watch
from tracker.operations import Claim, Look, Seen

BODY = "<script>alert('page')</script> withheld"
SECRET = "socks5h://user:hunter2@198.51.100.7:1080"


@pytest.fixture
def desk(client: Client, administrator: User) -> Client:
    client.force_login(administrator)
    return client


@pytest.fixture
def measured(db: None) -> Measurement:
    watch, vantage = make.make_watch(), make.make_vantage()
    token = uuid.uuid4()
    Watch.objects.update(lease_token=token, lease_until=NOW + timedelta(minutes=3))
    claim = Claim(watch.pk, token, watch.target.url, "vk", "vk.com", "RU", None, 0, NOW)
    seen = Seen(vantage.pk, make.make_observation(url=watch.target.url, status=451, text=BODY))
    assert tracker.record_look(look=Look(claim, seen, None, Canary(ok=True)), now=NOW, jitter=0.0)
    return Measurement.objects.get()


def change(row: Any) -> str:
    return reverse(f"admin:tracker_{row._meta.model_name}_change", args=[row.pk])


@pytest.mark.parametrize(
    "name", ["target", "watch", "measurement", "verdict", "statuschange", "evidence", "host"]
)
def test_what_was_measured_cannot_be_added_or_deleted(desk: Client, measured: Measurement, name: str) -> None:
    assert desk.get(f"/admin/tracker/{name}/add/").status_code == 403
    assert desk.post(f"/admin/tracker/{name}/1/delete/", {"post": "yes"}).status_code in {403, 404}


def test_what_was_measured_cannot_be_changed(desk: Client, measured: Measurement) -> None:
    before = Measurement.objects.values().get()
    assert desk.post(change(measured), {"title": "another"}).status_code == 403
    assert Measurement.objects.values().get() == before


def test_a_measurement_is_told_stage_by_stage(desk: Client, measured: Measurement) -> None:
    page = desk.get(change(measured)).content.decode()
    for told in ("127.0.0.1:443", "<strong>451</strong>", "http_451", measured.body.sha256):
        assert told in page


def test_stored_bytes_leave_as_an_inert_download(desk: Client, measured: Measurement) -> None:
    answer = desk.get(reverse("admin:tracker_evidence_download", args=[measured.body_id]))
    assert answer.content == BODY.encode()
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{measured.body.sha256}.bin"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_bytes_that_are_gone_are_said_to_be_gone(desk: Client, measured: Measurement) -> None:
    (settings.EVIDENCE_DIR / measured.body.segment).unlink()
    for name, pk in (("evidence_download", measured.body_id), ("measurement_warc", measured.pk)):
        answer = desk.get(reverse(f"admin:tracker_{name}", args=[pk]), follow=True)
        assert "cannot be read" in answer.content.decode()


def test_a_look_leaves_as_a_warc_that_is_as_inert(desk: Client, measured: Measurement) -> None:
    address = reverse("admin:tracker_measurement_warc", args=[measured.pk])
    assert address in desk.get(change(measured)).content.decode()
    answer = desk.get(address)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{measured.public_id}.warc.gz"'
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    records = gzip.decompress(answer.content)
    assert records.count(b"WARC/1.1\r\n") == 3
    assert BODY.encode() in records
    assert desk.get(reverse("admin:tracker_measurement_warc", args=[measured.pk + 1])).status_code == 404


def test_the_file_of_a_look_is_not_for_everybody(
    client: Client, measured: Measurement, researcher: User
) -> None:
    address = reverse("admin:tracker_measurement_warc", args=[measured.pk])
    assert client.get(address).status_code == 302
    client.force_login(researcher)
    assert client.get(address).status_code == 403


def test_stored_bytes_are_not_for_everybody(client: Client, measured: Measurement, researcher: User) -> None:
    address = reverse("admin:tracker_evidence_download", args=[measured.body_id])
    assert client.get(address).status_code == 302
    client.force_login(researcher)
    assert client.get(address).status_code == 403
    assert Evidence.objects.exists()


def test_check_now_makes_a_watch_due(desk: Client, measured: Measurement) -> None:
    watch = measured.watch
    Watch.objects.update(next_probe_at=NOW + timedelta(days=9000))
    desk.get(reverse("admin:tracker_watch_check", args=[watch.pk]))
    assert Watch.objects.get().next_probe_at > NOW + timedelta(days=8000)
    answer = desk.post(reverse("admin:tracker_watch_check", args=[watch.pk]), follow=True)
    assert "1 look is due now." in answer.content.decode()
    assert Watch.objects.get().next_probe_at < NOW + timedelta(days=8000)


def test_check_now_of_a_list(desk: Client, measured: Measurement) -> None:
    chosen = {"action": "check_selected", "_selected_action": [measured.watch_id]}
    assert "1 look is due now." in desk.post("/admin/tracker/watch/", chosen, follow=True).content.decode()


def test_whoever_may_only_look_cannot_ask_for_looks(
    client: Client, measured: Measurement, researcher: User
) -> None:
    researcher.user_permissions.set(Permission.objects.filter(codename="view_watch"))
    client.force_login(researcher)
    assert client.post(reverse("admin:tracker_watch_check", args=[measured.watch_id])).status_code == 403
    assert "Check now" not in client.get(change(measured.watch)).content.decode()


def test_the_way_to_a_vantage_point_is_never_shown(desk: Client, db: None) -> None:
    place = make.make_vantage(via=SECRET)
    for address in (change(place), "/admin/tracker/vantagepoint/"):
        page = desk.get(address).content.decode()
        assert "hunter2" not in page
        assert "198.51.100.7" not in page
        assert "socks5h" in page


def vantage_form(**values: Any) -> dict[str, Any]:
    return {"asn": "", "new_via": "", "platform": "", "canary_url": "", "is_active": "on", **values}


def test_an_empty_field_keeps_the_way_and_a_new_one_replaces_it(desk: Client, db: None) -> None:
    place = make.make_vantage(via=SECRET)
    assert desk.post(change(place), vantage_form(asn="8359")).status_code == 302
    place.refresh_from_db()
    assert (place.via, place.asn) == (SECRET, 8359)
    desk.post(change(place), vantage_form(new_via="http://127.0.0.1:3128"))
    place.refresh_from_db()
    assert place.via == "http://127.0.0.1:3128"


def test_a_way_that_is_none_is_refused_and_not_repeated(desk: Client, db: None) -> None:
    place = make.make_vantage()
    page = desk.post(change(place), vantage_form(new_via="ftp://me:hunter2@host")).content.decode()
    assert "That is no way to a vantage point" in page
    place.refresh_from_db()
    assert place.via == "direct"


def test_a_place_keeps_its_country_and_its_name(desk: Client, db: None) -> None:
    place = make.make_vantage(name="moscow-1")
    desk.post(change(place), vantage_form(name="paris-1", country="FR", role="control"))
    place.refresh_from_db()
    assert (place.name, place.country, place.role) == ("moscow-1", "RU", "experiment")


def test_only_who_keeps_them_changes_vantage_points(client: Client, researcher: User) -> None:
    rights = Permission.objects.filter(content_type__app_label="tracker")
    researcher.user_permissions.set(rights.exclude(codename__in=["add_vantagepoint", "change_vantagepoint"]))
    client.force_login(researcher)
    place = make.make_vantage(via=SECRET)
    page = client.get(change(place))
    assert page.status_code == 200
    assert "hunter2" not in page.content.decode()
    assert client.post(change(place), vantage_form(asn="1")).status_code == 403
    assert client.get("/admin/tracker/vantagepoint/add/").status_code == 403
    assert VantagePoint.objects.get().asn is None


def test_a_frozen_platform_is_released_by_who_may_look_again(desk: Client, db: None) -> None:
    record = PlatformRecord.objects.create(
        platform="vk", frozen_since=NOW, frozen_because="Many were changing."
    )
    other = PlatformRecord.objects.create(platform="x")
    assert "Many were changing." in desk.get("/admin/tracker/platformrecord/").content.decode()
    asked = {"action": "release_selected", "_selected_action": [record.pk, other.pk]}
    page = desk.post("/admin/tracker/platformrecord/", asked, follow=True).content.decode()
    assert "Statuses change again: vk." in page
    record.refresh_from_db()
    assert (record.is_frozen, record.released_by) == (False, "administrator")
    assert (
        "Nothing was waiting."
        in desk.post("/admin/tracker/platformrecord/", asked, follow=True).content.decode()
    )


def test_who_may_only_read_releases_no_platform(client: Client, researcher: User) -> None:
    record = PlatformRecord.objects.create(platform="vk", frozen_since=NOW)
    researcher.user_permissions.add(Permission.objects.get(codename="view_platformrecord"))
    client.force_login(researcher)
    assert client.get("/admin/tracker/platformrecord/").status_code == 200
    client.post(
        "/admin/tracker/platformrecord/", {"action": "release_selected", "_selected_action": [record.pk]}
    )
    record.refresh_from_db()
    assert record.is_frozen
