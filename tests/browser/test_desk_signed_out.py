"""test_desk_signed_out: signed out in the middle of a text, with a script and without; it goes on after signing in, to the letter."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from blog.models import Post
from tests.browser.keeping import Writers, kept, write, writer
from tests.factories import PASSWORD, a_post, a_user

__all__ = ["writer"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_page_says_so_and_goes_on_after_a_sign_in_in_another_tab(writer: Writers) -> None:
    user, post = a_user(role="editor"), a_post(body="First.")
    anna = writer(user)
    page = anna.open(post)
    anna.sign_out()
    write(page, " Typed while signed out.")
    expect(page.locator("#signed-out")).to_be_visible()
    expect(page.locator("#desk-status")).to_have_text("Kept in this browser; not yet on the server")
    page.click("button[name=_continue]")
    expect(page.locator("#signed-out")).to_contain_text(
        "You were signed out. Your text is kept in this browser"
    )
    assert anna.amiss(page) == []
    with anna.context.expect_page() as opened:
        page.click("text=Sign in (opens a new tab)")
    door = opened.value
    door.fill("#id_username", user.username)
    door.fill("#id_password", PASSWORD)
    door.click("input[type=submit]")
    expect(door.locator("#content")).to_contain_text("Close this tab and go on writing in the other one")
    assert anna.amiss(door) == []
    door.close()
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    kept(page)
    expect(page.locator("#signed-out")).to_be_hidden()
    page.click("button[name=_continue]")
    expect(page.locator(".messagelist")).to_contain_text("changed successfully")
    assert Post.everything.get(pk=post.pk).body == "First. Typed while signed out."


def test_somebody_else_s_sign_in_does_not_get_the_text(writer: Writers) -> None:
    user, post = a_user(role="editor"), a_post(body="First.")
    anna = writer(user)
    page = anna.open(post)
    anna.sign_out()
    anna.sign_in(a_user(role="editor"))
    write(page, " Anna's.")
    expect(page.locator("#signed-out")).to_contain_text("Somebody else is signed in in this browser now.")
    other = anna.open(post)
    expect(other.locator(".unsaved-offer")).to_have_count(0)
    expect(other.locator("#id_body")).to_have_value("First.")
    anna.sign_out()
    anna.sign_in(user)
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    kept(page)
    expect(page.locator("#signed-out")).to_be_hidden()


@pytest.mark.parametrize("scripted", [True, False])
def test_a_form_sent_too_late_comes_along_through_the_sign_in(writer: Writers, scripted: bool) -> None:
    user = a_user(role="editor")
    anna = writer(user, java_script_enabled=scripted)
    page = anna.open(None)
    page.fill("#id_title", "Long in the writing")
    page.fill("#id_body", "Every <letter> of “it”.\n\nAnd the end.")
    anna.sign_out()
    page.click("button[name=_continue]")
    expect(page.locator(".carried")).to_contain_text("your text comes along")
    assert not scripted or anna.amiss(page) == []
    page.fill("#id_username", user.username)
    page.fill("#id_password", PASSWORD)
    page.click("input[type=submit]")
    expect(page.locator("#id_title")).to_have_value("Long in the writing")
    expect(page.locator("#id_body")).to_have_value("Every <letter> of “it”.\n\nAnd the end.")
    page.click("button[name=_continue]")
    expect(page.locator(".messagelist")).to_contain_text("added successfully")
    assert Post.everything.get().body == "Every <letter> of “it”.\n\nAnd the end."


def test_a_form_whose_check_failed_is_sent_again(writer: Writers) -> None:
    post = a_post(body="First.")
    anna = writer(a_user(role="editor"), java_script_enabled=False)
    page = anna.open(post)
    page.fill("#id_body", "First, and more.")
    anna.context.clear_cookies(name="csrftoken")
    page.click("button[name=_continue]")
    expect(page.locator("pre.whole")).to_have_text(["Post" + post.title[4:], "First, and more."])
    page.click("button.main")
    expect(page.locator(".messagelist")).to_contain_text("changed successfully")
    assert Post.everything.get(pk=post.pk).body == "First, and more."
