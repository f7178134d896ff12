"""test_command_database: a database that is away, unprepared, read-only or lost is told in one sentence, without asking it for ever."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from deploy.local.postgres import Cluster
from tests.battery.invariants import broken
from tests.importer.documents import item, rss, written
from tests.importer.processes import Process, manage, rows_in, start
from tests.importer.web_servers import serving

SOURCE = rss(item(1), item(2))
AWAY = (
    "The database cannot be reached. Check that it runs and that DATABASE_URL is right, then import again.\n"
)
BEHIND = "The database has not been prepared for this version of the site. Run “manage.py migrate”, then import again.\n"


@pytest.fixture
def feed(tmp_path: Path) -> str:
    return written(tmp_path, SOURCE)


def test_a_database_that_is_away(feed: str, tmp_path: Path) -> None:
    url = "postgres://someone:a-secret@127.0.0.1:1/site"
    ended = manage(url, "import_feed", feed, "--report", str(tmp_path / "report.json"))
    assert (ended.returncode, ended.stderr) == (1, AWAY)
    assert "a-secret" not in ended.stdout
    report = json.loads((tmp_path / "report.json").read_text())
    assert (report["run"], report["sources"][0]["error"] + "\n") == (None, AWAY)


def test_a_database_that_never_answers_is_not_asked_for_ever(feed: str) -> None:
    with serving(b"") as server:
        ended = manage(f"postgres://someone:a-secret@127.0.0.1:{server.port}/site", "import_feed", feed)
    assert (ended.returncode, ended.stderr) == (1, AWAY)
    assert 1 <= server.connections <= 3


def test_a_database_that_was_never_migrated(feed: str, tmp_path: Path) -> None:
    ended = manage(f"sqlite:///{tmp_path}/new.sqlite3", "import_feed", feed)
    assert (ended.returncode, ended.stderr) == (1, BEHIND)
    assert ended.stdout == "Nothing was imported.\n"


def test_a_database_file_in_a_folder_that_is_not_there(feed: str, tmp_path: Path) -> None:
    ended = manage(f"sqlite:///{tmp_path}/nowhere/site.sqlite3", "import_feed", feed)
    assert ended.returncode == 1
    assert ended.stderr == (
        "The database file cannot be opened. Check the path in DATABASE_URL and who may read it.\n"
    )


def test_a_file_that_is_no_database(feed: str, tmp_path: Path) -> None:
    (tmp_path / "site.sqlite3").write_text("These are words, and no database at all. " * 50)
    ended = manage(f"sqlite:///{tmp_path}/site.sqlite3", "import_feed", feed)
    assert (ended.returncode, ended.stderr) == (
        1,
        "The database file is damaged. Restore it from a backup.\n",
    )


@pytest.fixture
def database(postgres_cluster: Cluster, request: pytest.FixtureRequest) -> str:
    """The address of a migrated database on Postgres."""
    url = postgres_cluster.create(f"import_{abs(hash(request.node.nodeid)) % 10**9}")
    assert manage(url, "migrate", "--verbosity", "0").returncode == 0
    return url


@pytest.mark.postgres
def test_a_database_that_is_not_there(feed: str, postgres_cluster: Cluster) -> None:
    ended = manage(postgres_cluster.url("no_such_one"), "import_feed", feed)
    assert ended.returncode == 1
    assert ended.stderr == (
        "The database that DATABASE_URL names does not exist. Create it, run “manage.py migrate”, then import again.\n"
    )


@pytest.mark.postgres
def test_a_database_that_is_read_only(feed: str, database: str) -> None:
    import psycopg

    with psycopg.connect(database, autocommit=True) as connection:
        name = connection.info.dbname
        connection.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    ended = manage(database, "import_feed", feed)
    assert ended.returncode == 1
    assert ended.stderr == (
        "The database is read-only: nothing can be written. Make it writable, then import again.\n"
    )
    for table in ("blog_post", "importer_source", "importer_run"):
        assert rows_in(database, f"SELECT count(*) FROM {table}") == [(0,)]


@pytest.mark.postgres
def test_two_runs_at_once_make_one_post_each(tmp_path: Path, database: str) -> None:
    feed = written(
        tmp_path,
        rss(
            *(
                item(n, category=f"Tag {n % 9}", pubDate="" if n % 7 else "Mon, 01 Jan 2024 10:00:00 GMT")
                for n in range(250)
            )
        ),
    )
    runs = [start(database, "import_feed", feed) for _ in range(2)]
    ended = [run.wait() for run in runs]
    assert [one.returncode for one in ended] == [0, 0], ended
    found = rows_in(database, "SELECT count(*), count(DISTINCT slug) FROM blog_post")
    assert found == [(250, 250)]
    assert rows_in(database, "SELECT count(*) FROM importer_importedentry") == [(250,)]
    assert rows_in(database, "SELECT count(*) FROM importer_source") == [(1,)]
    assert rows_in(database, "SELECT count(*) FROM accounts_author") == [(1,)]
    (created,) = rows_in(database, "SELECT count(*) FROM importer_runentry WHERE verdict = 'created'")
    assert created == (250,)
    assert broken(lambda query: rows_in(database, query)) == {}


@pytest.mark.postgres
def test_a_connection_that_is_cut_is_taken_up_again(tmp_path: Path, database: str) -> None:
    import psycopg

    feed = written(tmp_path, rss(*(item(n) for n in range(1500))))
    run = start(database, "import_feed", feed)
    wait_for(lambda: int(str(rows_in(database, "SELECT count(*) FROM blog_post")[0][0])) >= 100, run)
    with psycopg.connect(database, autocommit=True) as connection:
        cut = connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert cut.fetchall() == [(True,)]
    ended = run.wait()
    assert (ended.returncode, ended.stderr) == (0, ""), ended
    assert broken(lambda query: rows_in(database, query)) == {}
    assert rows_in(database, "SELECT count(*), count(DISTINCT slug) FROM blog_post") == [(1500, 1500)]


def wait_for(question: Callable[[], bool], run: Process, seconds: float = 60) -> None:
    ends = time.monotonic() + seconds
    while not question():
        assert time.monotonic() < ends, "it never came"
        assert run.runs(), run.wait()
        time.sleep(0.02)
