"""pace: how long the rest of some work takes, judged by what was done of it in the last minute."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

WINDOW = 60.0  # seconds: a machine that has become busy, or free, is believed after that
ENOUGH = 2.0  # seconds of work before anything is said


@dataclass(slots=True)
class Pace:
    """Work of `total` units, whatever they are, and how far it is."""

    total: int
    clock: Callable[[], float] = monotonic
    done: int = 0
    steps: deque[tuple[float, int]] = field(default_factory=deque)  # (moment, units done by then)

    def __post_init__(self) -> None:
        self.steps.append((self.clock(), self.done))

    def advance(self, units: int) -> None:
        self.done += units
        now = self.clock()
        self.steps.append((now, self.done))
        # The last step that is older than the window stays: the rate is that of a whole window, not of less.
        while len(self.steps) > 2 and self.steps[1][0] <= now - WINDOW:
            self.steps.popleft()

    def left(self) -> float | None:
        """Seconds until the rest is done, if it goes on as it did; None where too little was done to tell."""
        (began, before), (now, done) = self.steps[0], self.steps[-1]
        # What has been waited for since the last step counts: work that stands still takes longer and longer.
        spent = self.clock() - began
        if done == before or now - began < ENOUGH:
            return None
        return max(0.0, (self.total - self.done) * spent / (done - before))


def in_words(seconds: float | None) -> str:
    """How long that is, no more exactly than it is known: "3 min left"."""
    if seconds is None:
        return ""
    if seconds < 60:
        return f"{max(5, round(seconds / 5) * 5)} s left"
    minutes = round(seconds / 60)
    return f"{minutes} min left" if minutes < 90 else f"{round(minutes / 60)} h left"
