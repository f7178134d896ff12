"""formats: every kind of source that can be imported, in one table, in the order in which they are tried."""

from __future__ import annotations

from importer.entry import Document
from importer.errors import SourceUnusable, UsageProblem
from importer.formats.base import Format
from importer.formats.feed import FEED
from importer.formats.ghost import GHOST
from importer.formats.jsonfeed import JSON_FEED
from importer.formats.markdown import MARKDOWN
from importer.formats.movabletype import MOVABLE_TYPE
from importer.formats.ownexport import OWN_EXPORT
from importer.formats.textdump import TEXT_DUMP
from importer.formats.wordpress import WORDPRESS

# An export of ours is Markdown too; a WordPress export is a feed for all who do not look closely, so it comes first; a text dump would recognise nearly
# anything, so it comes last. Several may answer to one name: which of them, the document decides.
FORMATS: tuple[Format, ...] = (
    OWN_EXPORT,
    MARKDOWN,
    WORDPRESS,
    FEED,
    GHOST,
    JSON_FEED,
    MOVABLE_TYPE,
    TEXT_DUMP,
)
NAMES: tuple[str, ...] = tuple(dict.fromkeys(one.name for one in FORMATS))


def choose(document: Document, name: str = "auto") -> Format:
    """The format with this name, or with "auto" the first that recognises the document."""
    among = FORMATS if name == "auto" else named(name)
    chosen = next((one for one in among if one.recognises(document)), None if name == "auto" else among[-1])
    if document.raw.kept and chosen is not WORDPRESS:
        raise SourceUnusable("This is a WordPress export; import it with --format wordpress.")
    if chosen:
        return chosen
    raise SourceUnusable(
        "This is neither a feed nor a text with posts in it; --format says what it is if you know."
    )


def named(name: str) -> tuple[Format, ...]:
    """The formats that answer to a name, in the order in which they are tried."""
    if found := tuple(one for one in FORMATS if one.name == name):
        return found
    raise UsageProblem(f"“{name}” is no format known here; choose one of: auto, {', '.join(NAMES)}.")
