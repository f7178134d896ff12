"""test_fetching_redirects: every hop is looked up and checked again, and only so many are followed."""

from __future__ import annotations

import pytest

from importer.errors import SourceUnusable
from importer.fetching import Limits, read_url
from tests.importer.web_servers import BODY, HOST, Names, Server, by_path, here, redirect, reply, serving


def refusal(server: Server, names: Names, path: str = "") -> str:
    with pytest.raises(SourceUnusable) as caught:
        read_url(server.url + path, resolver=names, allowed_hosts=server.allowed)
    return str(caught.value)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.1", "0x7f000001", "[::ffff:127.0.0.1]", "localhost", "localhost."]
)
@pytest.mark.parametrize(
    "status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"]
)
def test_a_redirect_inside_is_refused_without_connecting(host: str, status: str) -> None:
    names = Names({HOST: [["127.0.0.1"]], "localhost": [["127.0.0.1"]]})
    with serving(reply()) as canary, serving(redirect(f"http://{host}:{canary.port}/", status)) as server:
        assert "was not fetched" in refusal(server, names)
        assert (server.connections, canary.connections) == (1, 0)


def test_a_redirect_to_ipv6_loopback_is_refused_without_connecting() -> None:
    try:
        with (
            serving(reply(), address="::1") as canary,
            serving(redirect(f"http://[::1]:{canary.port}/")) as server,
        ):
            assert "it is this machine itself" in refusal(server, here())
            assert canary.connections == 0
    except OSError:
        pytest.skip("this machine has no IPv6 loopback")


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "ftp://example.org/", "gopher://example.org/", "data:,x"]
)
def test_a_redirect_to_another_scheme_is_refused(location: str) -> None:
    with serving(redirect(location)) as server:
        assert "only http and https are" in refusal(server, here())


def test_an_allowed_host_is_allowed_on_its_own_port_only() -> None:
    with serving(reply()) as canary, serving(redirect(f"http://{HOST}:{canary.port}/")) as server:
        assert "which is this machine itself" in refusal(server, here())
        assert canary.connections == 0


def test_five_hops_are_followed_and_a_sixth_is_not() -> None:
    hops = {f"/{n}": redirect(f"/{n - 1}") for n in range(1, 7)} | {"/0": reply()}
    with serving(by_path(hops)) as server:
        names = here()
        fetched = read_url(server.url + "5", resolver=names, allowed_hosts=server.allowed)
        assert (fetched.raw.data, fetched.raw.final_url) == (BODY, server.url + "0")
        assert fetched.raw.location == server.url + "5"
        assert len(names.asked) == 6
        assert refusal(server, here(), "6") == (
            f"{server.url}1 was not fetched: more than 5 redirects follow each other. "
            "Give the address that they end at."
        )


def test_the_number_of_hops_is_a_limit() -> None:
    with (
        serving(by_path({"/a": redirect("/b"), "/b": reply()})) as server,
        pytest.raises(SourceUnusable, match="more than 0 redirects"),
    ):
        read_url(server.url + "a", resolver=here(), allowed_hosts=server.allowed, limits=Limits(redirects=0))


def test_a_circle_is_noticed() -> None:
    with serving(by_path({"/a": redirect("/b"), "/b": redirect("/a#again")})) as server:
        assert refusal(server, here(), "a") == (
            f"{server.url}b was not fetched: its redirects lead in a circle. Check the address."
        )
        assert server.connections == 2


def test_a_redirect_without_a_place_is_refused() -> None:
    with serving(reply(b"", "302 Found")) as server:
        assert "a redirect that leads nowhere" in refusal(server, here())


@pytest.mark.parametrize(
    "location", ["http://[", "http://a.org:port/", "//", "http://ann:secret@a.org/", "\\\\evil\\x y"]
)
def test_a_redirect_to_no_address_is_a_sentence(location: str) -> None:
    with serving(by_path({"/": redirect(location)})) as server:
        sentence = refusal(server, here())
        assert "was not fetched" in sentence
        assert "secret" not in sentence


def test_a_place_in_utf_8_is_understood() -> None:
    answers = {"/": redirect("/лента".encode().decode("latin-1")), "/%D0%BB%D0%B5%D0%BD%D1%82%D0%B0": reply()}
    with serving(by_path(answers)) as server:
        assert read_url(server.url, resolver=here(), allowed_hosts=server.allowed).raw.data == BODY


def test_where_a_document_moved_for_good_is_told() -> None:
    answers = {
        "/old": redirect("/new", "301 Moved"),
        "/new": redirect("/today", "302 Found"),
        "/today": redirect("/now", "301 Moved"),
        "/now": reply(),
    }
    with serving(by_path(answers)) as server:
        for path, moved_to in (("old", server.url + "new"), ("new", ""), ("now", "")):
            fetched = read_url(server.url + path, resolver=here(), allowed_hosts=server.allowed)
            assert (fetched.raw.final_url, fetched.moved_to) == (server.url + "now", moved_to)


def test_nothing_a_server_sets_is_sent_on() -> None:
    first = reply(b"", "302 Found", "Set-Cookie: id=1", "WWW-Authenticate: Basic", "Location: /b")
    with serving(by_path({"/a": first, "/b": reply()})) as server:
        read_url(server.url + "a", resolver=here(), allowed_hosts=server.allowed)
        for request in server.requests:
            assert not {b"cookie", b"authorization", b"referer"} & {
                line.split(b":")[0].lower() for line in request.split(b"\r\n")[1:]
            }


def test_another_host_is_not_told_what_was_read_here() -> None:
    names = here(HOST, "other.test")
    with serving(reply()) as other, serving(redirect(f"http://other.test:{other.port}/")) as server:
        read_url(
            server.url,
            resolver=names,
            allowed_hosts=server.allowed | {"other.test"},
            etag='"mine"',
            last_modified="Mon, 02 Mar 2026 10:00:00 GMT",
        )
    assert b'If-None-Match: "mine"' in server.requests[0]
    assert b"If-" not in other.requests[0]
