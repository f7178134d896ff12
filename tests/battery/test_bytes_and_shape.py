"""test_bytes_and_shape: what is no document, no feed, or only a part of one (cases 1 to 12); which test holds which: test_cases."""

from __future__ import annotations

import gzip
import json
import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from blog.models import Post
from tests.battery.trial import tried, tried_on
from tests.importer.documents import item, rss, written
from tests.importer.test_command_bad_sources import BAD

pytestmark = pytest.mark.django_db
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><title>A blog</title><id>urn:a</id>{}</feed>'
ATOM_ENTRY = (
    "<entry><title>Post {0}</title><id>urn:{0}</id><updated>2024-01-0{0}T00:00:00Z</updated>"
    '<content type="html">&lt;p&gt;The text of post {0}.&lt;/p&gt;</content></entry>'
)


def json_feed(*items: object, **more: object) -> str:
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "A blog", "items": items} | more
    )


# -- 1 to 7: other things than feeds -------------------------------------------------------------------


@pytest.mark.parametrize("kind", BAD)
def test_what_is_no_document_leaves_nothing(tmp_path: Path, kind: str) -> None:
    data, sentence = BAD[kind]
    outcome = tried_on(tmp_path, data)
    assert outcome.status == 1
    assert sentence in outcome.err
    assert outcome.err.count("\n") == 1


def test_a_sign_in_page_is_named_and_its_feed_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "importer.fetching.read_url", lambda *args, **given: pytest.fail("an address was asked")
    )
    page = (
        "<!DOCTYPE html><html><head><title>Sign in</title>"
        '<link rel="alternate" type="application/atom+xml" href="https://blog.example/feed.atom"></head>'
        "<body><form method=post><input name=user></form></body></html>"
    )
    outcome = tried_on(tmp_path, page)
    assert outcome.status == 1
    assert "This is a web page, not a feed; it says that its feed is at https://blog.example/feed.atom" in (
        outcome.err
    )


@pytest.mark.parametrize("seed", range(8))
def test_random_bytes(tmp_path: Path, seed: int) -> None:
    outcome = tried_on(tmp_path, random.Random(seed).randbytes(5_000))
    assert outcome.status == 1
    assert "not a feed" in outcome.err


def test_a_packed_file_is_read(tmp_path: Path) -> None:
    outcome = tried_on(tmp_path, gzip.compress(rss(item(1), item(2)).encode()), name="feed.xml.gz")
    assert (outcome.status, outcome.counts) == (0, {"created": 2})
    assert Post.objects.filter(body="<p>The text of post number 1, long enough to be one.</p>").exists()


@pytest.mark.parametrize(
    ("document", "what"),
    [
        ("<opml version='2.0'><body><outline xmlUrl='https://a.example/'/></body></opml>", "OPML"),
        ("<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>", "a list of sitemaps"),
        ("<?xml version='1.0'?><note><to>Ada</to></note>", "its root is <note>"),
        ("<entry xmlns='http://www.w3.org/2005/Atom'><title>A</title></entry>", "a single Atom entry"),
        ("<error><code>403</code></error>", "an error message in XML"),
        ('{"users": [{"name": "Ada"}]}', "This is JSON, but not a JSON Feed"),
        ("[1, 2, 3]", "neither a feed nor a text"),
        ("PK\x03\x04" + "\0" * 100, "a zip archive"),
        ("2024-01-01 10:00:00 INFO begun\n" * 30, "a log file"),
        ("name,age,place\nAda,36,London\nBob,40,Paris\n" * 10, "a table"),
    ],
)
def test_a_document_of_another_kind_is_named(tmp_path: Path, document: str, what: str) -> None:
    outcome = tried_on(tmp_path, document)
    assert outcome.status == 1
    assert what in outcome.err
    assert outcome.out.startswith("Nothing was imported.\n")


@pytest.mark.parametrize(
    "document", [ATOM.format(""), json_feed(), rss(), '<rss version="0.91"><channel/></rss>']
)
def test_a_feed_without_entries(tmp_path: Path, document: str) -> None:
    outcome = tried_on(tmp_path, document)
    assert (outcome.status, outcome.counts, outcome.err) == (0, {}, "")
    assert outcome.out.startswith("0 items\n")


# -- 8 and 9: cut off ----------------------------------------------------------------------------------

THREE = {
    "rss": (rss(item(1), item(2), item(3)), "</item>"),
    "atom": (ATOM.format("".join(ATOM_ENTRY.format(number) for number in (1, 2, 3))), "</entry>"),
    "cdata": (
        rss(
            *(
                f"<item><guid>{n}</guid><title>Post {n}</title><description><![CDATA[<p>Text &c <b>{n}</b>.</p>]]>"
                "</description></item>"
                for n in (1, 2, 3)
            )
        ),
        "</item>",
    ),
}


