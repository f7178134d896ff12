"""explaining: all that is known of one imported entry, in sentences: whose it is, how it is recognised, what would become of it."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db.models import Q, QuerySet

from blog.content import Content
from blog.links import path_of
from blog.models import Post
from importer.addresses import absolute, host_of
from importer.deciding import ALIAS_WORDS, PLAIN
from importer.entry import Entry
from importer.identity import FIELDS, Alias, Field, aliases, guid_path, link_forms, sha256, whole
from importer.models import AmbiguousAlias, EntryAlias, ImportedEntry, RunEntry
from importer.states import entry_from
from importer.storing.knowing import edited_fields

SHOWN = 200  # characters of a name
VERDICTS_SHOWN = 20


def find(words: str) -> list[ImportedEntry]:
    """The entries that an address (theirs or ours), an id or a title means, oldest first."""
    words = words.strip()
    hashes = {sha256(form) for form in (words, guid_path(words), *link_forms(words)) if form}
    named = EntryAlias.objects.filter(sha256__in=hashes).values("imported_id")
    wanted = Q(pk__in=named) | Q(title__iexact=words) | Q(title=words) | Q(post__in=posts(words))
    return list(ImportedEntry.objects.filter(wanted).select_related("source", "post").order_by("pk"))


def posts(words: str) -> QuerySet[Post]:
    """Our own posts by their address or title."""
    if not absolute(words):
        return Post.everything.filter(Q(title=words) | Q(title__iexact=words))
    if host_of(words) == host_of(settings.SITE_URL):
        slug = unquote(urlsplit(words).path).rstrip("/").rpartition("/")[2]
        return Post.everything.filter(slug=slug)
    return Post.everything.filter(origin_url=words)


def told(words: str) -> Iterator[str]:
    """The lines about everything that was found; one that says so if nothing was."""
    found = find(words)
    if not found:
        yield f"Nothing is known of “{words[:SHOWN]}”: no entry with this address, id or title was ever imported."
    for number, row in enumerate(found):
        if number:
            yield ""
        yield from about(row, words)


def about(row: ImportedEntry, words: str) -> Iterator[str]:
    yield f"“{row.title[:SHOWN] or 'untitled'}”, from {row.source} ({row.source.location[:SHOWN]})"
    yield f"  Stands here as: {stands(row.post)}"
    if row.first_run_id:
        yield f"  Came with import {row.first_run_id}; what it says was last changed by import {row.run_id or '?'}."
    yield f"  Published there: {row.published.isoformat() if row.published else 'it says no date'}"
    yield from names(row, words)
    yield f"  Digest of all it said last: {row.digest[:16]}"
    edited = edits(row)
    if edited:
        yield f"  Edited here: {listed(edited)}"
    yield from history(row)
    yield f"  If it came again: {outlook(row, edited)}"


def stands(post: Post | None) -> str:
    if post is None:
        return "a tombstone; the post was deleted for good"
    where = "in the trash" if post.trashed_at else post.get_status_display().lower()
    return f"{settings.SITE_URL}{path_of(post.kind, post.slug)} ({where})"


def names(row: ImportedEntry, words: str) -> Iterator[str]:
    """How it is recognised, strongest first; and which of it the question named."""
    values = {alias.key: alias for alias in said_names(row)}
    asked = {sha256(form) for form in (words.strip(), guid_path(words.strip()), *link_forms(words)) if form}
    bad = set(AmbiguousAlias.objects.filter(source=row.source_id).values_list("kind", "sha256"))
    for alias in row.aliases.order_by("pk"):
        known = values.get((alias.kind, alias.sha256))
        value = " ".join(known.value.split())[:SHOWN] if known else f"an earlier one, {alias.sha256[:16]}"
        notes = ["matches what was asked"] * (alias.sha256 in asked)
        notes += ["stands on several entries, so it is not used"] * ((alias.kind, alias.sha256) in bad)
        yield f"  Recognised by {ALIAS_WORDS.get(alias.kind, alias.kind)}: {value}{' – ' + '; '.join(notes) if notes else ''}"
    if not row.source.trusts_ids:
        yield "  Its source repeats ids on different entries; ids from there are not trusted any more."


def said_names(row: ImportedEntry) -> tuple[Alias, ...]:
    entry = kept_entry(row)
    return (*(aliases(entry) if entry else ()), whole(row.digest))


def kept_entry(row: ImportedEntry) -> Entry | None:
    try:
        return entry_from(row.entry)
    except (TypeError, ValueError):  # kept by a version that knew entries otherwise
        return None


def edits(row: ImportedEntry) -> list[Field]:
    if row.post is None or row.shared:
        return []
    edited = edited_fields(Content.of(row.post), row.marks)
    return [name for name in FIELDS if name in edited]


def history(row: ImportedEntry) -> Iterator[str]:
    """What the runs made of it, newest first."""
    same = Q(source=row.source_id, title=row.title[:500])
    if row.post_id:
        same |= Q(post=row.post_id, source=row.source_id)
    entries = RunEntry.objects.filter(same).select_related("run").order_by("-run_id", "-pk")
    for one in entries[:VERDICTS_SHOWN]:
        plan = " (a plan)" if one.run.dry_run else ""
        yield f"  Import {one.run_id} of {one.run.started:%Y-%m-%d %H:%M}{plan}: {one.verdict}. {one.reason}"


def outlook(row: ImportedEntry, edited: list[Field]) -> str:
    """What a new import would do with it, and why."""
    if row.post is None:
        return "it would stay away, because the post was deleted here for good. “reset_import” lets it come again."
    if row.post.trashed_at is not None:
        return "it would stay away as long as the post is in the trash."
    if row.shared:
        return "nothing would change: the post belongs to another source, which alone updates it."
    same = "if it says the same, nothing changes"
    if not edited:
        return f"{same}; what it says anew is brought in."
    return f"{same}; a new {listed(edited)} would wait as a proposal, because it was edited here; the rest is brought in."


def listed(fields: list[Field]) -> str:
    return ", ".join(PLAIN[name] for name in fields)


# -- lifting a tombstone ---------------------------------------------------------------------------


def reset(words: str) -> tuple[int, list[str]]:
    """Let deleted posts come again. How many tombstones were lifted, and sentences."""
    found = find(words)
    if not found:
        return 0, list(told(words))
    buried = [row for row in found if row.post is None]
    said = [
        f"“{row.title[:SHOWN] or 'untitled'}” from {row.source} may come again; its source brings it with the next import."
        for row in buried
    ]
    said += [not_buried(row) for row in found if row.post is not None]
    ImportedEntry.objects.filter(pk__in=[row.pk for row in buried], post=None).delete()
    return len(buried), said


def not_buried(row: ImportedEntry) -> str:
    title = row.title[:SHOWN] or "untitled"
    if row.post is not None and row.post.trashed_at is not None:
        return f"“{title}” is in the trash; restore it there, or delete it for good first."
    return f"“{title}” is not deleted; there is nothing to lift."
