"""test_progress: the bar of a long import, on a terminal only: how far its text is through, and how long the rest takes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from tqdm import tqdm

from importer import pipeline
from importer.management.commands import import_feed
from importer.management.commands.import_feed import progress_on
from importer.options import Options
from importer.pace import Pace
from importer.preparing.surveying import EACH
from tests.importer.documents import item, rss, written


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each look at the clock is ten seconds after the one before."""
    moments = iter(range(0, 100_000, 10))
    monkeypatch.setattr(import_feed, "Pace", lambda total: Pace(total, lambda: float(next(moments))))
    monkeypatch.setattr(import_feed, "tqdm", partial(tqdm, mininterval=0))


@pytest.mark.usefixtures("hurried")
def test_a_terminal_sees_how_far_it_is_and_how_long_the_rest_takes() -> None:
    terminal = Terminal()
    with progress_on(terminal)("a feed.xml", 1_000) as advance:
        for _ in range(5):
            advance(100)
    shown = terminal.getvalue()
    assert "a feed.xml:  10% |" in shown
    assert "|, 3 min left" in shown


def test_where_no_end_is_known_it_is_a_count() -> None:
    terminal = Terminal()
    with progress_on(terminal)("pages of a feed", -1) as advance:
        advance(3)
    assert "pages of a feed: 0" in terminal.getvalue()
    assert "%" not in terminal.getvalue()


@pytest.mark.parametrize(("stream", "total"), [(io.StringIO(), 10), (Terminal(), 0)])
def test_nobody_and_nothing_to_do_get_no_bar(stream: io.StringIO, total: int) -> None:
    with progress_on(stream)("a feed", total) as advance:
        advance(1)
    assert stream.getvalue() == ""


@pytest.mark.django_db
def test_all_of_the_work_is_told_and_long_texts_are_more_of_it(tmp_path: Path) -> None:
    told: list[tuple[str, int, list[int]]] = []

    @contextmanager
    def progress(what: str, total: int) -> Iterator[object]:
        told.append((what, total, []))
        yield told[-1][2].append

    long = f"<p>{'Words and words. ' * 500}</p>"
    feed = written(
        tmp_path, rss(*(item(n, long if n > 100 else "<p>Short.</p>") for n in range(150)), "<item/>")
    )
    pipeline.run_import([feed], Options(), progress=progress)  # type: ignore[arg-type]
    looked_over = next(steps for what, _, steps in told if what.endswith("looked over"))
    assert sum(looked_over) == 151
    ((total, steps),) = [(total, steps) for what, total, steps in told if what == feed]
    assert sum(steps) == total > 151 * EACH
    first, second = steps
    assert second > first
