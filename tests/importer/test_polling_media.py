"""test_polling_media: a poller also brings the pictures that failed before, or that an import at the desk left for later."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from importer.models import MediaItem, Run
from tests.factories import a_user
from tests.importer.documents import imported, item, rss, written
from tests.importer.mediawebs import MISSING, at, pictures, png, states
from tests.importer.web_servers import Server, reply

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media_root")]


@pytest.fixture
def web(settings: Any) -> Iterator[Server]:
    with pictures({"/a.png": reply(png()), "/b.png": MISSING}) as server:
        settings.FETCH_ALLOWED_HOSTS = (f"127.0.0.1:{server.port}",)
        yield server


@pytest.fixture
def listed(web: Server, tmp_path: Path) -> MediaItem:
    """A picture that an import listed and did not fetch."""
    imported(written(tmp_path, rss(item(1, f'<p>Words</p><img src="{at(web, "/a.png")}" alt="A">'))))
    return MediaItem.objects.get()


def polled() -> str:
    out = StringIO()
    call_command("poll_feeds", "--once", stdout=out)
    return out.getvalue()


def test_what_an_operator_left_out_stays_out(web: Server, listed: MediaItem) -> None:
    assert polled() == "No source is due.\n"
    assert set(states().values()) == {"pending"}


def test_what_an_import_at_the_desk_left_is_brought(web: Server, listed: MediaItem) -> None:
    Run.objects.update(user=a_user(role="editor"))
    assert "1 picture or recording that was still missing is here now." in polled()
    assert set(states().values()) == {"stored"}


def test_what_failed_before_is_tried_again_when_it_is_due(web: Server, listed: MediaItem) -> None:
    MediaItem.objects.update(status="failed", tries=1, due=timezone.now())
    polled()
    assert set(states().values()) == {"stored"}
