"""atom: a feed as Atom 1.0 (RFC 4287), with RFC 5005 links."""

from __future__ import annotations

from django.conf import settings
from lxml import etree

from blog.feeds import opened
from blog.feeds.items import Feed, Item, Person, clean
from blog.feeds.opened import LANG, XHTML
from blog.feeds.written import OURS, add_post
from blog.models import Byline

ATOM = "http://www.w3.org/2005/Atom"
MEDIA = "http://search.yahoo.com/mrss/"
_SPACES = {None: ATOM, "media": MEDIA, "masthead": OURS, "html": XHTML}


def write(feed: Feed) -> bytes:
    root = etree.Element(f"{{{ATOM}}}feed", nsmap=_SPACES)  # type: ignore[arg-type]
    root.set(LANG, feed.language)
    _text(root, "title", feed.title)
    _text(root, "subtitle", feed.description)
    _text(root, "id", feed.first)
    _text(root, "updated", feed.updated.isoformat())
    # An entry without bylines has this author, as the format demands one.
    _text(_element(root, "author"), "name", clean(settings.SITE_NAME))
    _text(root, "generator", "Masthead")
    _element(root, "link", rel="alternate", type="text/html", href=feed.home)
    for rel, address in (
        ("self", feed.here),
        ("first", feed.first),
        ("previous", feed.previous),
        ("next", feed.next),
    ):
        if address:
            _element(root, "link", rel=rel, type="application/atom+xml", href=address)
    if feed.hub:
        _element(root, "link", rel="hub", href=feed.hub)
    opened.add_words(root, feed)
    for item in feed.items:
        _entry(root, item)
    return opened.document(root)


def _entry(root: etree._Element, item: Item) -> None:
    entry = _element(root, "entry")
    entry.set(LANG, item.language)
    _text(entry, "title", item.title)
    _text(entry, "id", item.uid)
    _element(entry, "link", rel="alternate", type="text/html", href=item.address)
    if item.origin:
        _element(entry, "link", rel="via", href=item.origin)
    _text(entry, "published", item.published.isoformat())
    _text(entry, "updated", item.updated.isoformat())
    for person in item.people:
        _person(entry, person)
    for tag in item.tags:
        _element(entry, "category", term=tag)
    _text(entry, "summary", item.summary)
    _text(entry, "content", item.html).set("type", "html")
    for one in item.enclosures:
        _element(entry, "link", rel="enclosure", type=one.kind, length=str(one.length), href=one.address)
    add_post(entry, item, body=True)
    if item.picture:
        etree.SubElement(entry, f"{{{MEDIA}}}content", url=item.picture, medium="image")
    opened.add_item(entry, item)


def _person(entry: etree._Element, person: Person) -> None:
    author = _element(entry, "author")
    _text(author, "name", person.name)
    _text(author, "uri", person.address)
    for part in person.parts:
        if part != Byline.Part.AUTHOR:
            etree.SubElement(author, f"{{{OURS}}}part").text = part


def _element(parent: etree._Element, name: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)


def _text(parent: etree._Element, name: str, text: str) -> etree._Element:
    element = _element(parent, name)
    element.text = text
    return element
