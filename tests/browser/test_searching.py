"""test_searching: answers come while a question is typed, are told to screen readers, and leave the history as it was."""

from __future__ import annotations

from typing import Any

import pytest

from tests.factories import a_post

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _posts() -> None:
    a_post(title="On lighthouses", body="A keeper lights the lamp.", authors=["Anna"], tags=["Coast"])
    a_post(title="Of lamps", body="Oil and wicks.", authors=["Boris"], tags=["Oil"])


def test_answers_come_while_one_types(live_server: Any, page: Any, page_errors: list[str]) -> None:
    page.goto(live_server.url + "/")
    page.goto(live_server.url + "/search/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/search/" in request.url else None)
    page.locator("#question").press_sequentially("lamp", delay=20)
    page.locator("#answers .title", has_text="Of lamps").wait_for()
    assert page.locator("#found[role=status]").inner_text() == "2 posts for “lamp”"
    assert page.url == live_server.url + "/search/?q=lamp"
    assert page.title() == "Search: lamp · Masthead"
    assert len(asked) <= 2  # not one for each letter
    assert page.evaluate("document.activeElement.id") == "question"
    page.go_back()
    assert page.url == live_server.url + "/"
    assert page_errors == []


def test_the_newest_question_is_the_one_answered(live_server: Any, page: Any, page_errors: list[str]) -> None:
    page.goto(live_server.url + "/search/")
    held: list[Any] = []
    page.route("**/search/?q=lamp", lambda route: held.append(route))
    with page.expect_request("**/search/?q=lamp"):
        page.locator("#question").fill("lamp")
    page.locator("#question").fill("lighthuoses")
    page.locator("#found", has_text="showing “lighthouses”").wait_for()
    for route in held:
        route.continue_()
    page.wait_for_timeout(200)
    assert len(held) == 1
    assert "showing “lighthouses”" in page.locator("#found").inner_text()
    assert page_errors == []


def test_the_keyboard_leads_through_the_answers(live_server: Any, page: Any) -> None:
    page.goto(live_server.url + "/search/?q=lamp")
    page.locator("#question").focus()
    reached = []
    for key in ("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp"):
        page.keyboard.press(key)
        reached.append(page.evaluate("document.activeElement.textContent || document.activeElement.id"))
    assert reached == ["Of lamps", "On lighthouses", "On lighthouses", "Of lamps", "question"]


def test_narrowing_works_without_a_script(live_server: Any, chromium: Any) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + "/search/?q=lamp")
    page.get_by_label("Author").select_option("Anna")
    page.get_by_role("button", name="Show", exact=True).click()
    assert page.locator("#answers .title").all_inner_texts() == ["On lighthouses"]
    assert page.get_by_label("Author").input_value() == "anna"
    page.get_by_role("link", name="Search all posts").click()
    assert page.locator("#answers .title").count() == 2
    context.close()
