"""desk: somebody signed in at the desk, in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.test import Client

from accounts.models import User

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext


def sign_in(context: BrowserContext, live_server: Any, user: User) -> None:
    """Give the browser the session that signing in would give it."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    cookie = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
