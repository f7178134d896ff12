"""test_hub: the WebSub hub is told of feeds that changed, once, never of anything private, and nothing waits for it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from lxml import etree

from blog import hub, publishing
from blog.content import Content
from blog.models import HubNotice, Post
from tests.factories import SeriesFactory, a_post

pytestmark = pytest.mark.django_db

SITE = "https://masthead.example"
ATOM = "{http://www.w3.org/2005/Atom}"


class Hub(HTTPServer):
    """A hub on loopback that answers with `status` and remembers what it was told."""

    def __init__(self, status: int) -> None:
        super().__init__(("127.0.0.1", 0), Ear)
        self.status = status
        self.said: list[dict[str, list[str]]] = []


class Ear(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, Hub)
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.said.append(parse_qs(body.decode()))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        """Nothing on stderr."""


@contextmanager
def a_hub(settings: Any, status: int = 204) -> Iterator[Hub]:
    with Hub(status) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        settings.WEBSUB_HUB = f"http://127.0.0.1:{server.server_port}/hub"
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def told(server: Hub) -> list[str]:
    """The feeds that the hub was told of since this was asked last."""
    said = list(server.said)
    server.said.clear()
    assert {one["hub.mode"][0] for one in said} <= {"publish"}
    return [one["hub.url"][0].removeprefix(SITE) for one in said]


def three(*paths: str) -> set[str]:
    return {f"{path}feed.{form}" for path in paths for form in ("rss", "atom", "json")}


def test_it_hears_of_a_new_post_in_all_its_feeds_once(settings: Any) -> None:
    a_post(title="Old", tags=["before"])
    with a_hub(settings) as server:
        hub.tell()
        assert set(told(server)) == three("/")
        a_post(title="New", authors=["Anna"], tags=["x"], series=SeriesFactory(title="S"), language="ru-RU",
               published_at=timezone.now())  # fmt: skip
        HubNotice.objects.update(told_at=timezone.now() - timedelta(seconds=5))
        hub.tell()
        heard = told(server)
        lists = ("/", "/authors/anna/", "/tags/x/", "/series/s/")
        assert three(*lists, *(f"/ru{path}" for path in lists)) <= set(heard)
        assert len(heard) == len(set(heard))
        assert hub.tell() == hub.Told()
        assert told(server) == []


def test_a_post_that_comes_by_its_minute_is_told_of(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    a_post(title="Later", tags=["later"], published_at=now + timedelta(hours=1))
    with a_hub(settings) as server:
        hub.tell()
        assert set(told(server)) == three("/")
        monkeypatch.setattr(timezone, "now", lambda: now + timedelta(minutes=61))
        hub.tell()
        assert three("/tags/later/") <= set(told(server))


def test_nothing_private_is_said(settings: Any) -> None:
    public = a_post(title="Public", tags=["shared"])
    hidden: dict[str, dict[str, Any]] = {
        "draft": {"status": "draft"},
        "scheduled": {"published_at": timezone.now() + timedelta(days=1)},
        "withdrawn": {"status": "withdrawn"},
        "trashed": {"trashed_at": timezone.now()},
    }
    for name, stands in hidden.items():
        a_post(
            title=f"Quokka {name}",
            authors=[f"Quokka {name}"],
            tags=[f"quokka {name}"],
            language="fr",
            **stands,
        )
    with a_hub(settings) as server:
        hub.tell()
        publishing.save(public.pk, Content("Public", body="Changed.", tags=("shared",)), None)
        hub.tell()
        heard = told(server)
    assert "/tags/shared/feed.rss" in heard
    assert not [address for address in heard if "quokka" in address or "/fr/" in address]


def test_a_draft_is_no_news(settings: Any) -> None:
    with a_hub(settings) as server:
        hub.tell()
        told(server)
        publishing.create(Content(title="Draft", body="Words."), None)
        hub.tell()
        assert told(server) == []


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_hub_that_fails_is_told_later_and_spoken_of_once(
    settings: Any, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    with a_hub(settings, status) as server:
        failed = hub.tell()
        assert hub.sentences(failed) == [
            f"The hub {settings.WEBSUB_HUB} answered {status}; it is tried again."
        ]
        assert len(told(server)) == 1
        hub.tell()
        assert told(server) == []
    with a_hub(settings) as server:
        now = timezone.now()
        monkeypatch.setattr(timezone, "now", lambda: now + timedelta(seconds=70))
        assert hub.tell().feeds == 3
    assert HubNotice.objects.get().failures == 0


def test_a_hub_that_is_away_costs_a_sentence_and_no_publication(settings: Any) -> None:
    settings.WEBSUB_HUB = "http://127.0.0.1:9/hub"
    post = a_post(title="Published all the same")
    (sentence,) = hub.sentences(hub.tell())
    assert "could not be reached" in sentence
    assert Post.objects.published().filter(pk=post.pk).exists()
    HubNotice.objects.update(next_try=None)
    assert hub.sentences(hub.tell()) == []


def test_a_wrong_address_is_told(settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    with a_hub(settings, 404):
        call_command("ping_hub")
        assert "refused all 3 feeds it was told of; is WEBSUB_HUB its address?" in capsys.readouterr().err


def test_the_command_asks_for_a_hub_and_fails_where_it_fails(
    settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("ping_hub")
    assert (ended.value.code, capsys.readouterr().err) == (
        2, "No hub is named: give its address in WEBSUB_HUB.\n",
    )  # fmt: skip
    with a_hub(settings, 500), pytest.raises(SystemExit) as ended:
        call_command("ping_hub")
    assert ended.value.code == 1


def test_the_poller_tells_it(settings: Any) -> None:
    with a_hub(settings) as server:
        call_command("poll_feeds", "--once")
        assert set(told(server)) == three("/")


def test_without_a_hub_nothing_is_asked(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert hub.tell() == hub.Told()


def test_feeds_name_the_hub(client: Client, settings: Any) -> None:
    settings.WEBSUB_HUB = "https://hub.example/?a=1&b=2"
    a_post(title="One")
    for form in ("rss", "atom"):
        root = etree.fromstring(client.get(f"/feed.{form}").content)
        (link,) = root.iterfind(f".//{ATOM}link[@rel='hub']")
        assert link.get("href") == settings.WEBSUB_HUB
    answer = client.get("/feed.json")
    assert answer.json()["hubs"] == [{"type": "WebSub", "url": settings.WEBSUB_HUB}]
    assert answer["Link"] == f'<{settings.WEBSUB_HUB}>; rel="hub", <{SITE}/feed.json>; rel="self"'


def test_feeds_name_none_where_there_is_none(client: Client) -> None:
    a_post(title="One")
    assert "hub" not in client.get("/feed.atom").text
    assert "Link" not in client.get("/feed.json").headers
