"""test_desk_editor: the Markdown editor shows what it will look like, takes pictures, offers tags, and lets the keyboard go."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as Pillow
from playwright.sync_api import expect

from blog.models import Image
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


def test_a_picture_by_the_button_is_stored_and_asks_for_its_words(
    writing: Any, page_errors: list[str]
) -> None:
    out = BytesIO()
    Pillow.new("RGB", (30, 20), "tomato").save(out, "PNG")
    writing.fill("#id_body", "Before ")
    writing.set_input_files(
        "[data-upload]", {"name": "p.png", "mimeType": "image/png", "buffer": out.getvalue()}
    )
    expect(writing.locator("#id_body")).to_have_value(re.compile(r"!\[\]\("))
    writing.keyboard.type("A tomato")
    assert writing.input_value("#id_body") == f"Before ![A tomato](/media/{Image.objects.get().file.name})"
    assert "Say what the picture shows" in writing.inner_text("#desk-status")
    assert page_errors == []


def test_a_file_that_is_no_picture_is_said_in_words(writing: Any) -> None:
    writing.fill("#id_body", "Kept")
    writing.set_input_files("[data-upload]", {"name": "p.png", "mimeType": "image/png", "buffer": b"<svg/>"})
    expect(writing.locator("#desk-status")).to_contain_text("This is no picture that can be used here")
    assert writing.input_value("#id_body") == "Kept"


def test_a_dropped_file_that_is_no_picture_leaves_the_text_as_it_was(writing: Any) -> None:
    writing.fill("#id_body", "Kept")
    writing.evaluate(
        """() => {
          const data = new DataTransfer();
          data.items.add(new File(["<svg/>"], "p.png", { type: "image/png" }));
          document.querySelector("#id_body").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true }));
        }"""
    )
    expect(writing.locator("#desk-status")).to_contain_text("This is no picture that can be used here")
    assert writing.input_value("#id_body") == "Kept"


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
    writing.click("[aria-label='Move author 2 up']")
    places = writing.eval_on_selector_all(
        "[data-bylines] .byline",
        "rows => rows.map(row => [row.querySelector('[type=text]').value, row.querySelector('[type=number]').value])",
    )
    assert places[:2] == [["Second", "1"], ["First", "2"]]
