"""desk: somebody signed in at the desk, in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from axe_playwright_python.sync_playwright import Axe
from django.test import Client

from accounts.models import User
from blog.models import Post
from tests.blog.desk.filling import change
from tests.factories import UserFactory, a_post, the_site_stands

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, FrameLocator, Page


def sign_in(context: BrowserContext, live_server: Any, user: User) -> None:
    """Give the browser the session that signing in would give it."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    cookie = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])


def at_a_post(page: Page, live_server: Any, *, role: str = "editor", **given: Any) -> Post:
    """Somebody of a role at the writing page of a new post, its preview there."""
    the_site_stands()
    post = a_post(**given)
    sign_in(page.context, live_server, UserFactory(role=role))
    page.goto(live_server.url + change(post), wait_until="networkidle")
    return post


def preview_of(page: Page) -> FrameLocator:
    """The preview's page, in its frame."""
    return page.frame_locator(".preview-frame")


def amiss(page: Any) -> list[str]:
    """What axe finds, grave or not."""
    page.wait_for_load_state()
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {[node['html'][:160] for node in rule['nodes'][:3]]}" for rule in found]


def looked_over(page: Any, errors: list[str]) -> None:
    """Nothing was complained of so far, and axe finds nothing. (It writes styles of its own, which are refused.)"""
    page.wait_for_load_state()
    assert errors == [], errors
    found = amiss(page)
    assert found == [], found
    errors.clear()
