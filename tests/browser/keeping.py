"""keeping: a writer's browser at a post: typing, what the page says, and everything the browser complained of."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from accounts.models import User
from blog.models import Post
from tests.browser.desk import amiss, sign_in
from tests.factories import the_site_stands

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# What a browser says of a server that is not there, or that refuses: the tests make it so. SQLite in memory, as tests have
# it, is busy for a moment when two browsers write at once; the page asks again.
EXPECTED = ("net::ERR", "status of 403", "status of 409", "status of 503")


@dataclass
class Writer:
    """One browser of one person."""

    context: Any
    url: str
    complaints: list[str] = field(default_factory=list)

    def open(self, post: Post | None, *, more: str = "") -> Any:
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._heard)
        page.goto(self.address(post) + more, wait_until="networkidle")
        return page

    def _heard(self, message: Any) -> None:
        said = f"{message.text} ({message.location.get('url')})"
        if message.type == "error" and not any(one in said for one in EXPECTED):
            self.complaints.append(said)

    def address(self, post: Post | None) -> str:
        place = f"{post.kind}/{post.pk}/change" if post else "post/add"
        return f"{self.url}/admin/blog/{place}/"

    def amiss(self, page: Any) -> list[str]:
        """What axe finds; it writes styles of its own, of which the browser then complains."""
        heard = len(self.complaints)
        found = amiss(page)
        page.wait_for_timeout(50)
        del self.complaints[heard:]
        return found

    def sign_in(self, user: User) -> None:
        sign_in(self.context, type("Server", (), {"url": self.url}), user)

    def sign_out(self) -> None:
        self.context.clear_cookies(name="sessionid")


Writers = Callable[..., Writer]


@pytest.fixture
def writer(chromium: Browser, live_server: Any) -> Generator[Writers]:
    """`writer(user)`: a browser of that user's; at the end none of them may have complained."""
    the_site_stands()
    made: list[Writer] = []

    def one(user: User, **given: Any) -> Writer:
        context = chromium.new_context(viewport={"width": 1280, "height": 900}, **given)
        context.set_default_timeout(10_000)
        found = Writer(context, live_server.url)
        found.sign_in(user)
        made.append(found)
        return found

    yield one
    for each in made:
        # A last word would meet the emptied tables; and what was asked before is to be answered.
        each.context.route("**/*", lambda route: route.abort())
        for page in each.context.pages[:1]:
            page.wait_for_timeout(300)
        each.context.close()
    complaints = [line for each in made for line in each.complaints]
    if complaints:
        pytest.fail("\n".join(complaints))


def write(page: Any, text: str) -> None:
    """Type at the end of the text."""
    page.focus("#id_body")
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def kept(page: Any) -> None:
    expect(page.locator("#desk-status")).to_contain_text("Kept at")
