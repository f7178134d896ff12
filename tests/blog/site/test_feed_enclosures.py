"""test_feed_enclosures: what comes with a post in its feeds: its cover and its recordings, told with true lengths and types."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import feedparser
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from lxml import etree

from blog.models import Image
from tests.factories import a_post, an_author

pytestmark = pytest.mark.django_db

SITE = "https://masthead.example"
ATOM = "{http://www.w3.org/2005/Atom}"
MEDIA = "{http://search.yahoo.com/mrss/}"


@pytest.fixture(autouse=True)
def _storage(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def a_recording(data: bytes, ending: str) -> str:
    sha256 = hashlib.sha256(data).hexdigest()
    return default_storage.save(f"audio/{sha256[:2]}/{sha256}.{ending}", ContentFile(data))


def a_cover() -> Image:
    name = f"images/ab/{'ab' * 32}.webp"
    return Image.objects.create(file=name, sha256="ab" * 32, width=1200, height=800, size=4321)


def a_podcast(*names: str) -> None:
    players = "".join(f'<audio controls src="/media/{name}"></audio>' for name in names)
    a_post(title="Heard", body=f"<p>Listen.</p>{players}", body_format="html", cover=a_cover())


def test_atom_tells_the_cover_and_every_recording(client: Client) -> None:
    first, second = a_recording(b"ID3" + b"a" * 97, "mp3"), a_recording(b"OggS" + b"b" * 46, "ogg")
    a_podcast(first, second, first)
    links = etree.fromstring(client.get("/feed.atom").content).iterfind(f".//{ATOM}link[@rel='enclosure']")
    assert [(link.get("href"), link.get("length"), link.get("type")) for link in links] == [
        (f"{SITE}/media/images/ab/{'ab' * 32}.webp", "4321", "image/webp"),
        (f"{SITE}/media/{first}", "100", "audio/mpeg"),
        (f"{SITE}/media/{second}", "50", "audio/ogg"),
    ]


def test_rss_encloses_one_file_and_tells_the_others_beside_it(client: Client) -> None:
    first, second = a_recording(b"ID3" + b"a" * 97, "mp3"), a_recording(b"OggS" + b"b" * 46, "ogg")
    a_podcast(first, second)
    item = etree.fromstring(client.get("/feed.rss").content).find(".//item")
    assert item is not None
    assert [one.get("url") for one in item.findall("enclosure")] == [f"{SITE}/media/{first}"]
    assert [one.get("url") for one in item.findall(f"{MEDIA}content")] == [
        f"{SITE}/media/images/ab/{'ab' * 32}.webp",
        f"{SITE}/media/{second}",
    ]


def test_json_attaches_recordings_and_shows_the_cover_once(client: Client) -> None:
    name = a_recording(b"ID3" + b"a" * 97, "mp3")
    a_podcast(name)
    (item,) = client.get("/feed.json").json()["items"]
    assert item["image"] == f"{SITE}/media/images/ab/{'ab' * 32}.webp"
    assert item["attachments"] == [
        {"url": f"{SITE}/media/{name}", "mime_type": "audio/mpeg", "size_in_bytes": 100}
    ]


def test_a_lost_recording_and_one_elsewhere_enclose_nothing(client: Client) -> None:
    lost = f"audio/cd/{'cd' * 32}.mp3"
    body = f'<p>Listen.</p><audio controls src="/media/{lost}"></audio><audio src="https://x.example/a.mp3"></audio>'
    a_post(body=body, body_format="html")
    assert "attachments" not in client.get("/feed.json").json()["items"][0]
    assert not feedparser.parse(client.get("/feed.rss").content).entries[0].enclosures


def test_a_listing_of_a_player_plays_nothing(client: Client) -> None:
    name = a_recording(b"ID3" + b"a" * 97, "mp3")
    a_post(body=f'A listing:\n\n    <audio src="/media/{name}"></audio>\n')
    assert "attachments" not in client.get("/feed.json").json()["items"][0]


def test_everybody_stands_once_with_all_their_parts(client: Client) -> None:
    anna, boris = an_author(name="Anna"), an_author(name="Борис")
    a_post(authors=[anna, (boris, "translator"), (boris, "editor")])
    (item,) = client.get("/feed.json").json()["items"]
    assert [one["name"] for one in item["authors"]] == ["Anna", "Борис"]
    assert item["authors"][1]["_masthead"] == {"parts": ["translator", "editor"]}
    assert "_masthead" not in item["authors"][0]
    assert item["_masthead"]["bylines"] == [
        ["Anna", "author"],
        ["Борис", "translator"],
        ["Борис", "editor"],
    ]
    authors = etree.fromstring(client.get("/feed.atom").content).findall(f"{ATOM}entry/{ATOM}author")
    assert [[part.text for part in one.findall("{urn:x-masthead:1}part")] for one in authors] == [
        [],
        ["translator", "editor"],
    ]
