"""sources: one source read whole: fetched, decoded, parsed, and with --all the pages behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from importer.documents.decoding import decode
from importer.documents.walked import Walked
from importer.entry import Document, Parsed, RawDocument
from importer.formats import choose
from importer.formats.base import Reading
from importer.options import Options
from importer.reading import archives
from importer.reading.archives import Fetch, Walking


@dataclass(frozen=True, slots=True)
class Read:
    """A source as it was read."""

    document: Document  # the first page's
    parsed: Parsed  # of all pages
    pages: tuple[tuple[str, RawDocument], ...] = ()  # behind the first, by the address that was asked
    unfinished: bool = False  # there was more than was read


def read(
    raw: RawDocument,
    options: Options,
    reading: Reading,
    pages: Fetch,
    *,
    check: Callable[[], object] = lambda: None,
    advance: Callable[[int], object] = lambda number: None,
) -> Read:
    """What a source says. Raises SourceUnusable; what is wrong with a further page is told in the warnings."""
    document = decode(raw, options.encoding)
    parsed = choose(document, options.format).read(document, reading)
    if not options.all_pages:
        return Read(document, made_once(document, parsed))
    parsed, walk = archives.walk(document, parsed, Walking(options, reading, pages, check, advance))
    return Read(document, made_once(document, parsed), tuple(walk.pages), walk.unfinished)


def made_once(document: Document, parsed: Parsed) -> Parsed:
    """The same, the entries of an export that stays in its file made by the first of the two walks over them alone.

    What is parsed whole is in memory anyway: its entries share their texts with it, and copies of them would not.
    """
    if document.raw.kept is None or isinstance(parsed.entries, tuple):
        return parsed
    return replace(parsed, entries=Walked(parsed.entries))
