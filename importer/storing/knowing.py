"""knowing: what the database knows of the entries in hand: what came before, what was edited here, whose twin stands here."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.conf import settings

from blog.content import Content
from blog.models import Post
from importer.deciding import Known
from importer.entry import Entry
from importer.identity import FIELDS, AliasKey, Field, Named, folded, sha256
from importer.models import EntryAlias, ImportedEntry, Source

# What of a post each field of the decider means.
PARTS: Mapping[Field, tuple[str, ...]] = {
    "title": ("title",),
    "text": ("body", "body_format"),
    "summary": ("summary",),
    "bylines": ("bylines",),
    "tags": ("tags",),
    "cover": ("cover", "cover_url", "cover_alt"),
    "details": ("origin_url", "canonical_url", "language", "seo_title", "seo_description"),
}
LOOKED_AT = (
    "kind",
    "sha256",
    "imported__source_id",
    "imported__shared",
    "imported__title",
    "imported__published",
    "imported__digest",
    "imported__field_digests",
    "imported__marks",
    "imported__revision",
    "imported__post__kind",
    "imported__post__slug",
    "imported__post__trashed_at",
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One entry on its way in, with its names and the moment it gets where it has no date."""

    entry: Entry
    named: Named
    moment: datetime
    archived: bool = False  # from a page behind the first, which may hold older words


@dataclass(slots=True)
class Knowledge:
    known: dict[AliasKey, Known] = field(default_factory=dict)
    rows: dict[int, ImportedEntry] = field(default_factory=dict)  # by id; without their parsed entry
    contents: dict[int, Content] = field(default_factory=dict)  # by post id; of posts that may be updated


def look_up(source: Source | None, candidates: Sequence[Candidate], *, lock: bool = False) -> Knowledge:
    """What is known of these entries, in one query, and three more where some have changed.

    `lock` holds the changed ones' posts until the transaction ends: no editor saves between our look and our update.
    """
    found = Knowledge()
    if source is None:
        return found
    hashes = {alias.sha256 for candidate in candidates for alias in candidate.named.aliases}
    hashes |= {candidate.named.digest for candidate in candidates}
    aliases = EntryAlias.objects.filter(source=source, sha256__in=hashes)
    matched = list(aliases.select_related("imported__post").only(*LOOKED_AT))
    found.rows = {alias.imported_id: alias.imported for alias in matched}
    digests = {candidate.named.digest for candidate in candidates}
    found.contents = contents_of(found.rows.values(), digests, lock=lock)
    said = stamps(found.rows.values(), digests) if any(one.archived for one in candidates) else {}
    known = {
        pk: replace(known_of(row, found.contents), updated=said.get(pk)) for pk, row in found.rows.items()
    }
    found.known = {(alias.kind, alias.sha256): known[alias.imported_id] for alias in matched}
    return found


def contents_of(
    rows: Collection[ImportedEntry], digests: Collection[str], *, lock: bool
) -> dict[int, Content]:
    """What the posts say whose entries come changed now, by id."""
    changed = [
        row.post_id
        for row in rows
        if row.post_id is not None
        and row.post is not None
        and not row.shared
        and row.post.trashed_at is None
        and row.digest not in digests
    ]
    if not changed:
        return {}
    posts = Post.everything.filter(pk__in=changed).order_by("pk")
    if lock:
        posts = posts.select_for_update()
    return {post.pk: Content.of(post) for post in posts.prefetch_related("bylines", "taggings")}


def stamps(rows: Collection[ImportedEntry], digests: Collection[str]) -> dict[int, datetime]:
    """When the source says that it last changed what came, of entries that come changed now, by id."""
    changed = [row.pk for row in rows if row.digest not in digests]
    kept = ImportedEntry.objects.filter(pk__in=changed).values_list("pk", "entry__updated")
    return {pk: datetime.fromisoformat(said) for pk, said in kept if isinstance(said, str) and said}


def known_of(row: ImportedEntry, contents: Mapping[int, Content]) -> Known:
    content = contents.get(row.post_id) if row.post_id else None
    return Known(
        imported_entry_id=row.pk,
        post_id=row.post_id,
        digest=row.digest,
        field_digests=row.field_digests,
        edited_fields=edited_fields(content, row.marks) if content else frozenset(),
        trashed=row.post is not None and row.post.trashed_at is not None,
        shared=row.shared,
        title=row.title,
        published=row.published,
    )


# -- edited here or not --------------------------------------------------------------------------


def marks_of(content: Content) -> dict[str, str]:
    """A short hash of each part of a post, by which an editor's change is told from the importer's.

    Line breaks after the last line are no part of the text: an editor's browser or another program puts them there.
    """
    return hashes_of(replace(content, body=content.body.rstrip("\r\n")))


def hashes_of(content: Content) -> dict[str, str]:
    said = replace(content, language=content.language or settings.LANGUAGE_CODE)
    return {name: sha256(repr([getattr(said, part) for part in PARTS[name]]))[:16] for name in FIELDS}


def edited_fields(content: Content, marks: Mapping[str, Sequence[str]]) -> frozenset[Field]:
    """The parts that say neither what the importer wrote there last nor what it offered since."""
    now, exact = marks_of(content), hashes_of(content)  # older marks are of the exact text
    return frozenset(name for name in FIELDS if not {now[name], exact[name]} & set(marks.get(name, ())))


def with_fields(content: Content, source: Content, fields: Collection[Field]) -> Content:
    """The content with these fields as the source says them."""
    changed: dict[str, Any] = {part: getattr(source, part) for name in fields for part in PARTS[name]}
    if "details" in fields:
        changed["language"] = source.language or settings.LANGUAGE_CODE
    return replace(content, **changed)


# -- twins ---------------------------------------------------------------------------------------


def text_hash(title: str, text: str) -> str:
    """What two posts of equal title and visible text share; "" where there is no text to tell them by."""
    return sha256(f"{folded(title)}\n{folded(text)}") if text.strip() else ""


def twins(source: Source | None, hashes: Collection[str]) -> dict[str, int]:
    """Posts from other sources by their text hash: post ids."""
    wanted = [hash_ for hash_ in hashes if hash_]
    if not wanted:
        return {}
    rows = ImportedEntry.objects.filter(
        text_sha256__in=wanted, post__isnull=False, post__trashed_at__isnull=True
    )
    if source is not None:
        rows = rows.exclude(source=source)
    found: dict[str, int] = {}
    for hash_, post_id in rows.order_by("shared", "pk").values_list("text_sha256", "post_id"):
        if post_id is not None:
            found.setdefault(hash_, post_id)
    return found
