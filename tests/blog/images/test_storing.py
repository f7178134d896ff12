"""test_storing: a picture is checked before it is decoded, written anew without what it said of its maker, and kept once."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from PIL import Image as Pillow
from PIL import PngImagePlugin

from blog import developing, images
from blog.models import Image
from tests.blog.images.pictures import file, photo

pytestmark = pytest.mark.django_db


def decoded(picture: images.Picture) -> Pillow.Image:
    return Pillow.open(BytesIO(picture.data))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "AVIF"])
def test_each_kind_is_read_and_its_colours_stay(kind: str) -> None:
    found = images.read(file(Pillow.new("RGB", (30, 20), (200, 40, 40)), kind))
    red, green, blue = decoded(found).convert("RGB").getpixel((10, 10))  # type: ignore[misc]
    assert (found.width, found.height) == (30, 20)
    assert red > 180
    assert max(green, blue) < 70


def test_a_photo_stands_upright_and_says_nothing_of_its_place() -> None:
    exif = Pillow.Exif()
    exif[0x0112] = 6  # turn a quarter to the right
    exif[0x010F] = "Secret camera"
    exif.get_ifd(0x8825)[1] = "N"
    found = images.read(
        file(photo((60, 40)), "JPEG", exif=exif, comment=b"secret note", icc_profile=b"x" * 200)
    )
    assert (found.width, found.height) == (40, 60)
    assert not decoded(found).getexif()
    for secret in (b"Secret", b"secret", b"EXIF", b"ICCP", b"XMP "):
        assert secret not in found.data


def test_the_texts_of_a_png_are_dropped() -> None:
    said = PngImagePlugin.PngInfo()
    said.add_text("Author", "Secret name")
    found = images.read(file(Pillow.new("P", (20, 20)), "PNG", pnginfo=said))
    assert b"Secret" not in found.data


def test_a_drawing_of_few_colours_keeps_its_edges_and_its_transparency() -> None:
    drawing = Pillow.new("RGBA", (400, 300), (0, 0, 0, 0))
    for x in range(0, 400, 7):
        drawing.paste((200, 0, 0, 255), (x, 0, x + 2, 300))
    found = images.read(file(drawing, "PNG"))
    again = decoded(found).convert("RGBA")
    assert again.getpixel((0, 5)) == (200, 0, 0, 255)
    assert again.getpixel((5, 5))[3] == 0  # type: ignore[index]


def test_what_moves_goes_on_moving_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    frames = [Pillow.new("RGB", (20, 20), colour) for colour in ("red", "green", "blue")]
    moving = file(frames[0], "GIF", save_all=True, append_images=frames[1:], duration=100, loop=0)
    assert getattr(decoded(images.read(moving)), "n_frames", 1) == 3
    monkeypatch.setattr(developing, "MAX_MOVING_PIXELS", 100)
    assert getattr(decoded(images.read(moving)), "n_frames", 1) == 1


def test_a_giant_is_made_smaller() -> None:
    found = images.read(file(Pillow.new("RGB", (6000, 300), "teal"), "JPEG"))
    assert (found.width, found.height) == (developing.MAX_SIDE, 128)


def test_a_portrait_is_the_middle_as_a_square(media_root: Path) -> None:
    name = images.store_portrait(file(photo((900, 600)), "JPEG"))
    with Pillow.open(media_root / name) as kept:
        assert kept.size == (512, 512)
    assert name.startswith("authors/")


# -- what is refused -------------------------------------------------------------------------------


def claimed_png(width: int, height: int) -> bytes:
    """A PNG's head that claims a size, with next to nothing behind it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 9))
        + chunk(b"IEND", b"")
    )


def claimed_webp(width: int, height: int) -> bytes:
    bits = (width - 1) | (height - 1) << 14
    body = b"VP8L" + struct.pack("<I", 5) + b"\x2f" + struct.pack("<I", bits)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body + b"\0"


def text_bomb() -> bytes:
    inflated = zlib.compress(b"\0" * 80_000_000, 9)
    data = b"Comment\0\0" + inflated
    chunk = struct.pack(">I", len(data)) + b"zTXt" + data + struct.pack(">I", zlib.crc32(b"zTXt" + data))
    plain = claimed_png(4, 4)
    return plain[:33] + chunk + plain[33:]


def tiff_in_disguise() -> bytes:
    return file(photo(), "TIFF").read()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (
            claimed_png(30_000, 30_000),
            "The picture has more than 40 million pixels. Make it smaller and try again.",
        ),
        (
            claimed_webp(16_383, 16_383),
            "The picture has more than 14 million pixels. Make it smaller and try again.",
        ),
        (b"x" * (images.MAX_BYTES + 1), developing.TOO_BIG),
        (tiff_in_disguise(), developing.NO_PICTURE),
        (b"", developing.NO_PICTURE),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", developing.NO_PICTURE),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", developing.NO_PICTURE),
        (b"8BPS\0\x01" + b"\0" * 30, developing.NO_PICTURE),
    ],
)
def test_what_can_not_be_used_is_refused_in_words(data: bytes, sentence: str, media_root: Path) -> None:
    with pytest.raises(images.PictureRefused) as refused:
        images.store(BytesIO(data), None)
    assert refused.value.messages == [sentence]
    assert not list(media_root.iterdir())


def test_a_bomb_of_text_in_a_png_is_refused() -> None:
    with pytest.raises(images.PictureRefused):
        images.read(BytesIO(text_bomb()))


def test_a_picture_that_was_cut_off_is_refused() -> None:
    whole = file(photo((200, 200)), "JPEG").read()
    with pytest.raises(images.PictureRefused, match="cut off"):
        images.read(BytesIO(whole[: len(whole) // 2]))


# -- keeping ----------------------------------------------------------------------------------------


def test_the_same_picture_is_kept_once_and_an_alt_text_is_not_lost(media_root: Path) -> None:
    data = file(photo(), "PNG").read()
    first = images.store(BytesIO(data), None)
    second = images.store(ContentFile(data, "again.png"), None, "A storm")  # type: ignore[arg-type]
    third = images.store(BytesIO(data), None, "Something else")
    assert first.pk == second.pk == third.pk
    assert Image.objects.get().alt == "A storm"
    assert len([path for path in media_root.rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize(
    "name",
    ["../../x.py", "..\\x", "/etc/passwd", "x\0.png", "x" * 300, ".htaccess", "x.jpg.html", "\u202egnp.exe"],
)
def test_no_name_of_theirs_reaches_the_disk(name: str, media_root: Path) -> None:
    kept = images.store(file(photo(), "PNG"), None, name=name)
    assert kept.file.name == f"images/{kept.sha256[:2]}/{kept.sha256}.webp"
    assert len(kept.original_name) <= 200
    assert not set(kept.original_name) & {"/", "\\", "\0", "\u202e"}


def test_a_forgotten_picture_leaves_no_file(
    media_root: Path, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        images.forget(images.store(file(photo(), "PNG"), None))
    assert not [path for path in media_root.rglob("*") if path.is_file()]
