"""test_opened_feeds: a feed that is opened in a browser explains itself and leads to the posts, in its own look."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tests.factories import a_post

if TYPE_CHECKING:
    from playwright.sync_api import Page

# The text as it is laid out; elements that are hidden are not in it.
SHOWN = "() => { getSelection().selectAllChildren(document.documentElement); return String(getSelection()); }"

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_it_says_what_it_is_and_leads_on(
    page: Page, page_errors: list[str], live_server: Any, settings: Any, form: str
) -> None:
    settings.SITE_URL = live_server.url
    a_post(
        title="Where the keeper walked",
        slug="keeper",
        summary="A walk & a lamp < a harbour.",
        body="Only in the text.",
        authors=["Anna Smith", "Борис"],
        published_at=datetime(2026, 5, 7, 10, 30, tzinfo=UTC),
    )
    a_post(title="Прогулка смотрителя", language="ru", summary="Маяк на берегу.", authors=["Борис"])
    page.goto(f"{live_server.url}/feed.{form}")
    shown = page.evaluate(SHOWN)
    assert "This is a feed" in shown
    assert f"{live_server.url}/feed.{form}" in shown
    assert "A walk & a lamp < a harbour." in shown
    assert "Anna Smith, Борис · May 7, 2026" in shown
    assert shown.count("Where the keeper walked") == 1
    assert "Only in the text." not in shown
    assert "tag:" not in shown
    assert page.evaluate("getComputedStyle(document.documentElement).maxWidth") == "720px"
    page.evaluate("getSelection().empty()")
    page.locator("a[href$='/posts/keeper/']").click()
    page.wait_for_url("**/posts/keeper/")
    assert page_errors == []
