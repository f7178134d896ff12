"""test_command_usage: wrong words on the command line are told in a sentence, exit status 2, before anything is read."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command

from blog.models import Post
from importer.formats import NAMES
from importer.models import Run
from tests.importer.documents import command, item, rss, written

pytestmark = pytest.mark.django_db
KNOWN = ", ".join(NAMES)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--limit", "0"), "--limit: take at least one entry."),
        (
            ("--since", "someday"),
            "--since: “someday” is no date; write one such as 2024-05-31 or 2024-05-31T12:00.",
        ),
        (("--undated-from", "1800-01-01"), "--undated-from: the year 1800 is none that a post can have."),
        (("--format", "word"), f"“word” is no format known here; choose one of: auto, {KNOWN}."),
        (
            ("--encoding", "martian"),
            "“martian” is not an encoding known here; windows-1251, koi8-r and utf-8 are examples of one.",
        ),
        (
            ("--base-url", "blog.example"),
            "--base-url: “blog.example” is no web address; write one such as https://blog.example.org/.",
        ),
        (
            ("--media-dir", "nowhere"),
            "--media-dir: “nowhere” is no folder; name the one that holds the pictures.",
        ),
        (("--report", "nowhere/report.json"), "--report: there is no folder nowhere; make it first."),
        (
            ("--media-dir", ".", "--no-media"),
            "--media-dir and --no-media contradict each other; give one of them.",
        ),
    ],
)
def test_a_sentence_and_status_two(tmp_path: Path, words: tuple[str, ...], sentence: str) -> None:
    ended = command(written(tmp_path, rss(item(1))), *words)
    assert (ended.status, ended.out, ended.err) == (2, "", sentence + "\n")
    assert not Run.objects.exists()
    assert not Post.objects.exists()


def test_a_source_must_be_named() -> None:
    ended = command()
    assert (ended.status, ended.err) == (2, "Name at least one source: a file, a folder, - or an address.\n")


def test_options_reach_the_posts(tmp_path: Path) -> None:
    feed = written(tmp_path, rss(item(1, dc__creator=""), item(2, pubDate="Mon, 01 Jan 2001 10:00:00 GMT")))
    words = (
        "--author",
        "Ada Example",
        "--tag",
        "one",
        "--tag",
        "two",
        "--status",
        "review",
        "--since",
        "2020-01-01",
    )
    assert command(feed, *words).status == 0
    post = Post.objects.get()
    assert post.status == "review"
    assert [byline.author.name for byline in post.bylines.all()] == ["Ada Example"]
    assert [tagging.spelling for tagging in post.taggings.all()] == ["one", "two"]


def test_the_encoding_that_the_operator_names_is_believed(tmp_path: Path) -> None:
    text = rss(item(1, "<p>Привет, мир.</p>")).replace(' encoding="UTF-8"', "")
    command(written(tmp_path, text.encode("koi8-r")), "--encoding", "koi8-r")
    assert Post.objects.get().html == "<p>Привет, мир.</p>"


def test_the_base_that_the_operator_names_is_believed(tmp_path: Path) -> None:
    feed = written(tmp_path, rss(item(1, '<p>A <a href="../b/">link</a>.</p>', link="", guid="g")))
    command(feed, "--base-url", "https://old.example/a/")
    assert 'href="https://old.example/b/"' in Post.objects.get().html


def test_undated_from_takes_the_sites_time_zone(tmp_path: Path) -> None:
    from datetime import UTC, datetime

    command(written(tmp_path, rss(item(1, pubDate=""))), "--undated-from", "2010-01-01")
    assert Post.objects.get().published_at == datetime(2010, 1, 1, tzinfo=UTC) - timedelta(milliseconds=1)


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    import io
    import sys

    class Piped:
        buffer = io.BytesIO(rss(item(1)).encode())

    monkeypatch.setattr(sys, "stdin", Piped())
    assert command("-").status == 0
    assert Post.objects.count() == 1


def test_what_nobody_foresaw_is_a_sentence_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from importer import pipeline

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(pipeline, "look_over", broken)
    path = written(tmp_path, rss(item(1)))
    ended = command(path)
    assert (ended.status, ended.err) == (
        1,
        f"{path}: It could not be imported (ZeroDivisionError); --traceback shows where that comes from.\n",
    )
    with pytest.raises(ZeroDivisionError):
        call_command("import_feed", path, traceback=True)
