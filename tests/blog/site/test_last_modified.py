"""test_last_modified: programs that know no ETag are told since when nothing has changed, and get nothing twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.http import http_date

from blog import publishing, versions
from blog.content import Content
from blog.models import Post
from tests.factories import a_post

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 7, 12, tzinfo=UTC)
FEEDS = ("/feed.rss", "/feed.atom", "/feed.json")


class Clock:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.patch = monkeypatch
        monkeypatch.setattr(versions, "STARTED", NOON - timedelta(hours=1))
        self(0)

    def __call__(self, seconds: float) -> str:
        """Set it to so many seconds after noon; the moment as headers tell it."""
        moment = NOON + timedelta(seconds=seconds)
        self.patch.setattr(timezone, "now", lambda: moment)
        return http_date(moment.timestamp())


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def post(at: Clock) -> Post:
    return a_post(title="First", slug="first", published_at=NOON - timedelta(days=9))


@pytest.mark.parametrize("address", FEEDS)
def test_what_has_not_changed_since_is_not_sent(client: Client, at: Clock, post: Post, address: str) -> None:
    noon = at(0)
    at(60)
    assert client.get(address)["Last-Modified"] == noon
    answer = client.get(address, headers={"if-modified-since": noon})
    assert (answer.status_code, answer.content, answer["Last-Modified"]) == (304, b"", noon)
    earlier = http_date(NOON.timestamp() - 1)
    assert client.get(address, headers={"if-modified-since": earlier}).status_code == 200


def test_a_change_and_a_withdrawal_are_news(client: Client, at: Clock, post: Post) -> None:
    at(60)
    publishing.save(post.pk, Content("Firstly", body="Another text.", slug="first"), None)
    at(70)
    answer = client.get("/feed.rss", headers={"if-modified-since": at(59)})
    assert "Another text." in answer.text
    at(120)
    publishing.withdraw(post.pk, None)
    at(130)
    assert (
        client.get("/feed.rss", headers={"if-modified-since": http_date(NOON.timestamp() + 60)}).status_code
        == 200
    )


def test_a_scheduled_post_is_news_from_its_minute_on(client: Client, at: Clock, post: Post) -> None:
    a_post(title="Later", published_at=NOON + timedelta(minutes=10))
    before = at(60)
    assert client.get("/feed.rss", headers={"if-modified-since": before}).status_code == 304
    at(605)
    answer = client.get("/feed.rss", headers={"if-modified-since": before})
    assert "Later" in answer.text
    assert answer["Last-Modified"] == http_date(NOON.timestamp() + 600)


def test_a_second_in_which_more_may_happen_is_not_told(client: Client, at: Clock, post: Post) -> None:
    now = at(1)
    answer = client.get("/feed.rss")
    assert "Last-Modified" not in answer.headers
    assert client.get("/feed.rss", headers={"if-modified-since": now}).status_code == 200


def test_an_upgrade_is_news(client: Client, at: Clock, post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    before = at(60)
    monkeypatch.setattr(versions, "STARTED", NOON + timedelta(minutes=5))
    at(400)
    assert client.get("/feed.rss", headers={"if-modified-since": before}).status_code == 200


def test_an_etag_counts_more_than_a_moment(client: Client, at: Clock, post: Post) -> None:
    now = at(60)
    headers = {"if-none-match": '"other"', "if-modified-since": now}
    assert client.get("/feed.rss", headers=headers).status_code == 200


@pytest.mark.parametrize("given", ["", "yesterday", "Fri, 99 Foo 2026", "\x00", "9" * 4000])
def test_nonsense_for_a_moment_is_none(client: Client, at: Clock, post: Post, given: str) -> None:
    at(60)
    assert client.get("/feed.rss", headers={"if-modified-since": given}).status_code == 200


@pytest.mark.parametrize("address", FEEDS)
def test_the_head_alone_can_be_asked_for(client: Client, at: Clock, post: Post, address: str) -> None:
    at(60)
    whole, head = client.get(address), client.head(address)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("ETag", "Last-Modified", "Content-Type", "Cache-Control"):
        assert head[name] == whole[name]
    assert client.head(address, headers={"if-none-match": head["ETag"]}).status_code == 304
