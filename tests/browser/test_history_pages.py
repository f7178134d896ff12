"""test_history_pages: in a browser: changes of a live post kept, compared, scheduled and published; any revision compared and brought back."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from blog import changes, publishing
from blog.content import Content
from blog.models import Changes, Post
from tests.browser.desk import sign_in
from tests.factories import UserFactory, a_post

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("PICTURES", "")  # a folder to put what was seen into
BEFORE = "The harbour was quiet.\n\nNobody had seen the slow boat come in.\n\nOne.\n\nTwo.\n\nThree.\n\nFour.\n\nThe end of it."
AFTER = BEFORE.replace("slow boat", "small white boat").replace("The end of it.", "The end of it, for now.")


def picture(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), full_page=True)


def findings(page: Page) -> list[str]:
    return [
        f"{found['id']}: {found['nodes'][0]['html'][:200]}"
        for found in Axe().run(page).response["violations"]
    ]


@pytest.fixture
def post() -> Post:
    return a_post(title="The harbour", body=BEFORE, tags=["sea"])


def test_changes_are_kept_compared_and_published(
    page: Page, page_errors: list[str], live_server: Any, post: Post
) -> None:
    sign_in(page.context, live_server, UserFactory(role="editor", first_name="Anna", last_name="Petrova"))
    page.goto(f"{live_server.url}/admin/blog/post/{post.pk}/change/")
    page.fill("#id_body", AFTER)
    page.click("button[name=_later]")
    page.wait_for_selector("text=Unpublished changes since")
    assert Post.everything.get(pk=post.pk).body == BEFORE
    assert page.input_value("#id_body") == AFTER
    picture(page, "changes-1280")
    page.click("text=Compare with what readers see")
    page.wait_for_selector(".sides")
    assert (
        page.locator(".sides ins").all_inner_texts() == ["small white", ",", "for now"]
        or page.locator(".sides ins").count()
    )
    picture(page, "compare-1280")
    page.click(".folded summary")
    assert page.is_visible("text=Two.")
    page.go_back()
    page.click("button[name=_continue]")
    page.wait_for_selector("text=was changed successfully")
    assert Post.everything.get(pk=post.pk).body == AFTER
    assert not Changes.objects.exists()
    page.goto("about:blank")  # nothing is asked of the server any more
    assert page_errors == []


def test_changes_are_scheduled_with_a_moment_that_says_how_far_it_is(
    page: Page, page_errors: list[str], live_server: Any, post: Post
) -> None:
    sign_in(page.context, live_server, UserFactory(role="editor"))
    page.goto(f"{live_server.url}/admin/blog/post/{post.pk}/change/")
    page.fill("#id_body", AFTER)
    page.click("summary:has-text('More')")
    page.fill("#id_changes_on", "2020-01-01T10:00")
    assert page.inner_text("#id_changes_on_away") == "That moment is past."
    page.locator(".verb-one", has=page.locator("#id_changes_on")).locator(
        "button", has_text="Tomorrow"
    ).click()
    assert re.fullmatch(r"in (\d+ hours?|1 day|2 days)", page.inner_text("#id_changes_on_away"))
    picture(page, "schedule-1280")
    page.click("button[value=schedule_changes]")
    page.wait_for_selector("text=Readers will see them")
    found = changes.of(post.pk)
    assert found is not None
    assert found.at is not None
    page.click("text=Take off the schedule")
    page.wait_for_selector("text=not scheduled any more")
    page.click("text=Throw away")
    page.wait_for_selector("text=were thrown away")
    assert page.input_value("#id_body") == BEFORE
    page.goto("about:blank")  # nothing is asked of the server any more
    assert page_errors == []


def test_any_two_revisions_are_compared_and_one_is_brought_back(
    page: Page, page_errors: list[str], live_server: Any, post: Post
) -> None:
    user = UserFactory(role="editor")
    publishing.save(
        post.pk, replace(Content.of(post), body=AFTER, tags=("sea", "boats")), user, why="A second look"
    )
    sign_in(page.context, live_server, user)
    page.goto(f"{live_server.url}/admin/blog/post/{post.pk}/revisions/")
    assert page.is_visible("text=A second look")
    picture(page, "revisions-1280")
    page.click("button:has-text('Compare')")
    page.wait_for_selector(".sides")
    assert page.is_visible("text=Added: boats.")
    page.goto(f"{live_server.url}/admin/blog/post/{post.pk}/revisions/1/")
    page.click("text=How it reads")
    picture(page, "revision-1280")
    page.click("text=Restore revision 1 and update now")
    page.wait_for_selector("text=says again what revision 1 said")
    assert Post.everything.get(pk=post.pk).body == BEFORE
    page.goto("about:blank")  # nothing is asked of the server any more
    assert page_errors == []


def test_what_is_written_is_compared_before_it_is_saved(
    page: Page, page_errors: list[str], live_server: Any, post: Post
) -> None:
    sign_in(page.context, live_server, UserFactory(role="editor"))
    page.goto(f"{live_server.url}/admin/blog/post/{post.pk}/change/")
    page.fill("#id_body", AFTER)
    if page.is_visible("[data-tool=drawer]"):
        page.click("[data-tool=drawer]")
    with page.context.expect_page() as opened:
        page.click("button:has-text('Compare with what was saved')")
    other = opened.value
    other.wait_for_selector(".sides ins")
    assert Post.everything.get(pk=post.pk).body == BEFORE
    assert page.input_value("#id_body") == AFTER
    page.goto("about:blank")  # nothing is asked of the server any more
    assert page_errors == []


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (390, "dark")])
def test_these_pages_fit_and_axe_finds_nothing(
    chromium: Browser, live_server: Any, post: Post, width: int, theme: Any
) -> None:
    user = UserFactory(role="editor")
    publishing.save(
        post.pk, replace(Content.of(post), body=AFTER, slug="harbour"), user, correction="It was a boat."
    )
    changes.save(post.pk, replace(Content.of(Post.everything.get(pk=post.pk)), body=BEFORE), user, base=2)
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)
    sign_in(context, live_server, user)
    page = context.new_page()
    problems = []
    stem = f"/admin/blog/post/{post.pk}"
    for name, address in (
        ("change", f"{stem}/change/"),
        ("revisions", f"{stem}/revisions/"),
        ("revision", f"{stem}/revisions/1/"),
        ("compare", f"{stem}/compare/?old=1&new=2"),
        ("post", "/posts/harbour/"),
    ):
        page.goto(live_server.url + address)
        picture(page, f"{name}-{width}-{theme}")
        problems += [f"{name}: {found}" for found in findings(page)]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            problems.append(f"{name}: wider than the screen")
    page.goto("about:blank")
    context.close()
    assert problems == []
