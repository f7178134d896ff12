"""test_desk_keeping: what is typed and never saved comes back: after a crash, from a browser that was offline, of a post that never was."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from playwright.sync_api import Error, expect

from blog import publishing
from blog.content import Content
from blog.models import Post, Revision, UnsavedText
from tests.browser.keeping import Writers, kept, write, writer
from tests.factories import a_post, a_user

__all__ = ["writer"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def crash(page: Any) -> None:
    """The page is gone before it could say a word."""
    with contextlib.suppress(Error):
        page.goto("chrome://crash", timeout=2000)
    page.close()


def test_a_crash_loses_nothing_and_makes_no_revision(writer: Writers) -> None:
    user, post = a_user(role="editor"), a_post(body="First.")
    anna = writer(user)
    page = anna.open(post)
    write(page, " And second.")
    kept(page)
    crash(page)
    assert Revision.objects.filter(post=post).count() == 1
    page = anna.open(post)
    expect(page.locator(".unsaved-offer")).to_contain_text("You have unsaved text from")
    page.click("text=Look at the difference")
    expect(page.locator(".difference")).to_contain_text("And second.")
    page.click("text=Restore it")
    expect(page.locator("#id_body")).to_have_value("First. And second.")
    page.click("button[name=_continue]")
    expect(page.locator(".messagelist")).to_contain_text("changed successfully")
    assert Post.everything.get(pk=post.pk).body == "First. And second."
    assert not UnsavedText.objects.exists()
    expect(page.locator(".unsaved-offer")).to_have_count(0)


def test_a_post_that_was_never_saved_comes_back(writer: Writers) -> None:
    anna = writer(a_user(role="editor"))
    page = anna.open(None)
    page.fill("#id_title", "Never saved")
    write(page, "Its text.")
    page.click(".drawer-toggle")
    page.fill("#id_tag_names", "One, Two")
    kept(page)
    crash(page)
    assert not Post.everything.exists()
    page = anna.open(None)
    expect(page.locator(".unsaved-offer")).to_contain_text("“Never saved” was never saved")
    page.click("text=Restore it")
    expect(page.locator("#id_title")).to_have_value("Never saved")
    expect(page.locator("#id_tag_names")).to_have_value("One, Two")
    page.click("button[name=_continue]")
    expect(page.locator("#id_body")).to_have_value("Its text.")
    assert Post.everything.get().title == "Never saved"
    assert not UnsavedText.objects.exists()


def test_thrown_away_is_thrown_away(writer: Writers) -> None:
    user, post = a_user(role="editor"), a_post(body="First.")
    anna = writer(user)
    page = anna.open(post)
    write(page, " Rubbish.")
    kept(page)
    crash(page)
    page = anna.open(post)
    page.click("text=Throw it away")
    expect(page.locator(".messagelist")).to_contain_text("was thrown away")
    expect(page.locator(".unsaved-offer")).to_have_count(0)
    page = anna.open(post)
    expect(page.locator(".unsaved-offer")).to_have_count(0)
    expect(page.locator("#id_body")).to_have_value("First.")


def test_what_was_saved_meanwhile_is_merged_into_what_is_restored(writer: Writers) -> None:
    user, post = a_user(role="editor"), a_post(body="First.\n\nSecond.\n\nThird.")
    anna = writer(user)
    page = anna.open(post)
    write(page, " Mine.")
    kept(page)
    crash(page)
    publishing.save(post.pk, Content(title=post.title, body="Theirs.\n\nSecond.\n\nThird."), None)
    page = anna.open(post)
    page.click("text=Restore it")
    expect(page.locator("#id_body")).to_have_value("Theirs.\n\nSecond.\n\nThird. Mine.")
    expect(page.locator(".unsaved-said")).to_contain_text("together with what was saved since (revision 2)")
    page.click("button[name=_continue]")
    expect(page.locator(".messagelist")).to_contain_text("changed successfully")
    assert Post.everything.get(pk=post.pk).body == "Theirs.\n\nSecond.\n\nThird. Mine."


def test_offline_it_stays_in_this_browser_and_goes_up_when_the_server_is_back(writer: Writers) -> None:
    user, post = a_user(role="editor"), a_post(body="First.")
    anna = writer(user)
    page = anna.open(post)
    anna.context.set_offline(True)
    write(page, " Offline.")
    expect(page.locator("#desk-status")).to_have_text("Kept in this browser; not yet on the server")
    assert not UnsavedText.objects.exists()
    anna.context.set_offline(False)
    kept(page)
    assert ["body", "First. Offline."] in UnsavedText.objects.get().state


def test_what_a_browser_kept_while_offline_is_offered_after_a_crash(writer: Writers) -> None:
    user, post = a_user(role="editor"), a_post(body="First.")
    anna = writer(user)
    page = anna.open(post)
    page.route("**/keep/", lambda route: route.abort())
    write(page, " Offline.")
    expect(page.locator("#desk-status")).to_have_text("Kept in this browser; not yet on the server")
    crash(page)
    page = anna.open(post)
    expect(page.locator(".unsaved-offer")).to_contain_text("You have unsaved text from")
    page.click("text=Restore it")
    expect(page.locator("#id_body")).to_have_value("First. Offline.")
    page.click("button[name=_continue]")
    expect(page.locator(".messagelist")).to_contain_text("changed successfully")
    expect(page.locator(".unsaved-offer")).to_have_count(0)
    for _ in range(50):
        if not (
            held := page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('masthead.un'))")
        ):
            break
        page.wait_for_timeout(100)
    assert held == []


def test_leaving_warns_of_what_nobody_keeps_and_of_nothing_else(writer: Writers) -> None:
    user, post = a_user(role="editor"), a_post(body="First.")
    page = writer(user).open(post)
    asked: list[str] = []

    def stay(dialog: Any) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.evaluate("document.querySelector('#id_body').focus()")
    page.keyboard.press("End")
    page.reload(wait_until="networkidle")
    assert asked == []
    write(page, "x")
    page.keyboard.press("Backspace")
    page.reload(wait_until="networkidle")
    assert asked == []
    write(page, " Kept.")
    kept(page)
    page.reload(wait_until="networkidle")
    assert asked == []
    page.click("text=Restore it")
    page.wait_for_load_state("networkidle")
    page.route("**/keep/", lambda route: route.abort())
    write(page, " Not kept.")
    page.evaluate("location.reload()")
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    expect(page.locator("#id_body")).to_have_value("First. Kept. Not kept.")
    page.unroute("**/keep/")
    page.click("button[name=_continue]")
    expect(page.locator(".messagelist")).to_contain_text("changed successfully")
    assert asked == ["beforeunload"]
