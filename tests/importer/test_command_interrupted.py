"""test_command_interrupted: an interrupt ends an import between two chunks; what is in is whole, and the rest follows."""

from __future__ import annotations

import json
import shutil
import signal
from pathlib import Path

import pytest

from importer.deciding import VERDICTS
from importer.stopping import Interrupted, Stop
from tests.importer.documents import item, rss, written
from tests.importer.processes import manage, rows_in, start
from tests.importer.test_command_database import wait_for

NUMBER = 800


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "site.sqlite3"
    assert manage(f"sqlite:///{path}", "migrate", "--verbosity", "0").returncode == 0
    return path


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_what_was_finished_is_whole(
    tmp_path: Path, migrated: Path, number: signal.Signals, status: int
) -> None:
    database = f"sqlite:///{tmp_path}/site.sqlite3"
    shutil.copy(migrated, tmp_path / "site.sqlite3")
    feed = written(tmp_path, rss(*(item(n) for n in range(NUMBER))))
    run = start(database, "import_feed", feed, "--report", str(tmp_path / "report.json"))
    wait_for(lambda: int(rows_in(database, "SELECT count(*) FROM blog_post")[0][0]) >= 100, run)
    run.send(number)
    ended = run.wait()
    assert ended.returncode == status, ended
    assert ended.stderr.startswith(
        "The import was interrupted; what was finished is whole, and the same command does the rest.\n"
    )
    ((made,),) = rows_in(database, "SELECT count(*) FROM blog_post")
    assert made % 100 == 0
    assert 100 <= made < NUMBER
    assert f"{made} new, {NUMBER - made} rejected\n" in ended.stdout
    (source,) = json.loads((tmp_path / "report.json").read_text())["sources"]
    assert sum(source[verdict] for verdict in VERDICTS) == source["entries"] == NUMBER
    assert rows_in(database, "SELECT exit_status FROM importer_run") == [(status,)]
    again = manage(database, "import_feed", feed)
    assert again.stdout.startswith(f"{NUMBER - made} new, {made} unchanged\n")


def test_an_interrupt_waits_for_a_safe_place() -> None:
    stop = Stop()
    stop(signal.SIGTERM)
    with pytest.raises(Interrupted):
        stop.check()


def test_what_only_reads_is_broken_off_at_once() -> None:
    stop = Stop()
    with pytest.raises(Interrupted), stop.may_break():
        stop(signal.SIGINT)


def test_what_only_reads_does_not_begin_after_an_interrupt() -> None:
    stop, reached = Stop(), []
    stop(signal.SIGINT)
    with pytest.raises(Interrupted), stop.may_break():
        reached.append("here")
    assert not reached


def test_a_reader_of_our_words_may_leave(tmp_path: Path, migrated: Path) -> None:
    import subprocess
    import sys

    from tests.importer.processes import ROOT, environment

    database = f"sqlite:///{tmp_path}/site.sqlite3"
    shutil.copy(migrated, tmp_path / "site.sqlite3")
    feed = written(tmp_path, rss(item(1)))
    process = subprocess.Popen(
        [sys.executable, "manage.py", "import_feed", feed],
        cwd=ROOT,
        env=environment(database),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    complaint = process.stderr.read()
    process.stderr.close()
    assert (process.wait(60), complaint) == (0, b"")
    assert rows_in(database, "SELECT count(*) FROM blog_post") == [(1,)]
