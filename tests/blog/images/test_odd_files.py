"""test_odd_files: what cameras, printers and attackers write comes in right or is refused in a sentence."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image as Pillow
from PIL import ImageCms

from blog import developing
from tests.blog.images.pictures import file, photo


def read_back(data: BytesIO) -> Pillow.Image:
    return Pillow.open(BytesIO(developing.read(data).data))


def near(found: object, wanted: tuple[int, int, int], by: int = 14) -> bool:
    assert isinstance(found, tuple)
    return all(abs(one - other) <= by for one, other in zip(found, wanted, strict=True))


@pytest.mark.parametrize("turn", range(1, 9))
def test_every_way_to_hold_a_camera_ends_upright(turn: int) -> None:
    upright = Pillow.new("RGB", (40, 20), "blue")
    upright.paste((250, 0, 0), (0, 0, 20, 10))  # the corner at the top left
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # the transposition that undoes what is said
    held = upright if turn == 1 else upright.transpose(Pillow.Transpose(back[turn]))
    exif = Pillow.Exif()
    exif[0x0112] = turn
    found = read_back(BytesIO(file(held, "PNG", exif=exif).read())).convert("RGB")
    assert found.size == (40, 20)
    assert near(found.getpixel((5, 4)), (250, 0, 0), 40)
    assert near(found.getpixel((35, 15)), (0, 0, 255), 40)


def test_sixteen_bits_of_grey_stay_grey() -> None:
    deep = Pillow.new("I;16", (30, 30), 30_000)
    assert near(read_back(BytesIO(file(deep, "PNG").read())).convert("RGB").getpixel((9, 9)), (117, 117, 117))


def test_a_printer_s_colours_are_read_as_colours() -> None:
    data = BytesIO(file(Pillow.new("CMYK", (30, 30), (0, 255, 255, 0)), "JPEG").read())
    assert near(read_back(data).convert("RGB").getpixel((9, 9)), (255, 0, 0), 30)


def test_the_colours_of_another_profile_are_made_ours() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    plain = Pillow.new("RGB", (30, 30), (200, 60, 40))
    for profile in (srgb, lab, b"x" * 400):  # the same, one that does not fit the pixels, none at all
        data = BytesIO(file(plain, "PNG", icc_profile=profile).read())
        assert near(read_back(data).convert("RGB").getpixel((9, 9)), (200, 60, 40))


def test_a_wide_profile_is_not_just_dropped() -> None:
    wide = swapped_profile()
    data = BytesIO(file(Pillow.new("RGB", (30, 30), (200, 60, 40)), "PNG", icc_profile=wide).read())
    assert not near(read_back(data).convert("RGB").getpixel((9, 9)), (200, 60, 40), 30)


def swapped_profile() -> bytes:
    """sRGB with red and green exchanged: whoever drops it shows other colours."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = struct.unpack(">I", data[128:132])[0]
    tags = {bytes(data[132 + 12 * n : 136 + 12 * n]): 132 + 12 * n for n in range(count)}
    red, green = tags[b"rXYZ"] + 4, tags[b"gXYZ"] + 4
    data[red : red + 8], data[green : green + 8] = data[green : green + 8], data[red : red + 8]
    return bytes(data)


def test_an_animated_png_goes_on_moving() -> None:
    frames = [Pillow.new("RGB", (20, 20), colour) for colour in ("red", "green", "blue")]
    found = read_back(BytesIO(file(frames[0], "PNG", save_all=True, append_images=frames[1:]).read()))
    assert getattr(found, "n_frames", 1) == 3


def test_nothing_behind_the_picture_is_kept() -> None:
    behind = b"<script>steal()</script>PK\x03\x04<?php"
    for kind in ("GIF", "PNG", "JPEG", "WEBP"):
        data = file(photo(), kind).read() + behind
        assert b"steal" not in developing.read(BytesIO(data)).data


def test_a_huge_exif_costs_nothing() -> None:
    exif = Pillow.Exif()
    exif[0x0112] = 6
    head = exif.tobytes()
    body = head + b"\0" * (60_000 - len(head))
    plain = file(photo((60, 40)), "JPEG").read()
    many = b"".join(b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body for _ in range(100))
    found = developing.read(BytesIO(plain[:2] + many + plain[2:]))
    assert b"Exif" not in found.data
    assert {found.width, found.height} == {60, 40}


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP", "AVIF", "JPEG"])
def test_a_file_that_was_cut_off_is_refused_in_words(kind: str) -> None:
    whole = file(photo((200, 200)), kind).read()
    with pytest.raises(developing.PictureRefused) as refused:
        developing.read(BytesIO(whole[: len(whole) // 2]))
    assert refused.value.messages[0] in (str(developing.BROKEN), str(developing.NO_PICTURE))


def test_a_profile_that_inflates_is_refused() -> None:
    data = b"p\0\0" + zlib.compress(b"\0" * 80_000_000, 9)
    chunk = struct.pack(">I", len(data)) + b"iCCP" + data + struct.pack(">I", zlib.crc32(b"iCCP" + data))
    plain = file(photo((4, 4)), "PNG").read()
    with pytest.raises(developing.PictureRefused):
        developing.read(BytesIO(plain[:33] + chunk + plain[33:]))


def test_a_photo_of_a_telephone_is_told_what_to_become() -> None:
    with pytest.raises(developing.PictureRefused) as refused:
        developing.read(BytesIO(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 100))
    assert refused.value.messages == [
        "This is a HEIC photo, which browsers can't show. Save it as JPEG and try again."
    ]


def test_whoever_waits_too_long_for_a_turn_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(developing, "PATIENCE", 0.01)
    with developing.in_turn(), pytest.raises(developing.PictureRefused) as refused:
        developing.read(file(photo(), "PNG"))
    assert refused.value.messages == [
        "Too many pictures are being prepared at this moment. Wait a little and try again."
    ]


def test_ten_thousand_frames_become_the_first() -> None:
    one = file(Pillow.new("P", (8, 8)), "GIF").read()
    at = one.index(b",\0\0\0\0\x08\0\x08\0")
    found = developing.read(BytesIO(one[:at] + one[at:-1] * 10_000 + b";"))
    assert (found.width, found.height) == (8, 8)
    assert getattr(Pillow.open(BytesIO(found.data)), "n_frames", 1) == 1
