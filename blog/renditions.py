"""renditions: smaller copies of a stored picture, made once, and what a page says of them so that a browser takes the fitting one."""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from PIL import Image as Pillow

from blog import wholefiles
from blog.developing import in_turn
from blog.markup.pictures import Stored
from blog.models import FormerFile, Image, Rendition

WIDTHS = (320, 640, 960, 1280, 1920)  # pixels
WORTH_IT = 0.9  # of the next larger: what is hardly narrower or lighter is left out
QUALITY = 80
FINE_QUALITY = 90  # of drawings, whose edges suffer first
_ITS_NAME = re.compile(r"images/[0-9a-f]{2}/[0-9a-f]{64}-[0-9]{2,4}\.webp")


def is_rendition(name: str) -> bool:
    """Whether a stored file is one of these, and so can be made again from its picture."""
    return _ITS_NAME.fullmatch(name) is not None


def name_of(name: str, width: int) -> str:
    return f"{name.removesuffix('.webp')}-{width}.webp"


# -- what a page says ------------------------------------------------------------------------------


def srcset(image: Image) -> str:
    """For the attribute of that name; empty where there is one size alone."""
    name, widths = str(image.file.name), image.widths or ()
    if not widths:
        return ""
    sizes = [(default_storage.url(name_of(name, width)), width) for width in widths]
    return ", ".join(f"{url} {width}w" for url, width in [*sizes, (image.file.url, image.width)])


def small_url(image: Image, width: int) -> str:
    """The address of the smallest copy that is at least so wide, or of the picture itself."""
    fitting = next((one for one in image.widths or () if one >= width), None)
    return image.file.url if fitting is None else default_storage.url(name_of(str(image.file.name), fitting))


def known(addresses: Collection[str]) -> Mapping[str, Stored]:
    """What pages are to say of the pictures at these addresses of ours; one query, two where a file was replaced."""
    names = {address.removeprefix(settings.MEDIA_URL): address for address in addresses}
    if not names:
        return {}
    columns = ("file", "width", "height", "widths")
    found = {str(one.file.name): one for one in Image.objects.filter(file__in=names).only(*columns)}
    missing = names.keys() - found.keys()
    if missing:
        former = FormerFile.objects.filter(file__in=missing).select_related("image")
        found |= {one.file: one.image for one in former}
    return {names[name]: _stored(image) for name, image in found.items()}


def _stored(image: Image) -> Stored:
    return Stored(image.pk, image.file.url, image.width, image.height, srcset(image))


# -- making them -----------------------------------------------------------------------------------


def kind_of(data: bytes) -> str:
    """Told by the head of a WebP of ours."""
    if data[12:16] == b"VP8X" and data[20] & 0x02:
        return Image.Kind.MOVING
    return Image.Kind.DRAWING if data[12:16] == b"VP8L" else Image.Kind.PHOTO


@dataclass(frozen=True, slots=True)
class Copies:
    """The copies of one file, stored; their rows are not yet written."""

    kind: str
    rows: tuple[Rendition, ...]


def make(image: Image, data: bytes | None = None) -> tuple[int, ...]:
    """Make what is missing, and note it on the picture; the widths. `data` is the file, where it is at hand.

    Raises OSError where the file is gone or can't be read.
    """
    name = str(image.file.name)
    if data is None:
        with default_storage.open(name, "rb") as file:
            data = file.read()
    return keep(image, drawn(name, data))


def drawn(name: str, data: bytes) -> Copies:
    """Make the copies of a file of this name: the slow part, before a transaction opens."""
    kind = kind_of(data) if data[:4] == b"RIFF" else Image.Kind.PHOTO
    if kind == Image.Kind.MOVING or not name.endswith(".webp"):
        return Copies(kind, ())
    with in_turn():
        return Copies(kind, tuple(_made(name, data, kind)))


def keep(image: Image, copies: Copies) -> tuple[int, ...]:
    """Write their rows, and on the picture's own what pages ask of it."""
    image.kind, image.widths = copies.kind, sorted(row.width for row in copies.rows)
    for row in copies.rows:
        row.image = image
    with transaction.atomic():
        image.renditions.all().delete()
        Rendition.objects.bulk_create(copies.rows)
        image.save(update_fields=["kind", "widths"])
    return tuple(image.widths)


def _made(name: str, data: bytes, kind: str) -> Iterator[Rendition]:
    """The widest first: each is made from the one before, which costs a third of making each from the whole."""
    with Pillow.open(io.BytesIO(data), formats=("WEBP",)) as opened:
        picture = opened.convert("RGBA" if opened.has_transparency_data else "RGB")
    whole, width, size = picture.size, picture.width, len(data)
    quality = FINE_QUALITY if kind == Image.Kind.DRAWING else QUALITY
    for wanted in sorted(WIDTHS, reverse=True):
        if wanted > width * WORTH_IT:
            continue
        height = max(1, round(whole[1] * wanted / whole[0]))
        picture = picture.resize((wanted, height), Pillow.Resampling.LANCZOS, reducing_gap=3.0)
        out = io.BytesIO()
        picture.save(out, "WEBP", quality=quality, method=4)
        if len(out.getvalue()) > size * WORTH_IT:
            continue
        width, size = wanted, len(out.getvalue())
        own = name_of(name, wanted)
        if default_storage.exists(own):
            default_storage.delete(own)
        wholefiles.keep(own, out.getvalue())
        yield Rendition(file=own, width=wanted, height=height, size=size)


def files_of(image: Image) -> list[str]:
    """Names of all its files: its own, and those of its copies."""
    return [str(image.file.name), *image.renditions.values_list("file", flat=True)]
