"""test_media_places: pictures come from the operator's folder or the source's own files where they lie there, and never from outside."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from blog.models import Image, Post
from importer.media.fetching import Task, Ways, at_hand
from importer.models import MediaItem
from tests.importer.documents import imported, item, rss, written
from tests.importer.mediawebs import MP3, allowing, at, brought, media_of, pictures, png, reply

BESIDE = pytest.mark.usefixtures("media_root")


def found(address: str, folder: Path) -> bytes:
    got = at_hand(Task(1, (address,)), Ways(folder=str(folder)))
    return got.data if got else b""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "pictures"
    (inside / "2024" / "05").mkdir(parents=True)
    (inside / "2024" / "05" / "a.png").write_bytes(b"deep")
    (inside / "b c.png").write_bytes(b"flat")
    (tmp_path / "secret.png").write_bytes(b"secret")
    return inside


@pytest.mark.parametrize(
    ("address", "data"),
    [
        ("2024/05/a.png", b"deep"),
        ("./2024/05/a.png", b"deep"),
        ("https://x.org/wp-content/uploads/2024/05/a.png?w=300", b"deep"),
        ("/images/b%20c.png", b"flat"),
        ("a.png", b""),
        ("2024/05", b""),
        ("", b""),
        ("https://[x/a.png", b""),
        ("../secret.png", b""),
        ("2024/../../secret.png", b""),
        ("%2e%2e/secret.png", b""),
        ("..\\secret.png", b""),
        ("b c.png\0", b""),
    ],
)
def test_an_address_means_a_file_of_the_folder(folder: Path, address: str, data: bytes) -> None:
    assert found(address, folder) == data


def test_links_lead_nowhere_outside(folder: Path) -> None:
    (folder / "out.png").symlink_to(folder.parent / "secret.png")
    (folder / "way").symlink_to(folder.parent)
    (folder / "in.png").symlink_to(folder / "b c.png")
    assert (found("out.png", folder), found("way/secret.png", folder)) == (b"", b"")
    assert found("in.png", folder) == b"flat"


@BESIDE
@pytest.mark.django_db
def test_the_folder_comes_before_the_web(tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    (folder / "a.png").write_bytes(png())
    with pictures({"/a.png": reply(png("blue")), "/b.png": reply(png("blue"))}) as server:
        body = f'<p>W</p><img src="{at(server, "/a.png")}" alt=""><img src="{at(server, "/b.png")}" alt="">'
        report = brought(written(tmp_path, rss(item(1, body))), allowing(server, folder=str(folder)))
        assert server.paths() == ["/b.png"]
    assert media_of(report) == {"found": 2, "stored": 2, "reused": 0, "failed": 0}


@BESIDE
@pytest.mark.django_db
def test_relative_addresses_wait_for_the_folder(tmp_path: Path) -> None:
    body = '<p>Words</p><img src="pictures/a.png" alt="">'
    path = written(tmp_path, rss(item(1, body, link="", guid="x"), link=""))
    assert media_of(brought(path, Ways()))["failed"] == 1
    assert MediaItem.objects.get().last_error == (
        "pictures/a.png is no web address; --media-dir names the folder it lies in."
    )


@BESIDE
@pytest.mark.django_db
@pytest.mark.parametrize("packed", [False, True])
def test_a_folder_of_markdown_brings_its_own_pictures(tmp_path: Path, packed: bool) -> None:
    site = tmp_path / "site"
    (site / "posts").mkdir(parents=True)
    (site / "images").mkdir()
    (site / "posts" / "one.md").write_text(
        "---\ntitle: One\ndate: 2024-05-01\ncover: ../images/c.png\n---\nSome words. ![A field](../images/a.png)\n"
    )
    (site / "images" / "a.png").write_bytes(png())
    (site / "images" / "c.png").write_bytes(png("blue"))
    location = site
    if packed:
        location = tmp_path / "site.zip"
        with zipfile.ZipFile(location, "w") as archive:
            for file in site.rglob("*.*"):
                archive.write(file, file.relative_to(site).as_posix())
    report = brought(str(location), Ways())
    post = Post.objects.get()
    assert media_of(report) == {"found": 2, "stored": 2, "reused": 0, "failed": 0}
    assert post.cover is not None
    body_image = Image.objects.exclude(pk=post.cover.pk).get()
    assert f"![A field]({body_image.file.url})" in post.body


@BESIDE
@pytest.mark.django_db
def test_what_is_no_recording_stays_a_link(tmp_path: Path) -> None:
    with pictures({"/e.mp3": reply(b"<html><script>alert(1)</script>"), "/f.mp3": reply(MP3)}) as server:
        sound = f'<enclosure url="{at(server, "/e.mp3")}" type="audio/mpeg"/></item>'
        brought(written(tmp_path, rss(item(1, "<p>Hear</p>").replace("</item>", sound))), allowing(server))
    assert "Listen to it at 127.0.0.1" in Post.objects.get().html
    assert MediaItem.objects.get().last_error.endswith("gives no recording of a kind that can be kept.")


@BESIDE
@pytest.mark.django_db
def test_without_a_way_to_the_web_everything_is_listed(tmp_path: Path) -> None:
    imported(written(tmp_path, rss(item(1, '<p>W</p><img src="https://x.org/a.png" alt="">'))))
    assert MediaItem.objects.get().status == "pending"
