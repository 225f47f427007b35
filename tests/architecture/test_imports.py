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
    "file:" + "//" + "/",
    "/" + "work/",
    "/" + "root/",
    "/home" + "/",
    "index" + "-url",
    "find" + "-links",
]
"""Package indexes, image registries, and places on somebody's machine."""


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
    pattern = re.compile("|".join(map(re.escape, _FOREIGN)).encode())
    found = {
        f"{name}: {match[0].decode()}"
        for name in tracked_files()
        for match in [pattern.search((ROOT / name).read_bytes())]
        if match
    }
    assert found == set()


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
