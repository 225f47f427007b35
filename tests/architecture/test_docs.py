"""What the documents promise stands in the code, and the other way round."""

from __future__ import annotations

import re

import pytest
from django.core.management import get_commands

from tests.services.installation import ROOT

_READ = re.compile(r'\benv\.(text|flag|number|items|secret)\(\s*"([A-Z_]+)"')
_TABLE_ROW = re.compile(r"^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \|", re.MULTILINE)


def test_every_setting_is_in_the_table_and_every_row_is_a_setting() -> None:
    source = (ROOT / "config" / "settings.py").read_text(encoding="utf-8")
    read = {name for _, name in _READ.findall(source)}
    read |= {f"{name}_FILE" for kind, name in _READ.findall(source) if kind == "secret"}
    table = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    written = set(re.findall(r"`([A-Z_]+)`", " ".join(_TABLE_ROW.findall(table))))
    assert len(read) > 15
    assert written == read


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "docs/operating.md"])
def test_every_command_that_a_document_names_exists(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    made = set(re.findall(r"(?:^ {4}|`|=\d )make ([a-z-]+)", text, re.MULTILINE))
    assert made
    assert made <= set(targets)
    assert set(re.findall(r"\bmanage\.py ([a-z_]+)", text)) <= set(get_commands())


def test_make_help_lists_every_target_that_is_meant_for_people() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    documented = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    phony = set(re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[0].split())
    assert documented == phony - {"setup-run"}
