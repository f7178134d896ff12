"""test_feed_attacks: documents made to harm a reader are refused before any parser sees them, at the cost of an honest reading."""

from __future__ import annotations

import contextlib

import pytest

from importer.errors import SourceUnusable
from importer.formats import scan
from tests.importer.readings import entries, parsed, rejections, rss
from tests.work import grows_no_faster_than_linear, no_dearer

ENTITIES = (
    "This document defines XML entities of its own, which can be used to attack a reader, so nothing of it was read. "
    "Remove its <!DOCTYPE …> and import it again."
)
BOMB = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def honest(size: int) -> str:
    """A feed as long as an attack, of ordinary items."""
    return rss(*["<title>A title</title><description>Words &amp; words.</description>"] * (size // 80))


def tried(source: str) -> None:
    """A reading to its end, or to its refusal."""
    with contextlib.suppress(SourceUnusable):
        list(parsed(source).entries)


def assert_no_dearer(attack: str) -> None:
    no_dearer(lambda: tried(attack), lambda: tried(honest(len(attack))), times=2)


@pytest.mark.parametrize(
    "subset",
    [
        f'<!ENTITY l0 "lol">{BOMB}',
        f'<!ENTITY a "{"a" * 100_000}">',
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
        '<!ENTITY % a SYSTEM "http://127.0.0.1/x.dtd"> %a;',
        '<!-- ]> --><!entity a "b">',
        '<!ELEMENT rss ANY> <!ENTITY a "]>">',
    ],
)
def test_entity_definitions(subset: str) -> None:
    source = f'<?xml version="1.0"?><!DOCTYPE rss [{subset}]>' + rss("<title>&l9;&a;</title>")
    with pytest.raises(SourceUnusable) as caught:
        parsed(source)
    assert str(caught.value) == ENTITIES
    assert_no_dearer(source)


def test_an_entity_definition_in_the_middle() -> None:
    with pytest.raises(SourceUnusable, match="^This document defines XML entities"):
        parsed(rss('<title>a</title><!DOCTYPE x [<!ENTITY a "b">]>'))


def test_an_entity_definition_shown_in_a_post_is_text() -> None:
    (one,) = entries(
        rss('<title>T</title><description><![CDATA[<pre>&lt;!ENTITY <!ENTITY a "b"></pre>]]></description>')
    )
    assert one.body == '<pre>&lt;!ENTITY <!ENTITY a "b"></pre>'


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">',
        '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/never-asked.dtd">',
    ],
)
def test_a_doctype_without_definitions_is_harmless(doctype: str) -> None:
    (one,) = entries(f'<?xml version="1.0"?>{doctype}' + rss("<title>caf&eacute; &unknown;</title>"))
    assert one.title == "café &unknown;"


def test_elements_nested_without_end_in_an_item_cost_that_item() -> None:
    source = rss(f"<title>One</title><description>{'<b>' * 100_000}</description>", "<title>Two</title>")
    assert rejections(source) == [
        (1, "One", "The entry cannot be read: its elements stand in each other over 500 deep.")
    ]
    assert_no_dearer(source)


def test_elements_nested_without_end_around_the_items() -> None:
    source = "<rss><channel>" + "<a>" * 100_000
    with pytest.raises(
        SourceUnusable,
        match=r"^This document cannot be read: its elements stand in each other over 500 deep\.$",
    ):
        parsed(source)
    assert_no_dearer(source)


def test_a_body_nested_without_end_costs_its_entry() -> None:
    source = rss(
        f"<title>One</title><description>{'&lt;div&gt;' * 50_000}</description>", "<title>Two</title>"
    )
    assert rejections(source) == [
        (1, "One", "The entry's HTML cannot be shown: its elements stand in each other over 500 deep.")
    ]
    assert_no_dearer(source)


@pytest.mark.parametrize("escaped", [False, True])
def test_thousands_of_attributes_cost_their_entry(escaped: bool) -> None:
    tag = "<x " + " ".join(f'a{n}="b"' for n in range(20_000)) + "/>"
    tag = tag.replace("<", "&lt;") if escaped else tag
    source = rss(f"<title>One</title><description>{tag}</description>", "<title>Two</title>")
    ((position, title, reason),) = rejections(source)
    assert (position, title) == (1, "One")
    assert reason.endswith("an element has over 500 attributes.")
    assert_no_dearer(source)


def test_too_many_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "MAX_ITEMS", 3)
    with pytest.raises(
        SourceUnusable, match=r"^This document holds over 3 entries; split it into smaller ones\.$"
    ):
        parsed(rss(*["<title>x</title>"] * 4))


@pytest.mark.parametrize(
    "piece", ['<br "', "<br a='\"", "&", "<!", "<?", "<!--", "<![CDATA[", "</", "<br a=b c "]
)
def test_broken_markup_without_end_takes_linear_work(piece: str) -> None:
    def read(source: str) -> None:
        assert len(list(parsed(source).entries)) == 1

    def source(number: int) -> str:
        return rss(f"<title>T</title><description>{piece * number}</description>")

    grows_no_faster_than_linear(read, source, small=1_500, large=15_000)
