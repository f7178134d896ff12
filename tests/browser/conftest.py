"""conftest: no request of a page is still being answered when its test's database is emptied."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

PATIENCE = 10  # seconds for a request that is under way


@pytest.fixture(autouse=True)
def _answered() -> Iterator[None]:
    """The desk's pages ask in the background (previews, checks, who is here). Set up before the page, it ends after it."""
    yield
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(PATIENCE)
