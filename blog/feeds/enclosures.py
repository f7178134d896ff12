"""enclosures: the files that come with a post in a feed: its cover and the recordings of its text, where they are stored here."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.conf import settings
from django.core.files.storage import default_storage

from blog.addresses import absolute
from blog.mediatypes import type_of
from blog.models import Post

MOST = 20  # recordings a post
_PLAYED = re.compile(
    rf'<(?:audio|video|source)(?: [^\s="<>]+(?:="[^"]*")?)*? src="{re.escape(settings.MEDIA_URL)}'
    r'((?:audio|video)/[0-9a-f]{2}/[0-9a-f]{8,64}\.(?:m4a|mp3|mp4|ogg|opus|wav|webm))"'
)


@dataclass(frozen=True, slots=True)
class Enclosure:
    """One file, as formats want it: an absolute address, its media type, its length in bytes."""

    address: str
    kind: str
    length: int


def cover_of(post: Post) -> Enclosure | None:
    """The cover that is stored here; of one elsewhere the length is not known."""
    if post.cover is None:
        return None
    address = absolute(post.cover.file.url)
    return Enclosure(address, type_of(post.cover.file.name or ""), post.cover.size)


def recordings_of(post: Post) -> tuple[Enclosure, ...]:
    """Sound and film that the text plays and that are stored here, each once, in its order; a lost file encloses nothing."""
    names = list(dict.fromkeys(_PLAYED.findall(post.feed_html)))[:MOST]
    found = ((name, _length(name)) for name in names)
    return tuple(
        Enclosure(absolute(default_storage.url(name)), type_of(name), length)
        for name, length in found
        if length
    )


def _length(name: str) -> int:
    try:
        return default_storage.size(name)
    except (OSError, NotImplementedError):
        return 0
