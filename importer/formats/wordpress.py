"""wordpress: a WordPress export (WXR 1.0 to 1.2), looked over once for what its posts refer to and then read item by item."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from importer.addresses import absolute
from importer.documents.decoding import pieces
from importer.entry import About, Document, Entry, Parsed, Person, Place, Rejected
from importer.errors import SourceUnusable
from importer.formats import wxr
from importer.formats.base import Format, Reading
from importer.formats.feed import JSON_START
from importer.formats.feeditem import language_tag
from importer.formats.plain import folded, title_of_html
from importer.formats.scan import harm_in
from importer.formats.shortcodes import Library
from importer.formats.wpentry import Site, entry_of, is_entry
from importer.formats.wplook import Found, looked_over, read_item
from importer.formats.wxr import Head, Item, Term
from importer.formats.wxrparts import Splitter

BEGINNING = 20_000
WHOLE = 20_000_000  # characters; the entries of longer exports are made anew for each walk
# How the kinds of items that are no posts are told to people: one of them, several.
WORDS = {
    "nav_menu_item": ("menu item", "menu items"),
    "revision": ("earlier version of a post", "earlier versions of posts"),
    "wp_navigation": ("menu", "menus"),
    "wp_template": ("template", "templates"),
    "wp_template_part": ("part of a template", "parts of templates"),
    "wp_global_styles": ("style sheet", "style sheets"),
    "custom_css": ("style sheet", "style sheets"),
    "oembed_cache": ("note of the embeds' cache", "notes of the embeds' cache"),
    "trash": ("item from the trash", "items from the trash"),
}


class WordPressFormat:
    name = "wordpress"

    def recognises(self, document: Document) -> bool:
        head = document.text[:BEGINNING]
        return JSON_START.match(head) is None and wxr.EXPORT.search(head) is not None

    def read(self, document: Document, reading: Reading) -> Parsed:
        """Posts and pages, in document order; what else the export holds is used, or counted in a warning."""
        if not self.recognises(document):
            raise SourceUnusable(
                "This is not a WordPress export: its <rss> element does not name one. Make one under Tools, Export."
            )
        found = looked_over(document)
        site = site_of(found, reading)
        entries = Entries(document, site, found.opening)
        is_long = document.raw.kept is not None or len(document.text) > WHOLE
        about = About(
            title=title_of_html(found.head.fields.get("title", "")),
            site_url=site.address,
            language=site.language,
            authors=tuple(site.authors.values()) if len(site.authors) == 1 else (),
        )
        return Parsed(
            self.name,
            about,
            entries if is_long else tuple(entries),
            places=tuple(places(found, site)),
            warnings=tuple(warnings(found)),
        )


WORDPRESS: Format = WordPressFormat()


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of one export, made one by one, as often as they are walked through."""

    document: Document
    site: Site
    opening: str

    def __iter__(self) -> Iterator[Entry | Rejected]:
        position = 0
        for part in Splitter().parts(pieces(self.document)):
            if part.is_head:
                continue
            item, why = read_item(part, self.opening)
            if item is not None and not is_entry(item):
                continue
            position += 1
            yield self.entry(item, position) if item else Rejected(position, wxr.title_in(part.text), why)

    def entry(self, item: Item, position: int) -> Entry | Rejected:
        entry = entry_of(item, position, self.site)
        if not (entry.title or entry.body or entry.enclosures or entry.cover):
            return Rejected(position, entry.link or entry.guid, "The entry has neither a title nor a text.")
        if harm := harm_in(entry.body):
            return Rejected(position, entry.title, f"The entry's HTML cannot be shown: {harm}.")
        return entry


# -- what all entries share ------------------------------------------------------------------------------


def site_of(found: Found, reading: Reading) -> Site:
    fields = found.head.fields
    stated = (reading.base_url, fields.get("wp:base_blog_url", ""), fields.get("link", ""))
    address = next(filter(None, map(absolute, stated)), "").rstrip("/")
    pictures: dict[str, list[str]] = defaultdict(list)
    for number, one in sorted(
        found.attachments.items(), key=lambda pair: (pair[1].order, len(pair[0]), pair[0])
    ):
        if re.search(r"\.(?:jpe?g|png|gif|webp|avif|bmp|svg|heic)$", one.url, re.IGNORECASE):
            pictures[one.parent].append(number)
    return Site(
        reading,
        address,
        language_tag(fields.get("language", "")),
        authors_of(found.head),
        Library(found.attachments, pictures, found.patterns),
    )


