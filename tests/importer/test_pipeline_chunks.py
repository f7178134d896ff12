"""test_pipeline_chunks: a chunk is stored together; one entry that the database refuses costs that entry alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.db import DataError, IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Author
from blog.models import Byline, Post, Revision, TaggedPost
from importer.models import EntryAlias, ImportedEntry, RunEntry
from importer.storing import posts
from tests.importer.documents import imported, item, last_run, only, rows, rss, verdicts, written

pytestmark = pytest.mark.django_db
HUNDRED = [item(number, category="Python") for number in range(1, 101)]


@pytest.fixture
def poison(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Titles that the database refuses from now on, after everything else of their post was written."""
    refused: list[str] = []
    real = posts.add_aliases

    def add_aliases(source_id: int, rows: Any) -> None:
        pairs = list(rows)
        real(source_id, pairs)
        if any(row.title in refused for row, _ in pairs):
            raise DataError("a value that does not fit")

    monkeypatch.setattr(posts, "add_aliases", add_aliases)
    return refused


def test_one_poisoned_entry_among_a_hundred(tmp_path: Path, poison: list[str]) -> None:
    poison.append("Post 50")
    report = imported(written(tmp_path, rss(*HUNDRED)))
    assert dict(report.counts) == {"created": 99, "rejected": 1}
    (item_50,) = [one for one in only(report).items if one.verdict == "rejected"]
    assert (item_50.position, item_50.title) == (50, "Post 50")
    assert item_50.reason == "The database does not take what this entry holds; nothing of it was stored."
    assert report.status() == 3


def test_nothing_is_left_of_the_poisoned_entry(tmp_path: Path, poison: list[str]) -> None:
    poison.append("Post 2")
    imported(written(tmp_path, rss(item(1), item(2, dc__creator="Only Here"), item(3))))
    assert set(Post.objects.values_list("title", flat=True)) == {"Post 1", "Post 3"}
    assert not Author.objects.filter(name="Only Here").exists()
    for table in (Revision, ImportedEntry, Byline):
        assert table._base_manager.count() == 2


def test_what_was_refused_comes_with_the_next_run(tmp_path: Path, poison: list[str]) -> None:
    feed = written(tmp_path, rss(item(1), item(2), item(3)))
    poison.append("Post 2")
    imported(feed)
    poison.clear()
    assert verdicts(imported(feed)) == ["unchanged", "created", "unchanged"]


def test_an_address_taken_meanwhile_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, failures = posts.create, [IntegrityError("one_slug_a_kind"), IntegrityError("one_slug_a_kind")]

    def create(deeds: Sequence[Any], *args: Any, **given: Any) -> Any:
        if deeds and failures:
            raise failures.pop()
        return real(deeds, *args, **given)

    monkeypatch.setattr(posts, "create", create)
    assert verdicts(imported(written(tmp_path, rss(item(1))))) == ["created"]


def test_a_chunk_takes_a_constant_number_of_queries(tmp_path: Path) -> None:
    few, many = (rss(*(item(n) for n in range(1, size))) for size in (6, 90))
    counts = []
    for name, feed in (("few", few), ("many", many)):
        other = (
            feed.replace("blog.example", f"{name}.example").replace("Post", name).replace("The text", name)
        )
        location = written(tmp_path, other, f"{name}.xml")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            imported(location)
        counts.append(len(queries))
    # The first also makes the author.
    assert counts[1] <= counts[0]


def test_the_known_entries_of_a_chunk_are_one_query(tmp_path: Path) -> None:
    feed = written(tmp_path, rss(*HUNDRED))
    imported(feed)
    with CaptureQueriesContext(connection) as queries:
        imported(feed)
    asked = [query for query in queries.captured_queries if "importer_entryalias" in query["sql"]]
    assert len(asked) <= 2  # before and after making ready


def test_every_entry_has_one_row_in_the_run(tmp_path: Path, poison: list[str]) -> None:
    poison.append("Post 7")
    imported(written(tmp_path, rss(*HUNDRED, HUNDRED[0], "<item><description></description></item>")))
    entries = RunEntry.objects.filter(run=last_run())
    assert sorted(entries.values_list("position", flat=True)) == list(range(1, 103))
    assert entries.filter(verdict="created", post__isnull=False).count() == 99
    assert last_run().counts == {"created": 99, "rejected": 2, "duplicate": 1}


def test_taggings_and_aliases_belong_to_posts_that_are_there(tmp_path: Path, poison: list[str]) -> None:
    poison.extend(["Post 3", "Post 4"])
    imported(written(tmp_path, rss(*HUNDRED[:10])))
    assert TaggedPost.objects.count() == 8
    assert set(EntryAlias.objects.values_list("imported__post__title", flat=True)) == set(
        Post.objects.values_list("title", flat=True)
    )


def test_an_entry_that_cannot_be_rendered_costs_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from importer.options import Options
    from importer.pipeline import run_import
    from importer.preparing import cleaning
    from tests.factories import the_site_stands

    real = cleaning.clean

    def clean(entry: Any, context: Any) -> Any:
        if entry.title == "Post 2":
            raise RecursionError
        return real(entry, context)

    the_site_stands()
    monkeypatch.setattr("importer.storing.chunks.clean", clean)
    report = run_import([written(tmp_path, rss(item(1), item(2), item(3)))], Options())
    assert verdicts(report) == ["created", "rejected", "created"]
    assert only(report).items[1].reason == "The entry could not be turned into a page (RecursionError)."


def test_a_dry_run_decides_and_changes_nothing(tmp_path: Path) -> None:
    imported(written(tmp_path, rss(item(1), item(2))))
    before = rows()
    report = imported(written(tmp_path, rss(item(1, "<p>Newer.</p>"), item(2), item(3))), dry_run=True)
    assert verdicts(report) == ["updated", "unchanged", "created"]
    assert rows() == before
    run = last_run()
    assert (run.dry_run, run.counts) == (True, {"updated": 1, "unchanged": 1, "created": 1})
    assert list(run.entries.values_list("verdict", flat=True)) == ["updated", "unchanged", "created"]


def test_a_dry_run_of_a_new_source_leaves_no_source(tmp_path: Path) -> None:
    before = rows()
    assert verdicts(imported(written(tmp_path, rss(item(1))), dry_run=True)) == ["created"]
    assert rows() == before
    assert not last_run().sources.exists()


def test_strict_refuses_what_would_lose_something(tmp_path: Path) -> None:
    feed = written(tmp_path, rss(item(1), item(2, "<p>Words.</p><script>x()</script>")))
    report = imported(feed, strict=True)
    assert verdicts(report) == ["created", "rejected"]
    assert only(report).items[1].reason == (
        "It would lose something, and --strict refuses that: A script was left out."
    )
    assert verdicts(imported(feed)) == ["unchanged", "created"]


def test_since_and_limit_leave_entries_out_and_say_so(tmp_path: Path) -> None:
    from datetime import UTC, datetime

    feed = written(tmp_path, rss(*(item(n) for n in range(1, 6)), item(6, pubDate="")))
    report = imported(feed, since=datetime(2024, 1, 1, 10, 3, tzinfo=UTC), limit=2)
    assert [one.position for one in only(report).items] == [3, 4]
    assert only(report).warnings == ["4 of 6 entries were left out, as --since or --limit asks."]


def test_ambiguity_is_judged_by_the_whole_document_whatever_is_left_out(tmp_path: Path) -> None:
    feed = written(tmp_path, rss(*(item(n, guid="same", link="https://blog.example/x/") for n in (1, 2))))
    imported(feed, limit=1)
    assert Post.objects.get().origin_url == ""
