"""proxies: X-Forwarded-* from trusted proxies is believed, from anyone else it is as if it had not been said."""

from __future__ import annotations

import ipaddress
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from pytest_django import Settings

from config.proxies import TRUSTED_PROTO, trusted_proxies


def seen(peer: str, **headers: str) -> dict[str, Any]:
    """What the rest of the site sees of a request."""
    kept: list[HttpRequest] = []

    def site(request: HttpRequest) -> HttpResponse:
        kept.append(request)
        return HttpResponse()

    trusted_proxies(site)(RequestFactory().get("/", REMOTE_ADDR=peer, **headers))  # type: ignore[arg-type]
    return kept[0].META


@pytest.fixture(autouse=True)
def _a_trusted_network(settings: Settings) -> None:
    settings.TRUSTED_PROXIES = (ipaddress.ip_network("10.0.0.0/8"),)


def test_a_trusted_proxy_is_believed() -> None:
    meta = seen("10.0.0.2", HTTP_X_FORWARDED_FOR="203.0.113.9", HTTP_X_FORWARDED_PROTO="https")
    assert (meta["REMOTE_ADDR"], meta[TRUSTED_PROTO]) == ("203.0.113.9", "https")


def test_what_the_client_invented_stands_left_and_is_not_believed() -> None:
    meta = seen("10.0.0.2", HTTP_X_FORWARDED_FOR="1.2.3.4, 203.0.113.9, 10.0.0.7")
    assert meta["REMOTE_ADDR"] == "203.0.113.9"


def test_a_stranger_is_not_believed() -> None:
    meta = seen(
        "203.0.113.5",
        HTTP_X_FORWARDED_FOR="1.2.3.4",
        HTTP_X_FORWARDED_PROTO="https",
        HTTP_X_FORWARDED_HOST="evil.example",
    )
    assert meta["REMOTE_ADDR"] == "203.0.113.5"
    assert not [name for name in meta if "FORWARDED" in name or name == TRUSTED_PROTO]


def test_our_own_header_cannot_be_sent_in() -> None:
    assert TRUSTED_PROTO not in seen("203.0.113.5", HTTP_X_MASTHEAD_TRUSTED_PROTO="https")


def test_nonsense_in_the_chain_falls_back_to_the_peer() -> None:
    assert seen("10.0.0.2", HTTP_X_FORWARDED_FOR="<script>")["REMOTE_ADDR"] == "10.0.0.2"
