"""test_desk_in_russian: the writing page in Russian: its words, its keys, and nothing that a script says in English."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.blog.desk.filling import change
from tests.browser.desk import looked_over, sign_in
from tests.factories import UserFactory, a_post, the_site_stands
from tests.words.reading import latin

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BODY = "## Море\n\nПервый абзац о море и о дороге к нему.\n\nВторой абзац."
LOOK = os.environ.get("LOOK_AT")  # a folder for pictures, for whoever wants to see the pages


def look(page: Any, name: str) -> None:
    if LOOK:
        page.screenshot(path=str(Path(LOOK) / f"{name}.png"), full_page=True)


def test_somebody_writes_in_russian(page: Any, live_server: Any, page_errors: list[str]) -> None:
    the_site_stands()
    user = UserFactory(role="editor", language="ru", first_name="Анна", last_name="Ким")
    post = a_post(title="Дорога", body=BODY, status="draft", language="ru", user=user)
    sign_in(page.context, live_server, user)
    page.goto(live_server.url + change(post), wait_until="networkidle")
    assert page.get_attribute("html", "lang") == "ru"
    expect(page.get_by_role("toolbar").get_by_role("button", name="Жирный")).to_be_visible()
    page.click("#id_body")
    page.keyboard.press("Control+End")
    page.keyboard.type(" Ещё слова")
    expect(page.frame_locator(".preview-frame").get_by_text("Второй абзац. Ещё слова")).to_be_visible()
    look(page, "writing")
    page.get_by_role("button", name="Настройки", exact=True).click()
    expect(page.get_by_text("Подписи авторов").first).to_be_visible()
    look(page, "settings")
    assert latin(page.content(), but={post.slug, user.username, "doroga"}) == []
    page.keyboard.press("Escape")
    page.focus("#id_body")
    with page.expect_navigation(wait_until="networkidle"):
        page.keyboard.press("Control+s")
    post.refresh_from_db()
    assert post.body.endswith("Второй абзац. Ещё слова")
    looked_over(page, page_errors)


def test_the_desk_is_switched_in_its_head(page: Any, live_server: Any, page_errors: list[str]) -> None:
    the_site_stands()
    user = UserFactory(role="editor")
    sign_in(page.context, live_server, user)
    page.goto(live_server.url + "/admin/blog/post/")
    page.get_by_role("button", name="Русский").click()
    expect(page.get_by_role("button", name="English")).to_be_visible()
    assert page.url.endswith("/admin/blog/post/")
    assert page.get_attribute("html", "lang") == "ru"
    for name, address in (("front", "/admin/"), ("list", "/admin/blog/post/"), ("own", "/admin/mail/")):
        page.goto(live_server.url + address)
        look(page, name)
        looked_over(page, page_errors)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(live_server.url + "/admin/")
    look(page, "narrow")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
