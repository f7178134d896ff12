"""test_pace: what is said of the rest of an import is what its last minute promises, and nothing before anything is known."""

from __future__ import annotations

import pytest

from importer.pace import Pace, in_words


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def worked(pace: Pace, clock: Clock, *steps: tuple[float, int]) -> None:
    for seconds, units in steps:
        clock.now += seconds
        pace.advance(units)


def begun(total: int) -> tuple[Pace, Clock]:
    clock = Clock()
    return Pace(total, clock), clock


def test_the_rest_takes_as_long_as_it_did_so_far() -> None:
    pace, clock = begun(1_000)
    worked(pace, clock, (5, 100), (5, 100))
    assert pace.left() == pytest.approx(40)
    assert pace.done == 200


def test_nothing_is_said_before_anything_is_known() -> None:
    pace, clock = begun(1_000)
    assert pace.left() is None
    worked(pace, clock, (0.5, 10))
    assert pace.left() is None
    assert in_words(pace.left()) == ""


def test_steps_of_any_size_count_for_what_they_are() -> None:
    even, its_clock = begun(1_000)
    worked(even, its_clock, *[(1.0, 10)] * 30)
    uneven, clock = begun(1_000)
    worked(uneven, clock, (3, 30), (20, 200), (7, 70))
    assert uneven.left() == even.left() == pytest.approx(70)


def test_a_slower_machine_is_believed_after_a_minute() -> None:
    pace, clock = begun(100_000)
    worked(pace, clock, *[(1.0, 100)] * 600)
    assert pace.left() == pytest.approx(400)
    worked(pace, clock, *[(1.0, 10)] * 61)
    assert pace.left() == pytest.approx((100_000 - 60_610) / 10)


def test_work_that_stands_still_takes_longer() -> None:
    pace, clock = begun(1_000)
    worked(pace, clock, (10, 500))
    assert pace.left() == pytest.approx(10)
    clock.now += 30
    assert pace.left() == pytest.approx(40)


def test_what_is_done_leaves_nothing() -> None:
    pace, clock = begun(100)
    worked(pace, clock, (10, 50), (10, 50))
    assert pace.left() == 0
    pace.advance(10)  # more came than was counted
    assert pace.left() == 0


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (1, "5 s left"),
        (42, "40 s left"),
        (61, "1 min left"),
        (200, "3 min left"),
        (5_000, "83 min left"),
        (7_000, "2 h left"),
    ],
)
def test_no_more_exactly_than_it_is_known(seconds: float, said: str) -> None:
    assert in_words(seconds) == said
