"""test_tours: each way through the desk has its tests in a browser, by name; and one goes from an empty page to readers."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from blog.models import Post
from tests.browser.desk import preview_of, sign_in
from tests.browser.test_desk_pictures import bring, png
from tests.browser.test_writing_preview import TREE
from tests.factories import UserFactory, the_site_stands

pytestmark = pytest.mark.browser
HERE = Path(__file__).parent
# What is done, and the tests that do it. That nothing is refused by the policy and no script fails is heard of every
# window of every test here, by conftest.
TOURS: Mapping[str, tuple[str, ...]] = {
    "write": (
        "tours::from_an_empty_page_to_readers",
        "desk_pages::a_post_is_written_whole_without_a_script",
        "writing_keys::saving_by_the_keyboard",
    ),
    "drop an image": (
        "tours::from_an_empty_page_to_readers",
        "desk_pictures::several_dropped_at_once_each_keep_their_place_and_ask_for_words",
    ),
    "paste an image": (
        "tours::from_an_empty_page_to_readers",
        "desk_pictures::a_screenshot_is_pasted_where_the_caret_is_and_undo_takes_it_back",
    ),
    "preview equals the published page": (
        "tours::from_an_empty_page_to_readers",
        "writing_preview::the_preview_is_the_published_page",
    ),
    "submit": ("review::from_the_writer_to_the_editor_and_back_to_readers",),
    "return": ("review::from_the_writer_to_the_editor_and_back_to_readers",),
    "approve": (
        "review::from_the_writer_to_the_editor_and_back_to_readers",
        "review::an_edit_after_the_approval_says_what_it_did",
    ),
    "schedule": (
        "tours::from_an_empty_page_to_readers",
        "history_pages::changes_are_scheduled_with_a_moment_that_says_how_far_it_is",
    ),
    "publish": (
        "tours::from_an_empty_page_to_readers",
        "review::from_the_writer_to_the_editor_and_back_to_readers",
    ),
    "share": (
        "review::somebody_from_outside_reads_and_comments",
        "review::a_link_that_was_opened_is_noted_without_who",
    ),
    "diff": (
        "history_pages::any_two_revisions_are_compared_and_one_is_brought_back",
        "history_pages::what_is_written_is_compared_before_it_is_saved",
    ),
    "restore": ("history_pages::any_two_revisions_are_compared_and_one_is_brought_back",),
    "two browsers in conflict": (
        "desk_together::changes_of_different_paragraphs_meet_without_a_question",
        "desk_together::each_clash_is_chosen_by_itself_with_the_keyboard",
        "desk_together::one_user_in_two_tabs_loses_nothing",
    ),
    "crash and recovery": (
        "desk_keeping::a_crash_loses_nothing_and_makes_no_revision",
        "desk_keeping::what_a_browser_kept_while_offline_is_offered_after_a_crash",
    ),
    "session expiry": (
        "desk_signed_out::the_page_says_so_and_goes_on_after_a_sign_in_in_another_tab",
        "desk_signed_out::a_form_sent_too_late_comes_along_through_the_sign_in",
    ),
}


@pytest.mark.parametrize("tour", TOURS)
def test_each_tour_has_its_tests(tour: str) -> None:
    for test in TOURS[tour]:
        file, name = test.split("::")
        tree = ast.parse((HERE / f"test_{file}.py").read_text(encoding="utf-8"))
        assert f"test_{name}" in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, test


def _schedule(page: Any) -> None:
    page.locator("details:has(button[value=schedule]) > summary").click()
    page.locator("details:has(button[value=schedule])").get_by_role("button", name="Tomorrow").click()
    page.click("button[value=schedule]")


def _pictured(page: Any) -> None:
    """One dropped, one pasted, both with their words."""
    bring(page, "drop", ("a.png", "image/png", png("teal")))
    expect(page.locator("#id_body")).to_have_value(_with_pictures(1))
    bring(page, "paste", ("b.png", "image/png", png("olive")))
    expect(page.locator("#id_body")).to_have_value(_with_pictures(2))


def _with_pictures(number: int) -> re.Pattern[str]:
    return re.compile(r"(\(/media/[\s\S]*)" + f"{{{number}}}")


@pytest.mark.django_db(transaction=True)
def test_from_an_empty_page_to_readers(
    page: Any, live_server: Any, media_root: Path, page_errors: list[str]
) -> None:
    the_site_stands()
    sign_in(page.context, live_server, UserFactory(role="editor"))
    page.goto(live_server.url + "/admin/blog/post/add/", wait_until="networkidle")
    page.fill("#id_title", "From an empty page")
    page.focus("#id_body")
    page.keyboard.type("Some *words*.\n\n")
    _pictured(page)
    page.click("button[name=_continue]")
    page.wait_for_selector(".messagelist")
    _schedule(page)
    expect(page.locator(".bar-standing")).to_contain_text("Scheduled")
    post = Post.everything.get()
    assert post.is_scheduled
    assert page.request.get(live_server.url + post.get_absolute_url()).status == 404
    page.click("button[value=publish]")
    expect(page.locator(".messagelist")).to_contain_text("is published")
    expect(preview_of(page).locator(".body img")).to_have_count(2)
    shown = preview_of(page).locator(".body").evaluate(TREE)
    page.goto(live_server.url + post.get_absolute_url(), wait_until="networkidle")
    assert page.locator(".body").evaluate(TREE) == shown
    assert page_errors == []
