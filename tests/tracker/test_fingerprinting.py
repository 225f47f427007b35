"""Fingerprints that an operator loads: whole files, the rows that can never match, and which set is used."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.make import NOW, make_measurement
from tests.tracker.conftest import Rehearsal
from tracker import operations
from tracker.facts import State
from tracker.judging import RULES_VERSION
from tracker.judging.fingerprints import BUILT_IN_INDEX
from tracker.judging.verdict import version_with
from tracker.models import FingerprintRow, FingerprintSet, Verdict
from tracker.operations import FingerprintImport

pytestmark = pytest.mark.django_db

HEADER = (
    "name,scope,other_names,location_found,pattern_type,pattern,"
    "confidence_no_fp,expected_countries,source,exp_url,notes"
)
ONE = "quay.ru_1,isp,,body,contains,Страница закрыта по письму № 7,5,RU,quay,,"
TWO = "quay.ru_2,nat,,header.location,prefix,http://stop.quay.example/,5,RU,quay,,"
NEVER = "quay.server,prod,,header.location,prefix,Quay-Filter/2.1,5,,quay,,"
ANSWER = "quay.dns,nat,,dns,full,192.0.2.99,5,RU,quay,,"


@pytest.fixture(autouse=True)
def _what_this_process_has_compiled() -> Iterator[None]:
    """The rows go with the test's transaction; what was compiled of them would stay."""
    operations.refresh_fingerprints()
    yield
    FingerprintRow.objects.all().delete()
    FingerprintSet.objects.all().delete()
    operations.refresh_fingerprints()


def csv(*rows: str) -> bytes:
    return "\n".join([HEADER, *rows, ""]).encode()


def take_in(
    content: bytes, *, file: str = "some.csv", later: int = 0, dry_run: bool = False
) -> FingerprintImport:
    now = NOW + timedelta(hours=later)
    return operations.import_fingerprints(file=file, content=content, by="vera", now=now, dry_run=dry_run)


def test_a_file_becomes_a_set_that_says_who_brought_it_and_which_rows_can_never_match() -> None:
    found = take_in(csv(ONE, NEVER, TWO))
    assert (found.rows, found.kept, found.created, found.errors) == (3, 2, True, ())
    assert [(one.row, one.name) for one in found.never] == [(3, "quay.server")]
    stored = FingerprintSet.objects.get()
    assert (stored.name, stored.imported_by, stored.n_rows, stored.n_kept) == (found.set, "vera", 3, 2)
    assert stored.never == [{"row": 3, "name": "quay.server", "why": found.never[0].why}]
    assert list(FingerprintRow.objects.values_list("number", "name")) == [(2, "quay.ru_1"), (4, "quay.ru_2")]


def test_the_same_file_again_stores_nothing() -> None:
    take_in(csv(ONE))
    again = take_in(csv(ONE), file="renamed.csv", later=1)
    assert (again.created, again.kept) == (False, 1)
    assert (FingerprintSet.objects.count(), FingerprintRow.objects.count()) == (1, 1)


def test_the_set_that_was_taken_in_last_is_used_with_the_last_of_the_other_kind() -> None:
    first = take_in(csv(ONE))
    answers = take_in(csv(ANSWER), later=1)
    second = take_in(csv(TWO), later=2)
    index = operations.refresh_fingerprints()
    assert index.in_page("страница закрыта по письму № 7") == ()
    assert [one.label for one in index.in_header("location", "http://stop.quay.example/x")] == [
        f"{second.set}:quay.ru_2"
    ]
    assert [one.label for one in index.in_answer("192.0.2.99")] == [f"{answers.set}:quay.dns"]
    assert len({first.version, answers.version, second.version}) == 3
    assert index.version == second.version


def test_taking_in_an_older_set_again_makes_it_the_one_that_is_used() -> None:
    first, _ = take_in(csv(ONE)), take_in(csv(TWO), later=1)
    again = take_in(csv(ONE), later=2)
    assert again.version == first.version
    assert operations.refresh_fingerprints().in_page("страница закрыта по письму № 7")


def test_the_version_of_the_rules_says_which_fingerprints_decided() -> None:
    assert version_with(operations.refresh_fingerprints()) == RULES_VERSION
    found = take_in(csv(ONE))
    assert version_with(operations.refresh_fingerprints()) == f"{RULES_VERSION}+fp:{found.version}"
    assert len(version_with(operations.refresh_fingerprints())) <= 32


def test_a_worker_asks_with_one_query_and_compiles_only_what_is_new() -> None:
    take_in(csv(ONE))
    index = operations.refresh_fingerprints()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert operations.refresh_fingerprints() is index
        assert operations.fingerprints_at_hand() is index
    assert len(queries) == 1


def test_looks_are_judged_by_the_set_that_is_used_and_old_ones_again_under_its_version() -> None:
    before = make_measurement(State.INSUFFICIENT)
    found = take_in(
        csv(ONE, ANSWER.replace("dns,full", "header.server,full").replace("192.0.2.99", "Quay Filter"))
    )
    after = make_measurement(State.INSUFFICIENT).verdicts.get()
    assert after.rules_version == f"{RULES_VERSION}+fp:{found.version}"
    assert before.verdicts.get().rules_version == RULES_VERSION
    (again,) = operations.rejudge(now=NOW + timedelta(days=1), dry_run=False, limit=10)
    assert again.measurement_id == before.pk
    versions = before.verdicts.order_by("pk").values_list("rules_version", flat=True)
    assert list(versions) == [RULES_VERSION, after.rules_version]


