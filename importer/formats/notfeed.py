"""notfeed: what an XML or HTML document is that is no feed, named in a sentence that says what to do instead."""

from __future__ import annotations

import re
from collections.abc import Mapping

from importer.errors import SourceUnusable
from importer.formats.advertised import WebPage, feeds_of
from importer.formats.scan import Outline, local

FEED_ROOTS = frozenset({"rss", "rdf", "feed", "channel"})
HTML_ROOTS = frozenset(
    {"html", "head", "body", "meta", "title", "script", "div", "p", "center", "table", "link", "style", "h1"}
)
OTHERS: Mapping[str, str] = {
    "urlset": "a sitemap, which lists addresses and holds no posts. Import the site's feed instead",
    "sitemapindex": "a list of sitemaps, which holds no posts. Import the site's feed instead",
    "opml": "an OPML list of feeds, which holds no posts. Import the feeds that it lists instead",
    "svg": "an SVG picture, not a feed",
    "plist": "an Apple property list, not a feed",
    "opensearchdescription": "a description of a search engine, not a feed",
    "entry": "a single Atom entry. Wrap it in <feed> to import it",
    "stylesheet": "an XSLT style sheet, not a feed",
    "error": "an error message in XML, not a feed",
}
WORDPRESS_EXPORT = re.compile(r"https?://wordpress\.org/export/\d[\d.]*/[\"']")


def refuse_other(text: str, found: Outline, address: str) -> None:
    """Raise SourceUnusable if the document is no feed. `address` is where it came from, for the links in it."""
    root = local(found.root)
    if not root:
        raise SourceUnusable("This is not a feed: no XML element was found in it.")
    if root in HTML_ROOTS:
        raise WebPage(feeds_of(text, address))
    if root in OTHERS:
        raise SourceUnusable(f"This is {OTHERS[root]}.")
    if root not in FEED_ROOTS:
        raise SourceUnusable(
            f"This is an XML document of another kind (its root is <{found.root[:60]}>), not a feed."
        )
    if root == "rdf" and not found.items and "purl.org/rss" not in text and "netscape.com/rdf" not in text:
        raise SourceUnusable("This is an RDF document of another kind, not a feed.")
    if WORDPRESS_EXPORT.search(found.root_attributes):
        raise SourceUnusable(
            "This is a WordPress export, not a feed: read as one, its drafts and private posts would become public. "
            "Import it with --format wordpress."
        )
