"""Setting up: what is missing is said in one sentence, and what is there is not done again."""

from __future__ import annotations

import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.services.installation import ROOT

SCRIPT = ROOT / ".ci" / "venv.py"


def run(folder: Path, *names: str, first: str = "") -> subprocess.CompletedProcess[str]:
    """The script in a process of its own, after a few lines that change what it finds."""
    code = f"import runpy, sys; sys.argv = {['venv.py', str(folder), *names]!r}; {first}"
    return subprocess.run(
        [sys.executable, "-c", f"{code}\nrunpy.run_path({str(SCRIPT)!r}, run_name='__main__')"],
        capture_output=True,
        text=True,
    )


def test_an_old_python_is_told_which_one_is_needed(tmp_path: Path) -> None:
    old = "sys.version_info = (3, 9, 2); sys.version = '3.9.2 (old)'"
    done = run(tmp_path / "venv", "base", first=old)
    assert done.returncode == 1
    assert (
        done.stderr
        == "Python 3.11 or newer is needed and this is 3.9.2: name one, such as PYTHON=python3.12.\n"
    )


def test_a_python_without_venv_is_told_what_to_install(tmp_path: Path) -> None:
    done = run(tmp_path / "venv", "base", first="sys.modules['ensurepip'] = None")
    assert done.returncode == 1
    assert "apt install python3-venv" in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "venv").exists()


@pytest.mark.skipif(shutil.which("make") is None, reason="left out: make is not on this machine")
def test_a_python_that_is_not_there_is_named() -> None:
    done = subprocess.run(["make", "setup", "PYTHON=python9"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode != 0
    assert done.stderr.splitlines()[0].startswith("There is no python9 here: install Python 3.11 or newer")


def test_what_is_installed_is_remembered_until_its_requirements_change(tmp_path: Path) -> None:
    requirements = tmp_path / "base.txt"
    requirements.write_text("nothing==1\n", encoding="utf-8")
    script = runpy.run_path(str(SCRIPT))
    assert not script["is_installed"](str(tmp_path), [str(requirements)])
    Path(script["stamp"](str(tmp_path), str(requirements))).touch()
    assert script["is_installed"](str(tmp_path), [str(requirements)])
    requirements.write_text("nothing==2\n", encoding="utf-8")
    assert not script["is_installed"](str(tmp_path), [str(requirements)])
