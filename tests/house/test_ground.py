"""test_ground: the ground that tests stand on holds: nothing in the tree, nothing of one test in the next, no silent gaps."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches

from deploy.local import programs
from deploy.local.programs import ROOT


def test_pictures_and_pages_of_tests_lie_outside_the_tree() -> None:
    for folder in (settings.MEDIA_ROOT, settings.STATIC_ROOT):
        assert ROOT not in Path(folder).parents


@pytest.mark.parametrize("turn", [1, 2])
def test_what_one_test_keeps_the_next_does_not_find(turn: int) -> None:
    for name in settings.CACHES:
        assert caches[name].get("ground") is None
        caches[name].set("ground", b"mine", 60)


def run(folder: Path, tests: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Tests of their own on this ground, in a process of their own."""
    (folder / "conftest.py").write_text("from tests.conftest import *\n")
    (folder / "test_given.py").write_text(f"import pytest\n{tests}\n")
    left_out = ("CI", "REQUIRE_ALL", "TEST_DATABASE", "DJANGO_SETTINGS_MODULE")
    given = {name: value for name, value in os.environ.items() if name not in left_out}
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            f"-c{ROOT / 'pyproject.toml'}",
            *arguments,
            str(folder),
        ],
        cwd=ROOT,
        env=given | environment,
        capture_output=True,
        text=True,
        check=False,
    )


NEEDS_NGINX = "@pytest.mark.nginx\ndef test_it() -> None:\n    pass"


def test_a_missing_program_is_a_reason_here_and_a_failure_in_ci(tmp_path: Path) -> None:
    hidden = f"from deploy.local import programs\nprograms.nginx_program = lambda: None\n{NEEDS_NGINX}"
    here = run(tmp_path, hidden)
    assert here.returncode == 0
    assert f"NOT RUN: 1 tests. {programs.MISSING['nginx']}" in here.stdout
    in_ci = run(tmp_path, hidden, CI="true")
    assert in_ci.returncode == 1
    assert "Nothing may be left out in this run." in in_ci.stdout


def test_an_unknown_database_is_refused(tmp_path: Path) -> None:
    done = run(tmp_path, "def test_it(): pass", TEST_DATABASE="oracle")
    assert done.returncode == 4
    assert "TEST_DATABASE: “oracle” is neither sqlite nor postgres." in done.stdout + done.stderr


@pytest.mark.postgres
def test_on_postgres_only_what_touches_the_database_is_run(tmp_path: Path) -> None:
    tests = (
        "from django.db import connection\n"
        "def test_pure(): pass\n"
        "@pytest.mark.django_db\n"
        "def test_marked(): assert connection.vendor == 'postgresql'\n"
        "def test_by_fixture(db): assert connection.vendor == 'postgresql'\n"
    )
    done = run(tmp_path, tests, "--only-database", TEST_DATABASE="postgres")
    assert "2 passed, 1 deselected" in done.stdout, done.stdout + done.stderr


@pytest.mark.postgres
def test_on_sqlite_what_needs_its_own_postgres_is_left_to_the_other_run(tmp_path: Path) -> None:
    tests = "@pytest.mark.postgres\ndef test_locks(db): raise AssertionError\ndef test_pure(): pass\n"
    assert "1 passed, 1 deselected" in run(tmp_path, tests).stdout


def test_without_postgres_its_run_says_so_and_fails_in_ci(tmp_path: Path) -> None:
    hiding = "from deploy.local import programs\nprograms.postgres_programs = lambda: None\n"
    (tmp_path / "hiding.py").write_text(hiding)
    for environment, status in (({}, 0), ({"REQUIRE_ALL": "1"}, 1)):
        path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
        done = run(
            tmp_path,
            "def test_it(): pass",
            "-p",
            "hiding",
            TEST_DATABASE="postgres",
            PYTHONPATH=path,
            **environment,
        )
        assert done.returncode == status
        assert f"NOT RUN on Postgres: {programs.MISSING['postgres']}" in done.stdout + done.stderr


@pytest.mark.postgres
def test_a_run_that_is_ended_early_leaves_no_server_behind(tmp_path: Path) -> None:
    tests = (
        "import time\n"
        "from pathlib import Path\n"
        "@pytest.mark.postgres\n"
        "def test_long(postgres_cluster):\n"
        f"    note = Path({str(tmp_path / 'note')!r})\n"
        "    note.with_suffix('.new').write_text(f'{postgres_cluster.process.pid} {postgres_cluster.folder}')\n"
        "    note.with_suffix('.new').rename(note)\n"
        "    time.sleep(60)\n"
    )
    (tmp_path / "conftest.py").write_text("from tests.conftest import *\n")
    (tmp_path / "test_given.py").write_text(f"import pytest\n{tests}")
    given = {
        name: value
        for name, value in os.environ.items()
        if name not in ("TEST_DATABASE", "DJANGO_SETTINGS_MODULE")
    }
    arguments = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        f"-c{ROOT / 'pyproject.toml'}",
        str(tmp_path),
    ]
    process = subprocess.Popen(
        arguments, cwd=ROOT, env=given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        deadline = time.monotonic() + 60
        while not (tmp_path / "note").exists():
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.1)
        process.terminate()
        process.wait(30)
    finally:
        process.kill()
    server, folder = (tmp_path / "note").read_text().split(" ", 1)
    assert not Path(f"/proc/{server}").exists()
    assert not Path(folder).exists()
