"""test_import_sources: a web page's feeds and an archive with pictures, imported at the desk in a browser."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from importer.desk import importpages
from tests.browser.desk import sign_in
from tests.factories import UserFactory, the_site_stands
from tests.importer.archives import page as feed_page
from tests.importer.archives import pages
from tests.importer.test_import_pages_media import TimeIsUp, a_zip
from tests.importer.test_web_pages_followed import offer, web_page

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("media_root"),
]
IMPORT = "/admin/importer/run/import/"
OFFERS = (
    offer("/feed", "Harbour notes"),
    offer("/atom.xml", "Harbour notes", "atom"),
    offer("/radio.json", kind="json"),
)


def shots(page: Page, name: str) -> None:
    """For whoever wants to look: SHOTS names a folder."""
    if folder := os.environ.get("SHOTS"):
        for width in (1280, 390):
            for scheme in ("light", "dark"):
                page.set_viewport_size({"width": width, "height": 900})
                page.emulate_media(color_scheme=scheme)
                page.screenshot(path=str(Path(folder) / f"{name}-{width}-{scheme}.png"), full_page=True)


def test_a_feed_of_a_page_is_chosen_and_planned(
    page: Page, live_server: Any, settings: Any, page_errors: list[str]
) -> None:
    the_site_stands()
    sign_in(page.context, live_server, UserFactory(role="editor"))
    with pages({"/": web_page(*OFFERS), "/feed": feed_page(2, 1)}) as server:
        settings.FETCH_ALLOWED_HOSTS = frozenset({f"127.0.0.1:{server.port}"})
        page.goto(live_server.url + IMPORT)
        page.get_by_label("Address").fill(f"http://127.0.0.1:{server.port}/")
        page.get_by_role("button", name="Show the plan").click()
        page.get_by_role("heading", name="This is a web page with feeds").wait_for()
        shots(page, "feeds")
        page.get_by_role("button", name="Harbour notes (RSS)").click()
        page.get_by_role("heading", name="Plan").wait_for()
    assert page.get_by_role("link", name="2 created").is_visible()
    assert page_errors == []


def test_pictures_of_an_archive_wait_for_the_button(
    page: Page, live_server: Any, tmp_path: Path, page_errors: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    the_site_stands()
    sign_in(page.context, live_server, UserFactory(role="editor"))
    file = tmp_path / "blog.zip"
    file.write_bytes(a_zip())
    page.goto(live_server.url + IMPORT)
    page.set_input_files("input[type=file]", str(file))
    page.get_by_role("button", name="Show the plan").click()
    monkeypatch.setattr(importpages, "Deadline", lambda: TimeIsUp(6))
    page.get_by_role("button", name="Carry out this plan").click()
    button = page.get_by_role("button", name="Fetch the pictures")
    button.wait_for()
    shots(page, "waiting")
    monkeypatch.undo()
    button.click()
    page.get_by_text("stored here.").first.wait_for()
    assert button.count() == 0
    shots(page, "fetched")
    assert page_errors == []
