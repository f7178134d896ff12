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


@pytest.mark.parametrize("name", ["a.webp", "a.jpg", "a.jpeg", "a.png", "a.gif", "a.avif"])
def test_a_picture_is_served_locked_in(before: Before, name: str) -> None:
    (before.media / "2026").mkdir(exist_ok=True)
    (before.media / "2026" / name).write_text("picture")
    answer = before.ask(f"/media/2026/{name}")
    assert (answer.status, answer.text) == (200, "picture")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    "name",
    ["a.html", "a.svg", "a.jpg.html", "a.php", "a", "a.js", "a.xml", ".hidden.png", ".htaccess", "a.PNG.exe"],
)
def test_what_is_no_picture_is_not_there(before: Before, name: str) -> None:
    (before.media / name).write_text("<script>")
    before.site.say("the site was asked")
    assert before.ask(f"/media/{name}").status == 404
    assert before.site.asked == []


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
    (before.media / "link.png").symlink_to(before.static / "outside.png")
    assert before.ask("/media/link.png").status in (403, 404)
