"""limits: how much a fetch may take, in bytes, seconds and hops, and the deadline all its steps share."""

from __future__ import annotations

import time
from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may cost; callers with other needs (pictures) pass other figures."""

    file_bytes: int = 200 * MEGABYTE  # files and standard input
    held_bytes: int = 20 * MEGABYTE  # a longer export is read where it lies instead of being held in memory
    url_bytes: int = 20 * MEGABYTE  # one answer, counted both on the wire and unpacked
    seconds: float = 20.0  # one URL from look-up to last byte, redirects included
    redirects: int = 5


USUAL = Limits()


class DeadlineError(TimeoutError):
    """The deadline of a fetch has passed."""


class BudgetError(OSError):
    """More bytes came through the wire than any proper answer within the limits needs."""


class Deadline:
    """One moment that look-up, connection, handshake and every single read are held against.

    A timeout for each read would let a server that sends one byte a second go on for ever.
    """

    def __init__(self, seconds: float) -> None:
        self._ends = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left, always above zero. Raises DeadlineError once there are none."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise DeadlineError
        return left


def in_words(size: int) -> str:
    """A limit as a person says it: `200 MB`, `64 kB`, `10 bytes`."""
    if size >= MEGABYTE:
        return f"{size / MEGABYTE:g} MB"
    if size >= 1000:
        return f"{size / 1000:g} kB"
    return f"{size} bytes"
