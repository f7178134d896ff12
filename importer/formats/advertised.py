"""advertised: the feeds that a web page names as its own, in the order in which it names them."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from importer.addresses import absolute
from importer.errors import SourceUnusable

FEED_TYPES = {
    "application/rss+xml": "RSS",
    "application/atom+xml": "Atom",
    "application/feed+json": "JSON Feed",
    "application/rdf+xml": "RDF",
}
# A title may hold what ends a tag elsewhere; what opens one is never crossed, so that no page costs more than its length.
LINK = re.compile(r"<link\b(?:[^<>\"']|\"[^<\"]*\"|'[^<']*'){0,2000}>", re.IGNORECASE)
ATTRIBUTE = re.compile(
    r"\b(href|title|type|rel)\s*=\s*(?:\"([^\"<]*)\"|'([^'<]*)'|([^\s\"'<>]+))", re.IGNORECASE
)
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
HEAD = 500_000  # characters in which the links stand
MOST = 20  # feeds of one page
NAMED = 5  # in a sentence


@dataclass(frozen=True, slots=True)
class Offer:
    """One feed that a page names."""

    url: str  # absolute, or as the page writes it where it cannot be made so
    kind: str  # "RSS", "Atom", …
    title: str = ""


class WebPage(SourceUnusable):
    """The document is a web page; `feeds` are those that it names."""

    def __init__(self, feeds: Sequence[Offer]) -> None:
        super().__init__(f"This is a web page, not a feed{said_of(feeds)}.")
        self.feeds = tuple(feeds)


def feeds_of(text: str, address: str) -> list[Offer]:
    """The feeds that a page at `address` names, each once."""
    found: dict[str, Offer] = {}
    for link in LINK.findall(COMMENT.sub("", text[:HEAD])):
        said = {
            name.lower(): html.unescape(next(filter(None, values), ""))
            for name, *values in ATTRIBUTE.findall(link)
        }
        kind = FEED_TYPES.get(said.get("type", "").partition(";")[0].strip().lower())
        where = said.get("href", "").strip()
        if kind and where and "alternate" in said.get("rel", "").lower().split():
            url = absolute(where, address) or where
            found.setdefault(url, Offer(url, kind, " ".join(said.get("title", "").split())[:200]))
    return list(found.values())[:MOST]


def said_of(feeds: Sequence[Offer]) -> str:
    """Where a web page says its feeds are, as the end of a sentence; "" if it does not say."""
    if not feeds:
        return ""
    if len(feeds) == 1:
        return f"; it says that its feed is at {feeds[0].url}, which can be imported"
    named = [one.url for one in feeds[:NAMED]]
    more = f" and {len(feeds) - NAMED} more" if len(feeds) > NAMED else ""
    return f"; it says that its feeds are at {', '.join(named)}{more}, which can be imported"
