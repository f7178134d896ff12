"""test_authors: bylines are ordered by drag and by keyboard, guests added in place, and an invited user claims an author."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from accounts.models import Author
from blog.models import Post
from tests.browser.desk import looked_over, sign_in
from tests.factories import a_post, a_user, an_author, the_site_stands

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def names(page: Any) -> list[str]:
    found: list[str] = page.evaluate(
        "() => [...document.querySelectorAll('.byline input[type=text]')].map((field) => field.value).filter(Boolean)"
    )
    return found


@pytest.fixture
def writing(page: Any, live_server: Any) -> tuple[Any, Post]:
    """An editor at a post with three bylines, its settings open."""
    the_site_stands()
    post = a_post(title="The way", status="draft", authors=["Anna Petrova", "Boris Smith", "Vera Ivanova"])
    sign_in(page.context, live_server, a_user(role="editor"))
    page.goto(f"{live_server.url}/admin/blog/post/{post.pk}/change/", wait_until="networkidle")
    page.click(".drawer-toggle")
    return page, post


def test_by_keyboard_and_it_is_said(writing: tuple[Any, Post], page_errors: list[str]) -> None:
    page, post = writing
    page.get_by_role("button", name="Move Vera Ivanova up").press("Enter")
    expect(page.locator("[data-moved-said]")).to_have_text("Vera Ivanova is number 2 of 5 now.")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("[data-moved-said]")).to_have_text("Vera Ivanova stays at number 1 of 5.")
    assert names(page) == ["Vera Ivanova", "Anna Petrova", "Boris Smith"]
    page.click("button[name=_continue]")
    page.wait_for_load_state("networkidle")
    order = [byline.author.name for byline in post.bylines.select_related("author")]
    assert order == ["Vera Ivanova", "Anna Petrova", "Boris Smith"]
    assert page_errors == []


def test_by_drag(writing: tuple[Any, Post], page_errors: list[str]) -> None:
    page, _post = writing
    page.locator(".byline .grip").nth(0).drag_to(
        page.locator(".byline").nth(2), target_position={"x": 60, "y": 30}
    )
    assert names(page) == ["Boris Smith", "Vera Ivanova", "Anna Petrova"]
    expect(page.locator("[data-moved-said]")).to_have_text("Anna Petrova is number 3 of 5 now.")
    looked_over(page, page_errors)
    assert page_errors == []


def test_a_guest_is_added_in_place(writing: tuple[Any, Post]) -> None:
    page, post = writing
    page.locator(".byline input[type=text]").nth(3).fill("New Guest")
    page.locator(".byline select").nth(3).select_option("translator")
    page.check("text=Add names that are not known as guest authors")
    page.click("button[name=_continue]")
    page.wait_for_load_state("networkidle")
    last = list(post.bylines.select_related("author"))[-1]
    assert (last.author.name, last.part) == ("New Guest", "translator")


def test_an_invited_user_claims_an_author(
    chromium: Browser, page: Any, live_server: Any, page_errors: list[str]
) -> None:
    the_site_stands()
    author = an_author(name="Boris Smith", bio="Writes about roads.")
    a_post(title="Old roads", authors=[author])
    sign_in(page.context, live_server, a_user(role="editor", first_name="Anna"))
    page.goto(f"{live_server.url}/admin/accounts/author/{author.pk}/change/", wait_until="networkidle")
    page.fill("#id_bio", "Writes at https://example.org/ about roads.")
    expect(page.locator("[data-bio] a")).to_have_attribute("href", "https://example.org/")
    looked_over(page, page_errors)
    page.click("text=Invitations")
    page.click("button[value=invite]")
    address = page.input_value("#made").removeprefix("https://masthead.example")
    looked_over(page, page_errors)

    context = chromium.new_context()
    invited = a_user(role="author", username="boris", first_name="Boris", last_name="Smith")
    theirs = context.new_page()
    theirs.goto(live_server.url + address)
    theirs.fill("#id_username", "boris")
    theirs.fill("#id_password", "a long pass phrase")
    theirs.click("input[type=submit]")
    theirs.wait_for_load_state("networkidle")
    assert "1 post stands under this name." in theirs.inner_text("#content")
    looked_over(theirs, page_errors)
    theirs.click("text=Be Boris Smith")
    expect(theirs.locator(".messagelist")).to_contain_text("You are “Boris Smith” from now on.")
    assert Author.objects.get(pk=author.pk).user == invited
    theirs.goto(live_server.url + address)
    assert "This invitation was used already" in theirs.inner_text(".errornote")
    context.close()
    assert page_errors == []
