"""pictures: which pictures and recordings are not stored here, and which say nothing to those who cannot see them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage

from blog.markup.pictures import is_local, says_nothing
from blog.models import Image
from importer.addresses import absolute, host_of
from importer.identity import sha256
from importer.mending.shown import Picture
from importer.mending.wants import Seen, Want
from importer.mending.within import Within
from importer.models import MediaItem

SAID = 300


@dataclass(slots=True)
class Missing:
    """One thing that stands elsewhere, as its posts show it."""

    url: str
    recording: bool
    posts: dict[int, Seen] = field(default_factory=dict)
    items: list[int] = field(default_factory=list)
    alt: str = ""
    state: str = ""  # of its media items
    why: str = ""


# -- not stored here ---------------------------------------------------------------------------------


def picture_wants(within: Within) -> Iterator[Want]:
    for subject, one in missing(within).items():
        about: dict[str, Any] = {
            "url": one.url,
            "address": absolute(one.url),
            "host": host_of(one.url),
            "recording": one.recording,
            "items": tuple(one.items),
            "alt": "" if says_nothing(one.alt) else one.alt,
            "state": one.state,
            "why": one.why,
        }
        yield Want("picture", subject, one.url[:SAID], tuple(one.posts.values()), about)


def missing(within: Within) -> dict[str, Missing]:
    """By what names them: the same address in several posts is one thing, a relative one is another in each."""
    items = items_by_place(within)
    found: dict[str, Missing] = {}
    for post, url, alt, recording in elsewhere(within):
        subject = subject_of(url, post)
        one = found.setdefault(subject, Missing(url, recording))
        one.posts[post] = within.seen[post]
        one.alt = one.alt or alt
        if item := items.get((post, url)):
            one.items.append(item["pk"])
            one.state, one.why = item["status"], item["last_error"]
    return found


def subject_of(url: str, post: int) -> str:
    return sha256(url)[:32] if absolute(url) else f"{sha256(url)[:32]}-{post}"


def elsewhere(within: Within) -> Iterator[tuple[int, str, str, bool]]:
    """Post, address, alternative text, whether it is a recording."""
    for picture in within.pictures:
        if picture.post in within.seen and is_elsewhere(picture.src):
            yield picture.post, picture.src, picture.alt, picture.recording
    for row in within.rows:
        if row["cover_url"] and row["cover"] is None:
            yield row["pk"], row["cover_url"], row["cover_alt"], False


def is_elsewhere(src: str) -> bool:
    return not is_local(src, settings.MEDIA_URL) and not src.startswith("data:")


def items_by_place(within: Within) -> Mapping[tuple[int, str], dict[str, Any]]:
    rows = MediaItem.objects.filter(within.scope.within("imported__post"), imported__shared=False)
    waiting = rows.exclude(status=MediaItem.Status.STORED, last_error="")
    found = waiting.values("pk", "imported__post", "url", "status", "last_error")
    return {(row["imported__post"], row["url"]): dict(row) for row in found}


# -- says nothing --------------------------------------------------------------------------------------


def alt_wants(within: Within) -> Iterator[Want]:
    found: dict[str, dict[int, Seen]] = {}
    for picture in within.pictures:
        if picture.post in within.seen and is_silent(picture):
            found.setdefault(picture.src, {})[picture.post] = within.seen[picture.post]
    for row in within.rows:
        if row["cover"] is None or not row["cover__file"] or row["cover__decorative"]:
            continue
        src = default_storage.url(row["cover__file"])
        if says_nothing(row["cover_alt"] or row["cover__alt"]):
            found.setdefault(src, {})[row["pk"]] = within.seen[row["pk"]]
    adorning = decorative() if found else set()
    for src, posts in found.items():
        if src in adorning:
            continue
        yield Want("alt", sha256(src)[:32], src[:SAID], tuple(posts.values()), {"src": src})


def decorative() -> set[str]:
    """The addresses of the stored pictures that only adorn."""
    names = Image.objects.filter(decorative=True).values_list("file", flat=True)
    return {default_storage.url(name) for name in names}


def is_silent(picture: Picture) -> bool:
    return picture.has_alt and is_local(picture.src, settings.MEDIA_URL) and says_nothing(picture.alt)
