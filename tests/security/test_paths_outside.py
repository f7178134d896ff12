"""test_paths_outside: no path leads out of the static and media folders, and no file of the project is served."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import pytest
from django.conf import settings
from django.test import RequestFactory
from django.test.client import ClientHandler

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
CLIMBS = (
    "..",
    "%2e%2e",
    "%2e.",
    ".%2e",
    "%252e%252e",
    "..%00",
    "....",
    "..;",
    "%c0%ae%c0%ae",
    "..%5c",
    "%u002e%u002e",
)
TARGETS = ("manage.py", "config/settings.py", "masthead.sqlite3", ".env", "etc/passwd", ".git/config")
PATHS = (
    *(
        f"/{folder}/{climb}/{target}"
        for folder in ("static", "media")
        for climb in CLIMBS
        for target in TARGETS
    ),
    *(
        f"/{folder}/css/{climb}/{climb}/{climb}/etc/passwd"
        for folder in ("static", "media")
        for climb in CLIMBS
    ),
    "/../manage.py",
    "/static/../",
    "/static/",
    "/static/css/",
    "/static/css",
    "/static/.",
    "/static//etc/passwd",
    "/static/%2fetc/passwd",
    "/static/css/site.css/../../../manage.py",
    "/static/css/site.css%00.png",
    "/static\\..\\manage.py",
    "/static/staticfiles.json/x",
    "/media/",
    "/media//etc/passwd",
    "/media/%2fetc%2fpasswd",
    "/media/images/",
    "/media/images/ab/../../secret.png",
    "/media/images/ab/abcdef0123456789.webp/../x",
    "/media/images/ab/abcdef0123456789.webp%00",
    "/media/images/ab/abcdef0123456789.webp%0a",
    "/media/images/ab/abcdef0123456789.webp.html",
    "/media/images/ab/abcdef0123456789.svg",
    "/media/images/ab/abcdef0123456789.html",
    "/media/readyz.probe",
    "/media/.htaccess",
    "/.git",
    "/.git/",
    "/.git/HEAD",
    "/.git/config",
    "/.env",
    "/.env.example",
    "/.ci/run",
    "/manage.py",
    "/config/settings.py",
    "/config/settings.pyc",
    "/masthead.sqlite3",
    "/db.sqlite3",
    "/requirements.txt",
    "/docker-compose.yml",
    "/deploy/nginx.conf",
    "/templates/base.html",
    "/wp-login.php",
    "/wp-config.php.bak",
    "/server-status",
    "/actuator/env",
    "/__debug__/",
    "/posts/../manage.py",
)


def asked(path: str) -> Any:
    """The answer to a request line as it stands, which the test's own client would have tidied first."""
    decoded = unquote_to_bytes(path).decode("latin-1")
    request = RequestFactory().generic("GET", "/", PATH_INFO=decoded)
    handler = ClientHandler()
    handler.load_middleware()
    return handler.get_response(request)


@pytest.fixture(autouse=True)
def _files_worth_reading(media_root: Path) -> None:
    (media_root / "secret.png").write_bytes(b"secret")
    (media_root / "readyz.probe").write_bytes(b"secret")
    (media_root.parent / "abcdef0123456789.webp").write_bytes(b"secret")
    (media_root / "images" / "ab").mkdir(parents=True)
    for name in ("abcdef0123456789.svg", "abcdef0123456789.html", "abcdef0123456789.webp.html", "x"):
        (media_root / "images" / "ab" / name).write_bytes(b"secret")


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_there(path: str) -> None:
    answer = asked(path)
    if answer.status_code in (301, 302):
        assert answer["Location"].startswith("/")
        answer = asked(answer["Location"])
    assert answer.status_code in (400, 404), path
    body = b"".join(answer) if answer.streaming else answer.content
    answer.close()
    for telling in (b"secret", b"root:", b"import ", b"SQLite format", b"[core]", b"SECRET_KEY"):
        assert telling not in body, path


def test_what_is_to_be_served_is(media_root: Path) -> None:
    (media_root / "images" / "ab" / "abcdef0123456789.webp").write_bytes(b"a picture")
    answer = asked("/media/images/ab/abcdef0123456789.webp")
    assert b"".join(answer) == b"a picture"
    answer.close()
    assert answer["Content-Type"] == "image/webp"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    sheet = asked("/static/css/site.css")
    assert sheet.status_code == 200
    sheet.close()


def test_a_link_in_the_media_folder_leads_nowhere_by_a_name_that_we_did_not_make(media_root: Path) -> None:
    (media_root / "passwd.png").symlink_to("/etc/passwd")
    (media_root / "linked").symlink_to("/etc")
    assert asked("/media/passwd.png").status_code == 404
    assert asked("/media/linked/passwd").status_code == 404


def test_the_database_and_the_key_stand_in_no_served_folder() -> None:
    for setting in ("STATIC_ROOT", "MEDIA_ROOT"):
        folder = Path(getattr(settings, setting))
        assert folder != ROOT
        assert folder not in ROOT.parents
