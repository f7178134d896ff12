"""storedfiles: pictures and recordings that an undone run brought go with it, where nothing else here shows them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q

from blog.images import delete_files
from blog.images import forget as forget_picture
from blog.models import Image, Post, Revision
from importer.models import ImportedEntry, Made, MediaItem, Run

NAME = re.compile(r"(?:images|audio|video)/[\w/-]+\.\w+")
AT_ONCE = 200


@dataclass(slots=True)
class Shown:
    """What the posts showed that are removed."""

    images: set[int] = field(default_factory=set)
    recordings: set[str] = field(default_factory=set)


def note(rows: Iterable[ImportedEntry], shown: Shown) -> None:
    """Remember what these entries show before they are forgotten."""
    items = MediaItem.objects.filter(imported__in=[row.pk for row in rows])
    for image, recording in items.values_list("image_id", "name"):
        shown.images |= {image} if image else set()
        shown.recordings |= {recording} if recording else set()


def forget(run: Run, shown: Shown) -> int:
    """Take out the rows of what imports brought, this run or the posts that are gone showed, and nobody uses; how many."""
    by_run = Made.objects.filter(run=run)
    brought = Made.objects.filter(Q(run=run) | Q(image__in=shown.images))
    images = {
        one.image.pk: one.image
        for one in brought.filter(image__isnull=False).select_related("image")
        if one.image is not None and one.image.alt == one.alt and one.image.uploaded_by_id is None
    }
    heard = Made.objects.filter(recording__in=shown.recordings) | by_run.exclude(recording="")
    recordings = set(heard.values_list("recording", flat=True)) - {""}
    names = {str(image.file.name) for image in images.values()} | recordings
    if not names:
        return 0
    needed = in_use(names) | covers(images) | listed(images, recordings)
    gone = [image for image in images.values() if str(image.file.name) not in needed]
    for image in gone:
        forget_picture(image)
    silent = sorted(recordings - needed)
    Made.objects.filter(recording__in=silent).delete()
    transaction.on_commit(lambda: delete_files(silent))
    return len(gone) + len(silent)


def in_use(names: Collection[str]) -> set[str]:
    """Those of these files that a post shows, in the trash too, or showed in a revision that it may go back to."""
    wanted, found = set(names), set()
    for body in bodies():
        found |= wanted & set(NAME.findall(body))
    return found


def bodies() -> Iterator[str]:
    starts = Q(body__contains="images/") | Q(body__contains="audio/") | Q(body__contains="video/")
    yield from Post.everything.filter(starts).values_list("body", flat=True).iterator(chunk_size=AT_ONCE)
    said = Revision.objects.values_list("state__body", flat=True).iterator(chunk_size=AT_ONCE)
    yield from (body for body in said if isinstance(body, str))


def covers(images: dict[int, Image]) -> set[str]:
    used = set(Post.everything.filter(cover__in=images).values_list("cover_id", flat=True))
    used |= set(Revision.objects.filter(state__cover__in=list(images)).values_list("state__cover", flat=True))
    return {str(images[pk].file.name) for pk in used if pk in images}


def listed(images: dict[int, Image], recordings: Collection[str]) -> set[str]:
    """What entries that are still here show."""
    items = MediaItem.objects.filter(Q(image__in=images) | Q(name__in=recordings))
    found = set(items.values_list("image__file", "name"))
    return {name for pair in found for name in pair if name}
