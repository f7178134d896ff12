"""markdown: a folder or zip of Markdown files, as Hugo, Jekyll, Eleventy and note keepers hold them, or one such file."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from importer.addresses import normalised
from importer.documents.bundles import MARKDOWN as SUFFIXES
from importer.documents.bundles import MOST_A_TEXT, MOST_TEXT, Members, Names, suffix
from importer.documents.decoding import decode
from importer.entry import About, Document, Entry, Parsed, Place, RawDocument, Rejected
from importer.errors import EntryRejected, SourceUnusable
from importer.formats import frontmatter
from importer.formats.base import Format, Reading
from importer.formats.feeditem import language_tag
from importer.formats.markdownnames import is_post, is_text, read_name
from importer.formats.markdownpost import entry_of
from importer.formats.markdownsite import Around, Site, site_of

# One file is Markdown with front matter if that says one of these …
TELLING = frozenset(
    {"title", "date", "layout", "draft", "tags", "categories", "slug", "permalink", "author", "authors"}
)
# … and if no more such blocks follow: then it is a text with many posts.
ANOTHER = re.compile(r"^---[ \t]*\n(?:title|date|author|tags)[ \t]*:", re.IGNORECASE | re.MULTILINE)
LOOKED_AT = 100_000  # characters
KINDS = {
    "hugo": "a Hugo site",
    "jekyll": "a Jekyll site",
    "eleventy": "an Eleventy site",
    "": "a folder of Markdown",
}
FEEDS = {"hugo": "index.xml", "jekyll": "feed.xml", "eleventy": "feed/feed.xml"}
NO_ADDRESS = "These files do not say the address of their site, so old addresses lead nowhere here; --base-url gives it."


class MarkdownFormat:
    name = "markdown"

    def recognises(self, document: Document) -> bool:
        if document.raw.members is not None:
            return True
        text = document.text[:LOOKED_AT]
        if not text.lstrip().startswith(("---", "+++")):
            return False
        try:
            found = frontmatter.split(text)
        except EntryRejected:
            return suffix(document.raw.path) in SUFFIXES
        return not TELLING.isdisjoint(found.matter) and not ANOTHER.search(found.body)

    def read(self, document: Document, reading: Reading) -> Parsed:
        """The posts and pages of a folder in the order of their names, or the one of a file."""
        if document.raw.members is None:
            return one_file(document, reading)
        return folder(document, document.raw.members, reading)


MARKDOWN: Format = MarkdownFormat()


def one_file(document: Document, reading: Reading) -> Parsed:
    raw = document.raw
    name = posixpath.basename(raw.path.replace("\\", "/") or normalised(raw.final_url)[0]) or "text.md"
    site = Site(zone=reading.default_zone, address=reading.base_url.rstrip("/"))
    found = taken(name, document.text, 1, Around(site, reading))
    if found is None:
        raise SourceUnusable(f"{name} is not a post. Import the folder that it lies in.")
    return Parsed("markdown", About(), (found,))


def folder(document: Document, members: Members, reading: Reading) -> Parsed:
    encoding = document.encoding

    def read(name: str) -> str:
        """A member's text. Raises EntryRejected."""
        try:
            return decode(RawDocument(name, members.read(name)), encoding).text
        except SourceUnusable as problem:
            raise EntryRejected(str(problem)) from problem

    names = [name for name in members.names if is_text(name)]
    if sum(members.size(name) for name in names) > MOST_TEXT:
        raise SourceUnusable(
            f"These files hold more than {MOST_TEXT // 1_000_000} MB of text. Import them in parts."
        )
    site = site_of(members, read, reading)
    around = Around(site, reading, Names(members.names))
    entries: list[Entry | Rejected] = []
    left_out: list[str] = []
    for name in names:
        found = member(name, members, len(entries) + 1, around, encoding)
        if found is None:
            left_out.append(name)
        else:
            entries.append(found)
    if not entries:
        raise SourceUnusable(f"{document.raw.location} holds Markdown files, but none of them is a post.")
    about = About(
        title=site.title,
        site_url=site.address and f"{site.address}/",
        language=language_tag(site.language),
        authors=site.authors,
    )
    return Parsed(
        "markdown",
        about,
        tuple(entries),
        places=tuple(places(site)),
        shape=KINDS[site.kind],
        warnings=tuple(warnings(left_out, site)),
    )


def member(
    name: str, members: Members, position: int, around: Around, encoding: str
) -> Entry | Rejected | None:
    """The entry of one file, why it is none, or None for a file that is no post."""
    if members.size(name) > MOST_A_TEXT:
        return Rejected(position, name, f"{name} is larger than {MOST_A_TEXT // 1_000_000} MB.")
    try:
        document = decode(RawDocument(name, members.read(name)), encoding)
    except EntryRejected as problem:
        return Rejected(position, name, str(problem))
    except SourceUnusable as problem:
        return (
            Rejected(position, name, f"{name} cannot be taken. {problem}")
            if is_post(name, has_matter=False)
            else None
        )
    return taken(name, document.text, position, around, document.warnings)


def taken(
    name: str, text: str, position: int, around: Around, told: tuple[str, ...] = ()
) -> Entry | Rejected | None:
    try:
        found = frontmatter.split(text)
        if not is_post(name, has_matter=found.present):
            return None
        if told:
            found = frontmatter.Split(found.matter, found.body, found.present, (*found.warnings, *told))
        return entry_of(found, read_name(name), position, around)
    except EntryRejected as problem:
        return Rejected(position, name, f"{name} cannot be taken: {problem}.")


def warnings(left_out: list[str], site: Site) -> Iterator[str]:
    if left_out:
        shown = ", ".join(left_out[:5]) + (" …" if len(left_out) > 5 else "")
        files = (
            "1 file is no post and was"
            if len(left_out) == 1
            else f"{len(left_out)} files are no posts and were"
        )
        yield f"{files} left out: {shown}."
    if site.kind and not site.address:
        yield NO_ADDRESS


def places(site: Site) -> Iterator[Place]:
    """The addresses of the site that are no post, as far as its generator makes them by itself."""
    if site.kind and site.address:
        yield Place(f"{site.address}/", "home")
        yield Place(f"{site.address}/{FEEDS[site.kind]}", "feed")
