"""colours: a picture's own colours as sRGB, which is what a file without a profile is taken for."""

from __future__ import annotations

import io

from PIL import Image as Pillow
from PIL import ImageCms

MAX_PROFILE = 4 * 1024 * 1024  # bytes; printers' profiles are the largest
_SIXTEEN = ("I;16", "I;16L", "I;16B", "I;16N", "I")


class Colours:
    """How one picture's pixels become sRGB; made before its pixels are touched, used on the whole or on its parts."""

    def __init__(self, picture: Pillow.Image) -> None:
        self._seen_through = picture.has_transparency_data
        self._mode = picture.mode if picture.mode in ("CMYK", "L") else "RGB"
        self._transform = _transform(picture, self._mode)

    def of(self, picture: Pillow.Image) -> Pillow.Image:
        """The picture, or a part of it, as RGB or RGBA."""
        if picture.mode in _SIXTEEN:
            picture = picture.point(lambda value: value * (1 / 256)).convert("L")
        wanted = "RGBA" if self._seen_through else "RGB"
        if self._transform is None:
            return picture if picture.mode == wanted else picture.convert(wanted)
        alpha = picture.convert("RGBA").getchannel("A") if self._seen_through else None
        if picture.mode != self._mode:
            picture = picture.convert(self._mode)
        ours = ImageCms.applyTransform(picture, self._transform)
        if ours is None:
            return picture.convert(wanted)
        if alpha is not None:
            ours.putalpha(alpha)
        return ours


def _transform(picture: Pillow.Image, mode: str) -> ImageCms.ImageCmsTransform | None:
    """From the profile in the file to sRGB; None where there is none, or none that can be used."""
    profile = picture.info.get("icc_profile")
    if not isinstance(profile, bytes) or not 128 < len(profile) <= MAX_PROFILE:
        return None
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.buildTransform(own, ImageCms.createProfile("sRGB"), mode, "RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None
