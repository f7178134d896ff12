"""test_dates: dates come out in UTC however they are written, or not at all with a sentence."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from importer.dates import read_date

NOW = datetime(2026, 11, 20, tzinfo=UTC)
TEN = datetime(2020, 3, 2, 10, tzinfo=UTC)
SEVEN = datetime(2020, 3, 2, 7, tzinfo=UTC)
MIDNIGHT = datetime(2020, 3, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Mon, 02 Mar 2020 10:00:00 GMT", TEN),
        ("Mon, 02 Mar 2020 10:00:00 UT", TEN),
        ("Mon, 02 Mar 2020 10:00:00 Z", TEN),
        ("Mon, 02 Mar 2020 10:00:00 A", TEN),  # military letters are UTC, as RFC 5322 says
        ("Mon, 02 Mar 20 05:00:00 EST", TEN),
        ("Mon, 02 Mar 2020 15:30 +0530", TEN),
        ("Mon, 2 Mar 2020 10:00:00 MSK", SEVEN),
        ("Mon, 02 Mar 2020 10:00:00 GMT+3", SEVEN),
        ("Mon, 02 Mar 2020 10:00:00 +0300 (MSK)", SEVEN),
        ("Mon, 2 Jul 2012 10:00:00 MSK", datetime(2012, 7, 2, 6, tzinfo=UTC)),  # Moscow was at UTC+4 then
        ("Пн, 02 мар 2020 10:00 +0300", SEVEN),
        ("2 марта 2020 г., 10:00 МСК", SEVEN),
        ("02.03.2020 10:00", TEN),
        ("02.03.2020", MIDNIGHT),
        ("2020-03-02 10:00:00", TEN),
        ("2020-03-02T10:00:00+03:00", SEVEN),
        ("2020-03-02T10:00Z", TEN),
        ("20200302T100000Z", TEN),
        ("March 2, 2020", MIDNIGHT),
        ("Mon Mar  2 10:00:00 2020", TEN),
        ("2 Mar 2020 3:05 PM", datetime(2020, 3, 2, 15, 5, tzinfo=UTC)),
        ("Mon, 02 Mar 2020 09:59:60 GMT", TEN),
        ("01 Mar 2020 24:00 GMT", MIDNIGHT),
        ("2020-03", datetime(2020, 3, 1, tzinfo=UTC)),
        ("1583143200", TEN),
    ],
)
def test_understood(text: str, moment: datetime) -> None:
    assert read_date(text, now=NOW) == (moment, "")


@pytest.mark.parametrize(
    ("text", "zone", "moment"),
    [
        ("2020-03-02 10:00:00", "Europe/Moscow", SEVEN),
        (
            "2020-03-29 02:30",
            "Europe/Berlin",
            datetime(2020, 3, 29, 1, 30, tzinfo=UTC),
        ),  # in the hour that summer time skips
        ("2020-03-02 10:00 GMT", "Europe/Moscow", TEN),
    ],
)
def test_the_default_zone_is_for_dates_without_one(text: str, zone: str, moment: datetime) -> None:
    assert read_date(text, now=NOW, zone=zone) == (moment, "")


@pytest.mark.parametrize(
    "text", ["Yesterday", "Mon, 02 Mar 2020 10:00 NOWHERE", "30000-01-01", "2020-03-02 " + "x" * 200, "13/13"]
)
def test_not_understood(text: str) -> None:
    assert read_date(text, now=NOW) == (
        None,
        f"The date “{text[:60]}” was not understood, so the entry has no date.",
    )


@pytest.mark.parametrize(
    "text", ["31 Feb 2020 10:00", "0000-01-01", "2020-03-02 25:00", "9999-12-31T23:59:59-12:00"]
)
def test_no_such_date(text: str) -> None:
    assert read_date(text, now=NOW) == (None, f"The date “{text}” does not exist, so the entry has no date.")


@pytest.mark.parametrize(
    "text", ["Thu, 01 Jan 1970 00:00:00 GMT", "1960-01-01", "2028-01-01", "9999-12-31", "1 Jan 0001"]
)
def test_no_sensible_date(text: str) -> None:
    assert read_date(text, now=NOW) == (None, f"The date “{text}” cannot be right, so the entry has no date.")


def test_next_year_is_sensible() -> None:
    assert read_date("2027-12-31", now=NOW) == (datetime(2027, 12, 31, tzinfo=UTC), "")


def test_no_date_is_no_mistake() -> None:
    assert read_date(" \n", now=NOW) == (None, "")