def authors_of(head: Head) -> dict[str, Person]:
    """Who may have written the posts, by login."""
    found = {}
    for given in head.authors:
        login = folded(given.get("wp:author_login", ""))
        parts = (given.get("wp:author_first_name", ""), given.get("wp:author_last_name", ""))
        name = title_of_html(given.get("wp:author_display_name", "")) or folded(" ".join(parts)) or login
        if login:
            found[login.lower()] = Person(name, given.get("wp:author_email", "").strip())
    return found


def places(found: Found, site: Site) -> Iterator[Place]:
    """The addresses of lists and feeds, as a WordPress site has them unless somebody changed its settings."""
    home = site.address
    if not home:
        return
    yield Place(f"{home}/", "home")
    for tail in ("/feed/", "/feed/atom/", "/feed/rss/", "/feed/rdf/", "/?feed=rss2", "/?feed=atom"):
        yield Place(home + tail, "feed")
    terms = {(term.taxonomy, term.slug): term for term in found.head.terms}
    for kind, slug in found.terms:
        term = terms.get((kind, slug)) or found.terms[kind, slug]
        name = found.terms[kind, slug].name
        if kind == "category":
            yield Place(f"{home}/category/{path_of(term, terms)}/", "tag", name)
            if term.ident:
                yield Place(f"{home}/?cat={term.ident}", "tag", name)
        else:
            yield Place(f"{home}/tag/{slug}/", "tag", name)
    for login in filter(None, found.creators):
        person = site.authors.get(login.lower()) or Person(login)
        yield Place(f"{home}/author/{author_slug(login)}/", "author", person.name)


def path_of(term: Term, terms: dict[tuple[str, str], Term]) -> str:
    """A category's own name behind those that it stands in."""
    slugs = [term.slug]
    above = terms.get(("category", term.parent))
    while above and above.slug not in slugs:
        slugs.insert(0, above.slug)
        above = terms.get(("category", above.parent))
    return "/".join(slugs)


def author_slug(login: str) -> str:
    """What WordPress makes of a login in addresses."""
    return re.sub(r"[\s.]+", "-", re.sub(r"[^\w\s.-]", "", login.lower())).strip("-")


# -- what is told of it -----------------------------------------------------------------------------------


def warnings(found: Found) -> Iterator[str]:
    if not found.closed:
        yield "The document ends early; every entry before that place was read."
    if found.left_out:
        listed = [in_words(number, kind) for kind, number in sorted(found.left_out.items())]
        yield f"{sentence(listed)} {'was' if found.left_out.total() == 1 else 'were'} left out: only posts and pages are taken."
    if files := len(found.attachments):
        what = (
            "1 file of the media library makes no post"
            if files == 1
            else f"{files} files of the media library make no posts"
        )
        yield f"{what}: posts that show one have its address."
    if kept := found.comments["kept"]:
        what = "1 comment is" if kept == 1 else f"{kept} comments are"
        yield f"{what} shown under the posts, with name, date and text; nobody can answer them."
    others = [
        count(found.comments["refused"], "comment that was not approved", "comments that were not approved"),
        count(found.comments["others"], "pingback or trackback", "pingbacks and trackbacks"),
    ]
    if some := list(filter(None, others)):
        one = found.comments["refused"] + found.comments["others"] == 1
        yield f"{sentence(some)} {'was' if one else 'were'} left out."
    for name, number in sorted(found.taxonomies.items()):
        yield f"{count(number, 'mark', 'marks')} of the kind “{name[:60]}” on posts {'was' if number == 1 else 'were'} left out: only categories and tags are taken."


def in_words(number: int, kind: str) -> str:
    if kind in WORDS:
        return count(number, *WORDS[kind])
    return (
        f"{number} of the type “{kind[:60]}”"
        if kind
        else count(number, "item without a type", "items without a type")
    )


def count(number: int, one: str, several: str) -> str:
    return "" if not number else f"{number} {one if number == 1 else several}"


def sentence(parts: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
