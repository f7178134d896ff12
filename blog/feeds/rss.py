"""rss: a feed as RSS 2.0, with whole texts, every byline, covers and RFC 5005 links."""

from __future__ import annotations

from email.utils import format_datetime
from html import escape

from lxml import etree

from blog.feeds import opened
from blog.feeds.items import Feed, Item
from blog.feeds.opened import XHTML
from blog.feeds.written import OURS, SOURCE, add_markdown, add_post

ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DC = "http://purl.org/dc/elements/1.1/"
MEDIA = "http://search.yahoo.com/mrss/"
_SPACES = {
    "atom": ATOM,
    "content": CONTENT,
    "dc": DC,
    "media": MEDIA,
    "source": SOURCE,
    "masthead": OURS,
    "html": XHTML,
}


def write(feed: Feed) -> bytes:
    root = etree.Element("rss", version="2.0", nsmap=_SPACES)
    channel = etree.SubElement(root, "channel")
    _text(channel, "title", feed.title)
    _text(channel, "link", feed.home)
    _text(channel, "description", _as_html(feed.description))
    _text(channel, "language", feed.language)
    _text(channel, "lastBuildDate", format_datetime(feed.updated))
    _text(channel, "generator", "Masthead")
    for rel, address in (
        ("self", feed.here),
        ("first", feed.first),
        ("previous", feed.previous),
        ("next", feed.next),
    ):
        if address:
            etree.SubElement(channel, f"{{{ATOM}}}link", rel=rel, type="application/rss+xml", href=address)
    if feed.hub:
        etree.SubElement(channel, f"{{{ATOM}}}link", rel="hub", href=feed.hub)
    opened.add_words(channel, feed)
    for item in feed.items:
        _item(channel, item)
    return opened.document(root)


def _item(channel: etree._Element, item: Item) -> None:
    row = etree.SubElement(channel, "item")
    _text(row, "title", item.title)
    _text(row, "link", item.address)
    _text(row, "guid", item.uid).set("isPermaLink", "false")
    _text(row, "pubDate", format_datetime(item.published))
    for person in item.people:
        _text(row, f"{{{DC}}}creator", person.name)
    for tag in item.tags:
        _text(row, "category", tag)
    _text(row, f"{{{DC}}}language", item.language)
    _text(row, f"{{{ATOM}}}updated", item.updated.isoformat())
    _text(row, "description", _as_html(item.summary))
    _text(row, f"{{{CONTENT}}}encoded", item.html)
    add_post(row, item, body=not add_markdown(row, item))
    _media(row, item)
    opened.add_item(row, item)


def _media(row: etree._Element, item: Item) -> None:
    """One enclosure, since many programs take the first alone: a recording comes before the cover, which `media` tells anyway."""
    enclosed = item.recordings or item.enclosures
    if enclosed:
        one = enclosed[0]
        etree.SubElement(row, "enclosure", url=one.address, length=str(one.length), type=one.kind)
    if item.picture:
        etree.SubElement(row, f"{{{MEDIA}}}content", url=item.picture, medium="image")
    for one in item.recordings[1:]:
        said = {"url": one.address, "type": one.kind, "fileSize": str(one.length)}
        etree.SubElement(row, f"{{{MEDIA}}}content", said)


def _as_html(text: str) -> str:
    """Readers take a description for HTML: a `<` that was said as text must not open a tag there."""
    return escape(text, quote=False)


def _text(parent: etree._Element, name: str, text: str) -> etree._Element:
    element = etree.SubElement(parent, name)
    element.text = text
    return element
