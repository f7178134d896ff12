"""test_polling_command: poll_feeds asks who is due, one poller a source, says what is new, and stops when it is told to."""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from importer.models import Source
from importer.polling import asking
from tests.importer.documents import item, rss
from tests.importer.polled import FEED, Place, place
from tests.importer.processes import manage, rows_in, start
from tests.importer.test_command_database import wait_for
from tests.importer.web_servers import Server, reply, serving

BROKEN = reply(b"", "500 Internal Server Error")


@pytest.fixture
def at(settings: Any) -> Iterator[Place]:
    with place(settings) as found:
        found.now = timezone.now()
        yield found


def polled(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Status, stdout and stderr of one round."""
    status, out, err = 0, StringIO(), StringIO()
    try:
        call_command("poll_feeds", *(words or ["--once"]), stdout=out, stderr=err)
    except SystemExit as ended:
        status = int(str(ended.code))
    return status, out.getvalue(), err.getvalue()


def make_due() -> None:
    Source.objects.update(next_poll=timezone.now() - timedelta(minutes=1))


@pytest.mark.django_db
def test_only_who_is_due_is_asked(at: Place, capsys: pytest.CaptureFixture[str]) -> None:
    at.source()
    assert polled(capsys) == (0, "No source is due.\n", "")
    make_due()
    at.serve(reply(rss(item(1), item(2), item(3)).encode()))
    assert polled(capsys) == (
        0,
        "A blog: 1 new, 2 unchanged\n1 source asked: 1 with something new, 0 failed\n",
        "",
    )
    assert polled(capsys)[1] == "No source is due.\n"


@pytest.mark.django_db
def test_one_that_is_named_has_its_turn_at_once(at: Place, capsys: pytest.CaptureFixture[str]) -> None:
    source = at.source()
    assert polled(capsys, "--source", str(source.pk))[1].startswith("1 source asked")
    assert polled(capsys, "--source", "999999") == (
        2,
        "",
        "--source: there is no source 999999 that has an address; the desk lists them.\n",
    )


@pytest.mark.django_db
def test_the_exit_status_tells_what_is_new(at: Place, capsys: pytest.CaptureFixture[str]) -> None:
    at.serve(reply(FEED), "/well")
    at.source("/well")
    bad = at.source()
    cut = rss(item(1), item(4)).encode()
    at.serve(reply(cut[: cut.index(b"number 4")]))
    found = []
    for answer in (None, None, BROKEN, BROKEN, BROKEN, BROKEN):
        if answer:
            at.serve(answer)
        make_due()
        status, _, err = polled(capsys)
        found.append((status, bool(err)))
    assert found == [(3, True), (0, False), (0, True), (0, False), (1, True), (0, False)]
    bad.refresh_from_db()
    assert bad.broken


@pytest.mark.django_db
def test_who_is_in_anothers_hands_is_left_alone(at: Place, capsys: pytest.CaptureFixture[str]) -> None:
    source = at.source()
    asked = at.server.connections
    with asking.held(source.pk, timezone.now(), at_once=True) as mine:
        assert mine
        make_due()
        assert polled(capsys)[1] == "No source is due.\n"
        assert polled(capsys, "--source", str(source.pk))[2] == (
            f"Source {source.pk} is being asked by another poller just now.\n"
        )
    assert at.server.connections == asked
    source.refresh_from_db()
    assert source.locked_until is None


@pytest.mark.django_db
def test_a_poller_that_was_killed_keeps_nobody_for_ever(at: Place) -> None:
    source = at.source()
    Source.objects.update(locked_until=at.now + timedelta(minutes=29))
    assert asking.ask(source.pk, clock=lambda: at.now, chance=0.0, at_once=True) is None
    at.now += timedelta(minutes=30)
    at.ask(source)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_that_ask_in_the_same_moment_one_does(at: Place) -> None:
    source = at.source()
    make_due()
    before, now = at.server.connections, timezone.now()
    together = threading.Barrier(2)

    def ask(_: int) -> bool:
        try:
            together.wait(10)
            return asking.ask(source.pk, clock=lambda: now, chance=0.0) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(ask, range(2))) == [False, True]
    assert at.server.connections == before + 1


def database(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path}/site.sqlite3"
    assert manage(url, "migrate", "--verbosity", "0").returncode == 0
    return url


def due_in(tmp_path: Path) -> None:
    code = "from importer.models import Source; Source.objects.update(next_poll=None)"
    assert manage(database(tmp_path), "shell", "--no-imports", "-c", code).returncode == 0


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A server that answers its first question at once and the others after two seconds."""

    def answer(server: Server, request: bytes, out: socket.socket) -> None:
        if len(server.requests) > 1:
            server.pause(2)
        number = len(server.requests)
        out.sendall(reply(rss(*(item(n) for n in range(number))).encode()))

    with serving(answer) as server:
        monkeypatch.setitem(os.environ, "FETCH_ALLOWED_HOSTS", f"127.0.0.1:{server.port}")
        yield server


def test_two_programs_share_the_sources(tmp_path: Path, slow: Server) -> None:
    url = database(tmp_path)
    done = manage(url, "import_feed", f"http://127.0.0.1:{slow.port}/feed", "--poll")
    assert done.returncode == 0, done
    due_in(tmp_path)
    both = [start(url, "poll_feeds", "--once") for _ in range(2)]
    ended = [one.wait() for one in both]
    assert [one.returncode for one in ended] == [0, 0], ended
    assert sorted(one.stdout.splitlines()[-1][:8] for one in ended) == ["1 source", "No sourc"]
    assert slow.connections == 2


def test_the_loop_ends_after_the_source_in_hand(tmp_path: Path, slow: Server) -> None:
    url = database(tmp_path)
    done = manage(url, "import_feed", f"http://127.0.0.1:{slow.port}/feed", "--poll")
    assert done.returncode == 0, done
    due_in(tmp_path)
    alive = tmp_path / "alive"
    loop = start(url, "poll_feeds", "--alive", str(alive))
    wait_for(lambda: slow.connections == 2, loop)
    loop.send(signal.SIGTERM)
    ended = loop.wait()
    assert (ended.returncode, ended.stderr) == (0, ""), ended
    assert ended.stdout.endswith(": 1 new, 1 unchanged\n")
    assert alive.exists()
    assert rows_in(url, "SELECT count(*), count(locked_until) FROM importer_source WHERE failures = 0") == [
        (1, 0)
    ]


def test_a_loop_that_only_waits_ends_at_once(tmp_path: Path) -> None:
    url, alive = database(tmp_path), tmp_path / "alive"
    loop = start(url, "poll_feeds", "--alive", str(alive))
    wait_for(alive.exists, loop)
    loop.send(signal.SIGTERM)
    ended = loop.wait()
    assert (ended.returncode, ended.stderr) == (0, ""), ended


def test_a_database_that_is_not_prepared_is_a_sentence(tmp_path: Path) -> None:
    done = manage(f"sqlite:///{tmp_path}/empty.sqlite3", "poll_feeds", "--once")
    assert done.returncode == 1
    assert done.stderr.startswith("The database has not been prepared for this version of the site.")
    assert "Traceback" not in done.stderr


def test_a_file_cannot_be_polled(tmp_path: Path) -> None:
    done = manage(database(tmp_path), "import_feed", "feed.xml", "--poll")
    assert (done.returncode, done.stderr) == (
        2,
        "--poll: “feed.xml” is no web address, and nothing else can be asked again.\n",
    )


def test_a_time_zone_that_is_none_is_refused(tmp_path: Path) -> None:
    done = manage(database(tmp_path), "import_feed", "feed.xml", "--time-zone", "Mars/Olympus")
    assert (done.returncode, done.stderr) == (
        2,
        "--time-zone: “Mars/Olympus” is no time zone known here; write one such as Europe/Moscow.\n",
    )
