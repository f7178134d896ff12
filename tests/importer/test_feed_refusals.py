"""test_feed_refusals: what is no feed is named for what it is, with what to do instead."""

from __future__ import annotations

import pytest

from importer.errors import SourceUnusable
from importer.formats import choose
from importer.formats.base import Reading
from tests.importer.readings import NOW, document, parsed


def refusal(source: str, url: str = "") -> str:
    with pytest.raises(SourceUnusable) as caught:
        parsed(source, url=url)
    return str(caught.value)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (
            '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"/>',
            "This is a sitemap, which lists addresses and holds no posts. Import the site's feed instead.",
        ),
        (
            '<opml version="2.0"><body><outline xmlUrl="https://e.com/feed"/></body></opml>',
            "This is an OPML list of feeds, which holds no posts. Import the feeds that it lists instead.",
        ),
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', "This is an SVG picture, not a feed."),
        (
            "<note><to>x</to></note>",
            "This is an XML document of another kind (its root is <note>), not a feed.",
        ),
        (
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><x/></rdf:RDF>',
            "This is an RDF document of another kind, not a feed.",
        ),
        ("<html><body>Sign in</body></html>", "This is a web page, not a feed."),
        ("<!-- nothing -->", "This is not a feed: no XML element was found in it."),
    ],
)
def test_named_for_what_it_is(source: str, sentence: str) -> None:
    assert refusal(source) == sentence


def test_a_web_page_names_the_feed_that_it_advertises() -> None:
    page = '<!DOCTYPE html><html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml?a=1&amp;b=2"></head></html>'
    assert refusal(page, "https://e.com/blog/") == (
        "This is a web page, not a feed; it says that its feed is at https://e.com/feed.xml?a=1&b=2, which can be imported."
    )


def test_a_web_page_in_a_file_names_the_feed_as_written() -> None:
    page = "<html><link href=feed.json type='application/feed+json' rel=alternate></html>"
    assert refusal(page).endswith("it says that its feed is at feed.json, which can be imported.")


def test_a_wordpress_export_is_never_read_as_a_feed() -> None:
    export = document('<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel/></rss>')
    with pytest.raises(SourceUnusable) as caught:
        choose(export, "feed").read(export, Reading(NOW))
    assert str(caught.value) == (
        "This is a WordPress export, not a feed: read as one, its drafts and private posts would become public. "
        "Import it with --format wordpress."
    )
