"""developing: check a picture, decode it and write it anew, within bounds of memory; the file that came is never kept."""

from __future__ import annotations

import hashlib
import io
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image as Pillow
from PIL import ImageOps, ImageSequence

from blog.colours import Colours

MAX_BYTES = 10 * 1024 * 1024  # of the file as it comes
MAX_PIXELS = 40_000_000  # width times height, checked before anything is decoded
MAX_PIXELS_WHOLE = 14_000_000  # of WebP and AVIF, whose decoders hold the picture several times over
MAX_SIDE = 2560  # pixels; larger pictures are stored smaller
MAX_FRAMES = 200
MAX_MOVING_PIXELS = 30_000_000  # of all frames together; beyond it the first frame alone is kept
PORTRAIT_SIDE = 512
QUALITY = 82
# What EXIF calls the eight ways to hold a camera, and what sets the picture upright.
_TURNS = {
    2: Pillow.Transpose.FLIP_LEFT_RIGHT,
    3: Pillow.Transpose.ROTATE_180,
    4: Pillow.Transpose.FLIP_TOP_BOTTOM,
    5: Pillow.Transpose.TRANSPOSE,
    6: Pillow.Transpose.ROTATE_270,
    7: Pillow.Transpose.TRANSVERSE,
    8: Pillow.Transpose.ROTATE_90,
}
FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "AVIF")
# Pillow only warns at twice this; our own check comes first and this one stands behind it.
Pillow.MAX_IMAGE_PIXELS = MAX_PIXELS

TOO_BIG = _("The file is larger than 10 MB. Make the picture smaller and try again.")
TOO_MANY_PIXELS = _("The picture has more than %(millions)d million pixels. Make it smaller and try again.")
NO_PICTURE = _("This is no picture that can be used here: choose a PNG, JPEG, WebP, GIF or AVIF file.")
BROKEN = _(
    "The picture can't be read to its end: the file is damaged or cut off. Save it anew and try again."
)
FROM_A_PHONE = _("This is a HEIC photo, which browsers can't show. Save it as JPEG and try again.")
BUSY = _("Too many pictures are being prepared at this moment. Wait a little and try again.")
PATIENCE = 20  # seconds that a picture waits for its turn
# One at a time a process: a giant takes some 200 MB while it is decoded.
_turn = threading.Semaphore(1)


class PictureRefused(ValidationError):
    """Why a file is not taken as a picture; the message is a sentence for the form."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture written anew as WebP: no metadata, upright, at most MAX_SIDE pixels a side."""

    data: bytes
    width: int  # pixels
    height: int  # pixels

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    def path(self, folder: str) -> str:
        return f"{folder}/{self.sha256[:2]}/{self.sha256}.webp"


def read(upload: BinaryIO, *, square: int | None = None, most: int = MAX_BYTES) -> Picture:
    """Check and decode a picture and write it anew; `square` crops its middle to that many pixels a side at most."""
    data = _bytes_of(upload, most)
    with in_turn(), _refusing(NO_PICTURE):
        _refuse_giants(data)
        _refuse_phones(data)
        picture = Pillow.open(io.BytesIO(data), formats=FORMATS)
        _refuse_pixels(picture.width * picture.height, whole=picture.format in ("WEBP", "AVIF"))
        with _refusing(BROKEN):
            if square is None and _moves(picture):
                return _write_moving(picture)
            return _write_still(picture, square)


@contextmanager
def in_turn() -> Iterator[None]:
    """Where memory and processor are bounded: one picture at a time. Raises PictureRefused when the wait is too long."""
    if not _turn.acquire(timeout=PATIENCE):
        raise PictureRefused(BUSY)
    try:
        yield
    finally:
        _turn.release()


# -- looking at the file ---------------------------------------------------------------------------


def _bytes_of(upload: BinaryIO, most: int) -> bytes:
    upload.seek(0)
    data = upload.read(most + 1)
    if len(data) > most:
        raise PictureRefused(TOO_BIG)
    return data


@contextmanager
def _refusing(sentence: object) -> Iterator[None]:
    """Decoders raise nearly anything at hostile bytes; all of it means that this is no picture for us."""
    try:
        yield
    except PictureRefused:
        raise
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning) as bomb:
        raise PictureRefused(_too_many(MAX_PIXELS)) from bomb
    except Exception as problem:
        raise PictureRefused(str(sentence)) from problem


