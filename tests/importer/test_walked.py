"""walked: a long document's entries are made once, and walked through as often as wanted, beside memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator

import pytest

from importer.documents import walked
from importer.documents.walked import Walked
from importer.entry import Entry, Rejected


class Counted:
    """Entries that say how often they were made."""

    def __init__(self) -> None:
        self.made = 0

    def __iter__(self) -> Iterator[Entry | Rejected]:
        for position in range(1, 6):
            self.made += 1
            yield Entry(position, "A title \ud800", "<p>Words</p>" * 20_000, tags=("a",))
        yield Rejected(6, "", "It cannot be read.")


def test_each_is_made_once() -> None:
    made = Counted()
    entries = Walked(made)
    assert list(entries) == list(entries) == list(Counted())
    assert made.made == 5


def test_two_walks_at_once_do_not_disturb_each_other() -> None:
    entries = Walked(Counted())
    list(entries)
    assert [a == b for a, b in zip(entries, entries, strict=True)] == [True] * 6


def test_a_walk_that_was_broken_off_counts_for_nothing() -> None:
    made = Counted()
    entries = Walked(made)
    next(iter(entries))
    assert len(list(entries)) == 6
    assert made.made == 6


def test_without_room_they_are_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    made = Counted()
    entries = Walked(made)
    monkeypatch.setattr(tempfile, "TemporaryFile", _refused)
    assert list(entries) == list(entries) == list(Counted())
    assert made.made == 10


def test_what_would_take_too_much_room_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    made = Counted()
    entries = Walked(made)
    monkeypatch.setattr(walked, "MOST", 500_000)
    assert list(entries) == list(entries) == list(Counted())
    assert made.made == 10


def _refused(**_given: object) -> None:
    raise OSError(28, "No space left on device")
