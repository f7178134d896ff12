"""conftest: what holds for every test with a browser: its pages complain of nothing, and the site has answered them when it ends."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage

PATIENCE = 20  # seconds for the requests that are under way
# A refusal by the server is an answer; the tests that are about it say which they await.
AN_ANSWER = "Failed to load resource:"


class Complaints:
    """What the pages of all windows said: refused scripts and styles, uncaught errors, anything a script called an error."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.axe_runs = False

    def listen(self, context: BrowserContext) -> None:
        context.on("weberror", lambda error: self.said.append(str(error.error)))
        context.on("console", self._heard)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(AN_ANSWER) and not self.axe_runs:
            self.said.append(message.text)

    def look_over(self, axe: Axe, page: Any, *given: Any, **named: Any) -> Any:
        """axe writes styles of its own, which the site's policy refuses: that is no complaint about the page."""
        self.axe_runs = True
        try:
            found = axe_run(axe, page, *given, **named)
            page.wait_for_timeout(50)
        finally:
            self.axe_runs = False
        return found


axe_run = Axe.run


def _requests_under_way() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if "process_request_thread" in thread.name]


def _wait_for_answers() -> None:
    """Until the live server is quiet: what a page says as it is left may come a moment after the page is gone."""
    end = time.monotonic() + PATIENCE
    quiet = 0
    while quiet < 2 and time.monotonic() < end:
        under_way = _requests_under_way()
        for thread in under_way:
            if thread.ident is not None:  # else it is about to begin: the next round meets it
                thread.join(max(0.0, end - time.monotonic()))
        quiet = 0 if under_way else quiet + 1
        time.sleep(0.03)


@pytest.fixture(autouse=True)
def _quiet(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Zero refusals by the policy and zero errors in every window, and no request under way when the database is emptied.

    Set up before any window is opened, it ends after the last: also after those that a failed test left open.
    """
    if "chromium" not in request.fixturenames:
        yield
        return
    browser: Browser = request.getfixturevalue("chromium")
    complaints, opened = Complaints(), browser.new_context

    def new_context(**given: Any) -> BrowserContext:
        context = opened(**given)
        complaints.listen(context)
        return context

    monkeypatch.setattr(browser, "new_context", new_context)
    monkeypatch.setattr(Axe, "run", lambda axe, *given, **named: complaints.look_over(axe, *given, **named))
    yield
    for context in browser.contexts:
        context.close()
    _wait_for_answers()
    assert complaints.said == []
