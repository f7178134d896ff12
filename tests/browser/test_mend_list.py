"""test_mend_list: an editor mends everything in a browser, row by row without leaving the page, down to nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from accounts.authors import make_author
from blog.models import Image, Post, Series, Tag
from importer.media.fetching import Ways
from importer.mending.counting import left
from importer.models import ImportedEntry
from tests.blog.desk.matrix import a_picture
from tests.browser.desk import sign_in
from tests.browser.test_import_pages import shot
from tests.browser.test_names_pages import fits
from tests.factories import UserFactory, a_post
from tests.importer.documents import item, rss, written
from tests.importer.mediawebs import brought, png

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BODY = '<p>Words enough.</p><img src="http://127.0.0.1:9/a.png" alt="A fox at the door">'


@pytest.fixture
def everything(tmp_path: Path) -> None:
    """One of each kind; the import names a doubtful author and lost a table."""
    make_author("Иван Петров")
    brought(written(tmp_path, rss(item(1, BODY, dc__creator="I. Petrov"))), Ways())
    ImportedEntry.objects.update(losses=["A table is missing."])
    image = a_picture()
    Image.objects.update(alt="")
    a_post(title="Silent", body=f"Text.\n\n![IMG_1.jpg]({image.file.url})", tags=["agents"])
    a_post(title="Silent too", body=f"Text.\n\n![]({a_picture('olive').file.url})", tags=["agent"])
    Image.objects.update(alt="")
    a_post(title="Saga #1", tags=["agent"])
    a_post(title="Saga #2")
    a_post(title="From a dump", dated=False)
    a_post(title="From a dump too", dated=False)


def row(page: Page, label: str) -> Any:
    return page.locator("#mends > li").filter(has=page.get_by_role("heading", name=label)).first


def press(page: Page, label: str, button: str) -> None:
    """One click, and the count under the title is one less without another page having been opened."""
    before = int(page.locator(".mend-left strong").inner_text())
    row(page, label).get_by_role("button", name=button, exact=True).click()
    nothing = page.locator(".mend-nothing")
    (nothing if before == 1 else page.locator(".mend-left strong", has_text=str(before - 1))).wait_for()
    assert page.evaluate("window.stayed") is True


@pytest.mark.usefixtures("everything")
def test_everything_is_mended_down_to_nothing(page: Page, live_server: Any, page_errors: list[str]) -> None:
    sign_in(page.context, live_server, UserFactory(role="editor"))
    page.goto(live_server.url + "/admin/")
    page.get_by_role("link", name="9 things want mending").click()
    page.get_by_role("heading", name="What wants mending").wait_for()
    page.evaluate("window.stayed = true")
    shot(page, "mend")
    fits(page)
    page.wait_for_function(
        "[...document.querySelectorAll('.mend-picture img')].every((one) => one.naturalWidth)"
    )
    upload = {"name": "fox.png", "mimeType": "image/png", "buffer": png()}
    page.get_by_label("What does it show?").last.fill("Typed, not saved")
    row(page, "Missing picture").locator("input[type=file]").set_input_files([upload])
    press(page, "Missing picture", "Upload")
    assert page.get_by_label("What does it show?").last.input_value() == "Typed, not saved"
    press(page, "Author in doubt", "One person")
    page.get_by_label("What does it show?").first.fill("A teal square")
    page.get_by_label("What does it show?").first.press("Enter")
    page.locator(".mend-left strong", has_text="6").wait_for()
    press(page, "Picture without words", "It is decorative")
    row(page, "Post without a date").get_by_label("First published on").fill("2024-05-07")
    press(page, "Post without a date", "Give it this date")
    press(page, "Post without a date", "Leave undated")
    page.get_by_role("button", name="Undo what was just done").click()
    page.locator(".mend-left strong", has_text="4").wait_for()
    press(page, "Post without a date", "Leave undated")
    press(page, "Series proposed", "Make the series")
    press(page, "Tags to merge", "Merge into “agent”")
    shot(page, "mend-last")
    press(page, "Lost in the import", "Seen")
    assert page.get_by_text("Nothing left to mend.").is_visible()
    shot(page, "mend-nothing")
    fits(page)
    assert left() == 0
    assert Series.objects.get().posts.count() == 2
    assert not Tag.objects.filter(key="agents").exists()
    assert Post.objects.get(title="Post 1").bylines.get().author.name == "Иван Петров"
    assert page_errors == []


@pytest.mark.usefixtures("everything")
def test_the_keyboard_stays_in_the_list_and_what_was_done_is_spoken(
    page: Page, live_server: Any, page_errors: list[str]
) -> None:
    sign_in(page.context, live_server, UserFactory(role="editor"))
    page.goto(live_server.url + reverse("admin:importer_run_mend"))
    page.evaluate("window.stayed = true")
    row(page, "Lost in the import").get_by_role("button", name="Seen").focus()
    page.keyboard.press("Enter")
    page.locator(".mend-left strong", has_text="8").wait_for()
    assert page.evaluate("!!document.activeElement.closest('#mends > li')")
    assert page.locator("#mend-status").inner_text() == "Left as it is, and not asked again."
    assert page_errors == []


@pytest.mark.usefixtures("everything")
def test_without_a_script_it_is_the_same(chromium: Any, live_server: Any) -> None:
    context = chromium.new_context(java_script_enabled=False)
    sign_in(context, live_server, UserFactory(role="editor"))
    page = context.new_page()
    page.goto(live_server.url + reverse("admin:importer_run_mend"))
    row(page, "Lost in the import").get_by_role("button", name="Seen").click()
    page.get_by_text("Left as it is, and not asked again.").wait_for()
    assert page.locator(".mend-left strong").inner_text() == "8"
    page.get_by_role("button", name="Undo what was just done").click()
    page.get_by_text("Taken back.").wait_for()
    assert page.locator(".mend-left strong").inner_text() == "9"
    context.close()
