"""test_media: stored pictures are served by generated names alone, as pictures and nothing else."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image as Pillow

from blog import images

HEX = "0123456789abcdef" * 4


def _put(folder: Path, name: str, content: bytes = b"content") -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


@pytest.mark.django_db
def test_a_stored_picture_is_served(client: Client, media_root: Path) -> None:
    upload = io.BytesIO()
    Pillow.new("RGB", (60, 40), "red").save(upload, "PNG")
    image = images.store(upload, None)
    response = client.get(image.file.url)
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == (media_root / str(image.file)).read_bytes()  # type: ignore[attr-defined]
    assert response["Content-Length"] == str(image.size)
    assert response["Content-Type"] in ("image/png", "image/webp")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    response.close()


@pytest.mark.parametrize(
    "name",
    [
        f"images/01/{HEX}.svg",
        f"images/01/{HEX}.html",
        f"images/01/{HEX}.webp.html",
        f"images/01/{HEX}",
        "images/01/holiday.webp",
        "images/.htaccess",
        ".hidden.webp",
        f"{HEX}.webp",
        f"images/01/{HEX.upper()}.webp",
    ],
)
def test_other_names_are_not_served_even_where_the_file_exists(
    client: Client, media_root: Path, db: None, name: str
) -> None:
    _put(media_root, name)
    assert client.get(f"/media/{name}").status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        f"../images/01/{HEX}.webp",
        f"images/..%2f..%2f{HEX}.webp",
        f"images/01/{HEX}.webp%00.html",
        f"//images/01/{HEX}.webp",
        f"images/01/{HEX}.webp/",
        f"images/02/{HEX}.webp",
    ],
)
def test_nothing_else_is_reached(client: Client, media_root: Path, db: None, name: str) -> None:
    _put(media_root, f"images/01/{HEX}.webp")
    _put(media_root.parent, f"images/01/{HEX}.webp")
    _put(media_root.parent, f"{HEX}.webp")
    assert client.get(f"/media/{name}").status_code in (301, 404)
    assert client.post(f"/media/images/01/{HEX}.webp").status_code == 405


def test_a_link_out_of_the_folder_is_not_followed_to_other_types(
    client: Client, media_root: Path, db: None
) -> None:
    (media_root / "images").mkdir()
    (media_root / "images" / "x").symlink_to(media_root.parent)
    _put(media_root.parent, "secret.txt")
    assert client.get("/media/images/x/secret.txt").status_code == 404


# -- recordings ------------------------------------------------------------------------------------

SOUND = f"audio/01/{HEX}.mp3"


@pytest.mark.parametrize(
    ("ending", "kind"),
    [
        ("mp3", "audio/mpeg"),
        ("m4a", "audio/mp4"),
        ("ogg", "audio/ogg"),
        ("opus", "audio/ogg"),
        ("wav", "audio/wav"),
        ("mp4", "video/mp4"),
        ("webm", "video/webm"),
    ],
)
def test_a_recording_is_served_as_one(
    client: Client, media_root: Path, db: None, ending: str, kind: str
) -> None:
    _put(media_root, f"audio/01/{HEX}.{ending}")
    response = client.get(f"/media/audio/01/{HEX}.{ending}")
    assert (response.status_code, response["Content-Type"]) == (200, kind)
    assert response["Accept-Ranges"] == "bytes"
    assert response["X-Content-Type-Options"] == "nosniff"
    response.close()


@pytest.mark.parametrize(
    ("asked", "part", "said"),
    [
        ("bytes=0-1", b"01", "bytes 0-1/10"),
        ("bytes=7-", b"789", "bytes 7-9/10"),
        ("bytes=8-99", b"89", "bytes 8-9/10"),
        ("bytes=-3", b"789", "bytes 7-9/10"),
    ],
)
def test_a_player_gets_the_part_it_asks_for(
    client: Client, media_root: Path, db: None, asked: str, part: bytes, said: str
) -> None:
    _put(media_root, SOUND, b"0123456789")
    response = client.get(f"/media/{SOUND}", headers={"Range": asked})
    assert response.status_code == 206
    assert b"".join(response.streaming_content) == part  # type: ignore[attr-defined]
    assert (response["Content-Range"], response["Content-Length"]) == (said, str(len(part)))
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    response.close()


@pytest.mark.parametrize("asked", ["bytes=0-1,4-5", "bytes=5-1", "bytes=-", "lines=1-2", "bytes=x"])
def test_what_is_no_single_part_gets_the_whole(
    client: Client, media_root: Path, db: None, asked: str
) -> None:
    _put(media_root, SOUND, b"0123456789")
    response = client.get(f"/media/{SOUND}", headers={"Range": asked})
    assert (response.status_code, response["Content-Length"]) == (200, "10")
    response.close()


def test_a_part_behind_the_end_is_refused(client: Client, media_root: Path, db: None) -> None:
    _put(media_root, SOUND, b"0123456789")
    response = client.get(f"/media/{SOUND}", headers={"Range": "bytes=10-"})
    assert (response.status_code, response["Content-Range"]) == (416, "bytes */10")
