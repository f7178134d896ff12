"""test_feed_broken: broken feeds give what they hold, and the entry that was cut off is named."""

from __future__ import annotations

from importer.entry import Entry, Person
from tests.importer.readings import NOW, atom, entries, entry, item, parsed, rejections, rss

CUT = "The entry is incomplete: the document ends in the middle of it. Get the source again."
START = "<rss version='2.0'><channel><title>T</title><item><title>One</title></item><item><title>Two</title></item>"


def test_a_feed_cut_off_in_an_item() -> None:
    source = f"{START}<item><title>Three</title><description>It was a dark and"
    found = parsed(source)
    assert [one.title for one in found.entries if isinstance(one, Entry)] == ["One", "Two"]
    assert rejections(source) == [(3, "Three", CUT)]
    assert found.warnings == ("The document ends early; every entry before that place was read.",)


def test_a_feed_cut_off_in_cdata_that_shows_an_end_tag() -> None:
    source = f"{START}<item><title>Three</title><description><![CDATA[<pre></item>"
    assert rejections(source) == [(3, "Three", CUT)]


def test_a_feed_cut_off_in_an_end_tag() -> None:
    assert rejections(f"{START}<item><title>Three</title></it") == [(3, "Three", CUT)]


def test_a_feed_cut_off_between_items_loses_none() -> None:
    assert [one.title for one in entries(START)] == ["One", "Two"]


def test_an_atom_feed_cut_off() -> None:
    source = atom("<title>One</title>").removesuffix("</feed>") + "<entry><title>Two</title><content>a"
    assert rejections(source) == [(2, "Two", CUT)]


def test_html_entities_without_a_dtd_keep_their_item() -> None:
    found = item(
        "<title>a&nbsp;b &copy; c</title><description>x &hellip; &lt;b&gt;y&lt;/b&gt; &amp;nbsp;</description>"
    )
    assert (found.title, found.body) == ("a b © c", "x … <b>y</b> &nbsp;")


def test_bare_ampersands_and_open_tags_keep_their_item() -> None:
    found = item(
        "<title>Tom & Jerry</title><description>a & b <br> c <p>d</description><link>https://e.com/?a=1&b=2</link>"
        "<category>R&amp;D</category><author>x@e.com (Tom &amp; Co)</author>"
    )
    assert (found.title, found.body) == ("Tom & Jerry", "a & b <br> c <p>d")
    assert (found.link, found.tags, found.authors) == (
        "https://e.com/?a=1&b=2",
        ("R&D",),
        (Person("Tom & Co", "x@e.com"),),
    )


def test_prefixes_that_nobody_declared() -> None:
    found = entry(
        rss(
            "<title>T</title><dc:creator>Ann</dc:creator><dc:creator>Bob</dc:creator>"
            "<content:encoded><![CDATA[<p>Hi</p>]]></content:encoded><media:content url='https://e.com/c.jpg' medium='image'/>",
            namespaces="",
        )
    )
    assert (found.authors, found.body, found.cover) == (
        (Person("Ann"), Person("Bob")),
        "<p>Hi</p>",
        "https://e.com/c.jpg",
    )


def test_rss_with_an_atom_entry_in_it() -> None:
    source = rss("<title>One</title>").replace(
        "</channel>", "<atom:entry><atom:title>Two</atom:title></atom:entry></channel>"
    )
    assert [one.title for one in entries(source)] == ["One", "Two"]


def test_items_whose_end_tags_were_forgotten() -> None:
    source = "<rss version='2.0'><channel><item><title>One</title><item><title>Two</title></channel></rss>"
    assert [one.title for one in entries(source)] == ["One", "Two"]


def test_what_a_server_prints_before_the_feed_is_passed_over() -> None:
    found = parsed("Warning: no database in /x.php\n<?xml version='1.0'?>" + rss("<title>One</title>"))
    assert [one.title for one in found.entries] == ["One"]
    assert found.warnings == ("Something stood before the beginning of the feed and was passed over.",)


def test_references_to_characters_that_do_not_exist() -> None:
    found = entries(rss("<title>a&#0;b&#xD800;c&#x110000;d&#x1F600;</title>", "<title>Two</title>"))
    assert [one.title for one in found] == ["abcd😀", "Two"]


def test_an_open_comment_of_php_swallows_no_item() -> None:
    found = entries(rss("<title>One</title><description><?php echo 1; </description>", "<title>Two</title>"))
    assert [one.title for one in found] == ["One", "Two"]


def test_an_item_that_holds_nothing_is_rejected() -> None:
    assert rejections(rss("<link>https://e.com/1</link>", "<title>Two</title>")) == [
        (1, "https://e.com/1", "The entry has neither a title nor a text.")
    ]


def test_one_broken_item_among_many_costs_nothing() -> None:
    broken = [
        "<title>a & <b>c</title>" if n == 60 else f"<title>{n}</title><pubDate>{NOW:%Y-%m-%d}</pubDate>"
        for n in range(120)
    ]
    found = entries(rss(*broken))
    assert len(found) == 120
    assert [one.title for one in found][59:62] == ["59", "a & c", "61"]
