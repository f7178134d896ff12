"""test_desk_pages: every page of the desk loads without a refused script or style, fits a phone, and axe finds nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from blog.models import Post
from tests.browser.desk import amiss, sign_in
from tests.browser.furnished import furnish
from tests.factories import UserFactory, an_author, the_site_stands

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOKS = [(1280, "light"), (390, "dark")]


def _look_at(page: Any, server: str, address: str, heard: list[str]) -> Iterator[str]:
    """What is wrong with one page."""
    writes = address.startswith(("/admin/blog/post/", "/admin/blog/page/"))
    answer = page.goto(server + address, wait_until="networkidle" if writes else "load")
    if answer is None or answer.status != 200:
        yield f"{address}: {answer and answer.status}"
    yield from (f"{address}: {line}" for line in heard)
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if wide > 0:
        yield f"{address}: {wide} px wider than the window"
    yield from (f"{address}: {problem}" for problem in amiss(page))
    heard.clear()  # axe writes styles of its own


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_every_page_loads_whole(
    chromium: Browser, live_server: Any, media_root: Path, tmp_path: Path, width: int, scheme: Any
) -> None:
    user = UserFactory(role="administrator", first_name="Anna")
    addresses = furnish(Client(), user, tmp_path)
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    sign_in(context, live_server, user)
    page = context.new_page()
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    troubles = [
        trouble for address in addresses for trouble in _look_at(page, live_server.url, address, heard)
    ]
    assert len(addresses) > 80
    assert not troubles, "\n".join(troubles)


def test_the_door_loads_whole(page: Any, page_errors: list[str], live_server: Any) -> None:
    the_site_stands()
    page.goto(live_server.url + "/admin/login/", wait_until="networkidle")
    assert page_errors == []
    assert amiss(page) == []
    for _ in range(10):
        page.fill("#id_username", "nobody")
        page.fill("#id_password", "wrong")
        page.click("input[type=submit]")
    assert page.inner_text("h1") == "Too many tries"
    assert amiss(page) == []


def test_a_post_is_written_whole_without_a_script(chromium: Browser, live_server: Any) -> None:
    the_site_stands()
    an_author(name="Anna Petrova")
    context = chromium.new_context(java_script_enabled=False)
    sign_in(context, live_server, UserFactory(role="editor"))
    page = context.new_page()
    page.goto(live_server.url + "/admin/blog/post/add/")
    page.fill("#id_title", "Without a script")
    page.fill("#id_body", "Some *text*.")
    page.fill("#id_byline_rows-0-author", "Anna Petrova")
    page.fill("#id_tag_names", "One, Two")
    page.click("button[value=publish]")
    assert "“Without a script” is published." in page.inner_text(".messagelist")
    context.close()
    post = Post.everything.get()
    assert post.is_public
    assert [tagging.spelling for tagging in post.taggings.all()] == ["One", "Two"]
    assert [byline.author.name for byline in post.bylines.all()] == ["Anna Petrova"]
