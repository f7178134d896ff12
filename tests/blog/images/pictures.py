"""pictures: files of pictures for tests, as cameras, programs and attackers write them."""

from __future__ import annotations

from io import BytesIO
from typing import Any, BinaryIO

from PIL import Image as Pillow

from blog import images
from blog.models import Image


def file(picture: Pillow.Image, kind: str, **how: Any) -> BinaryIO:
    out = BytesIO()
    picture.save(out, kind, **how)
    out.seek(0)
    return out


def photo(size: tuple[int, int] = (60, 40)) -> Pillow.Image:
    """Soft and of many colours, as photographs are; no two alike."""
    small = (max(2, size[0] // 8), max(2, size[1] // 8))
    bands = [Pillow.effect_noise(small, 90) for _ in range(3)]
    return Pillow.merge("RGB", bands).resize(size, Pillow.Resampling.BICUBIC)


def kept(size: tuple[int, int] = (1400, 700), alt: str = "", **given: Any) -> Image:
    """A stored photograph, no two alike."""
    return images.store(file(photo(size), "JPEG"), given.pop("user", None), alt, **given)
