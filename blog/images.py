"""images: check a picture, decode it, write it anew and store it once; the file that came is never kept."""

from __future__ import annotations

import hashlib
import io
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from PIL import Image as Pillow
from PIL import ImageOps, ImageSequence

from accounts.models import User
from blog.models import Image

MAX_BYTES = 10 * 1024 * 1024  # of the file as it comes
MAX_PIXELS = 40_000_000  # width times height, checked before anything is decoded
MAX_PIXELS_WHOLE = 14_000_000  # of WebP and AVIF, whose decoders hold the picture several times over
MAX_SIDE = 2560  # pixels; larger pictures are stored smaller
MAX_FRAMES = 200
MAX_MOVING_PIXELS = 30_000_000  # of all frames together; beyond it the first frame alone is kept
PORTRAIT_SIDE = 512
QUALITY = 82
FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "AVIF")
# Pillow only warns at twice this; our own check comes first and this one stands behind it.
Pillow.MAX_IMAGE_PIXELS = MAX_PIXELS

TOO_BIG = f"The file is larger than {MAX_BYTES // 1024 // 1024} MB. Make the picture smaller and try again."
TOO_MANY_PIXELS = "The picture has more than {millions} million pixels. Make it smaller and try again."
NO_PICTURE = "This is no picture that can be used here: choose a PNG, JPEG, WebP, GIF or AVIF file."
BROKEN = "The picture can't be read to its end: the file is damaged or cut off. Save it anew and try again."


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


def store(
    upload: BinaryIO,
    user: User | None,
    alt: str = "",
    *,
    name: str = "",
    source_url: str = "",
    most: int = MAX_BYTES,
) -> Image:
    """Check, decode, write anew and keep a picture; the same picture is kept once. Raises PictureRefused.

    `upload` is any open binary file, an uploaded one too; `name` is the name it came with, kept as text alone.
    `most` is how many bytes it may have.
    """
    picture = read(upload, most=most)
    known = Image.objects.filter(sha256=picture.sha256).first()
    if known is not None:
        return _with_alt(known, alt)
    image = Image(
        file=_keep(picture, "images"),
        sha256=picture.sha256,
        width=picture.width,
        height=picture.height,
        size=len(picture.data),
        alt=alt[:500],
        original_name=_plain_name(name or str(getattr(upload, "name", "") or "")),
        source_url=source_url,
        uploaded_by=user,
    )
    try:
        with transaction.atomic():
            image.save()
    except IntegrityError:  # the same picture came twice at once
        return _with_alt(Image.objects.get(sha256=picture.sha256), alt)
    return image


def store_portrait(upload: BinaryIO) -> str:
    """Keep an author's picture, a square of at most PORTRAIT_SIDE pixels; its name in the storage. Raises PictureRefused."""
    return _keep(read(upload, square=PORTRAIT_SIDE), "authors")


def alt_of(image_id: int) -> str:
    return Image.objects.filter(pk=image_id).values_list("alt", flat=True).first() or ""


def read(upload: BinaryIO, *, square: int | None = None, most: int = MAX_BYTES) -> Picture:
    """Check and decode a picture and write it anew; `square` crops its middle to that many pixels a side at most."""
    data = _bytes_of(upload, most)
    with _refusing(NO_PICTURE):
        _refuse_giants(data)
        picture = Pillow.open(io.BytesIO(data), formats=FORMATS)
    _refuse_pixels(picture.width * picture.height, whole=picture.format in ("WEBP", "AVIF"))
    with _refusing(BROKEN):
        if square is None and _moves(picture):
            return _write_moving(picture)
        return _write_still(picture, square)


def forget(image: Image) -> None:
    """Delete a picture, file and all. Whoever asks has made sure that no post shows it."""
    name = image.file.name
    image.delete()
    if name:
        default_storage.delete(name)


# -- looking at the file ---------------------------------------------------------------------------


def _bytes_of(upload: BinaryIO, most: int) -> bytes:
    upload.seek(0)
    data = upload.read(most + 1)
    if len(data) > most:
        raise PictureRefused(TOO_BIG)
    return data


@contextmanager
def _refusing(sentence: str) -> Iterator[None]:
    """Decoders raise nearly anything at hostile bytes; all of it means that this is no picture for us."""
    try:
        yield
    except PictureRefused:
        raise
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning) as bomb:
        raise PictureRefused(_too_many(MAX_PIXELS)) from bomb
    except Exception as problem:
        raise PictureRefused(sentence) from problem


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
    return TOO_MANY_PIXELS.format(millions=limit // 1_000_000)


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
        picture.mode in ("1", "L", "LA", "P") or picture.getcolors(256) is not None
    )
    picture = _shrunk(picture, MAX_SIDE)
    ImageOps.exif_transpose(picture, in_place=True)
    upright = _in_colour(picture)
    if square is not None:
        side = min(square, upright.width, upright.height)
        upright = ImageOps.fit(upright, (side, side), Pillow.Resampling.LANCZOS)
    data = _encoded(upright, quality=QUALITY, method=4)
    if few_colours and square is None:
        # A drawing or a screenshot: its edges stay sharp, mostly for fewer bytes too.
        exact = _encoded(upright, lossless=True, exact=True, method=4)
        data = exact if len(exact) <= 2 * len(data) else data
    return Picture(data, upright.width, upright.height)


def _shrunk(picture: Pillow.Image, side: int) -> Pillow.Image:
    """At most `side` pixels a side; orientation and the rest of `info` stay with it."""
    factor = max(picture.size) // side
    if factor > 1:
        picture = _reduced(picture, factor)
    if max(picture.size) > side:
        picture = picture if picture.mode in ("L", "RGB", "RGBA") else _in_colour(picture)
        picture.thumbnail((side, side), Pillow.Resampling.LANCZOS)
    return picture


def _reduced(picture: Pillow.Image, factor: int) -> Pillow.Image:
    """A whole fraction of the size, made in bands: a giant is never held twice."""
    exif = picture.getexif()
    width, height = -(-picture.width // factor), -(-picture.height // factor)
    small = Pillow.new("RGBA" if picture.has_transparency_data else "RGB", (width, height))
    band = 64 * factor
    for top in range(0, picture.height, band):
        strip = picture.crop((0, top, picture.width, min(top + band, picture.height)))
        small.paste(_in_colour(strip).reduce(factor), (0, top // factor))
    picture.close()
    small.info["exif"] = exif.tobytes()
    return small


def _in_colour(picture: Pillow.Image) -> Pillow.Image:
    if picture.mode in ("RGB", "RGBA"):
        return picture
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


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
        frames.append(_shrunk(frame.convert("RGBA"), MAX_SIDE // 2))
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


# -- keeping it --------------------------------------------------------------------------------------


def _keep(picture: Picture, folder: str) -> str:
    """Write the file where it is not yet; its name is made from its content, so the same name is the same picture."""
    path = picture.path(folder)
    if not default_storage.exists(path):
        default_storage.save(path, ContentFile(picture.data))
    return path


def _with_alt(image: Image, alt: str) -> Image:
    if alt and not image.alt:
        image.alt = alt[:500]
        image.save(update_fields=["alt"])
    return image


def _plain_name(name: str) -> str:
    """The last part of the name it came with, printable characters alone."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(character for character in last if character.isprintable())[:200]
