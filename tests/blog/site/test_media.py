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
