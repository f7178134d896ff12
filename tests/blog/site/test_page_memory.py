"""test_page_memory: kept pages take no more memory than they may; the longest unread go first."""

from __future__ import annotations

import pytest

from blog import caching
from blog.caching import PageMemory


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> PageMemory:
    monkeypatch.setattr(caching, "BUDGET", 10_000)
    memory = PageMemory(request.node.name, {})
    memory.clear()
    return memory


def test_what_fits_is_kept(memory: PageMemory) -> None:
    memory.set("a", b"x" * 4_000)
    memory.set("b", b"y" * 4_000)
    assert memory.get("a") == b"x" * 4_000
    assert memory.get("b") == b"y" * 4_000


def test_the_longest_unread_goes_first(memory: PageMemory) -> None:
    for name in "abc":
        memory.set(name, b"x" * 3_000)
    memory.get("a")
    memory.set("d", b"x" * 3_000)
    assert memory.get("b") is None
    assert [name for name in "acd" if memory.get(name)] == ["a", "c", "d"]


def test_writing_one_anew_takes_no_more_room(memory: PageMemory) -> None:
    memory.set("other", b"y" * 3_000)
    for _ in range(20):
        memory.set("same", b"x" * 4_000)
    assert memory.get("other")
    memory.delete("same")
    memory.set("third", b"z" * 6_000)
    assert memory.get("other")


def test_what_is_larger_than_all_is_not_kept(memory: PageMemory) -> None:
    memory.set("giant", b"x" * 20_000)
    assert memory.get("giant") is None
    memory.set("a", b"x")
    assert memory.get("a") == b"x"
