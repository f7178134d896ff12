"""test_work: what compares the work of calls tells squared work from linear, and dear work from cheap."""

from __future__ import annotations

import pytest

from tests.work import Call, calls, grows_no_faster_than_linear, no_dearer


def text_of(size: int) -> str:
    return "a" * size


def once(text: str) -> int:
    return sum(1 for _ in text * 200)


def for_each_sign(text: str) -> int:
    return sum(text.count("b", at) for at in range(len(text)))


def test_linear_work_passes() -> None:
    grows_no_faster_than_linear(once, text_of, small=500, large=8_000)


def test_squared_work_fails() -> None:
    with pytest.raises(
        AssertionError, match="times the work of the innocent call; at most 3 times is allowed"
    ):
        grows_no_faster_than_linear(for_each_sign, text_of, small=2_000, large=32_000)


def test_sizes_that_tell_nothing_are_refused() -> None:
    with pytest.raises(AssertionError, match="tell nothing of growth"):
        grows_no_faster_than_linear(once, text_of, small=1_000, large=2_000)


def test_a_dear_call_fails() -> None:
    with pytest.raises(AssertionError, match="at most 4 times"):
        no_dearer(lambda: once("a" * 20_000), lambda: once("a" * 2_000), times=4)


def test_what_costs_next_to_nothing_is_cheap_beside_nothing() -> None:
    no_dearer(lambda: once("a"), lambda: None, times=2)


def times(number: int, call: Call) -> None:
    for _ in range(number):
        call()


def test_calls_are_counted_the_same_each_time() -> None:
    def three() -> None:
        len("a")
        len("b")

    assert calls(three) == calls(three)
    assert calls(lambda: times(10, three)) - calls(lambda: times(5, three)) == 15