def _refuse_giants(data: bytes) -> None:
    """A WebP's canvas is set aside while it is opened, before Pillow tells its size: read the size from the header."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        return
    kind, head = data[12:16], data[20:30]
    width = height = 0
    if kind == b"VP8X":
        width = 1 + int.from_bytes(head[4:7], "little")
        height = 1 + int.from_bytes(head[7:10], "little")
    elif kind == b"VP8L":
        bits = int.from_bytes(head[1:5], "little")
        width, height = 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    elif kind == b"VP8 ":
        width, height = (side & 0x3FFF for side in struct.unpack("<HH", head[6:10]))
    _refuse_pixels(width * height, whole=True)


def _too_many(limit: int) -> str:
    return str(TOO_MANY_PIXELS) % {"millions": limit // 1_000_000}


def _refuse_phones(data: bytes) -> None:
    if data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"heif", b"mif1", b"hevc"):
        raise PictureRefused(FROM_A_PHONE)


def _refuse_pixels(pixels: int, *, whole: bool) -> None:
    limit = MAX_PIXELS_WHOLE if whole else MAX_PIXELS
    if pixels > limit:
        raise PictureRefused(_too_many(limit))


def _moves(picture: Pillow.Image) -> bool:
    """Whether it has several frames, and few and small enough to keep them all."""
    frames = 1
    try:
        while frames <= MAX_FRAMES:
            picture.seek(frames)
            frames += 1
    except EOFError:
        pass
    picture.seek(0)
    return 1 < frames <= MAX_FRAMES and picture.width * picture.height * frames <= MAX_MOVING_PIXELS


# -- writing it anew -------------------------------------------------------------------------------


def _write_still(picture: Pillow.Image, square: int | None) -> Picture:
    wanted = MAX_SIDE / max(picture.size)
    picture.draft(
        "RGB", (round(picture.width * wanted), round(picture.height * wanted))
    )  # a JPEG is decoded small
    picture.load()
    few_colours = max(picture.size) <= MAX_SIDE and (
        picture.mode in ("1", "L", "LA", "P")
        or (picture.mode in ("RGB", "RGBA") and picture.getcolors(256) is not None)
    )
    upright = _upright(picture)
    if square is not None:
        side = min(square, upright.width, upright.height)
        upright = ImageOps.fit(upright, (side, side), Pillow.Resampling.LANCZOS)
    data = _encoded(upright, quality=QUALITY, method=4)
    if few_colours and square is None:
        # A drawing or a screenshot: its edges stay sharp, mostly for fewer bytes too.
        exact = _encoded(upright, lossless=True, exact=True, method=4)
        data = exact if len(exact) <= 2 * len(data) else data
    return Picture(data, upright.width, upright.height)


def _upright(picture: Pillow.Image) -> Pillow.Image:
    """As RGB or RGBA, in sRGB, at most MAX_SIDE pixels a side, turned as the camera says it was held."""
    turn = _TURNS.get(_orientation(picture))
    small = _shrunk(picture, MAX_SIDE, Colours(picture))
    return small if turn is None else small.transpose(turn)


def _orientation(picture: Pillow.Image) -> int:
    try:
        return int(picture.getexif().get(0x0112, 1))
    except Exception:  # whatever a camera, or somebody who is none, has written there
        return 1


def _shrunk(picture: Pillow.Image, side: int, colours: Colours) -> Pillow.Image:
    factor = max(picture.size) // side
    if factor > 1:
        small = _reduced(picture, factor, colours)
    elif max(picture.size) > side and picture.mode in ("L", "RGB", "RGBA", "CMYK"):
        picture.thumbnail((side, side), Pillow.Resampling.LANCZOS)  # fewer pixels to be made ours
        small = colours.of(picture)
    else:
        small = colours.of(picture)
    if max(small.size) > side:
        small.thumbnail((side, side), Pillow.Resampling.LANCZOS)
    return small


def _reduced(picture: Pillow.Image, factor: int, colours: Colours) -> Pillow.Image:
    """A whole fraction of the size, made in bands: a giant is never held twice."""
    width, height = -(-picture.width // factor), -(-picture.height // factor)
    small = Pillow.new("RGBA" if picture.has_transparency_data else "RGB", (width, height))
    band = 64 * factor
    for top in range(0, picture.height, band):
        strip = picture.crop((0, top, picture.width, min(top + band, picture.height)))
        small.paste(colours.of(strip).reduce(factor), (0, top // factor))
    picture.close()
    return small


def _encoded(picture: Pillow.Image, **how: int | bool) -> bytes:
    """The pixels alone: what the file said of its camera, place and colours is not handed on."""
    bare = Pillow.new(picture.mode, picture.size)
    bare.paste(picture)
    out = io.BytesIO()
    bare.save(out, "WEBP", **how)
    return out.getvalue()


def _write_moving(picture: Pillow.Image) -> Picture:
    frames: list[Pillow.Image] = []
    durations: list[int] = []
    loop = int(picture.info.get("loop", 0))
    for frame in ImageSequence.Iterator(picture):
        durations.append(max(20, min(int(frame.info.get("duration") or 100), 60_000)))
        frames.append(_small_frame(frame.convert("RGBA")))
    for frame in frames:
        frame.info.clear()
    out = io.BytesIO()
    frames[0].save(
        out,
        "WEBP",
        save_all=True,
        append_images=frames[1:],
        duration=durations,
        loop=loop,
        quality=QUALITY,
        method=4,
    )
    return Picture(out.getvalue(), frames[0].width, frames[0].height)


def _small_frame(frame: Pillow.Image) -> Pillow.Image:
    frame.thumbnail((MAX_SIDE // 2, MAX_SIDE // 2), Pillow.Resampling.LANCZOS)
    return frame
