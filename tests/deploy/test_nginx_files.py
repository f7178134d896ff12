"""test_nginx_files: static files and pictures are served by nginx itself, and pictures can never act as pages."""

from __future__ import annotations

import pytest

from tests.deploy.conftest import Before

pytestmark = pytest.mark.nginx


def test_a_hashed_static_file_is_kept_for_ever_a_plain_one_for_an_hour(before: Before) -> None:
    for name in ("site.0123456789ab.css", "site.css"):
        (before.static / name).write_text("body{}")
    hashed, plain = before.ask("/static/site.0123456789ab.css"), before.ask("/static/site.css")
    assert (hashed.status, hashed.headers["Content-Type"]) == (200, "text/css; charset=utf-8")
    assert hashed.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert plain.headers["Cache-Control"] == "public, max-age=3600"
    assert hashed.headers["X-Content-Type-Options"] == "nosniff"


def test_a_static_file_that_was_compressed_beforehand_is_sent_so(before: Before) -> None:
    (before.static / "big.css").write_text("body{}")
    (before.static / "big.css.gz").write_bytes(b"made beforehand")
    answer = before.ask("/static/big.css", Accept_Encoding="gzip")
    assert (answer.headers["Content-Encoding"], answer.text) == ("gzip", "made beforehand")


# As the site names them: a folder, then a name made from the content.
NAMED = "0123456789abcdef"


def put(before: Before, name: str) -> str:
    """A file in the media folder; its address."""
    path = before.media / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("picture")
    return f"/media/{name}"


@pytest.mark.parametrize(
    ("ending", "kind"),
    [
        (".webp", "image/webp"),
        ("-640.jpg", "image/jpeg"),
        (".jpeg", "image/jpeg"),
        (".png", "image/png"),
        (".gif", "image/gif"),
        (".avif", "image/avif"),
        (".mp3", "audio/mpeg"),
        (".m4a", "audio/mp4"),
        (".ogg", "audio/ogg"),
        (".opus", "audio/ogg"),
        (".wav", "audio/wav"),
        (".mp4", "video/mp4"),
        (".webm", "video/webm"),
    ],
)
def test_a_picture_is_served_locked_in(before: Before, ending: str, kind: str) -> None:
    answer = before.ask(put(before, f"images/01/{NAMED}{ending}"))
    assert (answer.status, answer.headers["Content-Type"], answer.text) == (200, kind, "picture")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    "name",
    [
        f"images/01/{NAMED}.html",
        f"images/01/{NAMED}.svg",
        f"images/01/{NAMED}.png.html",
        f"images/01/{NAMED}.php",
        f"images/01/{NAMED}",
        f"images/01/{NAMED}.PNG",
        f"images/.hidden/{NAMED}.png",
        "images/01/holiday.png",
        f"{NAMED}.png",
        ".htaccess",
    ],
)
def test_what_the_site_did_not_name_is_not_there(before: Before, name: str) -> None:
    before.site.say("the site was asked")
    assert before.ask(put(before, name)).status == 404
    assert before.site.asked == []


def test_nginx_serves_the_kinds_that_the_site_serves() -> None:
    from blog.mediatypes import TYPES
    from deploy.local.front import TEMPLATE

    block = TEMPLATE.read_text().partition("types {")[2].partition("}")[0]
    rows = [row.split() for row in block.strip().rstrip(";").split(";")]
    assert {ending: kind for kind, *endings in rows for ending in endings} == TYPES


@pytest.mark.parametrize(
    "path",
    [
        "/media/",
        "/static/",
        "/media/../nginx/nginx.conf",
        "/media/%2e%2e/nginx/nginx.conf",
        "/static../nginx/nginx.conf",
        "/static/%2e%2e/nginx/nginx.conf",
    ],
)
def test_nothing_is_listed_and_nothing_beside_is_reached(before: Before, path: str) -> None:
    before.site.say("not found", status=404)
    assert before.ask(path).status in (400, 403, 404)


def test_a_link_out_of_the_folder_is_not_followed(before: Before) -> None:
    (before.static / "outside.png").write_text("outside")
    path = put(before, f"links/{NAMED}ff.png")
    (before.media / f"links/{NAMED}ff.png").unlink()
    (before.media / f"links/{NAMED}ff.png").symlink_to(before.static / "outside.png")
    assert before.ask(path).status in (403, 404)
