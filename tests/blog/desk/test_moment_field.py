"""test_moment_field: a moment is one moment: in the zone that is named, never in an hour that the clocks skip or show twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django import forms
from django.utils import timezone

from blog.moments import MomentField


class Form(forms.Form):
    at = MomentField(label="At")


def given(written: str, zone: str = "") -> Form:
    return Form({"at": written, "at_zone": zone} if zone else {"at": written})


def moment(written: str, zone: str = "") -> datetime | None:
    form = given(written, zone)
    assert form.is_valid(), form.errors
    found: datetime | None = form.cleaned_data["at"]
    return found


def refusal(written: str, zone: str = "") -> str:
    return str(given(written, zone).errors["at"][0])


@pytest.fixture(autouse=True)
def _berlin(settings: Any) -> Any:
    settings.TIME_ZONE = "Europe/Berlin"
    with timezone.override("Europe/Berlin"):
        yield


@pytest.mark.parametrize(
    ("written", "zone", "hour"),
    [
        ("2026-05-31T14:30", "", 12),
        ("2026-05-31 14:30", "Europe/Berlin", 12),
        ("2026-05-31T14:30:00", "UTC", 14),
        ("2026-05-31T14:30", "Asia/Tokyo", 5),
        ("2026-05-31T14:30", "UTC+03:00", 11),
        ("2026-05-31T14:30 -02:00", "", 16),
    ],
)
def test_the_zone_that_is_named_counts_and_the_sites_otherwise(written: str, zone: str, hour: int) -> None:
    assert moment(written, zone) == datetime(2026, 5, 31, hour, 30, tzinfo=UTC)


def test_nothing_is_no_moment() -> None:
    assert moment("") is None


def test_an_hour_that_the_clocks_skip_is_refused_with_the_next() -> None:
    assert refusal("2026-03-29T02:30") == (
        "There is no 02:30 on that day in Europe/Berlin: the clocks go forward. Choose 03:30 or another time."
    )
    assert moment("2026-03-29T02:30", "UTC") == datetime(2026, 3, 29, 2, 30, tzinfo=UTC)


def test_an_hour_that_comes_twice_is_asked_back_and_both_can_be_chosen() -> None:
    form = given("2026-10-25T02:30")
    assert form.errors["at"] == [
        "02:30 comes twice on that day in Europe/Berlin: the clocks go back. Choose UTC+02:00 for the first time "
        "or UTC+01:00 for the second in the list of zones."
    ]
    shown = str(form["at"])
    assert '<option value="UTC+02:00">' in shown
    assert '<option value="UTC+01:00">' in shown
    assert moment("2026-10-25T02:30", "UTC+02:00") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert moment("2026-10-25T02:30", "UTC+01:00") == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_a_moment_in_such_an_hour_comes_back_as_it_was() -> None:
    for hour in (0, 1):
        at = datetime(2026, 10, 25, hour, 30, tzinfo=UTC)
        written, zone, _moment = Form.base_fields["at"].widget._parts(at)
        assert moment(written, zone) == at


@pytest.mark.parametrize(
    "written",
    [
        "tomorrow",
        "2026-13-01T10:00",
        "2026-05-31",
        "99999-01-01T00:00",
        "0001-01-01T00:00",
        "2026-05-31T25:00",
    ],
)
def test_what_is_no_moment_is_refused(written: str) -> None:
    assert refusal(written) == "Write the moment as 2026-05-31 14:30."


@pytest.mark.parametrize("zone", ["Mars/Base", "../etc/passwd", "UTC+99:99", "x" * 60])
def test_what_is_no_zone_is_refused(zone: str) -> None:
    assert "no time zone that is known here" in refusal(
        "2026-05-31T14:30", zone
    ) or "Write the moment" in refusal("2026-05-31T14:30", zone)


def test_it_says_how_far_away_it_is_and_offers_mornings() -> None:
    shown = str(Form(initial={"at": timezone.now() + timedelta(hours=3, seconds=5)})["at"])
    assert "in 3\xa0hours" in shown
    assert '<option value="Europe/Berlin" selected>' in shown
    assert "Tomorrow, 09:00" in shown
    assert "T09:00" in shown
