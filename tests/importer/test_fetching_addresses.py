"""test_fetching_addresses: addresses that lead inside are refused in every spelling, before anything is connected."""

from __future__ import annotations

import pytest

from importer.errors import SourceUnusable
from importer.fetching import read_url
from importer.fetching.addresses import closed_as, read_address, shown
from tests.importer.web_servers import BODY, HOST, Names, here, reply, serving
from tests.work import grows_no_faster_than_linear

INSIDE = [
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0177.0.0.1",
    "0.0.0.0",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[2001:0:7f00:1::]",
    "[fe80::1]",
    "[fe80::1%25lo]",
    "[::1%25lo]",
    "127.0.0.1.",
    "１２７.0.0.1",
    "１２７。０。０。１",
    "①②⑦.0.0.1",
    "127.0.0.%31",
    "127.0.0.1%00.example.org",
    "localhost",
    "localhost.",
    "LOCALHOST",
    "ｌｏｃａｌｈｏｓｔ",
    "user@127.0.0.1",
    "user:secret@127.0.0.1",
    "example.org@127.0.0.1",
    "127.0.0.1\\@example.org",
    "example.org\\@127.0.0.1",
]


@pytest.mark.parametrize("host", INSIDE)
def test_no_spelling_of_this_machine_is_connected_to(host: str) -> None:
    names = Names({"localhost": [["127.0.0.1", "::1"]]})
    with serving(reply()) as canary:
        with pytest.raises(SourceUnusable, match="was not fetched: "):
            read_url(f"http://{host}:{canary.port}/feed.xml", resolver=names)
        assert canary.connections == 0


def test_the_sentence_says_where_a_name_leads() -> None:
    with pytest.raises(SourceUnusable) as caught:
        read_url("http://intranet.example/feed", resolver=Names({"intranet.example": [["10.1.2.3"]]}))
    assert str(caught.value) == (
        "http://intranet.example/feed was not fetched: intranet.example is 10.1.2.3, which is a private address; "
        "only public addresses are fetched. Save the document as a file and import that."
    )


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.0.0.1",
        "100.64.0.1",
        "100.100.100.200",
        "127.255.255.255",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.168.1.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:8.8.8.8",
        "::ffff:0:127.0.0.1",
        "64:ff9b::808:808",
        "64:ff9b:1::1",
        "2001:db8::1",
        "2002:808:808::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "4000::1",
        "nonsense",
    ],
)
def test_special_addresses_are_closed(address: str) -> None:
    assert closed_as(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "100.63.255.255", "100.128.0.1", "172.32.0.1", "2606:4700::1111", "2a00:1450::1"]
)
def test_public_addresses_are_open(address: str) -> None:
    assert closed_as(address) == ""


def test_an_allowed_host_may_be_private() -> None:
    with serving(reply()) as server:
        names = here()
        assert read_url(server.url, resolver=names, allowed_hosts=frozenset((HOST,))).raw.data == BODY
        assert read_url(server.url, resolver=names, allowed_hosts=server.allowed).raw.data == BODY
        other = frozenset((f"{HOST}:{server.port + 1}", "test", f"x{HOST}"))
        with pytest.raises(SourceUnusable, match="which is this machine itself"):
            read_url(server.url, resolver=names, allowed_hosts=other)
        assert server.connections == 2


@pytest.mark.parametrize("port", [1, 22, 25, 110, 443])
def test_ports_of_other_services_are_refused(port: int) -> None:
    with pytest.raises(SourceUnusable, match=f"port {port} belongs to another service"):
        read_url(f"http://example.org:{port}/", resolver=Names({"example.org": [["8.8.8.8"]]}))


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("example.org/feed", "an address without http:// or https://"),
        ("http:///feed", "its host is not a name"),
        ("http://", "its host is not a name"),
        ("http://a..b/", "its host is not a name"),
        ("http://-a.org/", "its host is not a name"),
        ("http://a b.org/", "its host is not a name"),
        ("http://[::1/", "not a well-formed address"),
        ("http://[zz::1]/", "not a well-formed address"),
        ("http://[v1.a]/", "its host is not a name|not a well-formed"),
        ("http://a.org:99999/", "not a well-formed address"),
        ("http://a.org:0/", "there is no port 0"),
        ("http://a.org:８０80/", "not a well-formed address"),
        ("http://a.org/\r\nHost: b.org", "characters that nobody can see"),
        ("http://a\t.org/", "characters that nobody can see"),
        ("http://1.2.3/", "an unusual spelling of an IP address"),
        ("http://a.org.0x7f/", "an unusual spelling of an IP address"),
        (f"http://{'a' * 64}.org/", "its host is not a name"),
        (f"http://a.org/{'a' * 8000}", "longer than 8000 characters"),
    ],
)
def test_malformed_addresses_are_refused(url: str, why: str) -> None:
    with pytest.raises(SourceUnusable, match=f"was not fetched: .*{why}"):
        read_address(url)


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTP://Example.ORG", "http://example.org/"),
        (" https://example.org:443/a ", "https://example.org/a"),
        ("https://example.org./a#part", "https://example.org/a"),
        (
            "http://пример.рф/лента?тег=море",
            "http://xn--e1afmkfd.xn--p1ai/%D0%BB%D0%B5%D0%BD%D1%82%D0%B0?%D1%82%D0%B5%D0%B3=%D0%BC%D0%BE%D1%80%D0%B5",
        ),
        ("http://a.org:8080/a b?c=d e&f=%20", "http://a.org:8080/a%20b?c=d%20e&f=%20"),
        ("http://[2606:4700:0::1]:80/", "http://[2606:4700::1]/"),
    ],
)
def test_one_address_has_one_spelling(url: str, canonical: str) -> None:
    assert read_address(url).url == canonical


@pytest.mark.parametrize(
    "url",
    [
        "http://ann:secret@a.org/",
        "http:ann:secret@a.org/",
        "https://ann:secret@@a.org/",
        "http:////ann:secret@a.org/",
    ],
)
def test_a_password_is_never_repeated(url: str) -> None:
    with pytest.raises(SourceUnusable) as caught:
        read_address(url)
    assert "secret" not in str(caught.value)
    assert "secret" not in shown(url)


def test_a_hostile_line_is_shown_quickly() -> None:
    assert len(shown("http:" + ":" * 200_000)) == 200
    grows_no_faster_than_linear(shown, lambda size: "http:" + ":" * size, small=2_000, large=40_000)


def test_what_is_shown_is_one_short_printable_line() -> None:
    line = shown("http://a.org/\r\n\x1b[31m\u202e" + "x" * 500)
    assert line.isprintable()
    assert len(line) == 200
