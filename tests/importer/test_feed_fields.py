"""test_feed_fields: every field of an item arrives where it belongs, from RSS, RDF and Atom."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from importer.entry import About, Enclosure, Entry, Person
from tests.importer.readings import NAMESPACES, atom, entries, entry, item, parsed, rss

MAY = datetime(2026, 5, 1, 10, tzinfo=UTC)


def test_a_whole_rss_item() -> None:
    found = item(
        "<title> On\n tides </title><link>https://example.com/tides</link><guid isPermaLink='false'> t-1 </guid>"
        "<description>Short.</description><content:encoded><![CDATA[ <p>Long.</p> ]]></content:encoded>"
        "<dc:creator><![CDATA[ Ann Lee ]]></dc:creator><dc:creator>Борис</dc:creator>"
        "<category><![CDATA[ Sea ]]></category><category>sea</category><category>C++</category>"
        "<pubDate>Fri, 01 May 2026 10:00:00 GMT</pubDate><media:content url='https://example.com/c.png' medium='image'/>"
    )
    assert found == Entry(
        position=1,
        title="On tides",
        body="<p>Long.</p>",
        guid="t-1",
        link="https://example.com/tides",
        base_url="https://example.com/tides",
        summary="Short.",
        authors=(Person("Ann Lee"), Person("Борис")),
        tags=("Sea", "C++"),
        published=MAY,
        cover="https://example.com/c.png",
    )


def test_a_whole_atom_entry() -> None:
    found = entry(
        atom(
            "<title type='html'>On &lt;em&gt;tides&lt;/em&gt;</title><id>tag:example.com,2026:1</id>"
            "<link rel='alternate' href='/tides'/><link rel='canonical' href='https://original.example/t'/>"
            "<link rel='enclosure' href='/t.mp3' type='audio/mpeg' length='9' title='Sound'/>"
            "<summary>Short &amp; sweet.</summary><content type='html' xml:lang='ru'>&lt;p&gt;Long.&lt;/p&gt;</content>"
            "<author><name>Ann</name><email>ann@example.com</email><uri>https://ann.example/</uri></author>"
            "<author><name>Bob</name></author><category term='sea' label='The sea'/>"
            "<published>2026-05-01T13:00:00+03:00</published><updated>2026-05-02T10:00:00Z</updated>",
            feed="<link rel='alternate' href='https://example.com/'/>",
        )
    )
    assert found == Entry(
        position=1,
        title="On tides",
        body="<p>Long.</p>",
        guid="tag:example.com,2026:1",
        link="https://example.com/tides",
        canonical="https://original.example/t",
        base_url="https://example.com/tides",
        summary="Short & sweet.",
        authors=(Person("Ann", "ann@example.com", "https://ann.example/"), Person("Bob")),
        tags=("The sea",),
        published=MAY,
        updated=MAY.replace(day=2),
        language="ru",
        enclosures=(Enclosure("https://example.com/t.mp3", "audio/mpeg", 9, "Sound"),),
    )


def test_an_rdf_item() -> None:
    found = parsed(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://e.com/"><title>T</title>'
        "<link>https://e.com/</link><items><rdf:Seq><rdf:li resource='https://e.com/1'/></rdf:Seq></items></channel>"
        '<item rdf:about="https://e.com/1"><title>One</title><link>https://e.com/1</link><description>x</description>'
        "<dc:creator>Ann</dc:creator><dc:date>2026-05-01T10:00Z</dc:date><dc:subject>sea</dc:subject></item></rdf:RDF>"
    )
    (one,) = found.entries
    assert isinstance(one, Entry)
    assert (found.format, found.about.title, one.guid, one.link) == (
        "rdf",
        "T",
        "https://e.com/1",
        "https://e.com/1",
    )
    assert (one.authors, one.published, one.tags) == ((Person("Ann"),), MAY, ("sea",))


@pytest.mark.parametrize("version", ["0.91", "0.92", "2.0", "7.3", ""])
def test_every_rss_version(version: str) -> None:
    source = (
        f'<rss version="{version}"><channel><title>T</title><item><title>One</title></item></channel></rss>'
    )
    assert [one.title for one in entries(source)] == ["One"]


def test_what_a_channel_says_of_itself() -> None:
    about = parsed(
        rss(
            channel="<link>https://example.com/</link><language>ru_RU</language><managingEditor>ann@example.com (Ann)"
            "</managingEditor><atom:link rel='self' href='https://example.com/feed.xml'/>"
        )
    ).about
    assert about == About(
        title="Tide",
        self_url="https://example.com/feed.xml",
        site_url="https://example.com/",
        language="ru-RU",
        authors=(Person("Ann", "ann@example.com"),),
    )


def test_what_an_atom_feed_says_of_itself() -> None:
    about = parsed(
        atom(feed="<id>urn:x:1</id><author><name>Ann</name></author><link href='https://e.com/'/>")
    ).about
    assert (about.ident, about.site_url, about.authors) == ("urn:x:1", "https://e.com/", (Person("Ann"),))


def test_the_channels_language_is_the_entrys() -> None:
    assert entry(rss("<title>T</title>", channel="<language>ru</language>")).language == "ru"


@pytest.mark.parametrize(
    ("written", "person"),
    [
        ("ann@example.com (Ann Lee)", Person("Ann Lee", "ann@example.com")),
        ("Ann Lee (ann@example.com)", Person("Ann Lee", "ann@example.com")),
        ("Ann Lee &lt;ann@example.com&gt;", Person("Ann Lee", "ann@example.com")),
        ("ann@studio.photography (Ann)", Person("Ann", "ann@studio.photography")),
        ("ann@example.com", Person("ann", "ann@example.com")),
        ("И. Петров и Ann", Person("И. Петров и Ann")),
    ],
)
def test_an_author_written_in_one_line(written: str, person: Person) -> None:
    assert item(f"<title>T</title><author>{written}</author>").authors == (person,)


def test_one_author_named_twice_is_one() -> None:
    found = item("<title>T</title><dc:creator>Ann</dc:creator><itunes:author>Ann</itunes:author>")
    assert found.authors == (Person("Ann"),)


def test_an_aggregated_entry_has_its_sources_author() -> None:
    found = entry(
        atom("<title>T</title><source><author><name>Ann</name></author><id>x</id></source><id>y</id>")
    )
    assert (found.authors, found.guid) == ((Person("Ann"),), "y")


@pytest.mark.parametrize(
    ("guid", "link"),
    [
        ("<guid>https://e.com/1</guid>", "https://e.com/1"),
        ("<guid isPermaLink='true'>https://e.com/1</guid>", "https://e.com/1"),
        ("<guid isPermaLink='false'>https://e.com/1</guid>", ""),
        ("<guid>12345</guid>", ""),
        ("<guid>https://e.com/1</guid><link>https://e.com/2</link>", "https://e.com/2"),
        ("<guid>https://e.com/1</guid><link>javascript:alert(1)</link>", ""),
        ("<link>https://e.com/?a=1&amp;b=2</link>", "https://e.com/?a=1&b=2"),
    ],
)
def test_the_link_or_the_guid_that_is_one(guid: str, link: str) -> None:
    assert item(f"<title>T</title>{guid}").link == link


def test_the_address_before_feedburners() -> None:
    namespaces = ' xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
    inside = "<title>T</title><link>https://feedproxy.example/1</link><feedburner:origLink>https://e.com/1</feedburner:origLink>"
    assert entry(rss(inside, namespaces=namespaces)).link == "https://e.com/1"


def test_bloggers_drafts_are_drafts() -> None:
    found = entry(
        atom(
            "<title>T</title><app:control xmlns:app='http://www.w3.org/2007/app'><app:draft>yes</app:draft></app:control>"
        )
    )
    assert found.status == "draft"


def test_a_date_that_is_none_is_a_warning_and_costs_nothing_else() -> None:
    found = item("<title>T</title><pubDate>Yesterday</pubDate>")
    assert found.published is None
    assert found.warnings == ("The date “Yesterday” was not understood, so the entry has no date.",)


def test_dates_without_a_zone_are_in_the_sources() -> None:
    (one,) = parsed(rss("<title>T</title><pubDate>01.05.2026 13:00</pubDate>"), zone="Europe/Moscow").entries
    assert isinstance(one, Entry)
    assert one.published == MAY


def test_entries_can_be_walked_twice_in_order() -> None:
    found = parsed(rss(*(f"<title>{n}</title>" for n in range(130))))
    assert (
        [one.title for one in found.entries]
        == [one.title for one in found.entries]
        == [str(n) for n in range(130)]
    )
    assert [one.position for one in found.entries] == list(range(1, 131))


def test_a_feed_without_entries_is_fine() -> None:
    assert (
        list(parsed(f'<rss version="2.0"{NAMESPACES}><channel><title>T</title></channel></rss>').entries)
        == []
    )
