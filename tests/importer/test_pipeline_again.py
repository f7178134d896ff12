"""test_pipeline_again: a second run changes no row; what changed at the source comes in, once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from blog.models import Post, SiteState
from importer.models import Run, RunEntry
from tests.importer.documents import NOON, imported, item, only, rows, rss, verdicts, written

pytestmark = pytest.mark.django_db

DUMP = "Notes\nAll of them\nThe first one\nIt has a body of some words, as bodies have.\nThe second one\nAnd so has this one, a few words of it.\n"


def test_a_second_run_changes_no_row(tmp_path: Path) -> None:
    feed = written(tmp_path, rss(item(1, category="Python"), item(2, guid="", link="", pubDate="")))
    dump = written(tmp_path, DUMP, "dump.txt")
    imported(feed, dump, author="Ada Example", tags=("imported",))
    before = rows()
    report = imported(feed, dump, author="Ada Example", tags=("imported",))
    assert [dict(source.counts) for source in report.sources] == [{"unchanged": 2}, {"unchanged": 2}]
    assert rows() == before


def test_runs_are_recorded_all_the_same(tmp_path: Path) -> None:
    feed = written(tmp_path, rss(item(1)))
    for _ in range(2):
        imported(feed)
    assert list(Run.objects.order_by("pk").values_list("counts", "exit_status")) == [
        ({"created": 1}, 0),
        ({"unchanged": 1}, 0),
    ]
    assert list(RunEntry.objects.order_by("pk").values_list("verdict", "reason")) == [
        ("created", "New."),
        ("unchanged", "Nothing has changed since it last came; recognised by its id."),
    ]


def test_newer_text_comes_in_and_the_date_stays(tmp_path: Path) -> None:
    imported(written(tmp_path, rss(item(1), item(2))))
    date = Post.objects.get(title="Post 1").published_at
    report = imported(
        written(
            tmp_path, rss(item(1, "<p>Newer words.</p>", pubDate="Tue, 02 Jan 2024 10:00:00 GMT"), item(2))
        )
    )
    assert verdicts(report) == ["updated", "unchanged"]
    assert only(report).items[0].reason == "The text changed at the source."
    post = Post.objects.get(title="Post 1")
    assert (post.html, post.published_at, post.revision) == ("<p>Newer words.</p>", date, 2)
    assert (
        verdicts(imported(written(tmp_path, rss(item(1, "<p>Newer words.</p>"), item(2)))))
        == ["unchanged"] * 2
    )


def test_a_title_and_its_tags_can_change_while_the_address_stays(tmp_path: Path) -> None:
    imported(written(tmp_path, rss(item(1, category="Old"))))
    imported(written(tmp_path, rss(item(1, title="Another title", category="New"))))
    post = Post.objects.get()
    assert (post.title, post.slug) == ("Another title", "post-1")
    assert [tagging.spelling for tagging in post.taggings.all()] == ["New"]


def test_what_changes_nothing_here_writes_no_revision(tmp_path: Path) -> None:
    enclosure = '<enclosure url="https://x.example/a.mp3" type="audio/mpeg" length="{}"/>'
    first, second = (item(1).replace("</item>", enclosure.format(size) + "</item>") for size in (1, 2))
    imported(written(tmp_path, rss(first)))
    report = imported(written(tmp_path, rss(second)))
    assert verdicts(report) == ["unchanged"]
    assert only(report).items[0].reason == "What changed at the source changes nothing here."
    assert Post.objects.get().revision == 1
    before = rows()
    imported(written(tmp_path, rss(second)))
    assert rows() == before


def test_a_moved_guid_is_recognised_by_the_link_and_learnt(tmp_path: Path) -> None:
    imported(written(tmp_path, rss(item(1, guid="old:1"))))
    assert verdicts(imported(written(tmp_path, rss(item(1, guid="new:1"))))) == ["unchanged"]
    assert verdicts(imported(written(tmp_path, rss(item(1, guid="new:1", link=""))))) == ["updated"]
    assert Post.objects.count() == 1


def test_the_generation_rises_once_a_chunk_and_never_for_nothing(tmp_path: Path) -> None:
    feed = written(tmp_path, rss(*(item(number) for number in range(150))))
    imported(feed)
    risen = SiteState.objects.get().generation
    assert risen == 3
    imported(feed)
    assert SiteState.objects.get().generation == risen


def test_undated_entries_keep_the_moment_their_document_was_first_seen(tmp_path: Path) -> None:
    dump = written(tmp_path, DUMP, "dump.txt")
    imported(dump, now=NOON)
    imported(dump, now=NOON + timedelta(days=1))
    posts = Post.objects.order_by("-published_at").values_list("title", "published_at", "dated")
    assert list(posts) == [
        ("The first one", NOON - timedelta(milliseconds=1), False),
        ("The second one", NOON - timedelta(milliseconds=2), False),
    ]


def test_an_entry_added_to_a_dump_is_the_newest(tmp_path: Path) -> None:
    imported(written(tmp_path, DUMP, "dump.txt"), now=NOON)
    later = NOON + timedelta(days=1)
    imported(
        written(tmp_path, DUMP + "A third one\nWith a body of its own, quite long enough.\n", "dump.txt"),
        now=later,
    )
    newest = Post.objects.order_by("-published_at")[0]
    assert (newest.title, newest.published_at) == ("A third one", later - timedelta(milliseconds=3))


def test_positions_count_through_the_whole_run(tmp_path: Path) -> None:
    imported(
        written(tmp_path, DUMP, "a.txt"), written(tmp_path, DUMP.replace("one", "note"), "b.txt"), now=NOON
    )
    assert [
        (NOON - post.published_at) // timedelta(milliseconds=1)
        for post in Post.objects.all()
        if post.published_at
    ] == [
        1,
        2,
        3,
        4,
    ]


def test_the_operator_can_say_from_when_undated_entries_are(tmp_path: Path) -> None:
    moment = datetime(2010, 1, 1, tzinfo=UTC)
    imported(written(tmp_path, DUMP, "dump.txt"), undated_from=moment)
    assert Post.objects.order_by("-published_at")[0].published_at == moment - timedelta(milliseconds=1)
