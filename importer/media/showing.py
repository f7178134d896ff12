"""showing: a post is led to the pictures and recordings that are stored here, unless an editor has changed what would change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.core.files.storage import default_storage
from django.utils import timezone

from blog import publishing
from blog.content import Content, prepare
from blog.models import Post
from importer.identity import Field
from importer.media.rewriting import Stored, rewritten
from importer.models import ImportedEntry, MediaItem
from importer.storing.knowing import edited_fields, marks_of

TRIES = 5
REASON = "pictures stored here"
EDITED = "It is stored here; the post was edited here since, so its address there was left as it is."


def show(imported_id: int) -> bool:
    """Lead the post to what its items have stored, as one revision. Whether the post changed."""
    for _ in range(TRIES):
        row = ImportedEntry.objects.select_related("post").get(pk=imported_id)
        items = list(with_files(imported_id))
        if row.post is None or row.shared or not items:
            return False
        standing = Content.of(row.post)
        wanted = led_here(standing, row, items)
        # The slow part comes before the row is locked; if somebody saves meanwhile, it is done again.
        prepared = prepare(wanted) if wanted != standing else None
        with publishing.one_transaction():
            post = Post.everything.select_for_update().get(pk=row.post.pk)
            if post.revision != row.post.revision:
                continue
            row.refresh_from_db(fields=["marks", "revision"])
            settle(items, wanted)
            if prepared is None:
                return False
            ours = (
                post.revision == row.revision
            )  # otherwise somebody has worked on it, and an undo has to see that
            written = publishing.update_imported(post.pk, prepared, updated_at=post.updated_at, reason=REASON)
            row.marks = moved(row.marks, standing, wanted)
            row.revision = written.revision if ours else row.revision
            row.save(update_fields=["marks", "revision"])
            return True
    return False


def with_files(imported_id: int) -> Sequence[MediaItem]:
    items = MediaItem.objects.filter(imported=imported_id, status__in=("pending", "stored"))
    return list(items.exclude(image=None, name="").select_related("image"))


def led_here(standing: Content, row: ImportedEntry, items: Sequence[MediaItem]) -> Content:
    """The content with the addresses of these items led here, but for what was edited here."""
    edited = edited_fields(standing, row.marks)
    wanted = standing
    if "text" not in edited:
        places = {item.url: stored_of(item) for item in items if item.kind != "cover"}
        wanted = replace(wanted, body=rewritten(standing.body, standing.body_format, places))
    cover = next((item for item in items if item.kind == "cover"), None)
    if cover is None or "cover" in edited or standing.cover or standing.cover_url not in ("", cover.url):
        return wanted
    return replace(wanted, cover=cover.image_id, cover_url="")


def stored_of(item: MediaItem) -> Stored:
    if item.image is None:
        return Stored(default_storage.url(item.name))
    return Stored(item.image.file.url, item.image.width, item.image.height)


def settle(items: Sequence[MediaItem], wanted: Content) -> None:
    """They are stored; those that the post does not lead to are told so."""
    for item in items:
        if item.kind == "cover":
            missed = wanted.cover != item.image_id
        else:
            missed = stored_of(item).address not in wanted.body
        sentence = EDITED if missed else ""
        if item.status != MediaItem.Status.STORED or item.last_error != sentence:
            item.status, item.last_error, item.updated_at = MediaItem.Status.STORED, sentence, timezone.now()
            item.save(update_fields=["status", "last_error", "updated_at"])


def moved(marks: dict[str, list[str]], standing: Content, wanted: Content) -> dict[str, list[str]]:
    """The marks by which an editor's change is known, for what the importer itself changed now."""
    before, now = marks_of(standing), marks_of(wanted)
    fields: list[Field] = ["text", "cover"]
    changed = {name: now[name] for name in fields if now[name] != before[name]}
    return marks | {
        name: [mark, *(one for one in marks.get(name, ()) if one not in (mark, before[name]))]
        for name, mark in changed.items()
    }
