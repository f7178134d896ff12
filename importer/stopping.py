"""stopping: an interrupt waits for the chunk in hand to be whole, and for nothing else."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interrupted(BaseException):
    """The operator or the system asked to stop. No Exception: nothing that mends errors may swallow it."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class Stop:
    """Turns a signal into Interrupted, at once or, while something is being stored, right after it."""

    def __init__(self) -> None:
        self.asked = 0
        self._shields = 0

    def __call__(self, number: int, frame: FrameType | None = None) -> None:
        self.asked = number
        if not self._shields:
            raise Interrupted(number)

    @contextmanager
    def shielded(self) -> Iterator[None]:
        self._shields += 1
        try:
            yield
        finally:
            self._shields -= 1
        if self.asked and not self._shields:
            raise Interrupted(self.asked)

    @contextmanager
    def listening(self) -> Iterator[Stop]:
        """Take the signals while this lasts. Only the main thread of a program may."""
        if threading.current_thread() is not threading.main_thread():
            yield self
            return
        before: list[tuple[int, Any]] = [(number, signal.signal(number, self)) for number in SIGNALS]
        try:
            yield self
        finally:
            for number, handler in before:
                signal.signal(number, handler)
