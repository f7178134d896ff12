"""formats: every kind of source that can be imported, in one table, in the order in which they are tried."""

from __future__ import annotations

from importer.entry import Document
from importer.errors import SourceUnusable, UsageProblem
from importer.formats.base import Format
from importer.formats.feed import FEED
from importer.formats.ghost import GHOST
from importer.formats.jsonfeed import JSON_FEED
from importer.formats.textdump import TEXT_DUMP

# A text dump would recognise nearly anything, so it comes last.
FORMATS: tuple[Format, ...] = (FEED, GHOST, JSON_FEED, TEXT_DUMP)


def choose(document: Document, name: str = "auto") -> Format:
    """The format with this name, or with "auto" the first that recognises the document."""
    if name != "auto":
        return named(name)
    for one in FORMATS:
        if one.recognises(document):
            return one
    raise SourceUnusable(
        "This is neither a feed nor a text with posts in it; --format says what it is if you know."
    )


def named(name: str) -> Format:
    for one in FORMATS:
        if one.name == name:
            return one
    known = ", ".join(one.name for one in FORMATS)
    raise UsageProblem(f"“{name}” is no format known here; choose one of: auto, {known}.")
