"""timing: when a source is asked next; pure: the clock and chance are given."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

MINUTE, HOUR, DAY = 60, 3600, 86_400  # seconds
LEAST = 5 * MINUTE  # nobody is asked more often, whatever is said
MOST = DAY  # nor less often, but for a server that asks to be left alone
LONGEST_REST = 7 * DAY  # that a server can ask for
BROKEN_AFTER = 3  # failures in a row

_HEAD = 65_536  # bytes of a document in which it says how often it changes
_TTL = re.compile(rb"<ttl>\s*([0-9]{1,6})\s*</ttl>")
_PERIOD = re.compile(rb"<sy:updatePeriod>\s*([a-z]{1,10})\s*</sy:updatePeriod>")
_FREQUENCY = re.compile(rb"<sy:updateFrequency>\s*([0-9]{1,6})\s*</sy:updateFrequency>")
_PERIODS = {b"hourly": HOUR, b"daily": DAY, b"weekly": 7 * DAY, b"monthly": 30 * DAY, b"yearly": 365 * DAY}


@dataclass(frozen=True, slots=True)
class Said:
    """What an answer says about asking again, in seconds; None where it says nothing."""

    retry_after: int | None = None
    max_age: int | None = None  # Cache-Control
    period: int | None = None  # the document itself


def stated_period(document: bytes) -> int | None:
    """How often a feed says that it changes, in seconds: `ttl` (minutes) or `sy:updatePeriod`, before its entries."""
    head = re.split(rb"<(?:item|entry)\b", document[:_HEAD], maxsplit=1)[0]
    if found := _TTL.search(head):
        return int(found[1]) * MINUTE
    found = _PERIOD.search(head)
    if found is None or found[1] not in _PERIODS:
        return None
    times = _FREQUENCY.search(head)
    return _PERIODS[found[1]] // max(1, int(times[1]) if times else 1)


def wait_after_success(interval: int, said: Said, chance: float) -> float:
    """Seconds until the next question: the longest that anybody wishes, and up to a tenth more by `chance` (0 to 1),
    so that sources do not all come due at once."""
    wished = max(interval, said.max_age or 0, said.period or 0)
    wait = min(max(wished, LEAST), MOST) * (1 + chance / 10)
    return max(min(wait, MOST), rest(said))


def wait_after_failure(interval: int, failures: int, said: Said, chance: float) -> float:
    """Seconds until the next try after so many failures in a row: doubled each time, up to a day, less up to half of it
    by `chance` (0 to 1), so that pollers that failed together do not return together."""
    doubled = max(interval, LEAST) << min(max(failures, 1) - 1, 20)
    wait = min(doubled, MOST) * (1 - chance / 2)
    return max(wait, rest(said))


def rest(said: Said) -> int:
    """For how long a server asks to be left alone."""
    return min(said.retry_after or 0, LONGEST_REST)


def after(now: datetime, wait: float) -> datetime:
    return now + timedelta(seconds=wait)


def is_breaking(failures: int, *, gone: bool, broken: bool) -> bool:
    """Whether this failure is the one to report: later ones are known."""
    return not broken and (gone or failures >= BROKEN_AFTER)


@dataclass(frozen=True, slots=True)
class Tally:
    """What a round of polling came to."""

    asked: int = 0
    failed: int = 0
    known: int = 0  # of the failed, those that were reported as broken before
    broke: int = 0  # newly
    rejected: int = 0  # entries, newly

    def status(self) -> int:
        """1: a source newly broke, or every one failed and not all of that is known. 3: entries are newly rejected."""
        if self.broke or (self.failed and self.failed == self.asked and self.known < self.failed):
            return 1
        return 3 if self.rejected else 0
