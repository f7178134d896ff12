"""test_feed_media: the cover and the attachments of an item, wherever the feed puts them."""

from __future__ import annotations

import pytest

from importer.entry import Enclosure
from tests.importer.readings import item

PICTURE = "https://example.com/c.png"


@pytest.mark.parametrize(
    "inside",
    [
        f"<media:content url='{PICTURE}' medium='image'/>",
        f"<media:content url='{PICTURE}' type='image/png'/>",
        f"<media:content url='{PICTURE}?w=9'/>",
        f"<media:group><media:content url='{PICTURE}' medium='image'/></media:group>",
        f"<enclosure url='{PICTURE}' type='image/png' length='5'/>",
        f"<media:thumbnail url='https://example.com/small.png' width='80'/><media:thumbnail url='{PICTURE}' width='800'/>",
        f"<itunes:image href='{PICTURE}'/>",
        "<media:content url='/c.png' medium='image'/>",
        f"<media:thumbnail url='https://example.com/small.png'/><media:content url='{PICTURE}' medium='image'/>",
    ],
)
def test_the_cover(inside: str) -> None:
    found = item(f"<title>T</title>{inside}")
    assert (found.cover.partition("?")[0], found.enclosures) == (PICTURE, ())


def test_sound_and_film_are_attachments() -> None:
    found = item(
        "<title>T</title><enclosure url='https://example.com/a.mp3' type='audio/mpeg' length='123'/>"
        "<media:content url='https://example.com/v.mp4' type='video/mp4' fileSize='9'/>"
        "<media:content url='https://example.com/a.mp3' type='audio/mpeg'/>"
    )
    assert found.cover == ""
    assert sorted(found.enclosures, key=lambda one: one.url) == [
        Enclosure("https://example.com/a.mp3", "audio/mpeg", 123),
        Enclosure("https://example.com/v.mp4", "video/mp4", 9),
    ]


@pytest.mark.parametrize("length", ["", "abc", "-1", "9" * 40])
def test_a_senseless_length_is_none(length: str) -> None:
    (one,) = item(
        f"<title>T</title><enclosure url='https://e.com/a.mp3' type='audio/mpeg' length='{length}'/>"
    ).enclosures
    assert one.length is None


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:image/png;base64,xx", "file:///etc/passwd", ""])
def test_other_schemes_attach_nothing(url: str) -> None:
    found = item(
        f"<title>T</title><media:content url='{url}' medium='image'/><enclosure url='{url}' type='audio/mpeg'/>"
    )
    assert (found.cover, found.enclosures) == ("", ())
