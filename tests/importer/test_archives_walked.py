"""test_archives_walked: --all reads the pages behind a feed's newest entries, whatever way the feed names them."""

from __future__ import annotations

import json

import pytest

from blog.models import Post
from importer.models import ImportedEntry, Source
from tests.importer.archives import GONE, WORDPRESS, atom, link, page, pages, walked
from tests.importer.documents import item, only, rows, rss, verdicts
from tests.importer.web_servers import reply

pytestmark = pytest.mark.django_db
THREE = {
    "/feed": page(6, 5, onward="/feed?page=2"),
    "/feed?page=2": page(4, 3, onward="/feed?page=3"),
    "/feed?page=3": page(2, 1),
}


@pytest.mark.parametrize("rel", ["next", "prev-archive"])
def test_every_page_comes_and_all_are_one_source(rel: str) -> None:
    answers = {"/feed": page(3, 2, onward="/old", rel=rel), "/old": page(1)}
    with pages(answers) as server:
        report = walked(server)
    assert verdicts(report) == ["created"] * 3
    assert [one.position for one in only(report).items] == [1, 2, 3]
    assert only(report).as_json()["pages"] == 2
    assert Source.objects.get().location.endswith("/feed")
    assert report.status() == 0


def test_without_all_only_the_first_page_is_read() -> None:
    with pages(THREE) as server:
        assert verdicts(walked(server, all_pages=False)) == ["created"] * 2
        assert server.paths() == ["/feed"]


def test_a_second_run_changes_no_row() -> None:
    with pages(THREE) as server:
        walked(server)
        before = rows()
        assert verdicts(walked(server)) == ["unchanged"] * 6
    assert rows() == before


def test_what_came_from_the_first_page_alone_is_known_again() -> None:
    with pages(THREE) as server:
        walked(server, all_pages=False)
        assert verdicts(walked(server)) == ["unchanged"] * 2 + ["created"] * 4


def test_next_url_of_a_json_feed_is_followed() -> None:
    def feed(number: int, **more: str) -> bytes:
        items = [{"id": str(number), "title": f"Post {number}", "content_html": f"<p>Words of {number}.</p>"}]
        return reply(
            json.dumps(
                {"version": "https://jsonfeed.org/version/1.1", "title": "A", "items": items} | more
            ).encode()
        )

    with pages({"/feed": feed(2, next_url="/feed?page=2"), "/feed?page=2": feed(1)}) as server:
        assert verdicts(walked(server)) == ["created"] * 2


def test_wordpress_is_counted_through_until_there_is_no_such_page() -> None:
    answers = {
        "/feed": page(3, more=WORDPRESS),
        "/feed?paged=2": page(2, more=WORDPRESS),
        "/feed?paged=3": page(1, more=WORDPRESS),
        "/feed?paged=4": GONE,
    }
    with pages(answers) as server:
        report = walked(server)
    assert verdicts(report) == ["created"] * 3
    assert (only(report).warnings, report.status()) == ([], 0)


def test_a_wordpress_that_gives_the_same_page_for_every_number_has_one() -> None:
    same = page(2, 1, more=WORDPRESS)
    with pages({"/feed": same, "/feed?paged=2": same}) as server:
        report = walked(server)
        assert server.paths() == ["/feed", "/feed?paged=2"]
    assert verdicts(report) == ["created"] * 2
    assert only(report).warnings == []


def test_an_archive_that_is_a_feed_is_read_and_one_that_is_a_page_is_named() -> None:
    with pages({"/feed": page(2, onward="/archive", rel="archives"), "/archive": page(1)}) as server:
        assert verdicts(walked(server)) == ["created"] * 2
    html = reply(
        b"<!doctype html><title>Archive</title><p>All posts</p>", "200 OK", "Content-Type: text/html"
    )
    with pages({"/feed": page(2, onward="/archive", rel="archives"), "/archive": html}) as server:
        report = walked(server)
        assert only(report).warnings == [
            f"The feed names an archive at http://127.0.0.1:{server.port}/archive, which is a web page and was not read."
        ]
        assert report.status() == 0


def test_an_older_wording_in_the_archive_is_a_repeat() -> None:
    newer, older = (2, "Newer words.", "2024-03-01T00:00:00Z"), (2, "Older words.", "2024-02-01T00:00:00Z")
    with pages(
        {"/feed": atom(newer, onward="/old"), "/old": atom(older, (1, "First.", "2024-01-01T10:01:00Z"))}
    ) as server:
        report = walked(server)
        assert verdicts(report) == ["created", "duplicate", "created"]
        assert (
            only(report).items[1].reason
            == "Entry 1 once more, as an older page has it; the newer page's words are taken."
        )
        assert "Newer words." in Post.objects.get(title="Post 2").body
        before = rows()
        assert verdicts(walked(server)) == ["unchanged", "duplicate", "unchanged"]
    assert rows() == before


def test_an_archive_does_not_bring_back_older_words_in_a_later_run() -> None:
    old = atom((2, "Older words.", "2024-02-01T00:00:00Z"), (1, "First.", "2024-01-01T10:01:00Z"))
    three = (3, "Third.", "2024-05-01T00:00:00Z")
    answers = {"/feed": atom((2, "Newer words.", "2024-03-01T00:00:00Z"), onward="/old"), "/old": old}
    with pages(answers) as server:
        walked(server, all_pages=False)
    digest = ImportedEntry.objects.get().digest
    with pages({"/feed": atom(three, onward="/old"), "/old": old}) as server:
        Source.objects.update(key_value=f"127.0.0.1:{server.port}/feed", key_sha256=key(server.port))
        Source.objects.get().names.update(sha256=key(server.port))
        report = walked(server)
        assert verdicts(report) == ["created", "unchanged", "created"]
        assert "older words" in only(report).items[1].reason
        before = rows()
        assert verdicts(walked(server)) == ["unchanged"] * 3
    assert "Newer words." in Post.objects.get(title="Post 2").body
    assert ImportedEntry.objects.get(title="Post 2").digest == digest
    assert rows() == before


def key(port: int) -> str:
    from importer.identity import sha256

    return sha256(f"127.0.0.1:{port}/feed")


def test_entries_that_share_one_id_through_all_pages_stay_different() -> None:
    def one(number: int) -> str:
        return item(number, guid="the same", link=f"https://blog.example/{number}")

    answers = {
        "/feed": reply(rss(one(4), one(3), more=link("next", "/old")).encode()),
        "/old": reply(rss(one(2), one(1)).encode()),
    }
    with pages(answers) as server:
        assert verdicts(walked(server)) == ["created"] * 4


def test_a_limit_asks_for_no_page_that_it_does_not_need() -> None:
    with pages(THREE) as server:
        assert len(only(walked(server, limit=3)).items) == 3
        assert server.paths() == ["/feed", "/feed?page=2"]
