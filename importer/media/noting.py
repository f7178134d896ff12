"""noting: what new and changed entries show is listed beside them, in the transaction that stores their text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from importer.documents import bundles
from importer.entry import Entry
from importer.identity import sha256
from importer.media.finding import Wanted, wanted_of
from importer.models import ImportedEntry, MediaItem, Run, Source
from importer.preparing.cleaning import Cleaned

Key = tuple[int, str, str]  # imported entry, kind, digest of the address


@dataclass(frozen=True, slots=True)
class Brought:
    """A post that a run has written."""

    post_id: int
    entry: Entry
    cleaned: Cleaned
    new: bool


def wanted_by(brought: Brought) -> list[Wanted]:
    content, rendered = brought.cleaned.content, brought.cleaned.prepared.rendered
    cover = content.cover_url or (brought.entry.cover if bundles.named(brought.entry.cover) else "")
    page = rendered.feed_html
    if not cover and not rendered.images and "<audio" not in page and "<video" not in page:
        return []
    return wanted_of(page, content.body, cover, settings.MEDIA_URL)


def note(brought: Sequence[Brought], *, source: Source, run: Run) -> None:
    """List what these posts show. What was stored is pending again: the post has the source's own addresses now."""
    found = {one.post_id: (one, wanted) for one in brought if (wanted := wanted_by(one)) or not one.new}
    if not found:
        return
    rows = ImportedEntry.objects.filter(source=source, shared=False, post__in=list(found))
    ids = dict(rows.values_list("post_id", "pk"))
    known = items_of([ids[post_id] for post_id, (one, _) in found.items() if not one.new and post_id in ids])
    fresh: list[MediaItem] = []
    again: list[MediaItem] = []
    for post_id, (one, wanted) in found.items():
        for item in wanted if post_id in ids else ():
            old = known.pop((ids[post_id], item.kind, sha256(item.url)), None)
            if old is None:
                fresh.append(made(ids[post_id], item, one.entry, run))
            else:
                again.append(refreshed(old, item, run))
    MediaItem.objects.bulk_create(fresh, ignore_conflicts=True)
    MediaItem.objects.bulk_update(again, ["status", "others", "run", "updated_at"], batch_size=200)
    MediaItem.objects.filter(pk__in=[item.pk for item in known.values()]).delete()


def items_of(imported: Iterable[int]) -> dict[Key, MediaItem]:
    items = MediaItem.objects.filter(imported__in=list(imported))
    return {(item.imported_id, item.kind, item.url_sha256): item for item in items}


def made(imported_id: int, wanted: Wanted, entry: Entry, run: Run) -> MediaItem:
    return MediaItem(
        imported_id=imported_id,
        run=run,
        kind=wanted.kind,
        url=wanted.url,
        url_sha256=sha256(wanted.url),
        others=list(wanted.others),
        base=entry.base_url,
    )


def refreshed(item: MediaItem, wanted: Wanted, run: Run) -> MediaItem:
    if item.status == MediaItem.Status.STORED:
        item.status = MediaItem.Status.PENDING
    item.others, item.run, item.updated_at = list(wanted.others), run, timezone.now()
    return item
