"""test_pictures: a picture that is not here is fetched again, uploaded in its place, or given up for good."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from blog.models import Image, Post
from importer.media.fetching import Ways
from importer.models import MediaItem
from tests.factories import a_post
from tests.importer.documents import imported, item, rss, verdicts, written
from tests.importer.mediawebs import MISSING, allowing, at, brought, pictures, png, reply
from tests.importer.mending.rows import address, an_editor, listed, only, press, undo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media_root")]
AWAY = "http://127.0.0.1:9/a.png"


def showing(*addresses: str) -> str:
    return "<p>Words enough.</p>" + "".join(f'<img src="{one}" alt="A fox">' for one in addresses)


def a_file(data: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile("fox.png", data or png(), "image/png")


def test_what_failed_is_listed_with_its_reason_and_its_posts(client: Client, tmp_path: Path) -> None:
    brought(written(tmp_path, rss(item(1, showing(AWAY)), item(2, showing(AWAY)))), Ways())
    want = only("picture")
    assert len(want.posts) == 2
    page = an_editor(client).get(address(), secure=True).content.decode()
    assert f'<a href="{AWAY}" rel="noopener noreferrer">See it at 127.0.0.1</a>' in page
    assert "A fox" in page
    assert MediaItem.objects.first().last_error in page.replace("&#x27;", "'")  # type: ignore[union-attr]


def test_it_is_fetched_at_once_and_every_post_shows_it(client: Client, tmp_path: Path, settings: Any) -> None:
    with pictures({"/a.png": reply(png(), "200 OK", "Content-Type: image/png")}) as server:
        settings.FETCH_ALLOWED_HOSTS = list(allowing(server).allowed_hosts)
        place = at(server, "/a.png")
        brought(written(tmp_path, rss(item(1, showing(place)), item(2, showing(place)))), Ways())
        a_post(title="Written here", body=f"![]({place})")
        an_editor(client)
        page = press(client, "try", only("picture"))
    assert "The picture is stored here and shown, in 3 posts." in page
    assert listed("picture") == []
    assert all(Image.objects.get().file.url in post.html for post in Post.objects.all())


def test_what_cannot_be_had_says_why_and_stays(client: Client, tmp_path: Path, settings: Any) -> None:
    with pictures({"/a.png": MISSING}) as server:
        settings.FETCH_ALLOWED_HOSTS = list(allowing(server).allowed_hosts)
        brought(written(tmp_path, rss(item(1, showing(at(server, "/a.png"))))), Ways())
        page = press(an_editor(client), "try", only("picture"))
    assert "It could not be had." in page
    assert "404" in page
    assert len(listed("picture")) == 1


def test_an_upload_takes_its_place_and_the_text_stays_the_importers(client: Client, tmp_path: Path) -> None:
    place = written(tmp_path, rss(item(1, showing(AWAY))))
    brought(place, Ways())
    page = press(an_editor(client), "upload", only("picture"), file=a_file())
    assert "The picture is stored here and shown, in 1 post." in page
    post = Post.objects.get()
    image = Image.objects.get()
    assert f'src="{image.file.url}"' in post.html
    assert image.alt == "A fox"
    newer = written(tmp_path, rss(item(1, showing(AWAY).replace("Words", "Newer words"))))
    assert verdicts(imported(newer)) == ["updated"]


def test_an_upload_into_a_post_that_was_edited_here(client: Client, tmp_path: Path) -> None:
    from dataclasses import replace

    from blog import publishing
    from blog.content import Content

    brought(written(tmp_path, rss(item(1, showing(AWAY)))), Ways())
    post = Post.objects.get()
    publishing.save(post.pk, replace(Content.of(post), body=post.body + "<p>Ours.</p>"), None)
    press(an_editor(client), "upload", only("picture"), file=a_file())
    assert Image.objects.get().file.url in Post.objects.get().html
    assert "Ours." in Post.objects.get().html
    assert listed("picture") == []


def test_undo_brings_the_address_back(client: Client) -> None:
    post = a_post(body=f"![A fox]({AWAY})")
    press(an_editor(client), "upload", only("picture"), file=a_file())
    assert AWAY not in Post.objects.get().body
    undo(client)
    assert Post.objects.get().body == post.body


def test_a_missing_cover_is_uploaded(client: Client) -> None:
    a_post(cover_url="https://far.example/c.jpg")
    press(an_editor(client), "upload", only("picture"), file=a_file())
    post = Post.objects.get()
    assert (post.cover, post.cover_url) == (Image.objects.get(), "")


def test_what_is_no_picture_is_refused_in_a_sentence(client: Client) -> None:
    a_post(body=f"![A fox]({AWAY})")
    page = press(an_editor(client), "upload", only("picture"), file=a_file(b"<script>alert(1)</script>"))
    assert "This is no picture that can be used here" in page
    page = press(client, "upload", only("picture"))
    assert "Choose a picture first" in page
    assert not Image.objects.exists()


def test_given_up_it_is_asked_for_no_more(client: Client, tmp_path: Path) -> None:
    brought(written(tmp_path, rss(item(1, showing(AWAY)))), Ways())
    press(an_editor(client), "leave", only("picture"))
    assert listed("picture") == []
    assert MediaItem.objects.get().status == "dead"
    assert "See it at 127.0.0.1" in Post.objects.get().html
    undo(client)
    assert len(listed("picture")) == 1


def test_relative_addresses_of_two_posts_are_two_pictures() -> None:
    for number in (1, 2):
        a_post(title=f"Post {number}", body="![A fox](images/a.png)")
    assert len(listed("picture")) == 2


def test_all_are_fetched_by_one_button(client: Client, tmp_path: Path, settings: Any) -> None:
    good = reply(png(), "200 OK", "Content-Type: image/png")
    with pictures({"/a.png": good, "/b.png": MISSING}) as server:
        settings.FETCH_ALLOWED_HOSTS = list(allowing(server).allowed_hosts)
        body = showing(at(server, "/a.png"), at(server, "/b.png"))
        imported(written(tmp_path, rss(item(1, body))), no_media=True)
        page = press(an_editor(client), "fetch-all")
    assert "Stored here now: 1. Could not be had: 1." in page
    assert len(listed("picture")) == 1


def test_a_recording_is_not_uploaded(client: Client) -> None:
    a_post(body='<audio controls src="https://far.example/a.mp3"></audio>', body_format="html")
    page = press(an_editor(client), "upload", only("picture"), file=a_file())
    assert "A recording cannot be uploaded here" in page
