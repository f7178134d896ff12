"""test_renditions: smaller copies are made when a picture is stored, none larger than it, and go when it goes."""

from __future__ import annotations

from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import Client
from PIL import Image as Pillow
from PIL import ImageDraw

from blog import images, renditions
from blog.exporting import export
from blog.models import Image, Post, Rendition, SiteState
from tests.blog.images.pictures import file, kept, photo
from tests.factories import a_post

pytestmark = pytest.mark.django_db


def test_copies_are_narrower_in_the_same_shape_and_never_larger(media_root: Path) -> None:
    image = kept((1400, 700))
    rows = list(image.renditions.all())
    assert image.widths == [row.width for row in rows] == [320, 640, 960]
    for row in rows:
        with Pillow.open(media_root / row.file) as copy:
            assert (
                (copy.format, copy.size)
                == ("WEBP", (row.width, row.height))
                == ("WEBP", (row.width, row.width // 2))
            )
        assert row.size == (media_root / row.file).stat().st_size < image.size


def test_a_small_picture_has_none(media_root: Path) -> None:
    assert kept((330, 200)).widths == []


def test_what_moves_is_left_as_it_is(media_root: Path) -> None:
    frames = [Pillow.new("RGB", (800, 20), colour) for colour in ("red", "green", "blue")]
    image = images.store(file(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=90), None)
    assert (image.kind, image.widths) == (Image.Kind.MOVING, [])
    assert renditions.srcset(image) == ""


def test_a_drawing_whose_copies_weigh_more_than_it_has_none(media_root: Path) -> None:
    drawing = Pillow.new("L", (1000, 1000), 255)
    ImageDraw.Draw(drawing).line((0, 0, 1000, 1000), 0, 3)
    image = images.store(file(drawing, "PNG"), None)
    assert image.kind == Image.Kind.DRAWING
    assert all(row.size < image.size for row in image.renditions.all())


def test_a_copy_is_served_under_the_guards_of_its_picture(client: Client, media_root: Path) -> None:
    image = kept()
    answer = client.get(renditions.small_url(image, 300))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/webp"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "immutable" in answer["Cache-Control"]
    answer.close()


def test_the_copies_go_with_the_picture(media_root: Path, django_capture_on_commit_callbacks: Any) -> None:
    image = kept()
    with django_capture_on_commit_callbacks(execute=True):
        images.forget(image)
    assert not Rendition.objects.exists()
    assert not [path for path in media_root.rglob("*") if path.is_file()]


def test_a_picture_that_could_not_be_copied_is_kept_all_the_same(
    media_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(renditions, "drawn", full)
    assert kept().widths is None


def test_older_pictures_get_theirs_by_the_command_and_the_pages_with_them(media_root: Path) -> None:
    image = kept()
    post = a_post(body=f"![A field]({image.file.url})")
    renditions.keep(image, renditions.Copies(Image.Kind.PHOTO, ()))
    Image.objects.update(widths=None, kind="")
    Post.everything.update(html="old")
    before = SiteState.objects.get(pk=1).generation
    out = StringIO()
    call_command("make_renditions", stdout=out)
    assert out.getvalue().strip() == "1 picture, 3 smaller copies; 1 post looks different now."
    assert "-960.webp 960w" in Post.everything.get(pk=post.pk).html
    assert SiteState.objects.get(pk=1).generation > before
    again = StringIO()
    call_command("make_renditions", stdout=again)
    assert again.getvalue().strip() == "0 pictures, 0 smaller copies; 0 posts look different now."


def test_a_picture_whose_file_is_gone_is_said_and_passed_over(media_root: Path) -> None:
    gone, there = kept(), kept()
    Image.objects.update(widths=None)
    default_storage.delete(str(gone.file.name))
    out, err = StringIO(), StringIO()
    call_command("make_renditions", stdout=out, stderr=err)
    assert f"{gone.file.name} can't be read" in err.getvalue()
    assert Image.objects.get(pk=there.pk).widths == [320, 640, 960]


def test_the_same_photo_gives_the_same_copies(media_root: Path) -> None:
    data = file(photo((900, 500)), "PNG").read()
    image = images.store(BytesIO(data), None)
    before = {row.file: (media_root / row.file).read_bytes() for row in image.renditions.all()}
    renditions.make(image)
    assert before == {row.file: (media_root / row.file).read_bytes() for row in image.renditions.all()}


def test_an_export_carries_the_picture_alone_and_an_import_makes_its_copies(
    media_root: Path, tmp_path: Path
) -> None:
    image = kept()
    name = str(image.file.name)
    a_post(body=f"![A field]({image.file.url})")
    export(tmp_path / "out")
    carried = [path.name for path in (tmp_path / "out" / "media").rglob("*") if path.is_file()]
    assert carried == [Path(name).name]
    data = (media_root / name).read_bytes()
    Image.objects.all().delete()
    again = images.adopt(name, data, alt="A field")
    assert again.widths == image.widths == [320, 640, 960]
    assert images.adopt(name, data).pk == again.pk
