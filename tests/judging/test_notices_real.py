"""The bars on real notices: every value is read a second time, by other and simpler means, and the two must agree."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from tracker.facts import Notice
from tracker.judging import parse_notice

pytestmark = pytest.mark.shared_data

EITHER = "Суд или уполномоченный федеральный орган исполнительной власти"
WHO = (
    (
        "по требованию Роскомнадзора на основании решения Генеральной прокуратуры",
        "Генеральная прокуратура Российской Федерации",
    ),
    ("Генеральн", "Генеральная прокуратура Российской Федерации"),
    ("здравоохранения", "Росздравнадзор"),
    ("ФНС", "Федеральная налоговая служба"),
    ("Министерства внутренних дел", "Министерство внутренних дел Российской Федерации"),
    ("в сфере связи", "Роскомнадзор"),
    ("решением Роскомнадзора", "Роскомнадзор"),
    ("по делам молодежи", "Росмолодёжь"),
)


def told(folder: Path) -> list[str]:
    """Every notice of the data, as often as a row holds it: a slip that many rows share counts as often."""
    texts = []
    for name, column in (
        ("messages.dev.csv", "message"),
        ("RU_communities_inscope.dev.csv", "error"),
        ("RU_people_inscope.dev.csv", "error"),
    ):
        with (folder / name).open(encoding="utf-8", newline="") as lines:
            texts += [row[column] for row in csv.DictReader(lines)]
    legal = [text for text in texts if "заблокирован на территории РФ" in text and "правилами" not in text]
    assert len(legal) > 1000
    return legal


def bracket(text: str) -> str | None:
    """What stands in the outermost brackets that a court opens."""
    if "суд" not in text.partition("(")[2] or "решения суда" not in text:
        return None
    inside = text[text.index("(") + 1 :]
    depth = 1
    for at, letter in enumerate(inside):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return inside[:at]
    return None


def court(text: str) -> str | None:
    if named := re.search(r"решения ([А-Я]\w+)ого районного суда (города \w+)", text):
        return f"{named[1]}ый районный суд {named[2]}"
    inside = bracket(text)
    return None if inside is None else inside.split(" - ", 1)[0].strip()


def region(text: str) -> str | None:
    parts = (bracket(text) or "").split(" - ", 1)
    return parts[1].strip() if len(parts) == 2 else None


def number(text: str) -> str | None:
    behind = re.split(r"№", text)[-1]
    if "№" not in text:
        return None
    return re.split(r"\s+от\s|\s*,\s|\s+Комментарий|\s+~", behind.strip())[0].strip(" .") or None


def authority(text: str) -> str | None:
    if "решения суда" in text or "го суда" in text:
        either = EITHER if "уполномоченного" in text else None
        return court(text) or either
    return next((name for words, name in WHO if words in text), None)


def misread(
    texts: list[str], read: Callable[[str], str | None], value: Callable[[Notice], str | None]
) -> list[str]:
    wrong = []
    for text in texts:
        expected, found = read(text), value(parse_notice(text))
        wrong += [] if found == expected else [f"{found!r} for {expected!r}: {text}"]
    return wrong


def test_all_dates_are_those_that_the_data_states(shared_data: Path) -> None:
    with (shared_data / "vk" / "messages.dev.csv").open(encoding="utf-8", newline="") as lines:
        known = [row for row in csv.DictReader(lines) if row["case_date"]]
    days = {
        row["message"]: datetime.strptime(row["case_date"], "%b %d, %Y").date().isoformat()  # noqa: DTZ007
        for row in known
    }
    assert len(days) == 170
    assert misread(list(days), days.get, lambda notice: notice.order_date) == []


@pytest.mark.parametrize(
    ("read", "value", "bar"),
    [
        (number, lambda notice: notice.order_number, 0.995),
        (authority, lambda notice: notice.authority, 0.995),
        (court, lambda notice: notice.court, 0.99),
        (region, lambda notice: notice.region, 0.99),
    ],
    ids=["number", "authority", "court", "region"],
)
def test_values_agree_with_a_second_reading(
    shared_data: Path, read: Callable[[str], str | None], value: Callable[[Notice], str | None], bar: float
) -> None:
    texts = told(shared_data / "vk")
    assert sum(read(text) is not None for text in texts) >= 200
    for counted in (texts, sorted(set(texts))):
        wrong = misread(counted, read, value)
        assert 1 - len(wrong) / len(counted) >= bar, wrong[:20]
