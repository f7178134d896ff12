"""test_responding: a reader comments without any script, an editor approves it; axe finds nothing, light and dark, wide and narrow."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from blog import responses, taxonomy
from blog.models import Response, SiteSettings
from tests.browser.desk import looked_over, sign_in
from tests.factories import a_post, a_user, the_site_stands

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def clean(page: Page) -> None:
    found = []
    for scheme in ("light", "dark"):
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found += [problem["id"] for problem in Axe().run(page).response["violations"]]
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert found == []


def test_from_the_form_to_the_page(live_server: Any, page: Page, page_errors: list[str]) -> None:
    the_site_stands()
    taxonomy.save_settings(SiteSettings(responding="all"))
    a_post(title="The way", body="A text about roads, long enough.")
    page.goto(f"{live_server.url}/posts/the-way/")
    page.get_by_role("link", name="Write a comment").click()
    page.get_by_label("Your comment").fill("Which roads? " + "x" * 200 + "\n\nhttps://example.org/")
    page.get_by_label("Your name").fill("Boris")
    assert page_errors == []
    clean(page)
    page_errors.clear()  # axe writes styles of its own, which are refused
    page.get_by_role("button", name="Send the comment").click()
    expect(page.get_by_role("status")).to_contain_text("Your comment waits for approval")
    clean(page)
    page_errors.clear()
    editor = a_user(role="editor", first_name="Anna")
    sign_in(page.context, live_server, editor)
    page.goto(f"{live_server.url}/admin/")
    page.get_by_role("link", name="1 comment waits for approval").click()
    page.wait_for_url("**/admin/blog/response/**")
    looked_over(page, page_errors)
    page.get_by_role("link", name="Which roads?").click()
    page.wait_for_url("**/change/**")
    looked_over(page, page_errors)
    page.get_by_label("Your answer").fill("All of them.")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_role("button", name="Answer").click()
    page.locator(".messagelist").wait_for()
    first = Response.objects.get(parent=None)
    responses.respond(first.post_id, "Вера", "", "И ещё одна.", to=first.pk)
    page.goto(f"{live_server.url}/posts/the-way/")
    page.reload()  # a browser keeps a page for five seconds
    expect(page.locator("#comments")).to_contain_text("2 comments")
    expect(page.locator("#comments")).to_contain_text("All of them.")
    clean(page)
