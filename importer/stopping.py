"""stopping: an interrupt ends what only waits or reads at once, and everything else at its next safe place."""

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
    """Keeps a signal until a place where stopping leaves everything whole, and raises Interrupted there."""

    def __init__(self) -> None:
        self.asked = 0
        self._may_break = 0

    def __call__(self, number: int, frame: FrameType | None = None) -> None:
        self.asked = number
        if self._may_break:
            raise Interrupted(number)

    def check(self) -> None:
        """A safe place."""
        if self.asked:
            raise Interrupted(self.asked)

    @contextmanager
    def may_break(self) -> Iterator[None]:
        """What runs in this writes nothing and may be broken off anywhere."""
        self.check()
        self._may_break += 1
        try:
            yield
        finally:
            self._may_break -= 1

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Take the signals while this lasts. Only the main thread of a program can."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before: list[tuple[int, Any]] = [(number, signal.signal(number, self)) for number in SIGNALS]
        try:
            yield
        finally:
            for number, handler in before:
                signal.signal(number, handler)
