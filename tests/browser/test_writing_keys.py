"""test_writing_keys: what the keyboard does in the text: by the place of the keys, taken back by Undo, and never a trap."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.desk import at_a_post, preview_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PRESS = """([code, key, more]) => document.activeElement.dispatchEvent(
  new KeyboardEvent("keydown", { code, key, ctrlKey: true, bubbles: true, cancelable: true, ...more }))"""
PASTE = """([html, plain]) => {
  const data = new DataTransfer();
  if (html) data.setData("text/html", html);
  data.setData("text/plain", plain);
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  return document.activeElement.dispatchEvent(event);
}"""


def text(page: Any) -> str:
    return str(page.input_value("#id_body"))


def select(page: Any, start: int, end: int) -> None:
    page.evaluate(
        "([start, end]) => { const area = document.querySelector('#id_body'); area.focus(); area.setSelectionRange(start, end); }",
        [start, end],
    )


def test_keys_are_known_by_their_place(page: Any, live_server: Any, page_errors: list[str]) -> None:
    at_a_post(page, live_server, body="a word here")
    select(page, 2, 6)
    page.evaluate(PRESS, ["KeyB", "и", {}])  # Ctrl+И on a Russian keyboard
    assert text(page) == "a **word** here"
    page.keyboard.press("Control+z")
    assert text(page) == "a word here"
    page.keyboard.press("Control+Shift+z")
    assert text(page) == "a **word** here"
    select(page, 4, 8)
    page.keyboard.press("Control+i")
    assert text(page) == "a ***word*** here"
    page.evaluate(PRESS, ["KeyN", "b", {}])  # Ctrl+B on a Dvorak keyboard, where B stands in N's place
    assert text(page) == "a *word* here"
    page.evaluate(PRESS, ["KeyQ", "@", {"altKey": True, "modifierAltGraph": True}])  # AltGr types a character
    assert text(page) == "a *word* here"
    assert page_errors == []


def test_the_toolbar_is_one_stop_and_its_arrows_lead_on(page: Any, live_server: Any) -> None:
    at_a_post(page, live_server, body="word")
    page.focus("#id_title")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.tool") == "bold"
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Italic"
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement.dataset.tool") == "redo"
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "id_body"
    page.keyboard.press("Control+a")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.dataset.tool") == "italic"  # where it was left
    page.keyboard.press("Enter")
    assert text(page) == "*word*"


def test_lists_go_on_move_and_end(page: Any, live_server: Any) -> None:
    at_a_post(page, live_server, body="")
    page.focus("#id_body")
    page.keyboard.type("- one\ntwo")
    page.keyboard.press("Tab")
    page.keyboard.type("\nthree")
    assert text(page) == "- one\n  - two\n  - three"
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("\n\n1. first\nsecond\n\n> said\nmore")
    assert text(page) == "- one\n  - two\n- three\n1. first\n2. second\n> said\n> more"
    page.keyboard.press("Control+z")
    # How much of a word one Undo takes is the browser's to say: what was typed without a pause.
    assert re.search("> said\n> (|m|mo|mor)$", text(page))


def test_the_keyboard_is_never_held(page: Any, live_server: Any) -> None:
    at_a_post(page, live_server, body="Plain.\n\n- one\n- two")
    select(page, 2, 2)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") != "id_body"
    select(page, 18, 18)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "id_body"
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") != "id_body"
    assert text(page) == "Plain.\n\n- one\n  - two"


def test_rich_text_is_pasted_as_markdown_and_taken_back(
    page: Any, live_server: Any, page_errors: list[str]
) -> None:
    at_a_post(page, live_server, body="Before\n\nafter")
    select(page, 6, 6)
    taken = page.evaluate(PASTE, ["<h2 style='color:red'>Head</h2><p>One <b>two</b></p>", "Head One two"])
    assert taken is False
    assert text(page) == "Before\n\n## Head\n\nOne **two**\n\nafter"
    expect(page.locator("#desk-status")).to_contain_text("Pasted as Markdown")
    expect(preview_of(page).locator(".body h2")).to_have_text("Head")
    page.keyboard.press("Control+z")
    assert text(page) == "Before\n\nafter"
    assert page.evaluate(PASTE, ["", "**plain**"]) is True  # Ctrl+Shift+V brings no HTML: left to the browser
    assert page_errors == []


def test_an_address_over_words_is_a_link(page: Any, live_server: Any) -> None:
    at_a_post(page, live_server, body="see this `and that`")
    select(page, 4, 8)
    assert page.evaluate(PASTE, ["", "https://example.org/x"]) is False
    assert text(page) == "see [this](https://example.org/x) `and that`"
    page.keyboard.press("Control+z")
    assert text(page) == "see this `and that`"
    select(page, 10, 13)
    assert page.evaluate(PASTE, ["<b>x</b>", "https://example.org/x"]) is True  # code stays code


def test_quotes_curl_as_they_are_typed_and_can_be_refused(page: Any, live_server: Any) -> None:
    at_a_post(page, live_server, body="", language="ru")
    page.fill("#id_title", "")
    page.focus("#id_title")
    page.keyboard.type('"Тут"')
    assert page.input_value("#id_title") == "«Тут»"
    page.focus("#id_body")
    page.keyboard.type('Он "тут", `a = "b"` "')
    assert text(page) == 'Он «тут», `a = "b"` «'
    page.keyboard.press("Control+z")
    assert text(page) == 'Он «тут», `a = "b"` "'
    page.click("[data-tool=quotes]")
    expect(page.locator("[data-tool=quotes]")).to_have_attribute("aria-pressed", "false")
    page.keyboard.type('да"')
    assert text(page).endswith('"да"')
    page.reload(wait_until="networkidle")
    expect(page.locator("[data-tool=quotes]")).to_have_attribute("aria-pressed", "false")
    page.fill("#id_body", 'Сказал "да".')
    page.keyboard.press("Control+a")
    page.click("[data-tool=quotes]")  # asked for a selection, it mends that and stays off
    assert text(page) == "Сказал «да»."
    expect(page.locator("[data-tool=quotes]")).to_have_attribute("aria-pressed", "false")


def test_saving_by_the_keyboard(page: Any, live_server: Any) -> None:
    post = at_a_post(page, live_server, title="Old", body="One.")
    page.fill("#id_title", "New\ntitle")
    page.focus("#id_body")
    with page.expect_navigation():
        page.evaluate(PRESS, ["KeyS", "ы", {}])
    post.refresh_from_db()
    assert post.title == "New title"
    expect(page.locator("#desk-status")).to_have_text(re.compile(r"saved \d\d:\d\d"))


def test_the_sheet_of_keys(page: Any, live_server: Any) -> None:
    at_a_post(page, live_server, body="One.")
    page.focus("#id_body")
    page.keyboard.press("Control+/")
    sheet = page.get_by_role("dialog", name="Keys and help")
    expect(sheet).to_be_visible()
    expect(sheet).to_contain_text("Ctrl+Shift+8")
    page.keyboard.press("Control+b")
    assert text(page) == "One."
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    assert page.evaluate("document.activeElement.id") == "id_body"


def test_enter_leads_from_the_title_to_the_text(page: Any, live_server: Any) -> None:
    at_a_post(page, live_server, title="One", body="Text.")
    page.focus("#id_title")
    page.keyboard.press("Enter")
    page.keyboard.type("So: ")
    assert page.input_value("#id_title") == "One"
    assert text(page) == "So: Text."
