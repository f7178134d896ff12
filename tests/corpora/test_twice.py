"""test_twice: what a second run may not do is noticed, and a traceback costs its file alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from importer.deciding import Verdict
from importer.report import Item, Report, SourceReport
from tests.corpora.twice import Group, import_twice, kind_of


def report(verdict: Verdict, reason: str = "", error: str = "") -> Report:
    one = SourceReport("a.xml", error=error)
    if not error:
        one.add([Item(1, "A", verdict, reason)])
    return Report(sources=[one])


def outcome(*reports: Report, rows: Callable[[], Any] = list) -> Group:
    group, left = Group("g"), iter(reports)
    import_twice("a.xml", group, lambda file: next(left), rows)
    return group


def test_two_runs_of_which_the_second_is_idle_are_counted_once() -> None:
    group = outcome(report("created"), report("unchanged"))
    assert (group.files, group.entries, group.changed, group.tracebacks) == (1, 1, [], [])
    assert (group.verdicts, group.again) == ({"created": 1}, {"unchanged": 1})


def test_a_row_that_differs_after_the_second_run_is_noticed() -> None:
    numbers: Iterator[int] = iter((1, 2))
    group = outcome(report("created"), report("unchanged"), rows=lambda: next(numbers))
    assert group.changed == ["a.xml"]


def test_a_second_run_that_says_it_updated_is_noticed() -> None:
    assert outcome(report("created"), report("updated")).changed == ["a.xml"]


def test_a_second_run_that_rejects_for_another_reason_is_noticed() -> None:
    assert outcome(report("rejected", "One."), report("rejected", "Two.")).changed == ["a.xml"]


def test_what_nobody_foresaw_is_kept_with_its_traceback() -> None:
    group = outcome(report("created"))  # there is no second answer
    assert group.files == 1
    assert "StopIteration" in group.tracebacks[0]


def test_a_database_that_fails_is_not_taken_for_a_refused_file() -> None:
    failing = report("created", error="The database is away.")
    failing.ended = "The database is away."
    assert "The database is away." in outcome(failing).tracebacks[0]


def test_sentences_that_differ_only_in_what_they_name_are_one() -> None:
    first = kind_of("In b/a.xml, “One” begins at line 12.", "b/a.xml")
    assert first == kind_of("In c.xml, “Two” begins at line 7.", "c.xml") == "In FILE, “…” begins at line N."
