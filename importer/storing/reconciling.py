"""reconciling: a post that was edited here and changed at its source, brought together field by field."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from blog.content import Content
from blog.merging import merge_names, merge_texts
from importer.errors import EntryRejected
from importer.identity import Field
from importer.models import ImportedEntry
from importer.preparing.cleaning import Context, clean
from importer.states import entry_from
from importer.storing.knowing import with_fields


def base_of(row: ImportedEntry, context: Context) -> Content | None:
    """What the source said before, as a post of ours would say it."""
    try:
        return clean(entry_from(row.entry), context).content
    except (EntryRejected, TypeError, ValueError):  # kept by a version that knew entries otherwise
        return None


def reconciled(base: Content | None, mine: Content, theirs: Content, field: Field) -> Content | None:
    """Ours with the source's change of one field in it; None where the two do not merge."""
    if with_fields(mine, theirs, [field]) == mine:
        return mine
    if base is None:
        return None
    if field == "tags":
        return replace(mine, tags=merge_names(base.tags, mine.tags, theirs.tags))
    if field == "text" and base.body_format == mine.body_format == theirs.body_format:
        body = merge_texts(base.body, mine.body, theirs.body)
        return None if body is None else replace(mine, body=body)
    return None


def clash(base: Content | None, mine: Content, theirs: Content, fields: Collection[Field]) -> bool:
    return any(reconciled(base, mine, theirs, field) is None for field in fields)


def offered(base: Content | None, mine: Content, theirs: Content, fields: Collection[Field]) -> Content:
    """What an editor is offered: both changes where they merge, the source's words where they do not."""
    for field in sorted(fields):
        mine = reconciled(base, mine, theirs, field) or with_fields(mine, theirs, [field])
    return mine
