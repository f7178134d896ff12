"""responding: the comments that an entry brought stand under its post, with name, date and text; nobody can answer them."""

from __future__ import annotations

import hashlib

from blog import responses
from blog.markup import lines_of
from blog.responses import Kept
from importer.entry import Comment, Entry
from importer.models import ImportedEntry
from importer.states import entry_from

MOST = 2000  # comments of one entry
LONGEST = 100_000  # characters of one comment


def take_over(row: ImportedEntry, entry: Entry) -> int:
    """Inside the caller's transaction. What another source brought is that one's alone to say, and pages show none."""
    if row.post_id is None or row.shared or entry.kind != "post":
        return 0
    return responses.take_over(row.post_id, kept(entry, row.source_id))


def known_of(row: ImportedEntry) -> int:
    """What an entry that came before this was known kept; how many of its comments are new here."""
    return take_over(row, entry_from(row.entry))


def kept(entry: Entry, source: int) -> list[Kept]:
    """Each once; one without words is none."""
    named = {one.ident: origin(one, source) for one in entry.comments if one.ident}
    found = [
        Kept(origin(one, source), one.author, text, one.published, named.get(one.parent, ""))
        for one in entry.comments[:MOST]
        if (text := lines_of(one.text[:LONGEST]))
    ]
    return list({one.origin: one for one in found}.values())


def origin(one: Comment, source: int) -> str:
    """By the source's own number of it, else by all that it says."""
    name = f"#{one.ident}" if one.ident else f"{one.author}\n{one.published}\n{one.text}"
    return hashlib.sha256(f"{source}\n{name}".encode("utf-8", "surrogatepass")).hexdigest()
