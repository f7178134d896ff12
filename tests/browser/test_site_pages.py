"""test_site_pages: pages fit narrow screens, run nothing foreign, and are whole without scripts."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.browser.reading import PAGES, a_whole_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

POST = "/posts/everything-there-is/"


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_scrolls_sideways(live_server: Any, page: Any, width: int) -> None:
    a_whole_site()
    page.set_viewport_size({"width": width, "height": 800})
    wide = []
    for address in PAGES:
        page.goto(live_server.url + address)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            wide.append(address)
    assert wide == []


def test_nothing_is_refused_and_nothing_foreign_is_asked(
    live_server: Any, page: Any, page_errors: list[str]
) -> None:
    """The data block for search engines included: the policy must not report it."""
    a_whole_site()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for address in PAGES:
        page.goto(live_server.url + address)
    assert [url for url in asked if not url.startswith(live_server.url)] == []
    # A picture that no test stored, and the pages that are not there, are all that may fail.
    assert [error for error in page_errors if "404" not in error] == []


def test_the_data_block_is_there_and_did_not_run(live_server: Any, page: Any) -> None:
    a_whole_site()
    page.goto(live_server.url + POST)
    data = page.evaluate(
        "JSON.parse(document.querySelector('script[type=\"application/ld+json\"]').textContent)"
    )
    assert data["headline"] == "Everything there is"


def test_a_reader_without_scripts_has_it_all(live_server: Any, chromium: Any) -> None:
    a_whole_site()
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + POST)
    assert page.locator("h1").inner_text() == "Everything there is"
    page.locator("summary", has_text="Contents").click()
    page.locator(".contents a", has_text="A table").click()
    assert page.url.endswith("#at-a-table")
    assert (
        page.locator("figure.embed a").get_attribute("href") == "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    )
    page.locator(".menu a", has_text="Search").click()
    page.locator("#question").fill("introduction")
    page.locator("form.search button").click()
    assert "Everything there is" in page.locator(".hits").inner_text()
    context.close()


def test_a_keyboard_reaches_the_text_first(live_server: Any, page: Any) -> None:
    a_whole_site()
    page.goto(live_server.url + POST)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the text"
    assert page.locator(".skip").bounding_box()["width"] > 50
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")


def test_lines_are_of_a_readable_length(live_server: Any, page: Any) -> None:
    a_whole_site()
    page.goto(live_server.url + POST)
    width = page.evaluate(
        """() => {
          const text = document.querySelector(".body p"), probe = document.createElement("span");
          probe.textContent = "The quick brown fox jumps over the lazy dog and runs away to the woods again";
          text.append(probe); probe.style.whiteSpace = "nowrap";
          const one = probe.getBoundingClientRect().width / probe.textContent.length;
          return text.getBoundingClientRect().width / one;
        }"""
    )
    assert 58 <= width <= 80


def test_a_player_comes_only_when_it_is_asked_for(live_server: Any, page: Any) -> None:
    a_whole_site()
    page.route(re.compile("youtube"), lambda route: route.abort())
    page.goto(live_server.url + POST)
    assert page.locator("iframe").count() == 0
    page.locator("figure.embed button").click()
    assert (
        page.locator("figure.embed iframe").get_attribute("src")
        == "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"
    )


def test_paper_gets_the_text_alone(live_server: Any, page: Any) -> None:
    a_whole_site()
    page.goto(live_server.url + POST)
    page.emulate_media(media="print")
    assert page.locator(".body").is_visible()
    for hidden in (".menu", ".colophon", ".contents", ".further"):
        assert not page.locator(hidden).is_visible()