def cuts() -> Iterator[tuple[str, int]]:
    for kind, (whole, end) in THREE.items():
        first = whole.index(end) + len(end)
        for place in range(first, len(whole) - 20, max(1, (len(whole) - first) // 12)):
            yield kind, place


@pytest.mark.parametrize(("kind", "place"), list(cuts()))
def test_a_document_that_is_cut_keeps_its_whole_entries_and_no_half_one(
    tmp_path: Path, kind: str, place: int
) -> None:
    whole, end = THREE[kind]
    cut = whole[:place]
    complete = cut.count(end)
    outcome = tried_on(tmp_path, cut)
    assert outcome.counts["created"] == complete
    assert outcome.counts.get("rejected", 0) <= 1
    assert all("incomplete" in reason for reason in outcome.reasons().values())
    assert "The document ends early" in outcome.err
    assert sorted(Post.objects.values_list("title", flat=True)) == [f"Post {n + 1}" for n in range(complete)]


def test_a_document_cut_in_its_third_entry_is_told_so(tmp_path: Path) -> None:
    whole, _ = THREE["cdata"]
    outcome = tried_on(tmp_path, whole[: whole.index("<b>3")])
    assert (outcome.status, outcome.counts) == (3, {"created": 2, "rejected": 1})
    assert "entry 3, “Post 3”, was rejected: The entry is incomplete" in outcome.err


@pytest.mark.parametrize("part", [0.3, 0.5, 0.7, 0.9, 0.99])
def test_json_that_is_cut_brings_nothing(tmp_path: Path, part: float) -> None:
    whole = json_feed(
        *({"id": str(n), "content_text": f"The text of {n}.", "n": 1.5e3, "t": True} for n in range(3))
    )
    outcome = tried_on(tmp_path, whole[: int(len(whole) * part)])
    assert outcome.status == 1
    assert "cut off" in outcome.err or "not valid JSON" in outcome.err


# -- 10: control characters ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "document",
    [
        rss(item(1, "<p>A\x00 te\x01xt\x0b.</p>", title="Post\x00 1"), item(2)),
        rss(item(1), item(2)).replace("The text of post number 1", "&#0;&#x0;&#8;&#xFFFF;&#xD800;The text"),
        rss(item(1, category="a\x00b", dc__creator="Ada\x00 Example", guid="g\x00"), item(2)),
        json_feed(
            {
                "id": "1\u0000",
                "title": "Post\u0000 1",
                "content_html": "<p>A\u0000 text\u0007.</p>",
                "tags": ["a\u0000b"],
            },
            {"id": "2", "content_text": "Two."},
        ),
        "One\u0001 title\nA body\u0000 of some words, long enough.\nAnother title\nA body of other words, long enough.\n",
    ],
    ids=["bytes", "references", "short fields", "json", "text"],
)
def test_control_characters_are_taken_out(tmp_path: Path, document: str) -> None:
    outcome = tried_on(tmp_path, document)
    assert (outcome.status, outcome.counts) == (0, {"created": 2})
    kept = "".join(
        post.title + post.body + post.html + "".join(post.tags.names()) for post in Post.objects.all()
    )
    assert not [character for character in kept if ord(character) < 32 and character not in "\n\t"]


# -- 11 and 12: what is no file, and what does not hold still ----------------------------------------------


def test_what_is_not_there_and_what_has_nothing_in_it(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for path, why in (
        (tmp_path / "gone.xml", "there is no such file"),
        (tmp_path / "empty", "holds no files"),
    ):
        outcome = tried(str(path))
        assert outcome.status == 1
        assert why in outcome.err


def test_a_named_pipe_that_nobody_writes_into(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    outcome = tried(str(tmp_path / "pipe"))
    assert outcome.status == 1
    assert "is a named pipe, not a file" in outcome.err


def test_a_device_without_end(tmp_path: Path) -> None:
    outcome = tried("/dev/zero")
    assert outcome.status == 1
    assert "/dev/zero is a device, not a file." in outcome.err


def test_what_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, rss(item(1)))
    if os.geteuid() == 0:  # nothing is closed to root

        def closed(name: str, *args: int, **given: int) -> int:
            if name == path:
                raise PermissionError(13, "Permission denied", path)
            return honest(name, *args, **given)

        honest = os.open

        monkeypatch.setattr(os, "open", closed)
    else:
        Path(path).chmod(0)
    outcome = tried(path)
    assert outcome.status == 1
    assert "you may not read it" in outcome.err


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000, ""])
def test_a_name_that_no_file_has(name: str) -> None:
    outcome = tried(name)
    assert outcome.status == 1
    assert outcome.err.count("\n") == 1


def test_a_file_that_keeps_changing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = os.fstat

    def fstat(handle: int) -> os.stat_result:
        state = honest(handle)
        with open(path, "a") as file:
            file.write("<!-- more -->")
        return state

    path = written(tmp_path, rss(item(1)))
    monkeypatch.setattr(os, "fstat", fstat)
    outcome = tried(path)
    monkeypatch.undo()
    assert outcome.status == 1
    assert f"{path} keeps changing while it is being read." in outcome.err


def test_a_file_that_changes_once_is_read_as_it_then_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest, looks = os.fstat, 0

    def fstat(handle: int) -> os.stat_result:
        nonlocal looks
        state, looks = honest(handle), looks + 1
        if looks == 1:
            Path(path).write_text(rss(item(1), item(2)))
        return state

    path = written(tmp_path, rss(item(1)))
    monkeypatch.setattr(os, "fstat", fstat)
    outcome = tried(path)
    monkeypatch.undo()
    assert (outcome.status, outcome.counts) == (0, {"created": 2})
