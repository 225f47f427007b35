"""The labelled articles beside the project are read as well as they must be."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.drafts import Figures, Measured, measured, rows_of


@pytest.fixture(scope="module")
def read() -> Measured:
    file = Path(__file__).resolve().parents[4] / "shared" / "data" / "articles" / "corpus.dev.jsonl"
    if not file.is_file():
        pytest.skip("the labelled articles are not beside the project")
    return measured(rows_of(file))


@pytest.mark.shared_data
def test_what_a_text_tells_of_is_right_in_95_of_100(read: Measured) -> None:
    assert read.kinds.stated >= 50
    assert read.kinds.right >= 0.95 * read.kinds.stated, read.misses


@pytest.mark.shared_data
def test_stated_values_are_right_and_values_that_are_not_stated_stay_out(read: Measured) -> None:
    total: Figures = read.total
    assert total.stated >= 250
    assert total.right >= 0.92 * total.stated, read.misses
    assert total.filled <= 0.02 * total.unstated, read.misses


@pytest.mark.shared_data
def test_every_value_has_the_words_that_say_it(read: Measured) -> None:
    assert read.bad_spans == []
