"""test_database_faults: a database that dies, locks, fills up or changes under an import (cases 49 to 56).

49       here: kill -9 at 100 moments
50       test_command_database::test_a_connection_that_is_cut…
51       here
52       at the start: test_command_database; in the middle: here
53       here, on small file systems
54       two: test_command_database::test_two_runs_at_once_make_one_post_each; eight, and on SQLite: here
55       here
56       test_command_database; a database that takes the call and says nothing: here
"""

from __future__ import annotations

import json
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from PIL import Image

from deploy.local.postgres import Cluster, start_cluster, stop_cluster, throw_away, throw_away_cluster
from deploy.local.programs import give, servant
from tests.battery.dumping import dump
from tests.battery.invariants import broken, strays
from tests.battery.killing import PATIENCE
from tests.battery.measuring import measured
from tests.battery.trial import HELPLESS, tried_apart
from tests.importer.documents import item, rss, written
from tests.importer.processes import ROOT, environment, manage, rows_in, start
from tests.importer.test_command_database import AWAY, wait_for

# Somebody who wrote nothing yet, with the names they are known by.
DELETE_ONE = """
WITH one AS (SELECT a.id FROM accounts_author a
  WHERE NOT EXISTS (SELECT 1 FROM blog_byline b WHERE b.author_id = a.id) ORDER BY random() LIMIT 1),
names AS (DELETE FROM accounts_authoralias WHERE author_id IN (SELECT id FROM one))
DELETE FROM accounts_author WHERE id IN (SELECT id FROM one)
"""
LINK = "<a href='/7'>where the link leads to a post of the same source</a>,"
slow, on_postgres = pytest.mark.slow, pytest.mark.postgres


def many(number: int, text: str = "text", *, authors: int = 7) -> str:
    """Entries with tags, people, some equal titles and some links to each other, so that every table is written."""
    return rss(
        *(
            item(
                n,
                f"<p>The {text} of post number {n}, {LINK if n % 20 == 0 else 'which is'} long enough.</p>",
                title=f"Post {n // 2 if n % 10 == 0 else n}",
                category=f"Tag {n % 23}",
                dc__creator=f"Writer Number {n % authors}",
                pubDate=f"Mon, 01 Jan 2024 {n // 3600 % 24:02d}:{n // 60 % 60:02d}:{n % 60:02d} GMT",
            )
            for n in range(number)
        )
    )


def posts_in(url: str) -> int:
    return int(rows_in(url, "SELECT count(*) FROM blog_post")[0][0])


def holds(url: str) -> None:
    """Nothing is half, whatever happened."""
    assert broken(lambda query: rows_in(url, query)) == {}


