"""work: how much work a call does, told by comparing it with other calls of the same run, never by a clock on the wall."""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import TypeVar

Call = Callable[[], object]
Made = TypeVar("Made")

ROUNDS = 5  # other programs make a call look dearer, never cheaper: the cheapest of several is nearest to the truth
FLOOR = 0.004  # processor seconds; what costs less than this is cheap, and too little to be compared


def no_dearer(hostile: Call, innocent: Call, *, times: float) -> None:
    """The hostile call takes at most `times` the processor of the innocent one.

    The two take turns, so that a busy machine is busy for both, and end with the first round that settles it.
    """
    costs: list[tuple[float, float]] = []
    while len(costs) < ROUNDS:
        costs.append((_processor(innocent), _processor(hostile)))
        fair, dear = (min(column) for column in zip(*costs, strict=True))
        if dear <= times * max(fair, FLOOR):
            return
    raise AssertionError(
        f"it took {dear / fair:.1f} times the work of the innocent call; at most {times:g} times is allowed "
        f"({dear:.4f} and {fair:.4f} seconds of processor time)"
    )


def grows_no_faster_than_linear(
    call: Callable[[Made], object],
    make: Callable[[int], Made],
    *,
    small: int,
    large: int,
    slack: float = 3,
) -> None:
    """One large call takes no more than `slack` times the work of as many small ones as make up its size.

    Squared work takes `large / small` times as much, which must therefore stand well above the slack.
    """
    parts = large // small
    assert parts >= 2 * slack, "sizes so near to each other tell nothing of growth"
    little, much = make(small), make(large)

    def piecemeal() -> None:
        for _ in range(parts):
            call(little)

    no_dearer(lambda: call(much), piecemeal, times=slack)


def calls(call: Call) -> int:
    """How many functions are called on the way, Python's own and those in C: the same number on every machine."""
    number = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal number
        number += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        call()
    finally:
        sys.setprofile(before)
    return number


def _processor(call: Call) -> float:
    """Without the collector of garbage: what it costs hangs on all that the tests before left in memory."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        begun = time.process_time()
        call()
        return time.process_time() - begun
    finally:
        if collecting:
            gc.enable()
