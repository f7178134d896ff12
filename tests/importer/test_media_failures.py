"""test_media_failures: a picture that cannot be had costs itself alone, is listed with the reason, and is tried again."""

from __future__ import annotations

import io
import struct
import zlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from blog.models import Image, Post
from importer.media.fetching import SILENT, Ways
from importer.models import MediaItem
from tests.importer.documents import command, imported, item, last_run, rows, rss, written
from tests.importer.mediawebs import (
    MISSING,
    allowing,
    at,
    brought,
    media_of,
    pictures,
    png,
    reply,
    states,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media_root")]


def showing(*addresses: str, more: str = "") -> str:
    images = "".join(f'<img src="{address}" alt=""{more}>' for address in addresses)
    return f"<p>The words of it.</p>{images}"


def bomb() -> bytes:
    """A PNG of a few bytes that claims to be 60,000 pixels a side."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(100)))
        + chunk(b"IEND", b"")
    )


def test_what_fails_is_listed_and_the_rest_is_stored(tmp_path: Path) -> None:
    answers = {
        "/ok.png": reply(png()),
        "/gone.png": MISSING,
        "/page.png": reply(b"<html>Sign in</html>"),
        "/bomb.png": reply(bomb()),
        "/cut.png": reply(png()[:40]),
    }
    with pictures(answers) as server:
        body = showing(*(at(server, path) for path in answers))
        report = brought(written(tmp_path, rss(item(1, body))), allowing(server))
        host = at(server)
    assert media_of(report) == {"found": 5, "stored": 1, "reused": 0, "failed": 4}
    assert report.status() == 0
    assert Image.objects.get().file.url in Post.objects.get().body
    errors = dict(MediaItem.objects.exclude(status="stored").values_list("url", "last_error"))
    assert errors == {
        f"{host}/gone.png": f"{host}/gone.png was not fetched: there is nothing at this address (404). Check the spelling.",
        f"{host}/page.png": f"{host}/page.png gives no picture of a kind that can be kept.",
        f"{host}/bomb.png": f"{host}/bomb.png: The picture has more than 40 million pixels. Make it smaller and try again.",
        f"{host}/cut.png": f"{host}/cut.png: This is no picture that can be used here: choose a PNG, JPEG, WebP, GIF or AVIF file.",
    }
    assert states()[f"{host}/gone.png"] == "dead"


def test_a_private_address_is_refused_and_the_text_is_in(tmp_path: Path) -> None:
    with pictures({"/a.png": reply(png())}) as server:
        path = written(tmp_path, rss(item(1, showing(at(server, "/a.png"), "http://169.254.169.254/x.png"))))
        report = brought(path, Ways())
        assert server.connections == 0
    assert media_of(report) == {"found": 2, "stored": 0, "reused": 0, "failed": 2}
    assert "The words of it." in Post.objects.get().html
    assert set(states().values()) == {"failed"}
    assert all(
        "169.254" in error or "127.0.0.1" in error
        for error in MediaItem.objects.values_list("last_error", flat=True)
    )


def test_a_redirect_to_a_private_address_is_refused(tmp_path: Path) -> None:
    with pictures({"/a.png": reply(png())}) as inner:
        answers = {"/a.png": reply(b"", "302 Found", f"Location: {at(inner, '/a.png')}")}
        with pictures(answers) as outer:
            report = brought(written(tmp_path, rss(item(1, showing(at(outer, "/a.png"))))), allowing(outer))
        assert inner.connections == 0
    assert media_of(report)["failed"] == 1


def test_where_the_address_is_dead_another_size_is_taken(tmp_path: Path) -> None:
    with pictures({"/a.png": MISSING, "/s.png": MISSING, "/l.png": reply(png())}) as server:
        more = f' srcset="{at(server, "/s.png")} 300w, {at(server, "/l.png")} 900w"'
        report = brought(
            written(tmp_path, rss(item(1, showing(at(server, "/a.png"), more=more)))), allowing(server)
        )
        assert server.paths() == ["/a.png", "/l.png"]
    assert media_of(report)["stored"] == 1
    assert Image.objects.get().file.url in Post.objects.get().body
    assert "srcset" not in Post.objects.get().body


def test_a_failure_is_tried_again_when_it_is_due(tmp_path: Path) -> None:
    answers = {"/a.png": reply(b"", "503 Service Unavailable")}
    with pictures(answers) as server:
        path = written(tmp_path, rss(item(1, showing(at(server, "/a.png")))))
        brought(path, allowing(server))
        before = rows()
        brought(path, allowing(server))
        assert (server.connections, rows()) == (1, before)
        answers["/a.png"] = reply(png())
        MediaItem.objects.update(due=timezone.now() - timedelta(seconds=1))
        report = brought(path, allowing(server))
    assert media_of(report) == {"found": 1, "stored": 1, "reused": 0, "failed": 0}
    assert Image.objects.get().file.url in Post.objects.get().body


def test_the_wait_grows_and_ends(tmp_path: Path) -> None:
    with pictures({"/a.png": reply(b"", "503 Service Unavailable")}) as server:
        path = written(tmp_path, rss(item(1, showing(at(server, "/a.png")))))
        waits = []
        for _ in range(5):
            brought(path, allowing(server))
            one = MediaItem.objects.get()
            waits.append(round((one.due - timezone.now()) / timedelta(hours=1)) if one.due else None)
            MediaItem.objects.filter(due__isnull=False).update(due=timezone.now())
        brought(path, allowing(server))
        assert server.connections == 5
    assert waits == [1, 4, 16, 64, None]
    assert one.status == "dead"


def test_a_host_that_does_not_answer_is_left_alone(tmp_path: Path) -> None:
    with pictures({}) as server:  # breaks every connection
        urls = [at(server, f"/{number}.png") for number in range(12)]
        report = brought(written(tmp_path, rss(item(1, showing(*urls)))), allowing(server))
        assert SILENT <= server.connections <= SILENT + 3
    assert media_of(report)["failed"] == 12
    assert (
        MediaItem.objects.filter(last_error="127.0.0.1 did not answer, so it was asked no more.").count()
        == 12 - server.connections
    )


def test_a_picture_of_more_bytes_than_allowed_is_refused(tmp_path: Path) -> None:
    with pictures({"/a.png": reply(png(), length=20_000_001)}) as server:
        brought(written(tmp_path, rss(item(1, showing(at(server, "/a.png"))))), allowing(server))
        sentence = MediaItem.objects.get().last_error
    assert "larger than 20 MB" in sentence


def test_no_media_lists_what_is_to_be_had_and_fetches_nothing(tmp_path: Path, settings: Any) -> None:
    with pictures({"/a.png": reply(png())}) as server:
        settings.FETCH_ALLOWED_HOSTS = frozenset({f"127.0.0.1:{server.port}"})
        path = written(tmp_path, rss(item(1, showing(at(server, "/a.png")))))
        ended = command(path, "--no-media")
        assert server.connections == 0
        assert states() == {at(server, "/a.png"): "pending"}
        assert "1 picture is not stored here; the pages say where to see them." in ended.out
        out = io.StringIO()
        call_command("fetch_media", "--run", str(last_run().pk), stdout=out)
    assert out.getvalue() == "1 stored, 0 were here already, 0 could not be fetched.\n"
    assert Image.objects.get().file.url in Post.objects.get().body


def test_the_command_tells_what_became_of_the_pictures(tmp_path: Path, settings: Any) -> None:
    answers = {"/a.png": reply(png()), "/b.png": reply(png("blue")), "/c.png": MISSING}
    with pictures(answers) as server:
        settings.FETCH_ALLOWED_HOSTS = frozenset({f"127.0.0.1:{server.port}"})
        ended = command(written(tmp_path, rss(item(1, showing(*(at(server, path) for path in answers))))))
    assert ended.status == 0
    assert (
        "2 pictures stored, 1 could not be fetched (see "
        "https://masthead.example/admin/importer/mediaitem/?status__exact=failed)"
    ) in ended.out


def test_a_dry_run_lists_and_fetches_nothing(tmp_path: Path) -> None:
    with pictures({"/a.png": reply(png())}) as server:
        report = brought(
            written(tmp_path, rss(item(1, showing(at(server, "/a.png"))))), allowing(server), dry_run=True
        )
        assert server.connections == 0
    assert media_of(report) == {"found": 1, "stored": 0, "reused": 0, "failed": 0}
    assert not MediaItem.objects.exists()


def test_posts_in_the_trash_are_left_alone(tmp_path: Path) -> None:
    with pictures({"/a.png": reply(png())}) as server:
        path = written(tmp_path, rss(item(1, showing(at(server, "/a.png")))))
        imported(path)
        Post.objects.update(trashed_at=timezone.now())
        brought(path, allowing(server))
        assert server.connections == 0