@pytest.fixture
def undisturbed(postgres_cluster: Cluster, postgres_template: str, tmp_path: Path) -> Iterator[str]:
    """Another database, on which the same import is left alone."""
    name = "battery_undisturbed"
    with psycopg.connect(postgres_cluster.url("postgres"), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{postgres_template}"'.encode())
        yield postgres_cluster.url(name)
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


@pytest.fixture
def own_cluster() -> Iterator[Cluster]:
    """A server that this test may hurt."""
    cluster = throw_away_cluster()
    yield cluster
    throw_away(cluster)


def migrated(cluster: Cluster) -> str:
    url = cluster.create("site")
    assert manage(url, "migrate", "--verbosity", "0").returncode == 0
    return url


# -- 49: killed --------------------------------------------------------------------------------------------


@slow
@on_postgres
def test_killed_at_a_hundred_moments(tmp_path: Path, postgres: str, undisturbed: str) -> None:
    feed = written(tmp_path, many(1_000))
    name = postgres.rpartition("/")[2]
    second = f"{postgres}_b"
    with psycopg.connect(postgres.rpartition("/")[0] + "/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}_b" TEMPLATE "{name}"'.encode())
    assert manage(undisturbed, "import_feed", feed).returncode == 0
    whole = dump(undisturbed)
    programs = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.battery.killing", url, feed, str(seed), "50"],
            cwd=ROOT,
            env=environment(url),
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for seed, url in enumerate((postgres, second))
    ]
    try:
        for url, program in zip((postgres, second), programs, strict=True):
            out, err = program.communicate(timeout=900)
            assert program.returncode == 0, err
            found = json.loads(out)
            print(f"\n{found}")
            assert found["wrong"] == {}
            assert found["kills"] == 50 or found["spent"] > PATIENCE
            assert found["stages"] > 3
            assert dump(url) == whole
    finally:
        for program in programs:
            program.kill()
            program.communicate()


@slow
def test_killed_on_sqlite(tmp_path: Path, database: str) -> None:
    feed = written(tmp_path, many(1_000))
    for at in (100, 300, 600):
        run = start(database, "import_feed", feed)
        wait_for(lambda at=at: posts_in(database) >= at, run)  # type: ignore[misc]
        run.send(signal.SIGKILL)
        run.wait()
        holds(database)
        assert posts_in(database) % 100 == 0
    assert tried_apart(database, tmp_path, feed).status == 0
    assert posts_in(database) == 1_000


# -- 51 and 52: restarted, made read-only --------------------------------------------------------------------


@slow
@on_postgres
@pytest.mark.parametrize("away", [0.0, 14.0], ids=["at once", "after a while"])
def test_a_server_that_restarts(tmp_path: Path, own_cluster: Cluster, undisturbed: str, away: float) -> None:
    url = migrated(own_cluster)
    feed = written(tmp_path, many(1_000))
    run = start(url, "import_feed", feed)
    wait_for(lambda: posts_in(url) >= 100, run)
    stop_cluster(own_cluster)
    time.sleep(away)
    again = start_cluster(own_cluster.folder)
    try:
        ended = run.wait()
        assert not [words for words in HELPLESS if words in ended.stderr], ended.stderr
        # A quick restart is waited for; on a machine that is slow at it the wait has an end.
        assert ended.returncode in ((0, 1) if away == 0 else (1,)), ended
        if ended.returncode:
            assert "Run the same import again" in ended.stderr or "cannot be reached" in ended.stderr
        holds(url)
        assert tried_apart(url, tmp_path, feed).status == 0
        assert manage(undisturbed, "import_feed", feed).returncode == 0
        assert dump(url) == dump(undisturbed)
    finally:
        stop_cluster(again)


@slow
@on_postgres
def test_a_database_made_read_only_under_an_import(tmp_path: Path, own_cluster: Cluster) -> None:
    url = migrated(own_cluster)
    feed = written(tmp_path, many(1_000))
    run = start(url, "import_feed", feed)
    wait_for(lambda: posts_in(url) >= 100, run)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET default_transaction_read_only = on")
        connection.execute("SELECT pg_reload_conf()")
    ended = run.wait()
    assert ended.returncode == 1
    assert "The database is read-only" in ended.stderr
    assert not [words for words in HELPLESS if words in ended.stderr], ended.stderr
    made = posts_in(url)
    assert f"{made} new" in ended.stdout
    holds(url)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ALTER SYSTEM RESET default_transaction_read_only")
        connection.execute("SELECT pg_reload_conf()")
    assert tried_apart(url, tmp_path, feed).counts == {"created": 1_000 - made, "unchanged": made}


# -- 53: full ------------------------------------------------------------------------------------------------


class Small:
    """A file system in memory that is soon full."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()

    def mount(self, size: str, *options: str) -> bool:
        words = [
            "mount",
            "-t",
            "tmpfs",
            "-o",
            ",".join([*options, f"size={size}"]),
            "tmpfs",
            str(self.folder),
        ]
        try:
            return subprocess.run(words, capture_output=True, check=False).returncode == 0
        except FileNotFoundError:
            return False

    def grow(self, size: str) -> None:
        assert self.mount(size, "remount")

    def unmount(self) -> None:
        subprocess.run(["umount", str(self.folder)], capture_output=True, check=True)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Small]:
    found = Small(tmp_path / "small")
    if not found.mount("3m"):
        pytest.skip("a small file system cannot be mounted here (that takes root and the right to mount)")
    yield found
    found.unmount()


def test_a_full_disk_under_sqlite(tmp_path: Path, small: Small, migrated_file: Path) -> None:
    shutil.copy(migrated_file, small.folder / "site.sqlite3")
    url = f"sqlite:///{small.folder / 'site.sqlite3'}"
    feed = written(tmp_path, many(1_500))
    full = manage(url, "import_feed", feed)
    assert full.returncode == 1, full
    assert "The disk of the database is full. Make room on it, then import again.\n" in full.stderr
    assert not [words for words in HELPLESS if words in full.stderr], full.stderr
    small.grow("64m")
    holds(url)
    made = posts_in(url)
    assert made < 1_500
    assert tried_apart(url, tmp_path, feed).counts == {"created": 1_500 - made} | (
        {"unchanged": made} if made else {}
    )


@slow
@on_postgres
def test_a_full_disk_under_postgres(
    tmp_path: Path, postgres_cluster: Cluster, postgres_template: str
) -> None:
    small = Small(postgres_cluster.folder / "small")
    with psycopg.connect(postgres_cluster.url("postgres")) as connection:
        found = connection.execute("SELECT pg_database_size(%s)", [postgres_template]).fetchone()
    assert found
    if not small.mount(str(found[0] + 1_500_000)):
        pytest.skip("a small file system cannot be mounted here (that takes root and the right to mount)")
    place = small.folder / "space"
    place.mkdir()
    give(place, servant("postgres"))
    feed = written(tmp_path, many(1_200))
    with psycopg.connect(postgres_cluster.url("postgres"), autocommit=True) as connection:
        try:
            connection.execute(f"CREATE TABLESPACE small LOCATION '{place}'".encode())
            connection.execute(
                f'CREATE DATABASE full_disk TEMPLATE "{postgres_template}" TABLESPACE small'.encode()
            )
            url = postgres_cluster.url("full_disk")
            full = manage(url, "import_feed", feed)
            # 3 where the texts were in already and their links were not.
            assert full.returncode in (1, 3), full
            assert "The disk of the database is full. Make room on it, then import again.\n" in full.stderr
            assert not [words for words in HELPLESS if words in full.stderr], full.stderr
            small.grow("200m")  # before that nobody can even sign in
            holds(url)
            assert tried_apart(url, tmp_path, feed).status == 0
            assert posts_in(url) == 1_200
        finally:
            connection.execute("DROP DATABASE IF EXISTS full_disk WITH (FORCE)")
            connection.execute("CHECKPOINT")
            connection.execute("DROP TABLESPACE IF EXISTS small")
            small.unmount()


def test_a_full_disk_under_the_pictures(tmp_path: Path, small: Small, database: str) -> None:
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    chance = random.Random(1)
    for n in range(6):
        noise = Image.frombytes("RGB", (1_000, 1_000), chance.randbytes(3_000_000))
        noise.save(pictures / f"{n}.png", compress_level=1)
    feed = written(
        tmp_path, rss(*(item(n, f'<p>Words of it.</p><img src="{n}.png" alt="Noise">') for n in range(6)))
    )
    words = ("import_feed", feed, "--media-dir", str(pictures))

    def ask(query: str) -> list[tuple[Any, ...]]:
        return rows_in(database, query)

    full = measured(database, *words, MEDIA_ROOT=str(small.folder))
    assert not [words for words in HELPLESS if words in full.stderr], full.stderr
    assert posts_in(database) == 6
    holds(database)
    assert ask("SELECT count(*) FROM blog_image")[0][0] < 6
    whys = ask("SELECT last_error FROM importer_mediaitem WHERE status = 'failed'")
    assert whys
    assert all("the disk is full. Make room on it and try again." in why for (why,) in whys)
    assert strays(small.folder, ask) == []
    small.grow("64m")
    again = measured(
        database, "fetch_media", "--run", "1", "--media-dir", str(pictures), MEDIA_ROOT=str(small.folder)
    )
    assert (again.returncode, again.stderr) == (0, "")
    assert ask("SELECT count(*) FROM blog_image") == [(6,)]
    assert strays(small.folder, ask) == []


def test_a_report_that_finds_no_room(tmp_path: Path, small: Small, database: str) -> None:
    feed = written(tmp_path, many(50))
    (small.folder / "filler").write_bytes(b"x" * (3 * 1024 * 1024 - 8192))
    ended = manage(database, "import_feed", feed, "--report", str(small.folder / "report.json"))
    assert f"The report could not be written to {small.folder / 'report.json'}: No space left" in ended.stderr
    assert ended.stdout.startswith("50 new\n")
    assert [path.name for path in small.folder.iterdir()] == ["filler"]


# -- 54: at once ---------------------------------------------------------------------------------------------


@slow
@on_postgres
def test_eight_runs_at_once(tmp_path: Path, postgres: str, undisturbed: str) -> None:
    feed = written(tmp_path, many(250))
    runs = [start(postgres, "import_feed", feed) for _ in range(8)]
    ended = [run.wait() for run in runs]
    assert [one.returncode for one in ended] == [0] * 8, ended
    assert not [one.stderr for one in ended if one.stderr]
    assert manage(undisturbed, "import_feed", feed).returncode == 0
    assert dump(postgres) == dump(undisturbed)
    holds(postgres)


@slow
def test_three_runs_at_once_on_sqlite(tmp_path: Path, database: str) -> None:
    feed = written(tmp_path, many(250))
    runs = [start(database, "import_feed", feed) for _ in range(3)]
    ended = [run.wait() for run in runs]
    assert [one.returncode for one in ended] == [0] * 3, ended
    assert posts_in(database) == 250
    holds(database)


@slow
@on_postgres
def test_different_sources_at_once_with_the_same_people_and_tags(tmp_path: Path, postgres: str) -> None:
    feeds = [
        written(
            tmp_path,
            many(250).replace("blog.example", f"s{n}.example").replace("The text", f"The {n}th text"),
            f"{n}.xml",
        )
        for n in range(4)
    ]
    runs = [start(postgres, "import_feed", feed) for feed in feeds]
    ended = [run.wait() for run in runs]
    assert [one.returncode for one in ended] == [0] * 4, ended
    assert rows_in(postgres, "SELECT count(*), count(DISTINCT slug) FROM blog_post") == [(1_000, 1_000)]
    assert rows_in(postgres, "SELECT count(*) FROM accounts_author") == [(7,)]
    assert rows_in(postgres, "SELECT count(*) FROM blog_tag") == [(23,)]
    holds(postgres)


# -- 55: beside an editor ------------------------------------------------------------------------------------

EDITING = """
import sys, django
django.setup()
from dataclasses import replace
from accounts.models import User
from blog import publishing
from blog.content import Content
from blog.models import Post
user = User.objects.create_superuser("editor", "e@example.org", "x")
for round in range(3):
    for post in Post.objects.filter(title__in=[f"Post {n}" for n in range(1, 60, 7)]):
        content = Content.of(Post.objects.get(pk=post.pk))
        mark = f"Edited {round} by hand."
        publishing.save(post.pk, replace(content, body=f"<p>{mark}</p>"), user)
        print(post.pk, mark, sep="\\t", flush=True)
"""


@slow
@on_postgres
def test_an_editor_saves_while_newer_text_comes_in(tmp_path: Path, postgres: str) -> None:
    feed = written(tmp_path, many(300))
    assert manage(postgres, "import_feed", feed).returncode == 0
    editor = subprocess.Popen(
        [sys.executable, "-c", EDITING],
        cwd=ROOT,
        env=environment(postgres),
        text=True,
        stdout=subprocess.PIPE,
    )
    for turn in range(3):
        written(tmp_path, many(300, f"text of turn {turn}"))
        assert tried_apart(postgres, tmp_path, feed).status == 0
    out, _ = editor.communicate(timeout=120)
    assert editor.returncode == 0
    written(tmp_path, many(300, "last text"))
    assert tried_apart(postgres, tmp_path, feed).status == 0
    saved = dict(line.split("\t") for line in out.splitlines())
    assert len(saved) >= 9
    for post, mark in saved.items():
        ((body,),) = rows_in(postgres, f"SELECT body FROM blog_post WHERE id = {int(post)}")
        assert mark in body
    assert rows_in(postgres, "SELECT count(*) FROM blog_post WHERE body LIKE '%The last text%'") == [
        (300 - len(saved),)
    ]


NAMING = """
import django
django.setup()
from accounts.authors import make_author
for number in range(400):
    make_author(f"Writer Number {number}")
"""


@slow
@on_postgres
def test_people_are_deleted_while_their_posts_come_in(tmp_path: Path, postgres: str) -> None:
    subprocess.run([sys.executable, "-c", NAMING], cwd=ROOT, env=environment(postgres), check=True)
    feed = written(tmp_path, many(400, authors=400))
    over = threading.Event()
    deleted = 0

    def delete() -> None:
        nonlocal deleted
        with psycopg.connect(postgres, autocommit=True) as connection:
            while not over.wait(0.003):
                # Who got a post meanwhile can't be deleted any more, and that is well.
                with suppress(psycopg.errors.ForeignKeyViolation, psycopg.errors.DeadlockDetected):
                    deleted += connection.execute(DELETE_ONE).rowcount

    thread = threading.Thread(target=delete)
    thread.start()
    try:
        outcome = tried_apart(postgres, tmp_path, feed, holding=False)
    finally:
        over.set()
        thread.join()
    assert deleted
    assert outcome.status in (0, 3)
    assert tried_apart(postgres, tmp_path, feed).status == 0
    assert posts_in(postgres) == 400


# -- 56: a server that says nothing ----------------------------------------------------------------------------


def test_a_database_that_takes_the_call_and_is_silent(tmp_path: Path) -> None:
    feed = written(tmp_path, rss(item(1)))
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        ended = manage(
            f"postgres://someone:secret@127.0.0.1:{listener.getsockname()[1]}/site", "import_feed", feed
        )
    assert (ended.returncode, ended.stderr) == (1, AWAY)
    assert "secret" not in ended.stdout


@on_postgres
def test_a_database_that_is_half_migrated(tmp_path: Path, postgres: str) -> None:
    assert manage(postgres, "migrate", "importer", "zero", "--verbosity", "0").returncode == 0
    ended = manage(postgres, "import_feed", written(tmp_path, rss(item(1))))
    assert (ended.returncode, ended.stderr.count("\n")) == (1, 1)
    assert "Run “manage.py migrate”, then import again." in ended.stderr
    assert posts_in(postgres) == 0
