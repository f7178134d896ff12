"""test_nginx_door: who may come in under which name, what is believed of them, and what slow or greedy clients can do."""

from __future__ import annotations

import select
import socket
import time

import pytest

from tests.deploy.conftest import Before, ask

pytestmark = pytest.mark.nginx


@pytest.mark.parametrize("host", ["evil.example", "masthead.example.evil.example", "127.0.0.1"])
def test_a_name_that_is_not_ours_gets_no_answer(before: Before, host: str) -> None:
    before.site.say("secret")
    with pytest.raises(ConnectionError):
        before.ask("/", Host=host)
    assert before.site.asked == []


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST", "localhost:8000", "masthead.example", "www.masthead.example"]
)
def test_our_names_get_in(before: Before, host: str) -> None:
    before.site.say("welcome")
    assert before.ask(f"/name/{host}/", Host=host).text == "welcome"
    assert before.site.asked[0].headers["Host"] == host


def test_what_the_client_claims_of_itself_is_dropped(before: Before) -> None:
    before.site.say()
    before.ask(
        "/claims/",
        X_Forwarded_For="6.6.6.6",
        X_Forwarded_Proto="https",
        X_Forwarded_Host="evil.example",
        X_Forwarded_Port="666",
        X_Real_IP="6.6.6.6",
        Forwarded="for=6.6.6.6",
    )
    headers = before.site.asked[0].headers
    assert (headers.get_all("X-Forwarded-For"), headers.get_all("X-Forwarded-Proto")) == (
        ["127.0.0.1"],
        ["http"],
    )
    assert [headers[name] for name in ("X-Forwarded-Host", "X-Forwarded-Port", "X-Real-IP", "Forwarded")] == [
        None
    ] * 4


@pytest.mark.parametrize(
    ("chain", "reader"), [("203.0.113.7", "203.0.113.7"), ("6.6.6.6, 203.0.113.7, 10.1.2.3", "203.0.113.7")]
)
def test_a_trusted_proxy_is_believed(behind_proxy: Before, chain: str, reader: str) -> None:
    behind_proxy.site.say()
    behind_proxy.ask(f"/believed/{reader}/", X_Forwarded_For=chain, X_Forwarded_Proto="https")
    headers = behind_proxy.site.asked[0].headers
    assert (headers.get_all("X-Forwarded-For"), headers.get_all("X-Forwarded-Proto")) == ([reader], ["https"])


def test_a_trusted_proxys_nonsense_is_plain_http(behind_proxy: Before) -> None:
    behind_proxy.site.say()
    behind_proxy.ask("/nonsense/", X_Forwarded_Proto="gopher")
    assert behind_proxy.site.asked[0].headers["X-Forwarded-Proto"] == "http"


def test_http_and_https_share_no_kept_page(behind_proxy: Before) -> None:
    behind_proxy.site.say("a redirect to https", Cache_Control="max-age=60")
    behind_proxy.ask("/schemes/", X_Forwarded_Proto="http")
    behind_proxy.site.say("the page", Cache_Control="max-age=60")
    assert behind_proxy.ask("/schemes/", X_Forwarded_Proto="https").text == "the page"


def test_the_version_is_not_told(before: Before) -> None:
    before.site.say(Server="gunicorn")
    assert before.ask("/server/").headers.get_all("Server") == ["nginx"]


def test_a_dropped_question_is_asked_again_but_a_change_is_not(before: Before) -> None:
    before.site.say("second try", drops=1)
    assert before.ask("/dropped/").text == "second try"
    assert len(before.site.asked) == 2

    before.site.say("twice?", drops=1)
    answer = before.ask("/dropped/", method="POST", body="x")
    assert answer.status == 503
    assert len(before.site.asked) == 1


def test_a_site_that_is_down_is_said_in_a_sentence(before: Before) -> None:
    before.site.say(drops=9)
    answer = before.ask("/never-seen/")
    assert (answer.status, answer.headers["Retry-After"], answer.headers["Cache-Control"]) == (
        503,
        "5",
        "no-store",
    )
    assert answer.text == "The site cannot answer just now. Please try again in a few seconds.\n"


def test_the_sites_own_error_pages_pass(before: Before) -> None:
    before.site.say("the site's own words", status=503, Retry_After="30")
    answer = before.ask("/own-words/")
    assert (answer.status, answer.text, answer.headers["Retry-After"]) == (503, "the site's own words", "30")


def test_a_body_over_12_mb_is_refused_in_a_sentence(before: Before) -> None:
    before.site.say()
    with socket.create_connection(("127.0.0.1", before.front.port), timeout=10) as client:
        client.sendall(b"POST /large/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 12582913\r\n\r\n")
        answer = client.recv(4096).decode()
    assert answer.startswith("HTTP/1.1 413")
    assert "at most 12 MB can be sent at once" in answer
    assert before.site.asked == []


def test_a_file_to_be_imported_may_be_longer(before: Before) -> None:
    before.site.say("taken")
    body = b"x" * (13 * 1024 * 1024)
    with socket.create_connection(("127.0.0.1", before.front.port), timeout=10) as client:
        head = f"POST /admin/importer/run/import/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n\r\n"
        client.sendall(head.encode() + body)
        answer = client.recv(4096).decode()
    assert answer.startswith("HTTP/1.1 200")
    (asked,) = before.site.asked
    assert asked.headers["X-Forwarded-For"] == "127.0.0.1"


def test_two_hundred_half_open_requests_keep_nobody_out(before: Before) -> None:
    before.site.say("served")
    idle = [socket.create_connection(("127.0.0.1", before.front.port), timeout=10) for _ in range(200)]
    try:
        for client in idle:
            client.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
        assert before.ask("/crowd/").text == "served"
        let_go, _, _ = select.select(idle, [], [], 0)
        assert let_go == []  # it was served while all of them were still waited for
    finally:
        for client in idle:
            client.close()


def test_pages_are_compressed_once_for_everybody(before: Before) -> None:
    before.site.say("word " * 500, Cache_Control="max-age=60")
    plain = before.ask("/zipped/")
    zipped = before.ask("/zipped/", Accept_Encoding="gzip")
    assert (plain.headers["Content-Encoding"], zipped.headers["Content-Encoding"]) == (None, "gzip")
    assert zipped.headers["Vary"] == "Accept-Encoding"
    assert len(before.site.asked) == 1


def test_links_that_give_rights_are_not_written_down(before: Before) -> None:
    before.site.say()
    for path in ("/welcome/give-me-rights/", "/preview/show-me-drafts/", "/written-down/"):
        before.ask(path)
    deadline = time.monotonic() + 5
    while "/written-down/" not in before.front.log:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert "give-me-rights" not in before.front.log
    assert "show-me-drafts" not in before.front.log


def test_nginx_says_that_it_runs_to_its_own_container_alone(before: Before) -> None:
    assert ask(before.front.port, "/nginx-livez", Host="anything").text == "nginx is running\n"
