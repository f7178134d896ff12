"""mediawebs: pictures and recordings on a loopback server, and imports that may fetch them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PIL import Image as Pillow

from importer.media.fetching import Ways
from importer.models import MediaItem
from importer.options import Options
from importer.pipeline import run_import
from importer.report import Report
from tests.factories import the_site_stands
from tests.importer.web_servers import Server, by_path, reply, serving

MP3 = b"ID3\x03\x00\x00\x00\x00\x00\x00" + b"\xff\xfb\x90\x00" + bytes(400)
MISSING = reply(b"gone away", "404 Not Found", "Content-Type: text/html")


def png(colour: str = "red", width: int = 60, height: int = 40) -> bytes:
    out = io.BytesIO()
    Pillow.new("RGB", (width, height), colour).save(out, "PNG")
    return out.getvalue()


@contextmanager
def pictures(answers: dict[str, bytes]) -> Iterator[Server]:
    """A server on 127.0.0.1 with these whole answers by path; its address is `at(server)`."""
    with serving(by_path(answers)) as server:
        yield server


def at(server: Server, path: str = "") -> str:
    return f"http://127.0.0.1:{server.port}{path}"


def allowing(*servers: Server, folder: str = "") -> Ways:
    return Ways(folder=folder, allowed_hosts=frozenset(f"127.0.0.1:{server.port}" for server in servers))


def brought(location: str, ways: Ways, **options: Any) -> Report:
    """An import that fetches what the posts show."""
    the_site_stands()
    return run_import([location], Options(**options), shows_errors=True, ways=ways)


def media_of(report: Report) -> dict[str, int]:
    found: dict[str, int] = report.as_json()["sources"][0]["media"]
    return found


def states() -> dict[str, str]:
    """What became of each address."""
    return dict(MediaItem.objects.values_list("url", "status"))


__all__ = [
    "MISSING",
    "MP3",
    "MediaItem",
    "allowing",
    "at",
    "brought",
    "media_of",
    "pictures",
    "png",
    "reply",
    "states",
]
