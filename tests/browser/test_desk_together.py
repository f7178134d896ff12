"""test_desk_together: two people, or one in two tabs, at one post: seen, told, merged, and asked where they clash."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import expect

from blog import publishing
from blog.content import Content
from blog.models import Post
from tests.browser.keeping import Writers, write, writer
from tests.factories import a_post, a_user

__all__ = ["writer"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BODY = "The first one.\n\nThe second one.\n\nThe third one."


def body_of(post: Post) -> str:
    return str(Post.everything.get(pk=post.pk).body)


def save(page: Any) -> None:
    page.click("button[name=_continue]")
    page.wait_for_load_state("networkidle")


def beat(page: Any) -> None:
    """Do not wait a quarter of a minute for the next beat."""
    page.evaluate("window.dispatchEvent(new Event('online'))")


def test_changes_of_different_paragraphs_meet_without_a_question(writer: Writers) -> None:
    post = a_post(body=BODY)
    anna, boris = writer(a_user(role="editor")).open(post), writer(a_user(role="editor")).open(post)
    anna.fill("#id_body", BODY.replace("first", "1st"))
    boris.fill("#id_body", BODY.replace("third", "3rd"))
    save(anna)
    save(boris)
    expect(boris.locator(".messagelist")).to_contain_text("changed successfully")
    assert body_of(post) == BODY.replace("first", "1st").replace("third", "3rd")


def test_each_clash_is_chosen_by_itself_with_the_keyboard(writer: Writers) -> None:
    post = a_post(title="Ours", body=BODY)
    ours = writer(a_user(role="editor"))
    anna, boris = writer(a_user(role="editor")).open(post), ours.open(post)
    anna.fill("#id_body", "Anna's first.\n\nThe second one, by Anna.\n\nAnna's third.")
    boris.fill("#id_body", "Boris's first.\n\nThe second one.\n\nBoris's third.")
    save(anna)
    save(boris)
    expect(boris.locator("#conflict-title")).to_have_text("Two texts")
    expect(boris.locator(".passage")).to_have_count(2)
    expect(boris.locator(".passage").first).to_contain_text("The first one.")
    area = boris.locator("#id_body")
    expect(area).to_have_value("Boris's first.\n\nThe second one, by Anna.\n\nBoris's third.")
    assert ours.amiss(boris) == []
    boris.locator(".passage").first.locator("input:checked").focus()
    boris.keyboard.press("ArrowUp")
    expect(area).to_have_value("Anna's first.\n\nThe second one, by Anna.\n\nBoris's third.")
    boris.locator(".passage").nth(1).get_by_label("Both, theirs first").check()
    both = "Anna's first.\n\nThe second one, by Anna.\n\nAnna's third.\n\nBoris's third."
    expect(area).to_have_value(both)
    save(boris)
    assert body_of(post) == both


def test_a_passage_mended_by_hand_is_left_alone(writer: Writers) -> None:
    post = a_post(body=BODY)
    anna, boris = writer(a_user(role="editor")).open(post), writer(a_user(role="editor")).open(post)
    anna.fill("#id_body", BODY.replace("The second", "Anna's second"))
    boris.fill("#id_body", BODY.replace("The second", "Boris's second"))
    save(anna)
    save(boris)
    boris.fill("#id_body", BODY.replace("The second", "Our common second"))
    boris.get_by_label("Take theirs").click()
    expect(boris.locator(".passage-said")).to_have_text(
        "That passage was changed by hand in the form; mend it there."
    )
    expect(boris.get_by_label("Keep mine")).to_be_checked()
    save(boris)
    assert body_of(post) == BODY.replace("The second", "Our common second")


def test_without_a_script_both_texts_stand_there(writer: Writers) -> None:
    post = a_post(body=BODY)
    anna = writer(a_user(role="editor")).open(post)
    boris = writer(a_user(role="editor"), java_script_enabled=False).open(post)
    anna.fill("#id_body", BODY.replace("The second", "Anna's second"))
    boris.fill("#id_body", BODY.replace("The second", "Boris's second"))
    save(anna)
    boris.click("button[name=_continue]")
    expect(boris.locator(".passage")).to_contain_text("Anna's second")
    expect(boris.locator("#theirs-body")).to_have_value(BODY.replace("The second", "Anna's second"))
    expect(boris.locator(".choices")).to_be_hidden()
    boris.click("button[name=_continue]")
    assert body_of(post) == BODY.replace("The second", "Boris's second")


def test_who_is_here_is_shown_and_gone_again(writer: Writers) -> None:
    post = a_post()
    theirs = writer(a_user(role="editor", first_name="Anna", last_name="Petrova"))
    anna = theirs.open(post)
    expect(anna.locator("#people-here")).to_be_hidden()
    ours = writer(a_user(role="editor", first_name="Boris"))
    boris = ours.open(post)
    expect(boris.locator("#people-here")).to_contain_text("Anna Petrova has this open too")
    beat(anna)
    expect(anna.locator("#people-here")).to_contain_text("Boris has this open too")
    assert theirs.amiss(anna) == []
    second = ours.open(post)
    expect(second.locator("#people-here")).to_contain_text("You have this open in another tab")
    second.goto("about:blank")
    boris.goto("about:blank")
    anna.wait_for_timeout(500)
    beat(anna)
    expect(anna.locator("#people-here")).to_be_hidden()


def test_reloading_is_no_other_tab(writer: Writers) -> None:
    page = writer(a_user(role="editor")).open(a_post())
    page.reload(wait_until="networkidle")
    beat(page)
    page.wait_for_timeout(500)
    expect(page.locator("#people-here")).to_be_hidden()


def test_a_newer_revision_is_told_and_taken_over(writer: Writers) -> None:
    post, anna = a_post(body=BODY), a_user(role="editor", first_name="Anna")
    page = writer(a_user(role="editor")).open(post)
    write(page, " Mine.")
    publishing.save(post.pk, replace(Content.of(post), body=BODY.replace("first", "1st")), anna)
    beat(page)
    expect(page.locator("#newer")).to_contain_text("Anna saved revision 2 at")
    with page.context.expect_page() as opened:
        page.click("text=See what changed")
    expect(opened.value.locator(".difference")).to_contain_text("1st")
    opened.value.close()
    page.click("text=Take it over")
    expect(page.locator("#id_body")).to_have_value(BODY.replace("first", "1st") + " Mine.")
    expect(page.locator("#newer span")).to_be_empty()
    save(page)
    assert body_of(post) == BODY.replace("first", "1st") + " Mine."


def test_one_user_in_two_tabs_loses_nothing(writer: Writers) -> None:
    post = a_post(body=BODY)
    both = writer(a_user(role="editor"))
    first, second = both.open(post), both.open(post)
    first.fill("#id_body", BODY.replace("The second", "From the first tab, the second"))
    second.fill("#id_body", BODY.replace("The second", "From the second tab, the second"))
    save(first)
    save(second)
    expect(second.locator("#conflict-title")).to_have_text("Two texts")
    expect(second.locator("#id_body")).to_have_value(
        BODY.replace("The second", "From the second tab, the second")
    )
    second.get_by_label("Take theirs").check()
    save(second)
    assert body_of(post) == BODY.replace("The second", "From the first tab, the second")
