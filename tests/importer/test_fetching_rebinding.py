"""test_fetching_rebinding: a name is looked up once a hop, and what was checked is what is connected to."""

from __future__ import annotations

import os
import socket
from collections.abc import Sequence

import pytest

from importer.errors import SourceUnusable
from importer.fetching import Limits, read_url, system_resolver
from importer.fetching import connecting as room
from tests.importer.web_servers import BODY, HOST, Names, here, redirect, reply, serving

PUBLIC = "93.184.215.14"


@pytest.fixture
def dialled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that would have been connected to; nothing leaves the machine."""
    seen: list[str] = []

    def connected(address: str, port: int, deadline: object) -> socket.socket:
        seen.append(address)
        raise ConnectionRefusedError(111, os.strerror(111))

    monkeypatch.setattr(room, "_connected", connected)
    return seen


def test_the_address_that_was_checked_is_the_one_connected_to(dialled: list[str]) -> None:
    names = Names({"turncoat.example": [[PUBLIC], ["127.0.0.1"]]})
    with pytest.raises(SourceUnusable, match=r"turncoat\.example refuses connections on port 80"):
        read_url("http://turncoat.example/", resolver=names)
    assert names.asked == ["turncoat.example"]
    assert dialled == [PUBLIC]


def test_a_name_that_turns_inside_between_hops_is_caught() -> None:
    names = Names({HOST: [["127.0.0.1"]], "turncoat.example": [["127.0.0.1"]]})
    with serving(reply()) as canary, serving(redirect(f"http://turncoat.example:{canary.port}/")) as server:
        with pytest.raises(SourceUnusable, match=r"turncoat\.example is 127\.0\.0\.1"):
            read_url(server.url, resolver=names, allowed_hosts=server.allowed)
        assert canary.connections == 0
    assert names.asked == [HOST, "turncoat.example"]


@pytest.mark.parametrize(
    "found", [[PUBLIC, "127.0.0.1"], ["127.0.0.1", PUBLIC], [PUBLIC, "::1"], [PUBLIC, "fd00::1"]]
)
def test_one_private_address_among_public_ones_is_enough(found: Sequence[str], dialled: list[str]) -> None:
    with pytest.raises(SourceUnusable, match="only public addresses are fetched"):
        read_url("http://mixed.example/", resolver=Names({"mixed.example": [found]}))
    assert dialled == []


def test_the_next_address_is_tried_when_one_refuses(dialled: list[str]) -> None:
    found = [f"93.184.215.{n}" for n in range(1, 9)]
    with pytest.raises(SourceUnusable, match="refuses connections"):
        read_url("http://many.example/", resolver=Names({"many.example": [found]}))
    assert dialled == found[:4]


def test_an_address_needs_no_look_up(dialled: list[str]) -> None:
    names = Names({})
    with pytest.raises(SourceUnusable, match="refuses connections"):
        read_url(f"http://{PUBLIC}/", resolver=names)
    assert (names.asked, dialled) == ([], [PUBLIC])


def test_a_name_without_addresses_is_a_sentence(dialled: list[str]) -> None:
    with pytest.raises(SourceUnusable, match=r"there is no server named empty\.example"):
        read_url("http://empty.example/", resolver=lambda host, port: [])


def test_a_proxy_in_the_environment_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(reply(b"proxy")) as proxy, serving(reply()) as server:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        assert read_url(server.url, resolver=here(), allowed_hosts=server.allowed).raw.data == BODY
        assert proxy.connections == 0


def test_the_systems_look_up_knows_this_machine() -> None:
    assert set(system_resolver("localhost", 80)) <= {"127.0.0.1", "::1"}
    with serving(reply()) as canary:
        with pytest.raises(SourceUnusable, match="which is this machine itself"):
            read_url(f"http://localhost:{canary.port}/", limits=Limits(seconds=5))
        assert canary.connections == 0
