"""entry: what a source says, normalised; frozen, pure, the one shape every format gives and every later step reads."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from importer.documents.bundles import Members
from importer.documents.kept import KeptFile

BodyFormat = Literal["html", "markdown"]


@dataclass(frozen=True, slots=True)
class RawDocument:
    """The bytes of one fetched source and how they came."""

    location: str  # as the operator named it: path, "-" or URL
    data: bytes
    final_url: str = ""  # after redirects; empty for files and standard input
    content_type: str = ""  # the HTTP header, whole; empty for files
    path: str = ""  # absolute path for files; empty otherwise
    kept: KeptFile | None = None  # a long export stays in its file; `data` is then no more than its beginning

    members: Members | None = (
        None  # the files of a folder or a zip that is one source; `data` is then their list
    )

    @property
    def sha256(self) -> str:
        """The digest of all its bytes, wherever they are."""
        return self.kept.sha256() if self.kept else hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Document:
    """One source, decoded: bytes for parsers that want them (feedparser), text for those that don't.

    Where `raw.kept` is set, `text` is its beginning only; `importer.documents.decoding.pieces` gives all of it.
    """

    raw: RawDocument
    text: str
    encoding: str  # the one that was used, as Python names it
    warnings: tuple[str, ...] = ()

    @property
    def utf8(self) -> bytes:
        """The text again as UTF-8 bytes with any XML encoding declaration corrected to it; what parsers are given."""
        from importer.documents.decoding import as_utf8_xml

        return as_utf8_xml(self.text)


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    email: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Enclosure:
    url: str
    media_type: str = ""
    length: int | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """What a reader wrote under an entry, without their address or e-mail: those are never taken over."""

    text: str  # HTML or text as the source holds it, not cleaned
    author: str = ""
    published: datetime | None = None  # aware, UTC
    ident: str = ""  # the source's own number of it
    parent: str = ""  # the `ident` it answers, or ""


@dataclass(frozen=True, slots=True)
class Own:
    """What only an export of this program says of a post; it comes back as it was. Moments as ISO 8601."""

    uid: str
    status: str
    dated: bool = True
    created: str = ""
    withdraw_at: str = ""
    translation_group: str = ""
    bylines: tuple[tuple[str, str], ...] = ()  # (author's slug, part)
    series: str = ""  # its slug
    series_position: int | None = None
    cover: str = ""  # the stored file's name
    origin: str = ""
    noindex: bool = False
    responding: str = ""  # open, closed or ""


@dataclass(frozen=True, slots=True)
class Entry:
    """*Their* item. Text as the source wrote it (not yet cleaned); addresses absolute where a base was known."""

    position: int  # 1-based in the document
    title: str  # plain text, white space folded; "" where the source has none
    body: str  # HTML or Markdown, not cleaned
    body_format: BodyFormat = "html"
    kind: Literal["post", "page"] = "post"
    guid: str = ""
    link: str = ""  # http(s), absolute, or ""
    canonical: str = ""  # where the source itself says the original stands, or ""
    base_url: str = ""  # what relative addresses in the body are relative to, or ""
    slug: str = ""  # only where the source states one (WordPress, Ghost, front matter)
    summary: str = ""  # as the source wrote it, HTML or text; junk not yet judged
    authors: tuple[Person, ...] = ()
    tags: tuple[str, ...] = ()
    published: datetime | None = None  # aware, UTC
    updated: datetime | None = None  # aware, UTC
    status: Literal["", "draft", "review", "published"] = (
        ""  # what the source says of it, "" where it says nothing
    )
    language: str = ""  # BCP 47, "" where the source says nothing
    cover: str = ""  # absolute URL of a cover picture
    cover_alt: str = ""
    enclosures: tuple[Enclosure, ...] = ()
    also_at: tuple[
        str, ...
    ] = ()  # other absolute addresses at which the source served it: /?p=ID, former slugs
    series: str = ""  # only where the source states one
    comments: tuple[Comment, ...] = ()
    seo_title: str = ""  # for search engines, where the source keeps one of its own
    seo_description: str = ""
    warnings: tuple[str, ...] = ()  # sentences about this entry
    own: Own | None = None  # of an export of ours


@dataclass(frozen=True, slots=True)
class Rejected:
    """An entry of the document that cannot be taken, with the reason as a sentence."""

    position: int
    title: str
    reason: str
    repeats: bool = False  # it was taken already, in its newer words: a duplicate


@dataclass(frozen=True, slots=True)
class About:
    """What a document says of itself."""

    title: str = ""
    ident: str = ""  # Atom feed id
    self_url: str = ""  # rel=self, feed_url
    site_url: str = ""  # the channel's link, home_page_url
    language: str = ""
    authors: tuple[Person, ...] = ()  # who stands behind entries that name nobody
    generator: str = ""  # the program that wrote it
    onward: str = ""  # absolute address of the document that goes on with older entries, or ""
    archives: str = ""  # absolute address of something that holds older entries, feed or not, or ""


@dataclass(frozen=True, slots=True)
class Place:
    """An address of the source that is no entry: a tag's list, an author's page, a feed."""

    url: str  # absolute
    kind: Literal["tag", "author", "feed", "home"]
    name: str = ""  # the tag's or the author's, as entries name it


@dataclass(frozen=True, slots=True)
class Tables:
    """What an export of ours holds beside its posts: rows as it wrote them."""

    authors: tuple[Mapping[str, Any], ...] = ()
    tags: tuple[Mapping[str, Any], ...] = ()
    series: tuple[Mapping[str, Any], ...] = ()
    images: tuple[Mapping[str, Any], ...] = ()
    navigation: tuple[Mapping[str, Any], ...] = ()
    redirects: tuple[tuple[str, str], ...] = ()  # old path, where it leads
    files: tuple[str, ...] = ()  # the stored files' names in the bundle


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a format made of a document. `entries` can be walked more than once (two passes), in document order."""

    format: str  # "rss", "atom", "rdf", "jsonfeed", "text"
    about: About
    entries: Iterable[Entry | Rejected]
    places: tuple[Place, ...] = ()
    shape: str = ""  # text dumps: which shape was seen, in words
    warnings: tuple[str, ...] = field(default=())
    tables: Tables | None = None  # of an export of ours
    newest: int | None = (
        None  # how many entries stand on the first of several pages; None: it is one document
    )
