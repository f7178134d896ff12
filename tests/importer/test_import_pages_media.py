"""test_import_pages_media: an import at the desk brings its pictures, as many as a page has time for, and a button the rest."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from blog.models import Image, Post
from importer.desk import importpages
from importer.media import bringing
from importer.models import MediaItem, Run, RunDocument
from importer.runs import planning
from importer.stopping import Stop
from tests.factories import UserFactory, the_site_stands
from tests.importer.documents import item, last_run, rss
from tests.importer.markdowns import Files, packed
from tests.importer.mediawebs import at as place
from tests.importer.mediawebs import pictures, png, reply
from tests.importer.test_import_pages import at, post_to, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media_root")]
COLOURS = ("red", "green", "blue")


@pytest.fixture
def editor(client: Client) -> Client:
    the_site_stands()
    client.force_login(UserFactory(role="editor"), backend="django.contrib.auth.backends.ModelBackend")
    return client


def a_zip() -> bytes:
    """Three posts, each with a picture that lies beside it."""
    files: Files = {}
    for number, colour in enumerate(COLOURS, start=1):
        matter = f"---\ntitle: Post {number}\ndate: 2024-01-0{number}\n---\n\n"
        files[f"posts/{number}.md"] = f"{matter}Words of {number}.\n\n![A field](img/{colour}.png)\n"
        files[f"posts/img/{colour}.png"] = png(colour)
    return packed(files)


def plan_of(client: Client, data: bytes, name: str) -> int:
    text(client.post(at("import"), {"file": SimpleUploadedFile(name, data)}, secure=True, follow=True))
    return last_run().pk


class TimeIsUp(Stop):
    """Lets so many checks pass and no more."""

    def __init__(self, checks: int) -> None:
        super().__init__()
        self.left = checks

    def check(self) -> None:
        self.left -= 1
        if self.left < 0:
            self.asked = importpages.INTERRUPT
        super().check()


def test_an_uploaded_archive_brings_its_pictures(editor: Client) -> None:
    shown = post_to(editor, "plan", plan_of(editor, a_zip(), "blog.zip"))
    assert "Imported: 3 new." in shown
    assert "3 pictures are stored here." in shown
    assert "Fetch the pictures" not in shown
    assert Image.objects.count() == 3
    for post in Post.objects.all():
        assert 'src="/media/images/' in post.html


def test_what_a_page_has_no_time_for_waits_for_the_button(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = plan_of(editor, a_zip(), "blog.zip")
    monkeypatch.setattr(importpages, "Deadline", lambda: TimeIsUp(6))
    shown = post_to(editor, "plan", plan)
    assert "Imported: 3 new." in shown
    waiting = MediaItem.objects.filter(status="pending").count()
    assert waiting
    assert f"{waiting} picture" in shown
    assert "Fetch the pictures" in shown
    monkeypatch.undo()
    shown = post_to(editor, "media", last_run().pk)
    assert "stored here." in shown
    assert set(MediaItem.objects.values_list("status", flat=True)) == {"stored"}
    assert "No picture waits." in post_to(editor, "media", last_run().pk)


def test_the_archive_is_kept_while_pictures_wait_and_a_poll_leaves_them(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = plan_of(editor, a_zip(), "blog.zip")
    monkeypatch.setattr(importpages, "Deadline", lambda: TimeIsUp(5))
    post_to(editor, "plan", plan)
    monkeypatch.undo()
    monkeypatch.setattr(planning, "PLANS_KEPT", 1)
    imported = last_run().pk
    assert not bringing.left_behind().exists()
    plan_of(editor, rss(item(21)).encode(), "feed.xml")
    assert RunDocument.objects.filter(run=plan).exists()
    post_to(editor, "media", imported)
    assert Image.objects.count() == 3
    plan_of(editor, rss(item(22)).encode(), "other.xml")
    assert not RunDocument.objects.filter(run=plan).exists()


def test_pictures_on_the_web_come_too_and_failures_are_told(editor: Client, settings: Any) -> None:
    with pictures({"/a.png": reply(png()), "/b.png": reply(b"", "404 Not Found")}) as server:
        settings.FETCH_ALLOWED_HOSTS = frozenset({f"127.0.0.1:{server.port}"})
        body = "".join(
            f'<p>Words.</p><img src="{place(server, path)}" alt="A">' for path in ("/a.png", "/b.png")
        )
        shown = post_to(editor, "plan", plan_of(editor, rss(item(1, body)).encode(), "feed.xml"))
    assert "1 picture is stored here." in shown
    assert "1 picture could not be fetched" in shown
    assert "Fetch the pictures" not in shown


def test_a_recording_on_the_web_is_left_to_the_server(editor: Client) -> None:
    body = '<p>Words.</p><audio controls src="https://radio.example/a.mp3"></audio>'
    shown = post_to(editor, "plan", plan_of(editor, rss(item(1, body)).encode(), "feed.xml"))
    assert "Fetch the pictures" not in shown
    assert MediaItem.objects.get().status == "pending"
    assert bringing.left_behind().exists()


def test_only_a_form_of_an_editor_fetches(editor: Client, client: Client) -> None:
    run = Run.objects.create()
    assert editor.get(at("media", run.pk), secure=True).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(UserFactory(role="editor"), backend="django.contrib.auth.backends.ModelBackend")
    assert strict.post(at("media", run.pk), secure=True).status_code == 403
    author = Client()
    author.force_login(UserFactory(role="author"), backend="django.contrib.auth.backends.ModelBackend")
    assert author.post(at("media", run.pk), secure=True).status_code == 403
