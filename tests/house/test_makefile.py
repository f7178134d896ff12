"""test_makefile: each habit is there and told in one line, and a Python that won't do gets a sentence."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from deploy.local.programs import ROOT

HABITS = ["demo", "test", "lint", "format", "run", "stack", "messages", "bench", "lock", "help"]

pytestmark = pytest.mark.skipif(
    shutil.which("make") is None, reason="make was not found; install the package make."
)


def make(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    outer = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(
        ["make", *arguments], cwd=cwd, env=outer, capture_output=True, text=True, check=False
    )


def test_help_tells_each_habit_in_one_line() -> None:
    told = make("help").stdout.splitlines()
    assert [line.split()[1] for line in told] == HABITS
    assert all(re.fullmatch(r"  make \w+ +\S.+", line) and len(line) < 140 for line in told)


def test_make_alone_explains_itself() -> None:
    assert make().stdout == make("help").stdout


def fake_python(folder: Path, script: str) -> Path:
    path = folder / "python"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        ('case "$*" in *version_info*) exit 1;; *--version*) echo "Python 3.10.1";; esac', "Python 3.10.1 is too old: Masthead needs Python 3.11 or newer."),
        ('case "$*" in *ensurepip*) exit 1;; esac', "On Debian and Ubuntu, install the package python3-venv."),
    ],
    ids=["too old", "no ensurepip"],
)  # fmt: skip
def test_a_python_that_will_not_do_gets_a_sentence(tmp_path: Path, script: str, sentence: str) -> None:
    done = make(
        "-f",
        str(ROOT / "Makefile"),
        "demo",
        f"PYTHON={fake_python(tmp_path, script)}",
        "VENV=venv",
        cwd=_copy(tmp_path),
    )
    assert done.returncode != 0
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "tree" / "venv").exists()


def test_a_missing_python_gets_a_sentence(tmp_path: Path) -> None:
    done = make(
        "-f", str(ROOT / "Makefile"), "demo", "PYTHON=no-such-python", "VENV=venv", cwd=_copy(tmp_path)
    )
    assert done.returncode != 0
    assert "no-such-python was not found. Install Python 3.11 or newer" in done.stderr


def _copy(folder: Path) -> Path:
    """A tree with the two files that the rules look at."""
    tree = folder / "tree"
    tree.mkdir()
    for name in ("requirements.txt", "requirements-dev.txt"):
        (tree / name).write_text("")
    return tree


def test_the_project_itself_is_never_installed() -> None:
    text = (ROOT / "Makefile").read_text()
    assert "--require-hashes" in text
    assert not re.search(r"install[^\n]* (-e|\.)(\s|$)", text)


def test_ci_leaves_nothing_out() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    text = script.read_text()
    assert "REQUIRE_ALL=1" in text
    assert text.rstrip().endswith("make test")
    assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0
