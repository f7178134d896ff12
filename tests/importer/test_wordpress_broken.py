"""test_wordpress_broken: a bad item costs itself; a cut-off export gives what is whole; what attacks a parser is refused."""

from __future__ import annotations

import pytest

from importer.entry import Entry
from importer.errors import SourceUnusable
from importer.formats import wxrparts
from importer.formats.base import Reading
from importer.formats.wordpress import WORDPRESS
from importer.formats.wxrparts import Splitter
from tests.importer.readings import NOW, document, parsed
from tests.importer.wxr_files import entry, post, read, rejected, wxr

CUT = "The entry is incomplete: the document ends in the middle of it. Get the export again."
EARLY = "The document ends early; every entry before that place was read."


@pytest.mark.parametrize("end", ["<![CDATA[A text.", "<title><![CDATA[Sec", "</wp:post_type>"])
def test_a_cut_off_export(end: str) -> None:
    whole = wxr(post(), post(title="Second"), closing="")
    found = parsed(whole[: whole.rindex(end) + len(end)])
    first, second = found.entries
    assert isinstance(first, Entry)
    assert rejected(second)[::2] == (2, CUT)
    assert found.warnings == (EARLY,)


def test_cut_off_between_items() -> None:
    found = parsed(wxr(post(), closing=""))
    assert ([one.title for one in found.entries], found.warnings) == (["A title"], (EARLY,))


@pytest.mark.parametrize(
    ("broken", "title"),
    [
        (("A title", "Salt &nbsp; pepper"), "Salt pepper"),
        (
            ("<title><![CDATA[A title]]></title>", "<title>Salt & pepper&nbsp;&rsquo;n oil</title>"),
            "Salt & pepper ’n oil",
        ),
        (("<title><![CDATA[A title]]></title>", "<title>Bell&#7;s &#xFFFF;&#0;ring</title>"), "Bells ring"),
        (("<title>", "<yoast:score>3</yoast:score><title>"), "A title"),
        (
            ("<title><![CDATA[A title]]></title>", "<title><![CDATA[An end ]]> within]]></title>"),
            "An end ]]> within",
        ),
    ],
)
def test_xml_as_exports_break_it(broken: tuple[str, str], title: str) -> None:
    found = entry(post("Some text.").replace(*broken))
    assert (found.title, found.body) == (title, "<p>Some text.</p>")


def test_only_the_broken_item_is_lost() -> None:
    first, second, third = read(
        post(), "<item><title>Bad</title><wp:status>publish</item>", post(title="Third")
    ).entries
    assert [first.title, third.title] == ["A title", "Third"]
    assert rejected(second) == (2, "Bad", "The entry could not be read: its XML is too broken.")


def test_a_forgotten_end_tag() -> None:
    assert [one.title for one in read(post().replace("</item>", ""), post(title="Second")).entries] == [
        "A title",
        "Second",
    ]


def test_control_characters_are_gone() -> None:
    assert entry(post("Be\x07ll\x00s.")).body == "<p>Bells.</p>"


def test_nothing_in_it() -> None:
    (one,) = read(post("", title="")).entries
    assert rejected(one)[2] == "The entry has neither a title nor a text."


@pytest.mark.parametrize("place", ["head", "items"])
def test_entities_are_refused(place: str) -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    source = wxr(post("x")).replace("<rss", f"{bomb}<rss") if place == "head" else wxr(post("x"), bomb)
    with pytest.raises(SourceUnusable, match=r"^This document defines XML entities of its own"):
        parsed(source)


def test_entities_that_a_post_shows_are_text() -> None:
    assert entry(post('<pre><!ENTITY a "aaaa"></pre>')).body == '<pre><!ENTITY a "aaaa"></pre>'


def test_a_doctype_alone_does_no_harm() -> None:
    assert len(list(parsed(wxr(post()).replace("<rss", "<!DOCTYPE rss><rss", 1)).entries)) == 1


def test_an_item_that_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wxrparts, "LONGEST", 3_000_000)
    first, second = read(post("x" * 5_000_000, title="Long"), post(title="Second")).entries
    assert rejected(first) == (
        1,
        "Long",
        "The entry cannot be read: it is longer than 20 million characters.",
    )
    assert second.title == "Second"


def test_a_head_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wxrparts, "LONGEST", 3_000_000)
    with pytest.raises(SourceUnusable, match=r"^This WordPress export cannot be read: its head goes on"):
        parsed(wxr(head="<description>" + "x" * 5_000_000))


def test_too_many_attributes() -> None:
    many = " ".join(f'a{number}="1"' for number in range(600))
    (one,) = read(post().replace("<title>", f"<title {many}>")).entries
    assert rejected(one)[2] == "The entry cannot be read: an element has over 500 attributes."


def test_a_body_that_nests_without_end() -> None:
    (one,) = read(post("<div>" * 600)).entries
    assert rejected(one)[2].startswith(
        "The entry's HTML cannot be shown: its elements stand in each other over"
    )


def test_no_export() -> None:
    with pytest.raises(
        SourceUnusable, match=r"^This is not a WordPress export: its <rss> element does not name one"
    ):
        WORDPRESS.read(document("<rss><channel/></rss>"), Reading(NOW))


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
def test_marks_that_are_cut_in_two(size: int) -> None:
    text = wxr(post("a ]]> b <item> </item> <!-- c"), "<!-- <item> -->", post(title="Second"))
    splitter = Splitter()
    parts = list(splitter.parts(text[start : start + size] for start in range(0, len(text), size)))
    assert [part.is_head for part in parts] == [True, False, False]
    assert all(part.complete for part in parts)
    assert [parts[1].text, parts[2].text] == [post("a ]]> b <item> </item> <!-- c"), post(title="Second")]
    assert splitter.closed
