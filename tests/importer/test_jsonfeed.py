"""test_jsonfeed: JSON Feed 1.0 and 1.1, good items in, bad ones named."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from importer.entry import About, Enclosure, Entry, Person
from importer.errors import SourceUnusable
from tests.importer.readings import entry, parsed, rejections

VERSION = "https://jsonfeed.org/version/1.1"
START = f'{{"version": "{VERSION}"'  # for documents that json.dumps would not write


def feed(*items: object, **more: object) -> str:
    return json.dumps({"version": VERSION, "title": "Tide", **more, "items": items})


def item(**fields: Any) -> Entry:
    return entry(feed({"id": "1", "content_text": "x", **fields}))


def refusal(source: str) -> str:
    with pytest.raises(SourceUnusable) as caught:
        parsed(source)
    return str(caught.value)


def test_a_whole_item() -> None:
    found = item(
        url="https://e.com/1",
        external_url="https://elsewhere.example/",
        title=" On\ntides ",
        content_html="<p>Long.</p>",
        summary="Short.",
        image="https://e.com/c.png",
        banner_image="https://e.com/b.png",
        date_published="2026-05-01T13:00:00+03:00",
        date_modified="2026-05-02T10:00:00Z",
        authors=[{"name": "Ann", "url": "https://ann.example/"}, {"name": "Bob"}, {"avatar": "x"}],
        tags=["Sea", "sea", " C++ ", ""],
        language="ru",
        attachments=[
            {"url": "https://e.com/a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 9, "title": "Sound"}
        ],
        _extension={"anything": [1]},
    )
    assert found == Entry(
        position=1,
        title="On tides",
        body="<p>Long.</p>",
        guid="1",
        link="https://e.com/1",
        base_url="https://e.com/1",
        summary="Short.",
        authors=(Person("Ann", url="https://ann.example/"), Person("Bob")),
        tags=("Sea", "C++"),
        published=datetime(2026, 5, 1, 10, tzinfo=UTC),
        updated=datetime(2026, 5, 2, 10, tzinfo=UTC),
        language="ru",
        cover="https://e.com/c.png",
        enclosures=(Enclosure("https://e.com/a.mp3", "audio/mpeg", 9, "Sound"),),
    )


def test_what_a_feed_says_of_itself() -> None:
    about = parsed(
        feed(
            feed_url="https://e.com/f.json",
            home_page_url="https://e.com/",
            language="ru",
            author={"name": "Ann"},
        )
    ).about
    assert about == About("Tide", "", "https://e.com/f.json", "https://e.com/", "ru", (Person("Ann"),))


def test_the_one_author_of_the_first_version() -> None:
    assert item(author={"name": "Ann"}).authors == (Person("Ann"),)


def test_plain_text_becomes_paragraphs() -> None:
    assert item(content_text="a < b\nc\n\nd").body == "<p>a &lt; b<br>c</p>\n<p>d</p>"


def test_a_number_as_id_is_text() -> None:
    assert item(id=17).guid == "17"


def test_without_an_id_the_address_is_it() -> None:
    assert item(id=None, url="https://e.com/1").guid == "https://e.com/1"


def test_bad_items_are_listed_and_good_ones_taken() -> None:
    source = feed(
        {"id": "1", "title": "One"}, None, "x", {"id": "4", "content_html": 5}, {"id": "5"}, {"title": "Six"}
    )
    assert [one.title for one in parsed(source).entries if isinstance(one, Entry)] == ["One", "Six"]
    assert rejections(source) == [
        (2, "", "The item is not an object."),
        (3, "", "The item is not an object."),
        (4, "4", "The entry's content_html is not a text."),
        (5, "5", "The entry has neither a title nor a text."),
    ]


def test_a_body_nested_without_end_costs_its_entry() -> None:
    ((_, title, reason),) = rejections(feed({"title": "T", "content_html": "<div>" * 1000}))
    assert (title, reason) == (
        "T",
        "The entry's HTML cannot be shown: its elements stand in each other over 500 deep.",
    )


def test_half_characters_and_nul_are_removed_with_a_warning() -> None:
    source = START + ', "items": [{"title": "a\\ud800b", "content_html": "c\\u0000d 😀 \\ud83d\\ude00"}]}'
    found = entry(source)
    assert (found.title, found.body) == ("ab", "cd 😀 😀")
    assert found.warnings == ("Characters that no text may hold were removed.",)


def test_a_bad_date_is_a_warning() -> None:
    found = item(date_published="soon")
    assert (found.published, found.warnings) == (
        None,
        ("The date “soon” was not understood, so the entry has no date.",),
    )


@pytest.mark.parametrize(
    ("fields", "warning"),
    [
        ('"size": NaN', "NaN is not a number in JSON and was left out."),
        (f'"size": 1{"0" * 400}', "A number of over 300 digits was left out."),
        ('"title": "a"', "The key “title” stands twice in one object; the last one counts."),
    ],
)
def test_odd_but_readable(fields: str, warning: str) -> None:
    found = parsed(START + ', "items": [{' + fields + ', "title": "T"}]}')
    assert [one.title for one in found.entries] == ["T"]
    assert found.warnings == (warning,)


def test_a_number_beyond_all_numbers_is_no_id() -> None:
    assert entry(START + ', "items": [{"id": 1e400, "title": "T"}]}').guid == ""


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (
            START + "}",
            "This JSON Feed has no list of items: “items” is missing or is no list.",
        ),
        (
            START + ', "items": null}',
            "This JSON Feed has no list of items: “items” is missing or is no list.",
        ),
        (
            '{"items": [{"id": "1", "ti',
            "This JSON document is cut off: it ends before it is complete. Get it again.",
        ),
        (
            '{"items": [{"id": "1"},',
            "This JSON document is cut off: it ends before it is complete. Get it again.",
        ),
        ('{"items": [}', "This is not valid JSON: line 1, column 12 cannot be read."),
        ("[]", "This is a JSON list, not a JSON Feed, which is an object with “items”."),
        ('{"name": "x"}', "This is JSON, but not a JSON Feed: it has neither its version nor “items”."),
        ("[" * 100_000, "This JSON document is nested too deep to be read."),
    ],
)
def test_unusable(source: str, sentence: str) -> None:
    assert refusal(source) == sentence
