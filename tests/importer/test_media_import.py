"""test_media_import: what imported posts show is stored here and shown from here, once, as one revision a post."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from blog import publishing
from blog.content import Content
from blog.models import Image, Post, Revision
from importer.models import ImportedEntry, MediaItem
from tests.importer.documents import imported, item, only, rows, rss, verdicts, written
from tests.importer.mediawebs import (
    MP3,
    allowing,
    at,
    brought,
    media_of,
    pictures,
    png,
    reply,
    states,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media_root")]


def test_a_picture_is_stored_and_shown_from_here(tmp_path: Path) -> None:
    with pictures({"/a.png": reply(png())}) as server:
        body = f'<p>Look: <img src="{at(server, "/a.png")}" alt="A red field"> there.</p>'
        report = brought(written(tmp_path, rss(item(1, body))), allowing(server))
    image, post = Image.objects.get(), Post.objects.get()
    assert media_of(report) == {"found": 1, "stored": 1, "reused": 0, "failed": 0}
    assert post.body == (
        f'<p>Look: <img src="{image.file.url}" width="60" height="40" alt="A red field"> there.</p>'
    )
    assert f'<img src="{image.file.url}"' in post.html
    assert (image.width, image.height, image.source_url) == (60, 40, at(server, "/a.png"))
    reasons = list(Revision.objects.order_by("number").values_list("reason", flat=True))
    assert reasons == ["imported", "pictures stored here"]
    assert states() == {at(server, "/a.png"): "stored"}


def test_a_second_run_changes_nothing_and_fetches_nothing(tmp_path: Path) -> None:
    with pictures({"/a.png": reply(png()), "/c.png": reply(png("blue"))}) as server:
        body = f'<p>Words</p><img src="{at(server, "/a.png")}" alt="">'
        cover = f'<media:content url="{at(server, "/c.png")}" medium="image"/></item>'
        path = written(tmp_path, rss(item(1, body).replace("</item>", cover)))
        brought(path, allowing(server))
        before, asked = rows(), server.connections
        report = brought(path, allowing(server))
        assert (rows(), server.connections) == (before, asked)
    assert verdicts(report) == ["unchanged"]
    assert media_of(report) == {"found": 0, "stored": 0, "reused": 0, "failed": 0}
    assert Post.objects.get().cover is not None


def test_equal_pictures_are_stored_once_and_equal_addresses_asked_once(tmp_path: Path) -> None:
    with pictures({"/a.png": reply(png()), "/same.png": reply(png())}) as server:
        one, other = (f'<p>Text {n}</p><img src="{at(server, f"/{n}.png")}" alt="">' for n in ("a", "same"))
        path = written(tmp_path, rss(item(1, one), item(2, other), item(3, f"{one}<p>More</p>")))
        report = brought(path, allowing(server))
        assert sorted(server.paths()) == ["/a.png", "/same.png"]
    assert Image.objects.count() == 1
    assert media_of(report) == {"found": 3, "stored": 1, "reused": 2, "failed": 0}
    assert all(Image.objects.get().file.url in post.body for post in Post.objects.all())


def test_a_changed_text_keeps_its_picture_without_fetching_it_again(tmp_path: Path) -> None:
    with pictures({"/a.png": reply(png())}) as server:
        picture = f'<img src="{at(server, "/a.png")}" alt="">'
        brought(written(tmp_path, rss(item(1, f"<p>Old words</p>{picture}"))), allowing(server))
        report = brought(written(tmp_path, rss(item(1, f"<p>New words</p>{picture}"))), allowing(server))
        assert server.connections == 1
    assert verdicts(report) == ["updated"]
    assert media_of(report) == {"found": 1, "stored": 0, "reused": 1, "failed": 0}
    body = Post.objects.get().body
    assert "New words" in body
    assert Image.objects.get().file.url in body


def test_what_the_source_shows_no_more_is_listed_no_more(tmp_path: Path) -> None:
    with pictures({"/a.png": reply(png())}) as server:
        body = f'<p>Words</p><img src="{at(server, "/a.png")}" alt="">'
        brought(written(tmp_path, rss(item(1, body))), allowing(server))
        brought(written(tmp_path, rss(item(1, "<p>Words alone</p>"))), allowing(server))
    assert states() == {}


def test_a_cover_is_stored(tmp_path: Path) -> None:
    with pictures({"/c.png": reply(png("blue"))}) as server:
        cover = f'<media:content url="{at(server, "/c.png")}" medium="image"/></item>'
        brought(written(tmp_path, rss(item(1).replace("</item>", cover))), allowing(server))
    post = Post.objects.get()
    assert (post.cover, post.cover_url) == (Image.objects.get(), "")


def test_a_recording_is_stored_and_plays_on_the_page(tmp_path: Path, client: Client) -> None:
    with pictures({"/e.mp3": reply(MP3, "200 OK", "Content-Type: text/html")}) as server:
        sound = f'<enclosure url="{at(server, "/e.mp3")}" type="audio/mpeg" length="1"/></item>'
        report = brought(
            written(tmp_path, rss(item(1, "<p>Hear</p>").replace("</item>", sound))), allowing(server)
        )
    name = MediaItem.objects.get().name
    assert media_of(report) == {"found": 1, "stored": 1, "reused": 0, "failed": 0}
    assert name.startswith("audio/")
    assert name.endswith(".mp3")
    html = Post.objects.get().html
    assert f'<audio src="/media/{name}" controls="" preload="none"></audio>' in html
    response = client.get(f"/media/{name}")
    assert response["Content-Type"] == "audio/mpeg"
    response.close()


def test_pictures_of_markdown_are_led_here(tmp_path: Path) -> None:
    with pictures({"/a.png": reply(png())}) as server:
        text = (
            f"A title\nSome words of a text. ![A field]({at(server, '/a.png')}) And more words follow here.\n"
        )
        brought(written(tmp_path, text, "notes.txt"), allowing(server))
    assert f"![A field]({Image.objects.get().file.url})" in Post.objects.get().body


# -- editors -------------------------------------------------------------------------------------


def edit(**changes: Any) -> None:
    post = Post.objects.get()
    publishing.save(post.pk, replace(Content.of(post), **changes), None, base=post.revision)


def test_a_text_that_was_edited_here_is_left_and_its_picture_listed(tmp_path: Path) -> None:
    with pictures({"/a.png": reply(png())}) as server:
        body = f'<p>Words</p><img src="{at(server, "/a.png")}" alt="">'
        path = written(tmp_path, rss(item(1, body)))
        imported(path)
        edit(body=f"<p>Our words</p>{body}")
        before = Post.objects.get()
        report = brought(path, allowing(server))
    post = Post.objects.get()
    assert (post.body, post.revision) == (before.body, before.revision)
    assert media_of(report)["stored"] == 1
    listed = MediaItem.objects.get()
    assert (listed.status, listed.image) == ("stored", Image.objects.get())
    assert listed.last_error == (
        "It is stored here; the post was edited here since, so its address there was left as it is."
    )


def test_an_edited_title_does_not_keep_pictures_away_and_stays_an_edit(tmp_path: Path) -> None:
    with pictures({"/a.png": reply(png())}) as server:
        body = f'<p>Words</p><img src="{at(server, "/a.png")}" alt="">'
        path = written(tmp_path, rss(item(1, body)))
        imported(path)
        edit(title="Our title")
        brought(path, allowing(server))
        assert Image.objects.get().file.url in Post.objects.get().body
        newer = written(tmp_path, rss(item(1, f"<p>Newer</p>{body}", title="Their newer title")))
        assert verdicts(brought(newer, allowing(server))) == ["conflict"]
    post, row = Post.objects.get(), ImportedEntry.objects.get()
    assert post.title == "Our title"
    assert "Newer" in post.body
    assert row.post == post


def test_a_picture_stored_here_is_no_edit(tmp_path: Path) -> None:
    with pictures({"/a.png": reply(png())}) as server:
        body = f'<p>Words</p><img src="{at(server, "/a.png")}" alt="">'
        brought(written(tmp_path, rss(item(1, body))), allowing(server))
        row, post = ImportedEntry.objects.get(), Post.objects.get()
        assert row.revision == post.revision == 2
        report = brought(written(tmp_path, rss(item(1, f"<p>Newer</p>{body}"))), allowing(server))
    assert only(report).items[0].verdict == "updated"
    assert not Revision.objects.filter(proposed=True).exists()


def test_a_post_that_somebody_worked_on_is_not_taken_for_the_importers(tmp_path: Path) -> None:
    with pictures({"/a.png": reply(png())}) as server:
        path = written(tmp_path, rss(item(1, f'<p>Words</p><img src="{at(server, "/a.png")}" alt="">')))
        imported(path)
        edit(title="Our title")
        brought(path, allowing(server))
    assert ImportedEntry.objects.get().revision < Post.objects.get().revision
