"""test_exhaustion: a process that is sent too much or runs out of memory, files or listeners (cases 59 and 60).

A reader who leaves: test_command_interrupted.
"""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import zlib
from pathlib import Path

import brotli  # type: ignore[import-untyped]
import pytest

from tests.battery.invariants import broken
from tests.battery.measuring import measured
from tests.battery.trial import HELPLESS
from tests.importer.documents import item, rss, written
from tests.importer.processes import ROOT, environment, manage, rows_in, start
from tests.importer.test_command_database import wait_for
from tests.importer.web_servers import Reply, Server, reply, serving

FEED = rss(item(1), item(2)).encode()


def holds(url: str) -> None:
    assert broken(lambda query: rows_in(url, query)) == {}


def endless(server: Server, request: bytes, out: socket.socket) -> None:
    out.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<rss>")
    for _ in range(1_000):
        out.sendall(b"<!-- nothing -->" * 65_536)


def packed(encoding: str) -> bytes:
    """A gigabyte of spaces."""
    piece = b" " * 1_000_000
    if encoding == "br":
        brotlied = brotli.Compressor(quality=1)
        return b"".join([*(brotlied.process(piece) for _ in range(1_000)), brotlied.finish()])
    work = zlib.compressobj(wbits=31 if encoding == "gzip" else 15)
    return b"".join([*(work.compress(piece) for _ in range(1_000)), work.flush()])


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["plain", "gzip", "deflate", "br"])
def test_a_gigabyte_costs_no_memory(database: str, kind: str) -> None:
    answer: bytes | Reply = (
        endless if kind == "plain" else reply(packed(kind), "200 OK", f"Content-Encoding: {kind}")
    )
    with serving(answer) as server:
        host = f"127.0.0.1:{server.port}"
        ended = measured(database, "import_feed", f"http://{host}/", FETCH_ALLOWED_HOSTS=host)
    assert ended.returncode == 1
    assert "it is larger than 20 MB, the most that is taken from the web." in ended.stderr
    assert ended.megabytes < 200
    holds(database)
    assert rows_in(database, "SELECT count(*) FROM blog_post") == [(0,)]


# -- 60: a process that runs out of things -----------------------------------------------------------------


def under(url: str, limit: str, *words: str) -> subprocess.CompletedProcess[str]:
    """The command under a limit of the shell's."""
    script = f'{limit}; exec "$@"'
    return subprocess.run(
        ["/bin/sh", "-c", script, "sh", sys.executable, "manage.py", "import_feed", *words],
        cwd=ROOT,
        env=environment(url),
        text=True,
        capture_output=True,
        timeout=120,
        check=False,
    )


def test_few_open_files(tmp_path: Path, database: str) -> None:
    path = written(tmp_path, rss(*(item(n) for n in range(300))))
    ended = under(database, "ulimit -n 16", path)
    assert ended.returncode in (0, 1), ended
    assert not [words for words in HELPLESS if words in ended.stderr], ended.stderr
    holds(database)
    assert rows_in(database, "SELECT count(*) FROM blog_post") == [(300 if ended.returncode == 0 else 0,)]


def test_little_memory(tmp_path: Path, database: str) -> None:
    body = "<p>" + "Words and words. " * 60_000 + "</p>"
    path = written(tmp_path, rss(*(item(n, body) for n in range(12)), item(50)))
    ended = under(database, "ulimit -v 330000", path)
    assert ended.returncode in (0, 1, 3), ended
    assert not [words for words in HELPLESS if words in ended.stderr], ended.stderr
    if ended.returncode:
        assert "There was not enough memory for it." in ended.stderr
    holds(database)
    again = manage(database, "import_feed", path)
    assert again.returncode == 0, again
    assert rows_in(database, "SELECT count(*) FROM blog_post") == [(13,)]


@pytest.mark.parametrize(
    "how", ["exec >&-", "exec >/dev/full", "exec 2>&-", "exec 2>/dev/full", "exec <&-", "exec >&- 2>&- <&-"]
)
def test_nobody_listens(tmp_path: Path, database: str, how: str) -> None:
    path = written(tmp_path, rss(item(1), item(2), title=""))
    ended = under(database, how, path)
    assert ended.returncode == 0, ended
    assert "Traceback" not in ended.stderr
    holds(database)
    assert rows_in(database, "SELECT count(*) FROM blog_post") == [(2,)]


def test_a_closed_standard_input(database: str) -> None:
    ended = under(database, "exec <&-", "-")
    assert (ended.returncode, ended.stderr.count("\n")) == (1, 1)


def test_standard_input(tmp_path: Path, database: str) -> None:
    path = written(tmp_path, FEED)
    ended = under(database, f"exec <'{path}'", "-")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("2 new\n")


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupt_finishes_what_is_in_hand(
    tmp_path: Path, database: str, number: signal.Signals, status: int
) -> None:
    path = written(tmp_path, rss(*(item(n, category=f"Tag {n % 9}") for n in range(800))))
    run = start(database, "import_feed", path)
    posts = "SELECT count(*) FROM blog_post"
    wait_for(lambda: int(rows_in(database, posts)[0][0]) >= 100, run)
    run.send(number)
    ended = run.wait()
    assert ended.returncode == status, ended
    assert not [words for words in HELPLESS if words in ended.stderr], ended.stderr
    holds(database)
    ((made,),) = rows_in(database, posts)
    assert f"{made} new, {800 - made} rejected\n" in ended.stdout
    assert manage(database, "import_feed", path).returncode == 0
    holds(database)
    assert rows_in(database, posts) == [(800,)]
