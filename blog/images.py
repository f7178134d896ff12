"""images: store a picture once, under a name made from its content, with its renditions; forget it, file and all."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from typing import BinaryIO

from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from accounts.models import User
from blog import renditions, wholefiles
from blog.developing import MAX_BYTES, PORTRAIT_SIDE, Picture, PictureRefused, read
from blog.models import Image

logger = logging.getLogger(__name__)

__all__ = [
    "MAX_BYTES",
    "PORTRAIT_SIDE",
    "Picture",
    "PictureRefused",
    "adopt",
    "alt_of",
    "forget",
    "read",
    "store",
    "store_portrait",
]


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
        file=keep(picture, "images"),
        sha256=picture.sha256,
        width=picture.width,
        height=picture.height,
        size=len(picture.data),
        alt=alt[:500],
        original_name=plain_name(name or str(getattr(upload, "name", "") or "")),
        source_url=source_url,
        uploaded_by=user,
    )
    try:
        with transaction.atomic():
            image.save()
    except IntegrityError:  # the same picture came twice at once
        return _with_alt(Image.objects.get(sha256=picture.sha256), alt)
    _with_renditions(image, picture.data)
    return image


def adopt(name: str, data: bytes, **said: str | bool) -> Image:
    """The row of a picture whose file, of ours, lies in the storage already; `said` are columns such as its alt text."""
    sha256 = hashlib.sha256(data).hexdigest()
    known = Image.objects.filter(sha256=sha256).first()
    if known is not None:
        return known
    image = Image.objects.create(file=name, sha256=sha256, size=len(data), **said)
    _with_renditions(image, data)
    return image


def _with_renditions(image: Image, data: bytes) -> None:
    """A picture is whole without them: what hinders them now is left to `make_renditions`."""
    try:
        renditions.make(image, data)
    except (OSError, PictureRefused) as problem:
        logger.warning("No smaller copies of %s were made: %s", image.file.name, problem)


def store_portrait(upload: BinaryIO) -> str:
    """Keep an author's picture, a square of at most PORTRAIT_SIDE pixels; its name in the storage. Raises PictureRefused."""
    return keep(read(upload, square=PORTRAIT_SIDE), "authors")


def alt_of(image_id: int) -> str:
    return Image.objects.filter(pk=image_id).values_list("alt", flat=True).first() or ""


def forget(image: Image) -> None:
    """Delete a picture, its copies and all files. Whoever asks has made sure that no post shows it."""
    names = renditions.files_of(image)
    image.delete()
    transaction.on_commit(lambda: delete_files(names))


def delete_files(names: Iterable[str]) -> None:
    for name in names:
        default_storage.delete(name)


# -- keeping it --------------------------------------------------------------------------------------


def keep(picture: Picture, folder: str) -> str:
    """Write the file where it is not yet; its name is made from its content, so the same name is the same picture."""
    path = picture.path(folder)
    try:
        wholefiles.keep(path, picture.data)
    except wholefiles.NoRoom as problem:
        raise PictureRefused(str(problem)) from problem
    return path


def _with_alt(image: Image, alt: str) -> Image:
    if alt and not image.alt:
        image.alt = alt[:500]
        image.save(update_fields=["alt"])
    return image


def plain_name(name: str) -> str:
    """The last part of the name it came with, printable characters alone."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(character for character in last if character.isprintable())[:200]
