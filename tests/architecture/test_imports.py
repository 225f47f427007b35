"""Imports go one way, and no file knows where it was written."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.services.installation import ROOT

# Put together from pieces, so that this file does not find itself.
_FOREIGN = [
    "py" + "pi.org",
    "pythonhosted" + ".org",
    "npmjs" + ".org",
    "docker" + ".io",
    "gh" + "cr.io",
    "/" + "work/",
    "/" + "root/",
    "/home" + "/",
    "index" + "-url",
    "find" + "-links",
]
"""Package indexes, image registries, and places on somebody's machine."""
_LOCAL_FILE = "file:" + "///"
"""A place on a machine too, except in tests, where it is an address that must be refused."""


def tracked_files() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("this is not a git checkout")
    return [name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def test_the_import_law_is_kept() -> None:
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as main; main()"]
    done = subprocess.run([*command, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:]
    assert "KEPT" in done.stdout


def test_no_file_names_a_registry_or_a_place_on_a_machine() -> None:
    names = tracked_files()
    assert "Makefile" in names
    assert [(name, found) for name in names if (found := _foreign(name))] == []


def _foreign(name: str) -> list[str]:
    text = (ROOT / name).read_bytes()
    words = _FOREIGN if name.startswith("tests/") else [*_FOREIGN, _LOCAL_FILE]
    return [word for word in words if word.encode() in text]


@pytest.mark.parametrize("name", ["base", "dev"])
def test_every_requirement_is_pinned_and_hashed(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    blocks = re.split(
        r"\n(?=[a-z0-9])", "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    )
    blocks = [block for block in blocks if block.strip()]
    assert len(blocks) > 40
    assert [
        block
        for block in blocks
        if not re.match(r"[\w.\[\],-]+==\S+", block) or "--hash=sha256:" not in block
    ] == []


def test_testing_needs_the_very_versions_that_run() -> None:
    pins = {
        name: dict(
            re.findall(
                r"^([\w.\[\],-]+)==(\S+)",
                (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8"),
                re.MULTILINE,
            )
        )
        for name in ("base", "dev")
    }
    assert pins["base"].items() <= pins["dev"].items()
