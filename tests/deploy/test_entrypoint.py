"""test_entrypoint: what a container does before it serves, and the sentence it ends with where it cannot."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from deploy.local.environment import local_environment
from deploy.local.postgres import Cluster
from deploy.local.programs import ROOT, free_port

ENTRYPOINT = [sys.executable, str(ROOT / "deploy" / "entrypoint.py")]


def environment(folder: Path, **changes: str) -> dict[str, str]:
    return local_environment(folder, port=8000) | changes


def begin(given: dict[str, str], *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*ENTRYPOINT, *arguments],
        env=given,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd="/",
    )


def run(given: dict[str, str], *arguments: str) -> tuple[int, str, str]:
    process = begin(given, *arguments)
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


def test_the_first_start_migrates_collects_prints_the_link_and_becomes_the_server(tmp_path: Path) -> None:
    given = environment(tmp_path)
    status, out, err = run(given, "echo", "I am the server")
    assert (status, err) == (0, "")
    assert "http://127.0.0.1:8000/welcome/" in out
    assert out.splitlines()[-1] == "I am the server"
    assert (tmp_path / "static" / "staticfiles.json").is_file()
    assert (tmp_path / "media").is_dir()

    made = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "create_user", "anna", "--role", "administrator"],
        env=given,
        capture_output=True,
        check=True,
    )
    assert b"anna can sign in as administrator" in made.stdout
    status, out, err = run(given)
    assert (status, err, "welcome" in out) == (0, "", False)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY: is missing"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS: is missing"),
        ({"DATABASE_WAIT": "soon"}, "DATABASE_WAIT: “soon” is not a number of seconds, such as 60."),
        ({"MEDIA_ROOT": "/proc/nowhere"}, "MEDIA_ROOT: the folder /proc/nowhere cannot be made"),
    ],
)
def test_nonsense_in_the_environment_ends_in_a_sentence(
    tmp_path: Path, changes: dict[str, str], sentence: str
) -> None:
    status, out, err = run(environment(tmp_path, **changes), "echo", "I am the server")
    assert (status, out) == (1, "")
    assert err.startswith(sentence)
    assert "Traceback" not in err


def test_a_database_that_never_answers_ends_in_a_sentence_without_the_password(tmp_path: Path) -> None:
    url = f"postgres://masthead:hushhush@127.0.0.1:{free_port()}/masthead"
    status, _, err = run(environment(tmp_path, DATABASE_URL=url, DATABASE_WAIT="1"))
    assert status == 1
    assert "Waiting for the database: " in err
    assert "The database did not answer for 1 seconds: " in err
    assert err.strip().endswith("Check DATABASE_URL and that Postgres is running.")
    assert "hushhush" not in err
    assert "Traceback" not in err


@pytest.mark.postgres
def test_two_starts_at_once_migrate_once(tmp_path: Path, postgres_cluster: Cluster) -> None:
    given = environment(tmp_path, DATABASE_URL=postgres_cluster.create("two_starts"))
    starts = [begin(given) for _ in range(2)]
    said = [process.communicate(timeout=120) for process in starts]
    assert [process.returncode for process in starts] == [0, 0], said
    assert sum("Applying accounts.0001" in out for out, _ in said) == 1


@pytest.mark.postgres
def test_a_start_that_waits_too_long_for_another_says_so(
    postgres_cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    import psycopg

    from deploy import entrypoint

    url = postgres_cluster.create("held")
    with psycopg.connect(url, autocommit=True) as other, psycopg.connect(url) as mine:
        other.execute("SELECT pg_advisory_lock(%s)", [entrypoint.MIGRATION_LOCK])
        fake = type("Database", (), {"vendor": "postgresql", "copy": lambda self, alias: mine})()
        monkeypatch.setattr("django.db.connection", fake)
        with (
            pytest.raises(
                entrypoint.NotReady,
                match=r"Another start of the site has been migrating .* for 0 seconds\. Wait",
            ),
            entrypoint.migration_lock(0),
        ):
            pytest.fail("the lock was held by another")
