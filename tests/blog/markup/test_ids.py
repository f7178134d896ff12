"""test_ids: ids are prefixed once, and whatever points at them follows."""

from __future__ import annotations

import pytest

from blog.markup import render
from tests.blog.markup.looking import Seen, elements


def attributes(fragment: str, name: str) -> list[dict[str, str]]:
    return [found for _, element, found in elements(fragment) if element == name]


def test_an_id_and_its_link_are_prefixed_together() -> None:
    page = render('<p id="x">a</p><a href="#x">b</a>', "html").html
    assert page == '<p id="at-x">a</p><a href="#at-x" rel="noopener">b</a>'


@pytest.mark.parametrize(
    ("body", "landing"),
    [
        ('<h2 id="привет">a</h2><a href="#привет">b</a>', 1),
        ('<h2 id="привет">a</h2><a href="#%D0%BF%D1%80%D0%B8%D0%B2%D0%B5%D1%82">b</a>', 1),
        ('<h2 id="два слова">a</h2><a href="#два%20слова">b</a>', 1),
        ('<a name="old"></a><p>a</p><a href="#old">b</a>', 1),
        ('<p id="x">a</p><p id="x">again</p><a href="#x">b</a>', 1),
        ('<p id="100%">a</p><a href="#100%25">b</a>', 1),
    ],
)
def test_links_land(body: str, landing: int) -> None:
    rendered = render(body, "html")
    assert Seen(rendered.html).landing() == landing
    assert Seen(rendered.feed_html).landing() == landing
    assert len(set(Seen(rendered.html).ids)) == len(Seen(rendered.html).ids)


@pytest.mark.parametrize(
    "href",
    [
        "https://example.org/p/#x",
        "http://www.example.org/p#x",
        "//EXAMPLE.org/p/#x",
        "https://example.org/p/#%78",
    ],
)
def test_an_absolute_link_to_this_very_post_stays_on_the_page(href: str) -> None:
    page = render(f'<p id="x">a</p><a href="{href}">b</a>', "html", own_urls=["https://example.org/p/"]).html
    assert Seen(page).fragments == ["at-x"]


@pytest.mark.parametrize(
    "href", ["https://example.org/other/#x", "https://example.org/p/", "/p/#x", "https://evil.example/p/#x"]
)
def test_a_link_to_another_page_stays_as_it_was(href: str) -> None:
    page = render(f'<p id="x">a</p><a href="{href}">b</a>', "html", own_urls=["https://example.org/p/"]).html
    assert attributes(page, "a")[0]["href"] == href


def test_other_references_follow() -> None:
    body = (
        '<table><tr><th id="h1">a<th id="h2">b<tr><td headers="h1 h2">c</table><p aria-describedby="h1">d</p>'
    )
    page = render(body, "html").html
    assert attributes(page, "td")[0]["headers"] == "at-h1 at-h2"
    assert attributes(page, "p")[0]["aria-describedby"] == "at-h1"


def test_prefixing_twice_is_prefixing_once() -> None:
    once = render('<h2 id="x">a</h2><a href="#x">b</a>', "html")
    assert render(once.feed_html, "html").html == once.html


def test_a_missing_target_is_found_by_the_headings_words() -> None:
    rendered = render('<a href="#gone">Set up &amp; go!</a><h2 id="y">Set up &amp; go</h2>', "html")
    assert Seen(rendered.html).fragments == ["at-y"]
    assert rendered.warnings == ()


@pytest.mark.parametrize("headings", ["", '<h2 id="a">Words</h2><h2 id="b">Words</h2>'])
def test_a_missing_target_without_one_such_heading_leaves_text_and_a_warning(headings: str) -> None:
    rendered = render(f'<p><a href="#gone">Words</a></p>{headings}', "html")
    assert "<p>Words</p>" in rendered.html
    assert rendered.warnings == ("The link “Words” was left as text: nothing here is named “gone”.",)


@pytest.mark.parametrize("href", ["#", "#top"])
def test_a_link_to_the_top_leads_to_the_top(href: str) -> None:
    rendered = render(f'<a href="{href}">up</a>', "html")
    assert attributes(rendered.html, "a")[0]["href"] == "#"
    assert rendered.warnings == ()


def test_links_get_noopener_and_no_target() -> None:
    page = render('<a href="https://e.example" target="_blank" rel="opener nofollow">x</a>', "html").html
    assert page == '<a href="https://e.example" rel="noopener">x</a>'
