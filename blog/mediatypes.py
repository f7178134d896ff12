"""mediatypes: what may leave of the stored files, and as what.

The name decides: a picture was decoded and written anew when it came in, a recording was known by its bytes.
"""

from __future__ import annotations

TYPES = {
    "avif": "image/avif",
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
    "png": "image/png",
    "wav": "audio/wav",
    "webm": "video/webm",
    "webp": "image/webp",
}


def type_of(name: str) -> str:
    """The media type of a stored file, by its name."""
    return TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")
