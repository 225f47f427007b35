"""An import in the admin: uploaded, tried by a worker, looked at, taken in, taken back."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from events import uploading
from events.importing import jobs, kept
from events.models import BlockEvent, ImportBatch, ImportUpload, RegisterSnapshot
from events.operations import uploads
from tests.events.importing.test_register import line, snapshot
from tests.make import NOW

pytestmark = pytest.mark.django_db
UPLOAD = "/admin/events/importbatch/upload/"
GOOD = "platform,group,external_id\nvk,Совет,a-1\nvk,<script>alert(1)</script>,a-2\n"


def clock() -> datetime:
    return datetime.now(UTC)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path


def send(desk: Client, text: str | bytes, name: str = "events.csv", **more: str) -> ImportUpload:
    content = text.encode() if isinstance(text, str) else text
    answer = desk.post(UPLOAD, {"format": "auto", "file": SimpleUploadedFile(name, content), **more})
    assert answer.status_code == 302, answer.content.decode()
    return ImportUpload.objects.latest("pk")


def page(upload: ImportUpload, name: str = "trial") -> str:
    return reverse(f"admin:events_importbatch_{name}", args=[upload.public_id])


def work() -> None:
    while jobs.work_off(clock):
        pass


def files() -> list[Path]:
    return list(kept.folder().iterdir())


def test_a_file_is_tried_looked_at_and_taken_in(desk: Client, administrator: User) -> None:
    upload = send(desk, GOOD)
    (file,) = files()
    assert file.name == upload.stored_as
    assert "events" not in file.name
    assert file.stat().st_mode & 0o077 == 0
    assert desk.get(page(upload, "progress")).json()["state"] == "waiting"
    assert "importing.js" in desk.get(page(upload)).content.decode()
    work()
    assert not BlockEvent.objects.exists()
    shown = desk.get(page(upload)).content.decode()
    assert "2 rows were tried" in shown
    assert "&lt;script&gt;" in shown
    assert "<script>alert" not in shown
    assert desk.post(page(upload), {"import": "1"}).status_code == 302
    work()
    batch = ImportBatch.objects.get()
    assert (batch.by, batch.created, batch.file_name) == (administrator, 2, "events.csv")
    assert {event.publication for event in BlockEvent.objects.all()} == {"draft"}
    assert files() == []
    assert desk.get(page(upload)).headers["Location"] == reverse(
        "admin:events_importbatch_change", args=[batch.pk]
    )
    result = desk.get(reverse("admin:events_importbatch_change", args=[batch.pk])).content.decode()
    assert "2 rows were taken in" in result
    assert "Undo this import" in result


def test_a_bad_file_names_every_row_and_cannot_be_taken_in(desk: Client) -> None:
    upload = send(desk, "platform,group\nvk,\nnowhere,A\nvk,B\n")
    work()
    upload.refresh_from_db()
    assert (upload.state, upload.n_errors) == ("refused", 2)
    shown = desk.get(page(upload), {"outcome": "error"}).content.decode()
    assert "The file has 2 errors" in shown
    assert "is not known here" in shown
    desk.post(page(upload), {"import": "1"})
    work()
    assert not BlockEvent.objects.exists()
    desk.post(page(upload), {"drop": "1"})
    assert files() == []
    assert not upload.preview.exists()


def test_rows_are_shown_by_outcome_and_in_pages(desk: Client) -> None:
    rows = "".join(f"vk,Group {number},id-{number}\n" for number in range(130))
    upload = send(desk, "platform,group,external_id\n" + rows)
    work()
    first = desk.get(page(upload)).content.decode()
    assert "Group 99" in first
    assert "Group 100" not in first
    assert "Group 129" in desk.get(page(upload), {"page": "2"}).content.decode()
    assert desk.get(page(upload), {"page": "nonsense", "outcome": "<x>"}).status_code == 200
    assert (
        "Group 1" not in desk.get(page(upload), {"outcome": "updated"}).content.decode().split("</nav>")[-1]
    )


def test_what_changed_since_the_trial_is_found_when_it_is_taken_in(desk: Client) -> None:
    upload = send(desk, "platform,group,external_id\nvk,A,a-1\n")
    work()
    other = send(desk, "platform,group,external_id\nok,B,a-1\n")
    work()
    for each in (upload, other):
        desk.post(page(each), {"import": "1"})
        work()
    upload.refresh_from_db()
    other.refresh_from_db()
    assert (upload.state, other.state) == ("imported", "refused")
    assert "recorded as a block on VK" in desk.get(page(other)).content.decode()


def test_only_the_owner_with_the_right_sees_a_file(client: Client, administrator: User) -> None:
    desk = Client()
    desk.force_login(administrator)
    upload = send(desk, GOOD)
    other = User.objects.create_superuser("other", password="a-long-passphrase")
    client.force_login(other)
    for name in ("trial", "progress"):
        assert client.get(page(upload, name)).status_code == 404
    viewer = User.objects.create_user("viewer", password="a-long-passphrase", is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_importbatch"))
    client.force_login(viewer)
    assert client.get(UPLOAD).status_code == 403
    assert "Import a file" not in client.get("/admin/events/importbatch/").content.decode()


def test_a_file_that_is_too_long_is_cut_off(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploading, "MAX_BYTES", 1000)
    answer = desk.post(UPLOAD, {"format": "auto", "file": SimpleUploadedFile("a.csv", b"x" * 5000)})
    assert answer.status_code == 200
    assert "cut it in parts" in answer.content.decode()
    assert not ImportUpload.objects.exists()
    assert files() == []


def test_without_a_file_the_form_says_so(desk: Client) -> None:
    assert "errorlist" in desk.post(UPLOAD, {"format": "auto"}).content.decode()
    empty = desk.post(UPLOAD, {"format": "auto", "file": SimpleUploadedFile("a.csv", b"")})
    assert "errorlist" in empty.content.decode()


def test_progress_is_told_in_words_and_as_a_part(desk: Client) -> None:
    upload = send(desk, GOOD)
    claimed = uploads.claim_upload(now=clock())
    assert claimed is not None
    assert uploads.claim_upload(now=clock()) is None
    kept.Progress(upload.stored_as)("stored", 7, 20)
    told = desk.get(page(upload, "progress")).json()
    assert (told["words"], told["done"], told["total"]) == ("7 of 20 rows are tried.", 7, 20)
    kept.Progress(upload.stored_as)("checked", 9, None)
    assert desk.get(page(upload, "progress")).json()["words"] == "9 rows are read."
    kept.path(f"{upload.stored_as}.progress").write_text("nonsense", encoding="ascii")
    assert desk.get(page(upload, "progress")).json()["done"] == 0
    with_worker = desk.post(page(upload), {"drop": "1"}, follow=True).content.decode()
    assert "A worker is at this file" in with_worker


def test_a_job_whose_worker_died_is_begun_anew_and_then_given_up(desk: Client) -> None:
    upload = send(desk, GOOD)
    now = clock()
    for _ in range(uploads.ATTEMPTS_MOST):
        assert uploads.claim_upload(now=now) == upload
        now += uploads.LEASE + timedelta(seconds=1)
    assert uploads.claim_upload(now=now) is None
    upload.refresh_from_db()
    assert upload.state == "failed"
    assert "stopped twice" in desk.get(page(upload)).content.decode()


def test_what_nobody_decides_about_goes_after_a_day(desk: Client) -> None:
    upload = send(desk, GOOD)
    work()
    assert jobs.tidy(clock) == 0
    assert len(files()) >= 1
    assert jobs.tidy(lambda: clock() + uploads.KEPT + timedelta(hours=1)) == 1
    upload.refresh_from_db()
    assert (upload.state, upload.stored_as, upload.preview.count()) == ("dropped", "", 0)
    kept.sweep(uploads.stored_names(), older_than=-1)
    assert files() == []


def test_an_import_is_undone_after_a_preview_by_a_worker(desk: Client, administrator: User) -> None:
    upload = send(desk, GOOD)
    work()
    desk.post(page(upload), {"import": "1"})
    work()
    batch = ImportBatch.objects.get()
    undo = reverse("admin:events_importbatch_undo", args=[batch.pk])
    assert "drafts would be removed" in desk.get(undo).content.decode()
    assert "Say why" in desk.post(undo, {"because": " "}).content.decode()
    assert desk.post(undo, {"because": "the wrong file"}).status_code == 302
    shown = reverse("admin:events_importbatch_change", args=[batch.pk])
    assert "A worker is undoing this import" in desk.get(shown).content.decode()
    work()
    assert not BlockEvent.objects.exists()
    told = desk.get(shown).content.decode()
    assert "the wrong file" in told
    assert "the event is removed" in told
    assert "undone already" in desk.get(undo).content.decode()
    assert ImportBatch.objects.get().undone_by == administrator


def test_a_doubted_snapshot_is_confirmed_by_a_button(desk: Client, tmp_path: Path) -> None:
    lines = [line(f"{number}.example") for number in range(10)]
    snapshot(tmp_path, "2012-12-01 08:00:00", *lines)
    snapshot(tmp_path, "2012-12-03 08:00:00", *lines[:5])
    doubted = RegisterSnapshot.objects.get(state="doubted")
    believe = reverse("admin:events_importbatch_believe", args=[doubted.batch_id])
    shown = reverse("admin:events_importbatch_change", args=[doubted.batch_id])
    assert believe in desk.get(shown).content.decode()
    assert desk.get(believe).status_code == 405
    assert "5 blocks have ended" in desk.post(believe, follow=True).content.decode()
    assert believe not in desk.get(shown).content.decode()


def test_a_hostile_name_of_a_file_is_only_text(desk: Client) -> None:
    upload = send(desk, GOOD, name="../../\u202e<b>x.csv")
    assert files()[0].parent == Path(django_settings.DATA_DIR) / "imports"
    assert "<b>x" not in desk.get(page(upload)).content.decode()
    assert json.dumps(upload.file_name)
    assert NOW
