"""test_desk_editor: the Markdown editor shows what it will look like, takes pictures, offers tags, and lets the keyboard go."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.desk import sign_in
from tests.factories import UserFactory, a_post, the_site_stands

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def writing(page: Any, live_server: Any, media_root: Path) -> Any:
    """An editor at an empty form."""
    the_site_stands()
    a_post(tags=["Django", "Djinn", "Hello, World"])
    sign_in(page.context, live_server, UserFactory(role="editor"))
    page.goto(live_server.url + "/admin/blog/post/add/", wait_until="networkidle")
    return page


def test_the_preview_follows_the_text_and_nothing_in_it_runs(writing: Any, page_errors: list[str]) -> None:
    writing.fill("#id_body", "Some **bold** words <img src=x onerror=\"top.document.title='ran'\">")
    body = writing.frame_locator(".preview-frame").locator(".body")
    expect(body.locator("strong")).to_have_text("bold")
    assert writing.title() != "ran"
    assert page_errors == []


def test_tags_are_offered_and_taken_by_the_keyboard(writing: Any, page_errors: list[str]) -> None:
    writing.click("[data-tool=drawer]")
    writing.click("#id_tag_names")
    writing.keyboard.type("Mine, dj")
    writing.wait_for_selector("#id_tag_names-suggestions [role=option]")
    writing.keyboard.press("ArrowDown")
    writing.keyboard.press("ArrowDown")
    writing.keyboard.press("Enter")
    assert writing.input_value("#id_tag_names") == "Mine, Djinn, "
    writing.keyboard.type("hello")
    writing.wait_for_selector("#id_tag_names-suggestions [role=option]")
    writing.keyboard.press("ArrowDown")
    writing.keyboard.press("Enter")
    assert writing.input_value("#id_tag_names") == 'Mine, Djinn, "Hello, World", '
    assert page_errors == []


def test_the_tab_key_leaves_the_text(writing: Any) -> None:
    writing.focus("#id_body")
    writing.keyboard.press("Tab")
    assert writing.evaluate("document.activeElement.id") != "id_body"
    assert writing.input_value("#id_body") == ""


def test_authors_are_moved_by_buttons(writing: Any) -> None:
    writing.click("[data-tool=drawer]")
    writing.fill("#id_byline_rows-0-author", "First")
    writing.fill("#id_byline_rows-1-author", "Second")
    writing.click("[aria-label='Move Second up']")
    places = writing.eval_on_selector_all(
        "[data-bylines] .byline",
        "rows => rows.map(row => [row.querySelector('[type=text]').value, row.querySelector('[type=number]').value])",
    )
    assert places[:2] == [["Second", "1"], ["First", "2"]]
