"""test_polling_schedule: when a source is asked next, as tables."""

from __future__ import annotations

import pytest

from importer.polling.timing import (
    DAY,
    HOUR,
    Said,
    Tally,
    is_breaking,
    stated_period,
    wait_after_failure,
    wait_after_success,
)


@pytest.mark.parametrize(
    ("interval", "said", "chance", "seconds"),
    [
        (HOUR, Said(), 0.0, HOUR),
        (HOUR, Said(), 1.0, 1.1 * HOUR),
        (10, Said(), 0.0, 300),  # nobody is asked more often
        (HOUR, Said(max_age=7200), 0.0, 7200),
        (HOUR, Said(max_age=0), 0.0, HOUR),
        (HOUR, Said(max_age=31_536_000), 0.0, DAY),  # a year is more than anybody means
        (HOUR, Said(max_age=31_536_000), 1.0, DAY),
        (HOUR, Said(period=7 * DAY), 0.0, DAY),
        (HOUR, Said(period=2 * HOUR, max_age=60), 0.0, 2 * HOUR),
        (HOUR, Said(retry_after=5000), 0.0, 5000),
        (HOUR, Said(retry_after=2 * DAY), 0.0, 2 * DAY),  # asked for outright
        (HOUR, Said(retry_after=366 * DAY), 0.0, 7 * DAY),
    ],
)
def test_after_success(interval: int, said: Said, chance: float, seconds: float) -> None:
    assert wait_after_success(interval, said, chance) == pytest.approx(seconds)


@pytest.mark.parametrize(
    ("failures", "said", "chance", "seconds"),
    [
        (1, Said(), 0.0, HOUR),
        (2, Said(), 0.0, 2 * HOUR),
        (3, Said(), 0.0, 4 * HOUR),
        (5, Said(), 0.0, 16 * HOUR),
        (6, Said(), 0.0, DAY),
        (6, Said(), 1.0, DAY / 2),
        (1_000_000, Said(), 0.0, DAY),
        (1, Said(), 1.0, HOUR / 2),
        (1, Said(retry_after=3 * HOUR), 1.0, 3 * HOUR),  # chance never cuts short what a server asks for
        (1, Said(retry_after=60), 0.0, HOUR),
        (9, Said(retry_after=3 * DAY), 0.0, 3 * DAY),
    ],
)
def test_after_failure(failures: int, said: Said, chance: float, seconds: float) -> None:
    assert wait_after_failure(HOUR, failures, said, chance) == pytest.approx(seconds)


@pytest.mark.parametrize(
    ("document", "seconds"),
    [
        (b"<rss><channel><ttl>180</ttl><item/></channel></rss>", 3 * HOUR),
        (b"<rss><channel><ttl> 60\n</ttl></channel></rss>", HOUR),
        (b"<rss><channel><sy:updatePeriod>daily</sy:updatePeriod></channel></rss>", DAY),
        (
            b"<sy:updatePeriod>\nhourly\n</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>",
            HOUR // 2,
        ),
        (b"<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", DAY),
        (b"<sy:updatePeriod>now and then</sy:updatePeriod>", None),
        (b"<rss><channel><item><ttl>5</ttl></item></channel></rss>", None),  # an entry speaks for itself
        (b"<ttl>soon</ttl>", None),
        (b"", None),
    ],
)
def test_how_often_a_document_says_it_changes(document: bytes, seconds: int | None) -> None:
    assert stated_period(document) == seconds


@pytest.mark.parametrize(
    ("failures", "gone", "broken", "expected"),
    [
        (1, False, False, False),
        (2, False, False, False),
        (3, False, False, True),
        (4, False, True, False),
        (1, True, False, True),
        (1, True, True, False),
    ],
)
def test_which_failure_is_reported(failures: int, gone: bool, broken: bool, expected: bool) -> None:
    assert is_breaking(failures, gone=gone, broken=broken) is expected


@pytest.mark.parametrize(
    ("tally", "status"),
    [
        (Tally(), 0),
        (Tally(asked=3), 0),
        (Tally(asked=3, failed=1), 0),  # not yet what one calls broken
        (Tally(asked=3, failed=1, broke=1), 1),
        (Tally(asked=3, rejected=2), 3),
        (Tally(asked=3, failed=1, broke=1, rejected=2), 1),
        (Tally(asked=2, failed=2), 1),  # all at once: it is rather we who are cut off
        (Tally(asked=2, failed=2, known=1), 1),
        (Tally(asked=2, failed=2, known=2), 0),  # reported before
    ],
)
def test_what_a_round_ends_with(tally: Tally, status: int) -> None:
    assert tally.status() == status
