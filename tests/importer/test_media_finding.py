"""test_media_finding: what a body shows is found with every other address it may be had at."""

from __future__ import annotations

import pytest

from blog.markup import render
from importer.entry import Enclosure
from importer.media.finding import Wanted, candidates, shown_in, wanted_of, with_players


def wanted(body: str, body_format: str = "html", cover: str = "") -> list[Wanted]:
    rendered = render(body, "html" if body_format == "html" else "markdown")
    return wanted_of(rendered.feed_html, body, cover, "/media/")


def test_a_picture_is_found_with_its_other_sizes_largest_first() -> None:
    body = '<img src="https://x.org/a.jpg" srcset="https://x.org/s.jpg 300w, https://x.org/l.jpg 1200w">'
    assert wanted(body) == [
        Wanted("picture", "https://x.org/a.jpg", ("https://x.org/l.jpg", "https://x.org/s.jpg"))
    ]


def test_a_lazy_picture_is_found_by_what_it_waits_for() -> None:
    body = '<img src="https://x.org/blank.gif" data-src="https://x.org/a.jpg">'
    assert wanted(body) == [Wanted("picture", "https://x.org/a.jpg", ("https://x.org/blank.gif",))]


def test_the_sources_of_a_picture_element_are_its_other_addresses() -> None:
    body = (
        '<picture><source srcset="https://x.org/a.avif 2x" type="image/avif"><img src="https://x.org/a.jpg">'
        '</picture><img src="https://x.org/b.jpg">'
    )
    assert wanted(body) == [
        Wanted("picture", "https://x.org/a.jpg", ("https://x.org/a.avif",)),
        Wanted("picture", "https://x.org/b.jpg"),
    ]


def test_recordings_and_posters_are_found() -> None:
    body = (
        '<video poster="https://x.org/p.jpg"><source src="https://x.org/v.mp4"><source src="https://x.org/v.webm">'
        '</video><audio src="https://x.org/s.mp3"></audio>'
    )
    assert wanted(body) == [
        Wanted("picture", "https://x.org/p.jpg"),
        Wanted("video", "https://x.org/v.mp4", ("https://x.org/v.webm",)),
        Wanted("audio", "https://x.org/s.mp3"),
    ]


def test_what_is_stored_or_commented_out_or_named_twice_is_not_wanted_again() -> None:
    body = (
        '<img src="/media/images/ab/abcdef12.webp"><!-- <img src="https://x.org/c.jpg"> -->'
        '<img src="https://x.org/a.jpg"><p>and</p><img src="https://x.org/a.jpg">'
    )
    assert wanted(body) == [Wanted("picture", "https://x.org/a.jpg")]


def test_pictures_of_markdown_and_covers_are_found() -> None:
    assert wanted("![A cat](https://x.org/cat.jpg)", "markdown", "https://x.org/cover.jpg") == [
        Wanted("cover", "https://x.org/cover.jpg"),
        Wanted("picture", "https://x.org/cat.jpg"),
    ]


def test_commas_inside_addresses_stay() -> None:
    assert candidates("https://x.org/w_1,h_2/a.jpg 1x, https://x.org/w_2,h_4/a.jpg 2x") == [
        "https://x.org/w_2,h_4/a.jpg",
        "https://x.org/w_1,h_2/a.jpg",
    ]


@pytest.mark.parametrize("body", ["<img " * 20_000, "<video><source " * 10_000, "<picture>" * 20_000])
def test_broken_markup_is_read_to_its_end(body: str) -> None:
    assert [one for one in shown_in(body) if one.url] == []


# -- attachments ---------------------------------------------------------------------------------


def test_an_attached_recording_becomes_a_player() -> None:
    sound = Enclosure("https://x.org/e.mp3?a=1&b=2", "audio/mpeg")
    film = Enclosure("https://x.org/e.webm", "application/octet-stream")
    assert with_players("<p>Hear.</p>", [sound, film, sound]) == (
        '<p>Hear.</p>\n\n<audio controls src="https://x.org/e.mp3?a=1&amp;b=2"></audio>\n\n'
        '<video controls src="https://x.org/e.webm"></video>\n'
    )


def test_what_the_body_plays_already_gets_no_second_player() -> None:
    body = '<audio src="https://x.org/e.mp3?a=1&amp;b=2"></audio>'
    assert with_players(body, [Enclosure("https://x.org/e.mp3?a=1&b=2", "audio/mpeg")]) == body


@pytest.mark.parametrize(
    "given",
    [
        Enclosure("https://x.org/a.pdf", "application/pdf"),
        Enclosure("https://x.org/a.jpg", "image/jpeg"),
        Enclosure("javascript:alert(1)//.mp3", "audio/mpeg"),
        Enclosure("https://[x/a.mp3", ""),
    ],
)
def test_what_is_no_recording_gets_no_player(given: Enclosure) -> None:
    assert with_players("<p>Text</p>", [given]) == "<p>Text</p>"