def test_a_worker_uses_a_new_set_from_the_next_round_on(
    rehearsal: Rehearsal, rounds: Callable[..., int]
) -> None:
    rehearsal.watch("village-choir")
    rounds(1)
    found = take_in(csv(ONE))
    rounds(1)
    versions = Verdict.objects.order_by("pk").values_list("rules_version", flat=True)
    assert list(versions) == [RULES_VERSION, f"{RULES_VERSION}+fp:{found.version}"]


def test_a_dry_run_stores_and_uses_nothing() -> None:
    found = take_in(csv(ONE), dry_run=True)
    assert (found.kept, found.created, found.active) == (1, True, False)
    assert FingerprintSet.objects.count() == 0
    assert operations.refresh_fingerprints() is BUILT_IN_INDEX


@pytest.mark.parametrize(
    ("rows", "row", "field"),
    [
        ([ONE, ONE.replace("isp", "xyz")], 3, "scope"),
        ([ONE.replace("contains", "like")], 2, "pattern_type"),
        ([ONE.replace("body", "footer")], 2, "location_found"),
        ([ONE.replace("RU", "RUS")], 2, "expected_countries"),
        ([ONE.replace("quay.ru_1", "")], 2, "name"),
        ([ONE + ",more"], 2, None),
        ([ONE, ANSWER], None, "location_found"),
    ],
)
def test_a_row_that_is_wrong_keeps_the_whole_file_out(
    rows: list[str], row: int | None, field: str | None
) -> None:
    found = take_in(csv(*rows))
    assert [(one.row, one.field) for one in found.errors] == [(row, field)]
    assert FingerprintSet.objects.count() == 0
    assert operations.refresh_fingerprints() is BUILT_IN_INDEX


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"name,scope\nx,isp\n", b'a,b\n"unclosed', b"\0\0\0"]
)
def test_what_is_no_such_file_is_refused_with_a_sentence(content: bytes) -> None:
    found = take_in(content)
    assert found.errors[0].message.endswith(".")
    assert FingerprintSet.objects.count() == 0


def test_the_command_prints_one_json_line_a_file_and_names_what_is_wrong(tmp_path: Path) -> None:
    good, bad, out = tmp_path / "good.csv", tmp_path / "bad.csv", StringIO()
    good.write_bytes(csv(ONE, NEVER))
    bad.write_bytes(csv(ONE.replace("isp", "xyz")))
    User.objects.create_user("vera")
    with pytest.raises(SystemExit):
        call_command("import_fingerprints", str(good), str(bad), "--json", "--by", "vera", stdout=out)
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [(line["file"], line["kept"], bool(line["errors"])) for line in lines] == [
        ("good.csv", 1, False),
        ("bad.csv", 0, True),
    ]
    assert lines[0]["never"][0]["row"] == 3
    assert FingerprintSet.objects.get().imported_by == "vera"


def test_the_command_says_the_same_in_words(tmp_path: Path) -> None:
    file, out = tmp_path / "good.csv", StringIO()
    file.write_bytes(csv(ONE, NEVER))
    call_command("import_fingerprints", str(file), stdout=out)
    assert "1 of 2 rows kept" in out.getvalue()
    assert "row 3, quay.server:" in out.getvalue()


def test_the_command_knows_no_file_or_user_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        call_command("import_fingerprints", str(tmp_path / "none.csv"))
    with pytest.raises(CommandError):
        call_command("import_fingerprints", str(tmp_path / "none.csv"), "--by", "nobody")


def test_the_admin_shows_sets_with_what_can_never_match_and_lets_nobody_change_them(
    admin_client: Client,
) -> None:
    take_in(csv(ONE, NEVER.replace("quay.server", "<b>quay</b>")))
    listed = admin_client.get(reverse("admin:tracker_fingerprintset_changelist"))
    assert b"vera" in listed.content
    one = reverse("admin:tracker_fingerprintset_change", args=[FingerprintSet.objects.get().pk])
    page = admin_client.get(one)
    assert b"&lt;b&gt;quay&lt;/b&gt;" in page.content
    assert admin_client.post(one, {}).status_code == 403
    assert admin_client.get(reverse("admin:tracker_fingerprintrow_changelist")).status_code == 200


@pytest.mark.shared_data
def test_the_files_of_ooni_are_taken_in_but_for_the_rows_that_can_never_match(shared_data: Path) -> None:
    folder = shared_data / "fingerprints"
    http = take_in((folder / "fingerprints_http.csv").read_bytes())
    dns = take_in((folder / "fingerprints_dns.csv").read_bytes(), later=1)
    assert (http.rows, dns.rows, dns.kept, http.errors, dns.errors) == (1729, 226, 226, (), ())
    assert {one.name for one in http.never} == {
        "cl.inst_edu_runnet_blockpage", "cl.prod_wirefilter", "cp.a_prod_barracuda_2", "cp.a_prod_huawei_esight",
        "cp.fp_r_fp_21", "cp.fp_r_fp_22", "cp.fp_r_fp_27", "cp.fp_r_fp_48",
    }  # fmt: skip
    index = operations.refresh_fingerprints()
    assert [one.name for one in index.in_answer("134.17.0.7") if one.set_name == dns.set] == ["ooni.by_4"]
