"""A block, a restoration, or something that only looks like one, in ten languages."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from events.intake import draft

TEXTS: list[dict[str, str]] = yaml.safe_load(
    Path(__file__).with_name("kinds.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(
    "row", TEXTS, ids=[f"{row['kind']}-{row['language']}-{at}" for at, row in enumerate(TEXTS)]
)
def test_the_kind_is_what_the_text_tells_of(row: dict[str, str]) -> None:
    assert draft(row["text"], language=row["language"], published="2025-06-10").kind == row["kind"]
