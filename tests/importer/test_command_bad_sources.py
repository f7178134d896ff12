"""test_command_bad_sources: a source that is no good gets a sentence and the right exit status, and nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from blog.models import Post
from tests.importer.documents import command, item, last_run, rows, rss, written

pytestmark = pytest.mark.django_db

BOMB = '<!DOCTYPE rss [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
PAGE = '<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="https://blog.example/feed.xml"></head><body>Hello.</body></html>'
ENTITY_FEED = "<rss version='2.0'><channel><title>A</title><item><title>One</title><description>{}</description></item></channel></rss>"

BAD = {
    "empty": (b"", "empty"),
    "white space": (b"\xef\xbb\xbf \n\n", "empty"),
    "web page": (
        PAGE.encode(),
        "This is a web page, not a feed; it says that its feed is at https://blog.example/feed.xml",
    ),
    "picture": (b"\xff\xd8\xff\xe0" + b"\x00\x10JFIF" * 50, "This is a JPEG picture, not a feed or a text."),
    "pdf": (
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj <</Type /Catalog>> endobj\n",
        "This is a PDF file, not a feed or a text.",
    ),
    "noise": (bytes(range(256)) * 20, "This is a binary file"),
    "sitemap": (
        b'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://a.example/</loc></url></urlset>',
        "This is a sitemap",
    ),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"><text>Hello</text></svg>', "This is an SVG picture"),
    "bomb": ((BOMB + ENTITY_FEED.format("&c;")).encode(), "entit"),
    "external entity": ((OUTSIDE + ENTITY_FEED.format("&x;")).encode(), "entit"),
    "cut-off json": (
        b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "content_te',
        "cut off",
    ),
    "no items": (b'{"version": "https://jsonfeed.org/version/1.1", "items": null}', "no list of items"),
    "damaged gzip": (b"\x1f\x8b\x08\x00" + b"x" * 40, "damaged"),
}


@pytest.mark.parametrize("kind", BAD)
def test_an_unusable_file(tmp_path: Path, kind: str) -> None:
    data, sentence = BAD[kind]
    path = written(tmp_path, data, "source")
    before = rows()
    ended = command(path)
    assert ended.status == 1
    assert sentence in ended.err
    assert ended.err.startswith(f"{path}: ")
    assert ended.err.count("\n") == 1
    assert ended.out.startswith("Nothing was imported.\n")
    assert rows() == before


def test_what_an_external_entity_names_is_read_by_nobody(tmp_path: Path) -> None:
    secret = written(tmp_path, "a very secret word", "secret")
    document = OUTSIDE.replace("/etc/hostname", secret) + ENTITY_FEED.format("&x;")
    ended = command(written(tmp_path, document))
    assert "a very secret word" not in ended.out + ended.err + str(rows())


def test_a_missing_file(tmp_path: Path) -> None:
    ended = command(str(tmp_path / "nothing.xml"))
    assert ended.status == 1
    assert ended.err == (
        f"{tmp_path / 'nothing.xml'} cannot be read: there is no such file. Check the spelling and the folder you are in.\n"
    )


def test_an_empty_folder(tmp_path: Path) -> None:
    ended = command(str(tmp_path))
    assert ended.status == 1
    assert "holds no files to import" in ended.err


def test_a_folder_without_posts(tmp_path: Path) -> None:
    written(tmp_path, BAD["picture"][0], "a.jpg")
    written(tmp_path, BAD["sitemap"][0], "sitemap.xml")
    ended = command(str(tmp_path))
    assert ended.status == 1
    assert ended.err.count("\n") == 2
    assert not Post.objects.exists()


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "pipe")
    assert command(str(tmp_path / "pipe")).status == 1


def test_a_truncated_feed_keeps_what_is_whole(tmp_path: Path) -> None:
    whole = rss(item(1), item(2), item(3))
    cut = whole[: whole.index("number 3")]
    path = written(tmp_path, cut)
    ended = command(path)
    assert ended.status == 3
    assert "2 new, 1 rejected\n" in ended.out
    assert f"{path}: entry 3, “Post 3”, was rejected: The entry is incomplete" in ended.err
    assert sorted(Post.objects.values_list("title", flat=True)) == ["Post 1", "Post 2"]


def test_an_unknown_encoding_in_the_document_is_a_warning(tmp_path: Path) -> None:
    ended = command(written(tmp_path, rss(item(1)).replace("UTF-8", "x-martian")))
    assert ended.status == 0
    assert Post.objects.get().title == "Post 1"


def test_a_feed_without_items_is_no_failure(tmp_path: Path) -> None:
    ended = command(written(tmp_path, rss()))
    assert (ended.status, ended.out.splitlines()[0]) == (0, "0 items")


def test_control_characters_in_one_entry_cost_nothing(tmp_path: Path) -> None:
    ended = command(written(tmp_path, rss(item(1, "<p>A\x00 text\x0b.</p>"), item(2))))
    assert ended.status == 0
    assert Post.objects.count() == 2


def test_one_bad_source_among_good_ones(tmp_path: Path) -> None:
    good, bad = written(tmp_path, rss(item(1))), written(tmp_path, b"", "empty.xml")
    ended = command(bad, good)
    assert ended.status == 3
    assert f"{bad}: unusable\n" in ended.out
    assert f"{good}: 1 new\n" in ended.out


def test_when_every_entry_is_rejected_the_source_was_unusable(tmp_path: Path) -> None:
    whole = rss(item(1))
    ended = command(written(tmp_path, whole[: whole.index("number 1")]))
    assert ended.status == 1
    assert not Post.objects.exists()


def test_the_run_tells_of_it_too(tmp_path: Path) -> None:
    path = written(tmp_path, b"")
    command(path)
    run = last_run()
    assert (run.exit_status, run.finished is not None, run.counts) == (1, True, {})
    assert run.report["sources"][0]["error"] == "This is an empty source: it holds no bytes at all."


def test_a_sources_failures_are_counted_until_it_is_well_again(tmp_path: Path) -> None:
    from importer.models import Source

    path = written(tmp_path, rss(item(1)))
    command(path)
    written(tmp_path, b"")
    for _ in range(2):
        command(path)
    source = Source.objects.get()
    assert (source.failures, source.last_error) == (2, "This is an empty source: it holds no bytes at all.")
    written(tmp_path, rss(item(1)))
    command(path)
    source.refresh_from_db()
    assert (source.failures, source.last_error) == (0, "")
