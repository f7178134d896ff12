"""test_dates: every date a moment or none, never a wrong one, and none that moves (cases 38 to 41); reading alone: importer/test_dates."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from blog.models import Post
from tests.battery.trial import tried_on
from tests.importer.documents import item, rss

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "written_as",
    [
        "",
        "Yesterday",
        "Fri, 31 Feb 2024 10:00:00 GMT",
        "0000-00-00 00:00:00",
        "Thu, 01 Jan 0000 00:00:00 GMT",
        "-0001-01-01T00:00:00Z",
        "Mon, 01 Jan 30000 00:00:00 GMT",
        "30000-01-01",
        "9999-12-31T23:59:59Z",
        "1970-01-01T00:00:00Z",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "1969-12-31T23:59:59Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "99999999999999999999",
        "-1",
        "2024-13-45T99:99:99Z",
        "Mon, 01 Jan 2024 25:61:00 GMT",
        "Mon, 01 Jan 2024 10:00:00 +9999",
        "2024-01-01T00:00:00 Mars/Olympus",
        "{{ post.date }}",
        "9" * 5_000,
        "１月１日",
    ],
)
def test_what_is_no_date_leaves_the_entry_undated_for_good(
    tmp_path: Path, written_as: str, client: Client
) -> None:
    document = rss(item(1, pubDate=written_as), item(2))
    began = timezone.now()
    outcome = tried_on(tmp_path, document)
    assert (outcome.status, outcome.counts) == (0, {"created": 2})
    if written_as:
        assert "so the entry has no date." in outcome.warnings
    post = Post.objects.get(title="Post 1")
    assert not post.dated
    assert post.published_at is not None
    assert began - timedelta(seconds=1) < post.published_at <= timezone.now()
    page = client.get(post.get_absolute_url()).content.decode()
    assert "p-name" in page
    assert "dt-published" not in page
    assert "datePublished" not in page
    assert tried_on(tmp_path, document).counts == {"unchanged": 2}
    assert Post.objects.get(title="Post 1").published_at == post.published_at


def test_a_future_date_is_public_at_no_place_before_its_time(tmp_path: Path, client: Client) -> None:
    moment = timezone.now() + timedelta(days=40)
    document = rss(item(1, title="A future thing", pubDate=f"{moment:%a, %d %b %Y %H:%M:%S} GMT"), item(2))
    outcome = tried_on(tmp_path, document)
    assert (outcome.status, outcome.counts) == (0, {"created": 2})
    post = Post.objects.get(title="A future thing")
    assert post.is_scheduled
    assert client.get(post.get_absolute_url()).status_code == 404
    for address in (
        "/",
        "/feed.rss",
        "/feed.atom",
        "/feed.json",
        "/sitemap.xml",
        "/archive/",
        "/search/?q=future",
        "/authors/ada-example/",
    ):
        assert "A future thing" not in client.get(address).content.decode(), address


DATES = {
    "Mon, 01 Jan 2024 10:00:00 EST": "2024-01-01T15:00:00",
    "Mon, 01 Jan 2024 10:00:00 +0530": "2024-01-01T04:30:00",
    "Mon, 01 Jan 2024 10:00:00 UT": "2024-01-01T10:00:00",
    "Mon, 01 Jan 2024 10:00:00 Z": "2024-01-01T10:00:00",
    "Mon, 01 Jan 2024 10:00:00 A": "2024-01-01T10:00:00",
    "Mon, 01 Jan 2024 10:00:00 MSK": "2024-01-01T07:00:00",
    "Mon, 01 Jan 2024 10:00:00": "2024-01-01T10:00:00",
    "01 Jan 24 10:00 GMT": "2024-01-01T10:00:00",
    "Sun, 31 Mar 2024 02:30:00 +0100": "2024-03-31T01:30:00",
    "Sat, 31 Dec 2016 23:59:60 GMT": "2017-01-01T00:00:00",
    "2024-01-01T24:00:00Z": "2024-01-02T00:00:00",
    "2024-01-01T10:00:00.123456789+00:00": "2024-01-01T10:00:00.123456",
    "2024-02-29": "2024-02-29T00:00:00",
    "Вт, 02 янв 2024 10:00:00 +0300": "2024-01-02T07:00:00",
    "2 января 2024 г., 10:00": "2024-01-02T10:00:00",
    "Wed, 01 Jan 2024 10:00:00 GMT": "2024-01-01T10:00:00",
    "Mon, 01 Jan 2024 10:00:00 GMT+02:00": "2024-01-01T08:00:00",
}


@pytest.mark.parametrize("written_as", DATES)
def test_a_date_is_the_moment_it_means(tmp_path: Path, written_as: str) -> None:
    outcome = tried_on(tmp_path, rss(item(1, pubDate=written_as)))
    assert (outcome.status, outcome.counts, outcome.warnings) == (0, {"created": 1}, "")
    post = Post.objects.get()
    assert (post.published_at, post.dated) == (
        datetime.fromisoformat(DATES[written_as]).replace(tzinfo=UTC),
        True,
    )


@pytest.mark.parametrize(
    ("local", "moment"),
    [
        ("2024-03-31T02:30:00", "2024-03-31T01:30:00"),  # an hour that the clocks left out
        ("2024-10-27T02:30:00", "2024-10-27T00:30:00"),  # an hour that came twice
        ("2024-07-01T12:00:00", "2024-07-01T10:00:00"),
    ],
)
def test_a_date_without_a_zone_is_in_the_sites_own(
    tmp_path: Path, settings: Any, local: str, moment: str
) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    assert tried_on(tmp_path, rss(item(1, pubDate=local))).counts == {"created": 1}
    assert Post.objects.get().published_at == datetime.fromisoformat(moment).replace(tzinfo=UTC)


@pytest.mark.parametrize("date", ["2024-01-01", 1704103200, "never", None, [], "1e400", "\u0000"])
def test_dates_in_json(tmp_path: Path, date: object) -> None:
    document = json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "items": [{"id": "1", "content_text": "Words.", "date_published": date, "date_modified": date}],
        }
    )
    assert tried_on(tmp_path, document).counts == {"created": 1}
    assert Post.objects.get().dated is (date in ("2024-01-01", 1704103200))
