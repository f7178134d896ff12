"""conftest: every case of the battery has a media folder of its own, in which no file may be left over."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.register_assert_rewrite("tests.battery.trial")


@pytest.fixture(autouse=True)
def _own_media(media_root: Path) -> None:
    """Named here so that each test has it."""
