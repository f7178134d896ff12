"""test_import_pages: an import at the desk in a browser, from the upload to the undoing, with a merge in between."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from blog import publishing
from blog.content import Content
from blog.models import Post
from tests.browser.desk import sign_in
from tests.factories import UserFactory, the_site_stands
from tests.importer.documents import item, rss, written

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "".join(
    f"<p>Paragraph {word} of the text, as it was at first.</p>\n" for word in ("one", "two", "three")
)
IMPORT = "/admin/importer/run/import/"


def shot(page: Page, name: str) -> None:
    """For whoever wants to look: SHOTS names a folder."""
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def upload(page: Page, live_server: Any, file: str) -> None:
    page.goto(live_server.url + IMPORT)
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Show the plan").click()
    page.get_by_role("heading", name="Plan").wait_for()


def test_an_editor_imports_merges_and_undoes(
    page: Page, live_server: Any, tmp_path: Path, page_errors: list[str]
) -> None:
    the_site_stands()
    sign_in(page.context, live_server, UserFactory(role="editor"))
    page.goto(live_server.url + IMPORT)
    shot(page, "begin")
    upload(page, live_server, written(tmp_path, rss(item(1, LONG), item(2))))
    shot(page, "plan")
    page.get_by_role("link", name="See the posts as readers would").click()
    shot(page, "preview")
    page.get_by_role("link", name="Post 1").click()
    shot(page, "preview-post")
    page.go_back()
    page.go_back()
    page.get_by_role("button", name="Carry out this plan").click()
    page.get_by_text("Imported: 2 new.").wait_for()
    shot(page, "run")
    post = Post.objects.get(title="Post 1")
    ours = post.body.replace("Paragraph one", "Our paragraph one")
    publishing.save(post.pk, replace(Content.of(post), body=ours), None)
    theirs = LONG.replace("Paragraph three", "Their paragraph three")
    upload(page, live_server, written(tmp_path, rss(item(1, theirs), item(2, title="Post 2, mended"))))
    shot(page, "plan-of-changes")
    page.get_by_role("button", name="Carry out this plan").click()
    page.get_by_text("Imported:").wait_for()
    page.goto(live_server.url + "/admin/importer/run/proposals/")
    shot(page, "proposals")
    page.get_by_role("button", name="Take it over").click()
    page.get_by_text("Nothing waits.").wait_for()
    body = Post.objects.get(title="Post 1").body
    assert "Our paragraph one" in body
    assert "Their paragraph three" in body
    page.goto(live_server.url + "/admin/importer/run/")
    shot(page, "runs")
    newest = page.locator("#result_list tbody tr").first
    newest.get_by_role("link").first.click()
    page.get_by_role("link", name="Undo this import").click()
    shot(page, "undo")
    page.get_by_role("button", name="Undo this import").click()
    page.get_by_text("was left: Someone has worked on it since").wait_for()
    shot(page, "undone")
    assert set(Post.objects.values_list("title", flat=True)) == {"Post 1", "Post 2"}
    assert page_errors == []
