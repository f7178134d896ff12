"""test_feed_bodies: the fullest text is the body, as the source wrote it; titles are plain."""

from __future__ import annotations

import pytest

from importer.entry import Entry
from tests.importer.readings import atom, entry, item, parsed, rss


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("AT&amp;amp;T", "AT&T"),
        ("Tom &amp; Jerry", "Tom & Jerry"),
        ("&lt;b&gt;Bold&lt;/b&gt; move", "Bold move"),
        ("Why &lt;br&gt; breaks", "Why breaks"),
        ("The &amp;lt;b&amp;gt; tag", "The <b> tag"),
        ("List&lt;String&gt; in Java", "List<String> in Java"),
        ("When a &lt; b", "When a < b"),
        ("<![CDATA[ Привет &mdash; мир ]]>", "Привет — мир"),
        ("", ""),
    ],
)
def test_an_rss_title_is_plain_text(written: str, title: str) -> None:
    assert item(f"<title>{written}</title><description>x</description>").title == title


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("<title>The &lt;b&gt; tag &amp;amp; more</title>", "The <b> tag &amp; more"),
        ("<title type='html'>A &lt;b&gt;bold&lt;/b&gt; &amp;amp; move</title>", "A bold & move"),
        (
            "<title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>A <b>bold</b> &lt;p&gt; move</div></title>",
            "A bold <p> move",
        ),
    ],
)
def test_an_atom_title_is_what_its_type_says(written: str, title: str) -> None:
    assert entry(atom(written + "<content>x</content>")).title == title


def test_full_content_wins_over_the_description_in_either_order() -> None:
    full, short = (
        "<content:encoded>&lt;p&gt;Full&lt;/p&gt;</content:encoded>",
        "<description>Short</description>",
    )
    for inside in (full + short, short + full):
        found = item(inside)
        assert (found.body, found.summary) == ("<p>Full</p>", "Short")


@pytest.mark.parametrize("empty", ["<content:encoded/>", "<content:encoded>  </content:encoded>"])
def test_empty_content_falls_back_to_the_description(empty: str) -> None:
    found = item(f"<title>T</title><description>&lt;p&gt;All&lt;/p&gt;</description>{empty}")
    assert (found.body, found.summary) == ("<p>All</p>", "")


def test_a_podcasts_summary_is_no_body() -> None:
    found = item(
        "<title>T</title><description>&lt;p&gt;Notes of the whole episode&lt;/p&gt;</description>"
        "<itunes:summary>Notes</itunes:summary><content:encoded>&lt;p&gt;Full&lt;/p&gt;</content:encoded>"
    )
    assert found.body == "<p>Full</p>"


def test_the_sources_own_markdown_is_preferred() -> None:
    found = item(
        "<title>T</title><description>&lt;p&gt;x&lt;/p&gt;</description><source:markdown># A &amp; *b*</source:markdown>"
    )
    assert (found.body, found.body_format) == ("# A & *b*", "markdown")


def test_markdown_survives_broken_xml() -> None:
    found = item("<title>T &nbsp; U</title><source:markdown>a &lt; b &amp; c</source:markdown>")
    assert found.body == "a < b & c"


def test_plain_text_of_atom_becomes_paragraphs() -> None:
    assert entry(atom("<content>a &lt; b\nc\n\nd</content>")).body == "<p>a &lt; b<br>c</p>\n<p>d</p>"


def test_plain_text_of_rss_becomes_paragraphs_where_it_has_lines() -> None:
    assert item("<description>One.\n\nTwo.</description>").body == "<p>One.</p>\n<p>Two.</p>"


def test_xhtml_content_is_markup() -> None:
    found = entry(
        atom(
            "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>A <em>b</em></p></div></content>"
        )
    )
    assert found.body == "<p>A <em>b</em></p>"


def test_nothing_is_cleaned_here() -> None:
    html = '<iframe src="https://www.youtube.com/embed/x"></iframe><img src="a.png" srcset="b.png 2x"><script>x</script>'
    assert item(f"<description><![CDATA[{html}]]></description>").body == html


def test_escaped_markup_in_the_text_stays_text() -> None:
    assert (
        item("<description><![CDATA[<p>&lt;b&gt; is a tag</p>]]></description>").body
        == "<p>&lt;b&gt; is a tag</p>"
    )


@pytest.mark.parametrize(
    ("source", "base"),
    [
        (
            atom("<link href='/p/1'/><content type='html' xml:base='/x/'>y</content>"),
            "https://fetched.example/x/",
        ),
        (atom("<link href='/p/1'/><content type='html'>y</content>"), "https://fetched.example/p/1"),
        (rss("<title>T</title><link>https://e.com/1</link>"), "https://e.com/1"),
        (
            rss("<title>T</title>", channel="<link>https://site.example/</link>"),
            "https://fetched.example/feed",
        ),
    ],
)
def test_what_relative_addresses_are_relative_to(source: str, base: str) -> None:
    (one,) = parsed(source, url="https://fetched.example/feed").entries
    assert isinstance(one, Entry)
    assert one.base_url == base


def test_the_operators_base_wins_over_a_guessed_one() -> None:
    (one,) = parsed(
        rss("<title>T</title><link>https://e.com/1</link>"), base_url="https://b.example/"
    ).entries
    assert isinstance(one, Entry)
    assert one.base_url == "https://b.example/"


def test_a_shorter_second_text_is_not_lost() -> None:
    found = item("<description>A description of some length</description><summary>A summary</summary>")
    assert (found.body, found.summary) == ("A description of some length", "A summary")


def test_markup_in_base64_is_a_text() -> None:
    content = '<content type="application/octet-stream">PHA+UGxhaW4gPGI+dGV4dDwvYj48L3A+</content>'
    assert entry(atom(f"<title>T</title>{content}")).body == "<p>Plain <b>text</b></p>"


def test_a_break_in_a_pictures_attribute_leaves_nothing_of_the_picture_in_a_title() -> None:
    title = '<title type=\'html\'>Cats &lt;img alt="cat&lt;br /&gt;dog" src="/c.jpg"&gt;</title>'
    assert entry(atom(f"{title}<content>x</content>")).title == "Cats"


def test_a_script_in_an_xhtml_title_is_no_text_of_it() -> None:
    inside = "<div xmlns='http://www.w3.org/1999/xhtml'>A <script>run()</script>safe <b>title</b></div>"
    assert entry(atom(f"<title type='xhtml'>{inside}</title><content>x</content>")).title == "A safe title"
    assert (
        parsed(
            f"<feed xmlns='http://www.w3.org/2005/Atom'><title type='xhtml'>{inside}</title></feed>"
        ).about.title
        == "A safe title"
    )
