"""test_foreign_script: nothing that a body says makes a script run, on pages, in feeds, or after a second parsing."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest

from blog.markup import FRAME_SOURCES, linkify, plain_text, render
from blog.markup.embeds import recognise
from blog.markup.rendering import BodyFormat
from tests.blog.markup.looking import elements, reserialised
from tests.blog.markup.vectors import MARKDOWN, VECTORS

FORBIDDEN = frozenset(
    "script object embed form base meta link svg math style input button textarea select template noscript".split()  # noqa: SIM905
)
ADDRESSES = {"href", "src", "cite", "poster", "action", "formaction", "data", "background", "data-embed"}
BODIES: list[tuple[BodyFormat, str]] = [
    *(("html", one) for one in VECTORS),
    *(("markdown", one) for one in VECTORS),
    *(("markdown", one) for one in MARKDOWN),
]


def assert_harmless(fragment: str, frames: bool) -> None:
    for namespace, name, attributes in elements(fragment):
        assert namespace == ""
        assert name not in FORBIDDEN
        assert frames or name != "iframe"
        for attribute, value in attributes.items():
            assert not attribute.startswith("on")
            assert attribute not in ("style", "srcdoc", "srcset", "target", "ping", "formaction")
            if attribute in ADDRESSES:
                assert_harmless_address(value)
        if name == "iframe":
            assert f"https://{urlsplit(attributes['src']).netloc}" in FRAME_SOURCES
    assert not re.search(r"<iframe[^>]*>[^<]", fragment)


def assert_harmless_address(value: str) -> None:
    scheme = urlsplit(re.sub(r"[\x00-\x20]", "", value)).scheme
    assert scheme in ("", "http", "https", "mailto")


@pytest.mark.parametrize(("body_format", "body"), BODIES)
def test_page_and_feed_hold_no_script(body_format: BodyFormat, body: str) -> None:
    rendered = render(body, body_format)
    assert_harmless(rendered.html, frames=False)
    assert_harmless(rendered.feed_html, frames=True)


@pytest.mark.parametrize("body", VECTORS)
def test_still_harmless_after_a_browser_wrote_it_again(body: str) -> None:
    rendered = render(body, "html")
    assert_harmless(reserialised(rendered.html), frames=False)
    assert_harmless(reserialised(rendered.feed_html), frames=True)


@pytest.mark.parametrize("body", VECTORS)
def test_rendering_the_result_again_changes_nothing(body: str) -> None:
    once = render(body, "html").feed_html
    assert render(once, "html").feed_html == once


@pytest.mark.parametrize("body", VECTORS)
def test_linkify_shows_markup_as_text(body: str) -> None:
    assert {name for _, name, _ in elements(linkify(body))} <= {"p", "br", "a"}
    assert_harmless(linkify(body), frames=False)


@pytest.mark.parametrize("body", VECTORS)
def test_plain_text_is_text_when_escaped_once(body: str) -> None:
    text = plain_text(body)
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    assert elements(f"<p>{escaped}</p>")[1:] == []


def test_there_are_enough_of_them() -> None:
    assert len(set(VECTORS)) >= 80


@pytest.mark.parametrize(
    "src",
    [
        "https://www.youtube.com.evil.example/embed/abcdefghijk",
        "https://www.youtube.com@evil.example/embed/abcdefghijk",
        "https://www.youtube.com:8443/embed/abcdefghijk",
        "javascript://www.youtube.com/embed/abcdefghijk",
        "https://www.youtube.com/embed/abcdefghijk/../x",
        "https://[bad/embed/abcdefghijk",
    ],
)
def test_only_the_exact_address_of_a_known_player_is_recognised(src: str) -> None:
    assert recognise(src) is None
