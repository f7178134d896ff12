"""test_hosts_are_not_believed: no header of a request gets into an answer, into a kept page, or past the proxies' rule."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.factories import a_post
from tests.security.reading import crawl, said

pytestmark = pytest.mark.django_db

PATHS = (
    "/",
    "/posts/a-post/",
    "/posts/a-post.md",
    "/tags/",
    "/archive/",
    "/search/?q=post",
    "/feed.rss",
    "/feed.atom",
    "/feed.json",
    "/sitemap.xml",
    "/sitemap-index.xml",
    "/sitemap-news.xml",
    "/robots.txt",
    "/nothing/here/",
    "/posts/a-post",
    "/admin/login/",
)
HOSTS = (
    "evil.example",
    "evil.example:80",
    "testserver.evil.example",
    "evil.example#testserver",
    "testserver@evil.example",
    "testserver:80@evil.example",
    "testserver evil.example",
    "testserver,evil.example",
    "testserver\tevil.example",
    "evil.example/testserver",
    'testserver"><script>evil</script>',
    "[::evil]",
)
# Headers that some server or framework somewhere takes for the address that was asked for.
HEADERS = (
    {"X-Forwarded-Host": "evil.example"},
    {"X-Forwarded-Host": "testserver, evil.example"},
    {"X-Forwarded-Server": "evil.example"},
    {"X-Host": "evil.example"},
    {"X-HTTP-Host-Override": "evil.example"},
    {"X-Original-Host": "evil.example"},
    {"Forwarded": 'for=1.2.3.4;host="evil.example";proto=https'},
    {"X-Forwarded-Port": "31337"},
    {"X-Forwarded-Proto": "evil"},
    {"X-Forwarded-Scheme": "https"},
    {"X-Forwarded-Prefix": "/evil"},
    {"X-Forwarded-For": "evil.example"},
    {"X-Original-URL": "/evil/"},
    {"X-Rewrite-URL": "/evil/"},
    {"X-Masthead-Trusted-Proto": "https"},
    {"X-HTTP-Method-Override": "DELETE"},
    {"Referer": "https://evil.example/"},
    {"Origin": "https://evil.example"},
    {"Accept-Language": "evil"},
    {"User-Agent": "evil <script>"},
)


def _body(answer: Any) -> str:
    return said(answer).replace("csrfmiddlewaretoken", "")


@pytest.mark.parametrize("host", HOSTS)
def test_a_request_for_another_host_is_refused_before_anything_is_made(client: Client, host: str) -> None:
    a_post(title="A post", tags=["x"])
    for path in PATHS:
        answer = client.get(path, headers={"host": host})
        assert answer.status_code == 400, path
        assert "evil" not in said(answer), path


@pytest.mark.parametrize("headers", HEADERS)
def test_a_page_made_for_an_attacker_is_the_page_that_the_next_reader_gets(
    client: Client, headers: dict[str, str]
) -> None:
    a_post(title="A post", tags=["x"])
    for path in PATHS:
        attacked = client.get(path, headers=headers)
        assert "evil" not in _body(attacked), path
        assert "31337" not in _body(attacked), path
        clean = Client().get(path)
        assert clean.status_code == attacked.status_code, path
        assert "evil" not in _body(clean), path
        if not path.startswith("/admin"):
            assert clean.content == attacked.content, path


def test_every_absolute_address_is_the_sites_own(client: Client) -> None:
    """The tests' own client asks for http://testserver: that name stands nowhere."""
    a_post(title="A post", tags=["x"], authors=["Anna"])
    for address, answer in crawl(client).items():
        assert "testserver" not in said(answer), address


@pytest.mark.parametrize("proto", ["https", "http"])
def test_a_stranger_does_not_choose_the_scheme(client: Client, proto: str) -> None:
    a_post(title="A post")
    answer: Any = client.get("/posts/a-post/", headers={"x-forwarded-proto": proto})
    assert answer.wsgi_request.is_secure() is False
    assert "Strict-Transport-Security" not in answer.headers


def test_a_parameter_that_no_page_knows_makes_no_other_page(client: Client) -> None:
    a_post(title="A post")
    plain = client.get("/posts/a-post/")
    for query in ("utm_source=evil", "page=2", "callback=evil", "_method=DELETE", "x[]=evil", "format=json"):
        answer = client.get(f"/posts/a-post/?{query}")
        assert answer.content == plain.content
        assert answer["ETag"] == plain["ETag"]


def test_the_head_of_a_page_kept_first_leaves_the_page_whole(client: Client) -> None:
    a_post(title="A post")
    assert client.head("/posts/a-post/").status_code == 200
    assert "A post" in client.get("/posts/a-post/").text


def test_compression_asked_for_by_one_is_not_given_to_another(client: Client) -> None:
    a_post(title="A post", body="words " * 500)
    zipped = client.get("/posts/a-post/", headers={"accept-encoding": "gzip"})
    plain = client.get("/posts/a-post/")
    assert zipped["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert zipped["Vary"] == plain["Vary"] == "Accept-Encoding"
