"""test_round_trip_feeds: our own three feeds, imported into an empty site, give the same posts byte for byte."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from accounts.models import Author
from blog import publishing, taxonomy
from blog.content import BylineSpec, Content
from blog.models import Image, Post
from importer.entry import RawDocument
from importer.options import Options
from importer.pipeline import run_import
from tests.factories import the_site_stands
from tests.importer.documents import imported, only, verdicts
from tests.importer.test_round_trip import emptied

pytestmark = pytest.mark.django_db
BODIES = (
    (
        "# A heading\n\nWords, `code` and\n\n```python\nx = 1 < 2\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |",
        "markdown",
    ),
    ("\n  Begins with white space, ends with it.\r\n\r\nTwo kinds of line breaks.\n\n", "markdown"),
    ("&lt;b&gt; stays, a ]]> too, and <b>HTML</b> & an [own link](/posts/other/#part).", "markdown"),
    ('<p>An <em>HTML</em> body with <a href="https://x.example/?a=1&amp;b=2">a link</a>.</p>\n', "html"),
    ('<h2 id="x">Part</h2>\n<pre><code class="language-c">a &lt; b;</code></pre>', "html"),
)


def a_site() -> None:
    the_site_stands()
    people = [taxonomy.save_author(Author(name=name)) for name in ("Ada Example", "Иван Петров")]
    for number, (body, body_format) in enumerate(BODIES):
        content = Content(
            title=f"Post {number}: a < b & “c” &amp; <i>d</i>",
            body=body,
            body_format=body_format,  # type: ignore[arg-type]
            language="ru" if number % 2 else "en",
            summary=f"What is said of post {number} in a few words of its own." if number % 2 else "",
            bylines=tuple(BylineSpec(one.pk) for one in people[: 1 + number % 2]),
            tags=("C++", "Slow Food", "еда"),
            cover_url="https://x.example/cover.png?a=1&b=2" if number == 1 else "",
        )
        post = publishing.create(content, None)
        publishing.publish(
            post.pk, None, at=datetime(2024, 5, 1 + number, 12, 30, 15, 123456 + number, tzinfo=UTC)
        )


def state() -> list[dict[str, Any]]:
    columns = (
        "uid",
        "title",
        "body",
        "body_format",
        "summary",
        "language",
        "published_at",
        "dated",
        "cover_url",
        "html",
    )
    return [
        {name: getattr(post, name) for name in columns}
        | {
            "authors": [one.author.name for one in post.bylines.select_related("author")],
            "tags": [one.spelling for one in post.taggings.all()],
        }
        for post in Post.objects.order_by("published_at")
    ]


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_a_feed_comes_back_as_it_was(client: Client, tmp_path: Path, form: str) -> None:
    a_site()
    before = state()
    file = tmp_path / f"feed.{form}"
    file.write_bytes(client.get(f"/feed.{form}").content)
    emptied()
    assert set(verdicts(imported(str(file), moved_here=True))) == {"created"}
    assert state() == before


def test_other_programs_find_the_markdown(client: Client) -> None:
    a_site()
    rss = client.get("/feed.rss").content.decode()
    assert 'xmlns:source="http://source.scripting.com/"' in rss
    entry = next(one for one in feedparser.parse(rss).entries if one.title.startswith("Post 0"))
    assert entry.source_markdown == BODIES[0][0]
    item = client.get("/feed.json").json()["items"][-1]
    assert (item["_masthead"]["format"], item["_masthead"]["body"]) == ("markdown", BODIES[0][0])


def test_what_another_feed_says_in_our_words_is_only_believed_where_it_can_be(tmp_path: Path) -> None:
    def feed(said: Any) -> str:
        item = {"id": "1", "title": "Theirs", "content_html": "<p>Their words.</p>", "_masthead": said}
        file = tmp_path / "feed.json"
        document = {"version": "https://jsonfeed.org/version/1.1", "title": "A", "items": [item]}
        file.write_text(json.dumps(document))
        return str(file)

    strange: list[Any] = [
        "x",
        [],
        {"version": 2},
        {"version": 1, "format": "svg", "body": "x"},
        {"version": 1, "body": 7, "date": []},
    ]
    for said in strange:
        emptied()
        imported(feed(said))
        assert Post.objects.get().body == "<p>Their words.</p>"
    emptied()
    imported(feed({"version": 1, "format": "html", "body": "<script>alert(1)</script><p>Words.</p>"}))
    assert "script" not in Post.objects.get().html


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_a_feed_of_several_pages_comes_back_whole(client: Client, form: str) -> None:
    the_site_stands()
    ada = taxonomy.save_author(Author(name="Ada Example"))
    for number in range(45):
        content = Content(
            title=f"Post {number}", body=f"Words of post {number}.", bylines=(BylineSpec(ada.pk),)
        )
        publishing.publish(
            publishing.create(content, None).pk, None, at=datetime(2024, 5, 1, 12, number, tzinfo=UTC)
        )
    before = state()
    kept: dict[str, bytes] = {}
    address = f"{settings.SITE_URL}/feed.{form}"

    def served(location: str) -> RawDocument:
        return RawDocument(location, kept[location], final_url=location)

    for number in range(1, 4):
        where = address if number == 1 else f"{address}?page={number}"
        kept[where] = client.get(where.removeprefix(settings.SITE_URL)).content
    emptied()
    report = run_import([address], Options(moved_here=True, all_pages=True), fetch=served, shows_errors=True)
    assert verdicts(report) == ["created"] * 45
    assert only(report).warnings == []
    assert state() == before


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
@pytest.mark.parametrize("body_format", ["html", "markdown"])
def test_a_cover_and_a_recording_do_not_come_twice(
    client: Client, tmp_path: Path, settings: Any, form: str, body_format: str
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    the_site_stands()
    sound = default_storage.save(f"audio/ab/{'ab' * 32}.mp3", ContentFile(b"ID3" + b"a" * 97))
    cover = Image.objects.create(
        file=f"images/cd/{'cd' * 32}.webp", sha256="cd" * 32, width=9, height=9, size=99
    )
    body = f'<p>Listen to this.</p>\n<audio controls src="/media/{sound}"></audio>\n'
    content = Content(title="Heard", body=body, body_format=body_format, cover=cover.pk)  # type: ignore[arg-type]
    publishing.publish(publishing.create(content, None).pk, None, at=datetime(2024, 5, 1, 12, tzinfo=UTC))
    file = tmp_path / f"feed.{form}"
    file.write_bytes(client.get(f"/feed.{form}").content)
    emptied()
    imported(str(file), no_media=True, moved_here=True)
    post = Post.objects.get()
    assert post.html.count("<audio") + post.html.count("Listen to it") <= 1
    assert "<img" not in post.html
    assert post.body.count("<audio") == 1
