"""test_stack: Postgres, gunicorn and nginx with the configuration of production, read through like a reader reads."""

from __future__ import annotations

import os
import re
import signal
import threading
import time
from pathlib import Path

import psycopg
import pytest

from deploy.local.stack import Stack
from tests.deploy.conftest import Answer, ask

pytestmark = [pytest.mark.nginx, pytest.mark.postgres]


def get(stack: Stack, path: str, **headers: str) -> Answer:
    return ask(stack.port, path, **headers)


def workers(stack: Stack) -> list[int]:
    children = Path(f"/proc/{stack.site.pid}/task/{stack.site.pid}/children")
    return [int(number) for number in children.read_text().split()]


def test_a_page_is_read_through_all_three(stack: Stack) -> None:
    answer = get(stack, "/")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert "<h1" in answer.text
    with psycopg.connect(stack.cluster.url("stack")) as connection:
        row = connection.execute("SELECT count(*) FROM django_migrations").fetchone()
    assert row
    assert row[0] > 20


def test_an_anonymous_page_is_kept_for_a_moment_and_carries_no_cookie(stack: Stack) -> None:
    get(stack, "/tags/")
    answer = get(stack, "/tags/")
    assert answer.headers["X-Cache-Status"] in ("HIT", "STALE", "REVALIDATED")
    assert answer.headers["Set-Cookie"] is None
    found = re.search(r"max-age=(\d+)", answer.headers["Cache-Control"])
    assert found
    assert int(found[1]) <= 5


def test_pages_carry_their_protections(stack: Stack) -> None:
    headers = get(stack, "/").headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Server"] == "nginx"


def test_the_site_says_that_it_lives_and_is_ready(stack: Stack) -> None:
    for path in ("/livez", "/readyz"):
        answer = get(stack, path)
        assert (path, answer.status, answer.headers["X-Cache-Status"]) == (path, 200, "BYPASS")


def test_the_pages_style_is_served_by_nginx_under_a_hashed_name(stack: Stack) -> None:
    found = re.search(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', get(stack, "/").text)
    assert found, "the page links no hashed stylesheet"
    answer = get(stack, found[1])
    assert (answer.status, answer.headers["X-Cache-Status"]) == (200, None)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_picture_is_served_locked_in_and_a_page_is_not(stack: Stack) -> None:
    media = Path(stack.environment["MEDIA_ROOT"])
    (media / "images").mkdir(exist_ok=True)
    (media / "images" / "0123456789abcdef.png").write_text("picture")
    (media / "images" / "0123456789abcdef.html").write_text("<script>")
    answer = get(stack, "/media/images/0123456789abcdef.png")
    assert (answer.status, answer.headers["Content-Security-Policy"]) == (200, "default-src 'none'; sandbox")
    assert get(stack, "/media/images/0123456789abcdef.html").status == 404


def test_a_strange_name_gets_no_answer(stack: Stack) -> None:
    with pytest.raises(ConnectionError):
        get(stack, "/", Host="evil.example")


def test_a_false_address_does_not_hide_who_guesses_passwords(stack: Stack) -> None:
    page = get(stack, "/admin/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)
    assert token
    answer = ask(
        stack.port,
        "/admin/login/",
        method="POST",
        body=f"csrfmiddlewaretoken={token[1]}&username=guesser&password=wrong",
        Cookie=page.headers["Set-Cookie"].split(";")[0],
        Content_Type="application/x-www-form-urlencoded",
        X_Forwarded_For="203.0.113.9",
    )
    assert answer.status == 200
    with psycopg.connect(stack.cluster.url("stack")) as connection:
        rows = connection.execute(
            "SELECT DISTINCT host(ip_address) FROM axes_accessattempt WHERE username = 'guesser'"
        )
        assert rows.fetchall() == [("127.0.0.1",)]


def test_readers_notice_neither_a_killed_worker_nor_a_reload(stack: Stack) -> None:
    failed, done, over = [], 0, threading.Event()

    def read() -> None:
        nonlocal done
        while not over.is_set():
            answer = get(stack, f"/archive/?{done}")
            failed.extend([answer.status] if answer.status != 200 else [])
            done += 1
            time.sleep(0.01)

    reader = threading.Thread(target=read)
    reader.start()

    def read_on(number: int) -> None:
        """Wait until so many more answers have come."""
        wanted, deadline = done + number, time.monotonic() + 60
        while done < wanted:
            assert time.monotonic() < deadline, f"{done} answers, {failed}"
            time.sleep(0.05)

    try:
        read_on(10)
        os.kill(workers(stack)[0], signal.SIGKILL)
        read_on(30)
        stack.site.send_signal(signal.SIGHUP)
        read_on(40)
    finally:
        over.set()
        reader.join()
    assert failed == []


def test_while_the_site_is_down_its_pages_stand(stack: Stack) -> None:
    before = get(stack, "/authors/")
    stack.stop_site()
    try:
        time.sleep(6)
        down = get(stack, "/authors/")
        assert (down.status, down.text, down.headers["X-Cache-Status"]) == (200, before.text, "STALE")
        never_seen = get(stack, "/archive/1999/")
        assert (never_seen.status, never_seen.headers["Retry-After"]) == (503, "5")
        assert "try again in a few seconds" in never_seen.text
    finally:
        stack.start_site()
    assert get(stack, "/readyz").status == 200


def test_neither_nginx_nor_postgres_runs_as_root(stack: Stack) -> None:
    for process in (stack.front.process, stack.cluster.process):
        assert Path(f"/proc/{process.pid}").stat().st_uid != 0
