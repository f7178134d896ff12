"""test_undoing_files: pictures and recordings that an undone import brought go with it, unless something here needs them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.test import TestCase

from blog import publishing
from blog.content import Content
from blog.models import Image, Post
from importer.models import Made
from importer.runs import undoing
from importer.runs.undoing import Undone
from tests.factories import a_post
from tests.importer.documents import item, last_run, rss, written
from tests.importer.mediawebs import MP3, allowing, at, brought, pictures, png, reply

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media_root")]
committed = TestCase.captureOnCommitCallbacks


@contextmanager
def an_import(folder: Path) -> Iterator[str]:
    """Post 1 with a picture, post 2 with a recording; the picture's name in the storage."""
    answers = {"/a.png": reply(png()), "/b.mp3": reply(MP3, "200 OK", "Content-Type: audio/mpeg")}
    with pictures(answers) as server:
        first = item(1, f'<p>Words.</p><img src="{at(server, "/a.png")}" alt="Red">')
        second = item(2, f'<p>Words of two.</p><audio src="{at(server, "/b.mp3")}" controls></audio>')
        brought(written(folder, rss(first, second)), allowing(server))
    yield str(Image.objects.get().file.name)


def undone(*, dry_run: bool = False) -> Undone:
    with committed(execute=True):
        return undoing.undo(last_run(), dry_run=dry_run)


def test_what_nobody_uses_goes_files_and_all(tmp_path: Path) -> None:
    with an_import(tmp_path) as name:
        recording = Made.objects.exclude(recording="").get().recording
        found = undone()
    assert found.files == 2
    assert "2 pictures and recordings removed" in found.summary()
    assert not Image.objects.exists()
    assert not default_storage.exists(name)
    assert not default_storage.exists(recording)


def test_asking_what_an_undo_would_do_deletes_nothing(tmp_path: Path) -> None:
    with an_import(tmp_path) as name:
        assert undone(dry_run=True).files == 2
        assert default_storage.exists(name)
        assert Image.objects.exists()


def test_a_picture_that_another_post_shows_stays(tmp_path: Path) -> None:
    with an_import(tmp_path) as name:
        ours = a_post(title="Ours", body=f"![Red](/media/{name})")
        assert undone().files == 1
        assert default_storage.exists(name)
        publishing.save(ours.pk, replace(Content.of(ours), body="Nothing."), None)
    assert Image.objects.get().file.name == name


def test_a_cover_stays(tmp_path: Path) -> None:
    with an_import(tmp_path):
        ours = a_post(title="Ours")
        publishing.save(ours.pk, replace(Content.of(ours), cover=Image.objects.get().pk), None)
        assert undone().files == 1
    assert Image.objects.exists()


def test_what_a_post_that_is_left_shows_stays(tmp_path: Path) -> None:
    with an_import(tmp_path):
        post = Post.objects.get(title="Post 1")
        publishing.save(post.pk, replace(Content.of(post), summary="Ours."), None)
        assert undone().files == 1
    assert Image.objects.exists()


def test_a_picture_that_somebody_described_stays(tmp_path: Path) -> None:
    with an_import(tmp_path):
        Image.objects.update(alt="A red field in spring")
        assert undone().files == 1
    assert Image.objects.exists()


def test_a_picture_that_was_here_before_stays(tmp_path: Path) -> None:
    from io import BytesIO

    from blog import images

    images.store(BytesIO(png()), None)
    with an_import(tmp_path):
        assert undone().files == 1
    assert Image.objects.exists()


def test_the_same_import_brings_them_again(tmp_path: Path) -> None:
    with an_import(tmp_path):
        undone()
    with an_import(tmp_path) as name:
        assert default_storage.exists(name)
        assert undone().files == 2


def test_pictures_of_an_export_go_with_the_import_that_brought_them(tmp_path: Path) -> None:
    from django.core.management import call_command

    from importer.options import Options
    from importer.pipeline import run_import
    from tests.importer.test_round_trip import emptied

    with an_import(tmp_path) as name:
        call_command("export_site", str(tmp_path / "out"), verbosity=0)
    emptied()
    default_storage.delete(name)
    run_import([str(tmp_path / "out")], Options(), shows_errors=True)
    assert default_storage.exists(name)
    undone()
    assert not Image.objects.exists()
    assert not default_storage.exists(name)
