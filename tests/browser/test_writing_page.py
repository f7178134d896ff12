"""test_writing_page: the page of a post is whole in every shape: wide, on a phone, quiet, without a script, for HTML, for assistive programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from blog.models import Post
from tests.blog.desk.filling import change
from tests.browser.desk import at_a_post, preview_of, sign_in
from tests.factories import UserFactory, a_post, the_site_stands

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def violations(page: Any) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['target']}" for rule in found]


def test_the_settings_stay_as_they_were_left(page: Any, live_server: Any, page_errors: list[str]) -> None:
    at_a_post(page, live_server, body="One.")
    toggle = page.get_by_role("button", name="Settings", exact=True)
    expect(toggle).to_have_attribute("aria-expanded", "false")
    expect(page.locator("#id_tag_names")).to_be_hidden()
    toggle.click()
    expect(page.locator("#id_tag_names")).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "drawer-title"
    page.reload(wait_until="networkidle")
    expect(page.locator("#id_tag_names")).to_be_visible()
    page.focus("#id_tag_names")
    page.keyboard.press("Escape")
    expect(page.locator("#id_tag_names")).to_be_hidden()
    expect(toggle).to_be_focused()
    page.reload(wait_until="networkidle")
    expect(page.locator("#id_tag_names")).to_be_hidden()
    assert page_errors == []


def test_what_is_wrong_in_the_settings_is_shown(page: Any, live_server: Any) -> None:
    at_a_post(page, live_server, body="One.")
    page.click("[data-tool=drawer]")
    page.click("#desk-drawer summary:has-text('Address')")
    page.fill("#id_language", "no language")
    page.keyboard.press("Escape")
    page.click("[data-tool=save]")
    expect(page.get_by_text("“no language” is no language code")).to_be_visible()


def test_the_preview_goes_and_comes(page: Any, live_server: Any) -> None:
    at_a_post(page, live_server, body="One.")
    expect(page.locator(".preview-frame")).to_be_visible()
    page.keyboard.press("Control+Alt+v")
    expect(page.locator(".preview-frame")).to_be_hidden()
    page.reload(wait_until="networkidle")
    expect(page.locator(".preview-frame")).to_be_hidden()
    page.click("[data-tool=preview]")
    expect(page.locator(".preview-frame")).to_be_visible()


def test_nothing_but_the_text(page: Any, live_server: Any) -> None:
    at_a_post(page, live_server, body="One.")
    page.click("[data-tool=quiet]")
    for gone in ("#header", ".toolbar", ".preview-frame", "[name=_verb]", ".beside"):
        expect(page.locator(gone).first).to_be_hidden()
    for there in ("#id_title", "#id_body", "[data-tool=save]"):
        expect(page.locator(there)).to_be_visible()
    page.keyboard.press("Control+Alt+f")
    expect(page.locator("#header")).to_be_visible()


def test_on_a_phone_one_thing_at_a_time(chromium: Browser, live_server: Any) -> None:
    the_site_stands()
    post = a_post(body="A *word*.", status="draft")
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    sign_in(context, live_server, UserFactory(role="editor"))
    page: Any = context.new_page()
    page.goto(live_server.url + change(post), wait_until="networkidle")
    expect(page.locator("#id_body")).to_be_visible()
    expect(page.locator(".preview-frame")).to_be_hidden()
    page.click("[data-tab=read]")
    expect(page.locator("#id_body")).to_be_hidden()
    expect(preview_of(page).locator(".body em")).to_be_visible()
    page.click("[data-tool=drawer]")
    expect(page.locator("#id_tag_names")).to_be_visible()
    expect(page.locator(".preview-frame")).to_be_hidden()
    page.click("[data-tab=write]")
    expect(page.locator("#id_body")).to_be_visible()
    expect(page.locator("#id_tag_names")).to_be_hidden()
    page.click("text=Schedule…")
    expect(page.locator("#id_publish_on")).to_be_in_viewport()
    expect(page.locator("[data-tool=save]")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    context.close()


def test_without_a_script_it_is_a_form(chromium: Browser, live_server: Any) -> None:
    the_site_stands()
    post = a_post(title="Old", body="One.", status="draft")
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    sign_in(context, live_server, UserFactory(role="editor"))
    page: Any = context.new_page()
    page.goto(live_server.url + change(post))
    for part in ("#id_title", "#id_body", "#id_summary", "#id_tag_names"):
        expect(page.locator(part)).to_be_visible()
    for part in (".toolbar", ".preview-frame", "[data-tool=drawer]", ".bar-views"):
        expect(page.locator(part)).to_be_hidden()
    page.fill("#id_body", "Two.")
    page.click("text=Schedule…")
    expect(page.locator("#id_publish_on")).to_be_visible()
    page.click("button[name=_verb][value=publish]")
    post.refresh_from_db()
    assert (post.body, post.status) == ("Two.", Post.Status.PUBLISHED)
    context.close()


def test_a_text_in_html_has_tools_of_its_own(page: Any, live_server: Any, page_errors: list[str]) -> None:
    at_a_post(page, live_server, body="<p>One</p>\n<h2>Two</h2>", body_format="html")
    assert page.locator("[data-tool=table], [data-tool=quotes]").count() == 0
    page.evaluate(
        "(() => { const a = document.querySelector('#id_body'); a.focus(); a.setSelectionRange(3, 6); })()"
    )
    page.click("[data-tool=bold]")
    assert page.input_value("#id_body") == "<p><strong>One</strong></p>\n<h2>Two</h2>"
    expect(preview_of(page).locator(".body strong")).to_have_text("One")
    page.keyboard.press("Control+z")
    page.click("[data-tool=drawer]")
    page.click(".outline button")
    assert page.evaluate("document.activeElement.selectionStart") == len("<p>One</p>\n")
    assert page_errors == []


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "dark")])
def test_assistive_programs_find_nothing_amiss(
    chromium: Browser, live_server: Any, width: int, scheme: Any
) -> None:
    the_site_stands()
    post = a_post(body="One.\n\n## Two\n\n- three", tags=["A"], status="draft")
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    sign_in(context, live_server, UserFactory(role="editor"))
    page: Any = context.new_page()
    page.goto(live_server.url + change(post), wait_until="networkidle")
    found = violations(page)
    page.click("[data-tool=drawer]")
    found += violations(page)
    page.click("[data-tool=help]")
    found += violations(page)
    context.close()
    assert found == []
