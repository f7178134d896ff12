"""ghost: the JSON export of a Ghost site, versions 0 to 6: its posts and pages, each with people, tags, dates and status."""

from __future__ import annotations

import re
from collections.abc import Iterator

from importer.addresses import absolute
from importer.entry import About, Document, Entry, Parsed, Place, Rejected
from importer.errors import EntryRejected, SourceUnusable
from importer.formats.base import Format, Reading
from importer.formats.feeditem import language_tag
from importer.formats.ghostpost import entry_of
from importer.formats.ghosttables import Site, Tables, tables_of
from importer.formats.jsontext import MOST_WARNINGS, Item, loaded, objects, text_of
from importer.formats.plain import folded
from importer.formats.scan import MAX_ITEMS

# An export begins with its one key “db”, or in older versions with “meta” or “data” themselves.
WRAPPED = re.compile(r'\s*\{\s*"db"\s*:\s*\[')
BARE = re.compile(r'\s*\{\s*"(?:meta|data)"\s*:\s*\{')
OF_GHOST = re.compile(r'"(?:exported_on|posts_tags|posts_authors|posts_meta|mobiledoc|lexical)"\s*:')
LOOKED_AT = 200_000  # characters
NO_ADDRESS = (
    "A Ghost export does not say the address of its site, so links and pictures that lead to the site itself stay "
    "relative and old addresses lead nowhere; --base-url gives it."
)


class GhostFormat:
    name = "ghost"

    def recognises(self, document: Document) -> bool:
        text = document.text
        if WRAPPED.match(text):
            return True
        return bool(BARE.match(text) and OF_GHOST.search(text, 0, LOOKED_AT))

    def read(self, document: Document, reading: Reading) -> Parsed:
        """The posts and pages of an export, in its order."""
        oddities: set[str] = set()
        data = data_of(loaded(document.text, oddities))
        tables = tables_of(data)
        site = site_of(data, reading)
        entries = tuple(
            entry_or_rejected(row, position, tables, site, reading)
            for position, row in enumerate(posts_of(data), start=1)
        )
        about = About(title=site.title, site_url=site.address and f"{site.address}/", language=site.language)
        warnings = [*sorted(oddities)[:MOST_WARNINGS], *([] if site.address else [NO_ADDRESS])]
        return Parsed(self.name, about, entries, places=tuple(places(data, site)), warnings=tuple(warnings))


GHOST: Format = GhostFormat()


def data_of(value: object) -> Item:
    """The tables of the export, out of its wrappings."""
    if isinstance(value, dict) and isinstance(value.get("db"), list):
        value = next((one for one in value["db"] if isinstance(one, dict)), None)
    if isinstance(value, dict) and isinstance(value.get("data"), dict):
        value = value["data"]
    if not isinstance(value, dict) or not isinstance(value.get("posts"), list):
        raise SourceUnusable(
            "This Ghost export holds no list of posts. Export it anew in Ghost, under Settings, Import/Export."
        )
    return value


def posts_of(data: Item) -> list[object]:
    rows: list[object] = data["posts"]
    if len(rows) > MAX_ITEMS:
        raise SourceUnusable(f"This document holds over {MAX_ITEMS:,} entries; split it into smaller ones.")
    return rows


def site_of(data: Item, reading: Reading) -> Site:
    said = {text_of(row, "key"): text_of(row, "value") for row in objects(data, "settings")}
    address = absolute(reading.base_url or said.get("url", "")).rstrip("/")
    names = ("locale", "lang", "default_locale")
    return Site(
        address=address,
        title=folded(said.get("title", "")),
        language=next(filter(None, (language_tag(said.get(name, "")) for name in names)), ""),
        permalinks=said.get("permalinks", ""),
    )


def entry_or_rejected(
    row: object, position: int, tables: Tables, site: Site, reading: Reading
) -> Entry | Rejected:
    if not isinstance(row, dict):
        return Rejected(position, "", "The post is not an object.")
    try:
        return entry_of(row, position, tables, site, reading)
    except EntryRejected as problem:
        return Rejected(position, folded(text_of(row, "title")) or text_of(row, "slug")[:200], str(problem))


def places(data: Item, site: Site) -> Iterator[Place]:
    """The addresses of the site that are no post."""
    if not site.address:
        return
    yield Place(f"{site.address}/", "home")
    yield Place(f"{site.address}/rss/", "feed")
    for row in objects(data, "tags"):
        name, slug = folded(text_of(row, "name")), text_of(row, "slug")
        if name and slug and not name.startswith("#"):
            yield Place(f"{site.address}/tag/{slug}/", "tag", name)
    for row in objects(data, "users"):
        name, slug = folded(text_of(row, "name")), text_of(row, "slug")
        if name and slug:
            yield Place(f"{site.address}/author/{slug}/", "author", name)
