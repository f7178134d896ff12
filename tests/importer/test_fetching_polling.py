"""test_fetching_polling: what is sent, and what an answer says about asking again."""

from __future__ import annotations

import pytest

from importer.fetching import FEEDS, read_url
from tests.importer.web_servers import HOST, here, reply, serving

MOMENT = "Mon, 02 Mar 2026 10:00:00 GMT"


def test_a_request_says_who_asks_and_for_what() -> None:
    with serving(reply()) as server:
        read_url(
            f"{server.url}feed?a=1",
            resolver=here(),
            allowed_hosts=server.allowed,
            user_agent="Masthead/0.1 (+https://blog.example)",
        )
    lines = server.requests[0].decode().split("\r\n")
    assert lines[0] == "GET /feed?a=1 HTTP/1.1"
    assert set(lines[1:-2]) == {
        f"Accept: {FEEDS}",
        "Accept-Encoding: gzip, deflate, br",
        "Connection: close",
        f"Host: {HOST}:{server.port}",
        "User-Agent: Masthead/0.1 (+https://blog.example)",
    }


def test_others_may_ask_for_other_things() -> None:
    with serving(reply()) as server:
        read_url(server.url, resolver=here(), allowed_hosts=server.allowed, accept="image/*")
    assert b"Accept: image/*\r\n" in server.requests[0]


def test_an_unchanged_document_is_told_apart() -> None:
    with serving(reply(b"", "304 Not Modified", 'ETag: "two"', "Cache-Control: max-age=600")) as server:
        fetched = read_url(
            server.url, resolver=here(), allowed_hosts=server.allowed, etag='W/"one"', last_modified=MOMENT
        )
    assert b'If-None-Match: W/"one"\r\n' in server.requests[0]
    assert f"If-Modified-Since: {MOMENT}\r\n".encode() in server.requests[0]
    assert (fetched.not_modified, fetched.raw.data, fetched.etag) == (True, b"", '"two"')
    assert fetched.cache_max_age == 600


def test_marks_of_an_answer_are_kept_as_they_came() -> None:
    headers = [
        'ETag: W/"a b"',
        f"Last-Modified: {MOMENT}",
        "Retry-After: 60",
        "Content-Type: text/xml; charset=koi8-r",
    ]
    with serving(reply(b"x", "200 OK", *headers)) as server:
        fetched = read_url(server.url, resolver=here(), allowed_hosts=server.allowed)
    assert (fetched.etag, fetched.last_modified) == ('W/"a b"', MOMENT)
    assert (fetched.retry_after, fetched.not_modified, fetched.cache_max_age) == (60, False, None)
    assert fetched.raw.content_type == "text/xml; charset=koi8-r"


@pytest.mark.parametrize("mark", ['"a"\r\nX-Evil: 1', '"a"\x00', '"a"\n'])
def test_a_mark_that_would_break_the_request_is_left_out(mark: str) -> None:
    with serving(reply()) as server:
        read_url(server.url, resolver=here(), allowed_hosts=server.allowed, etag=mark)
    assert b"If-None-Match" not in server.requests[0]


def test_an_overlong_mark_is_not_kept() -> None:
    with serving(reply(b"x", "200 OK", f'ETag: "{"e" * 2000}"')) as server:
        assert read_url(server.url, resolver=here(), allowed_hosts=server.allowed).etag == ""


@pytest.mark.parametrize(
    ("wishes", "seconds"),
    [
        ("max-age=3600", 3600),
        ("public, Max-Age = 60", 60),
        ("s-maxage=10", None),
        ("x-max-age=10", None),
        ("no-store", 0),
        ("max-age=600, no-cache", 0),
        ("max-age=soon", None),
        ("max-age=9999999999", 31_622_400),
    ],
)
def test_how_long_an_answer_holds(wishes: str, seconds: int | None) -> None:
    with serving(reply(b"x", "200 OK", f"Cache-Control: {wishes}")) as server:
        fetched = read_url(server.url, resolver=here(), allowed_hosts=server.allowed)
    assert fetched.cache_max_age == seconds


def test_an_agent_in_other_letters_is_sent_without_them() -> None:
    with serving(reply()) as server:
        read_url(
            server.url,
            resolver=here(),
            allowed_hosts=server.allowed,
            user_agent="Masthead (+https://газета.рф)\r\nX: y",
        )
    assert b"User-Agent: Masthead (+https://.)X: y\r\n" in server.requests[0]


def test_a_host_that_is_an_ipv6_address_is_named_in_brackets() -> None:
    try:
        with serving(reply(), address="::1") as server:
            url = f"http://[::1]:{server.port}/"
            fetched = read_url(url, allowed_hosts=frozenset((f"[::1]:{server.port}",)))
            assert fetched.raw.final_url == url
            assert f"Host: [::1]:{server.port}\r\n".encode() in server.requests[0]
    except OSError:
        pytest.skip("this machine has no IPv6 loopback")
