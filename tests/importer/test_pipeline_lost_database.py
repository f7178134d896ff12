"""test_pipeline_lost_database: a database that goes away in the middle ends the run in a sentence; what is in stays in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError

from blog.models import Post
from importer.report import NOT_REACHED
from importer.storing import databases, posts
from tests.importer.documents import command, imported, item, rss, verdicts, written

pytestmark = pytest.mark.django_db
LOST = (
    "The connection to the database was lost. Run the same import again: what is in stays, the rest follows."
)


@pytest.fixture
def feed(tmp_path: Path) -> str:
    return written(tmp_path, rss(*(item(n) for n in range(250))))


@pytest.fixture
def failures(monkeypatch: pytest.MonkeyPatch) -> list[Exception]:
    """What befalls the chunks after the first, one each time."""
    waiting: list[Exception] = []
    real = posts.create
    stored: list[int] = []

    def create(deeds: Sequence[Any], *args: Any, **given: Any) -> Any:
        if stored and waiting:
            raise waiting.pop()
        stored.append(len(deeds))
        return real(deeds, *args, **given)

    monkeypatch.setattr(posts, "create", create)
    return waiting


@pytest.fixture
def stays_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(databases, "comes_back", lambda: False)


@pytest.mark.usefixtures("stays_away")
def test_the_run_ends_and_says_so_once(feed: str, failures: list[Exception]) -> None:
    failures.append(OperationalError("server closed the connection unexpectedly"))
    ended = command(feed, feed)
    assert ended.status == 1
    assert ended.err == f"{LOST}\n{feed}: 150 entries were not reached.\n"
    assert Post.objects.count() == 100


@pytest.mark.usefixtures("stays_away")
def test_every_entry_is_accounted_for(feed: str, failures: list[Exception]) -> None:
    failures.append(OperationalError("server closed the connection unexpectedly"))
    (source,) = imported(feed).sources
    assert (source.error, source.entries) == (LOST, 250)
    assert dict(source.counts) == {"created": 100, "rejected": 150}
    assert {one.reason for one in source.items if one.verdict == "rejected"} == {NOT_REACHED}
    assert verdicts(imported(feed)).count("created") == 150


def test_one_that_comes_back_costs_nothing(
    feed: str, failures: list[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(databases, "comes_back", lambda: True)
    failures.append(OperationalError("terminating connection due to administrator command"))
    assert dict(imported(feed).counts) == {"created": 250}


def test_a_full_disk_is_not_tried_entry_by_entry(feed: str, failures: list[Exception]) -> None:
    failures.append(OperationalError("database or disk is full"))
    (source,) = imported(feed).sources
    assert source.error == "The disk of the database is full. Make room on it, then import again."
    assert source.counts["created"] == 100


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("database is locked", "The database is kept busy by something else (it is locked)."),
        ("attempt to write a readonly database", "The database is read-only: nothing can be written."),
        ('FATAL: role "nobody" is not permitted to log in', "The database refuses the sign-in."),
        ("something never heard of", "The database failed (OperationalError)."),
    ],
)
def test_what_a_database_says_becomes_a_sentence(words: str, sentence: str) -> None:
    assert databases.sentence(OperationalError(words)).startswith(sentence)
