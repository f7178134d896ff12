"""test_names_pages: an editor settles a doubtful name in a browser, applies it to posts that came before and undoes it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from accounts.authors import make_author
from blog.models import Byline
from importer.models import Source
from tests.browser.desk import amiss, sign_in
from tests.browser.test_import_pages import shot
from tests.factories import UserFactory
from tests.importer.documents import imported, item, rss, written

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def fits(page: Page) -> None:
    """On a phone too, and axe finds nothing."""
    assert amiss(page) == []
    page.set_viewport_size({"width": 390, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.set_viewport_size({"width": 1280, "height": 900})


def test_an_editor_settles_a_name(
    page: Page, live_server: Any, tmp_path: Path, page_errors: list[str]
) -> None:
    known = make_author("Иван Петров")
    items = [item(number, dc__creator="I. Petrov", category="js") for number in (1, 2)]
    imported(written(tmp_path, rss(*items, item(3, dc__creator="Ada Example"))))
    sign_in(page.context, live_server, UserFactory(role="editor"))
    page.goto(live_server.url + reverse("admin:importer_source_change", args=[Source.objects.get().pk]))
    page.get_by_role("link", name="Whom its names mean: 1 in doubt").click()
    shot(page, "names")
    fits(page)
    page.get_by_label("I. Petrov becomes").select_option(label="this author")
    page.get_by_label("js becomes", exact=True).select_option(label="this tag")
    page.get_by_label("The tag that js becomes").fill("JavaScript")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Post 1").wait_for()
    shot(page, "names-apply")
    fits(page)
    page.get_by_role("button", name="Apply to 2 imported posts").click()
    page.get_by_text("2 posts say now what the table says.").wait_for()
    shot(page, "names-run")
    assert Byline.objects.filter(author=known).count() == 2
    page.get_by_role("link", name="Undo this import").click()
    page.get_by_role("button", name="Undo this import").click()
    page.get_by_text("2 posts as they were before").wait_for()
    assert not Byline.objects.filter(author=known).exists()
    assert page_errors == []
