"""conftest: a clock that tests move."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.blog.site.moments import MOMENT, Clock


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """`clock(-1)` is a second before the moment, everywhere."""

    def set_to(seconds: float) -> None:
        monkeypatch.setattr(timezone, "now", lambda: MOMENT + timedelta(seconds=seconds))

    return set_to
