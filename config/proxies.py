"""proxies: believe X-Forwarded-* from trusted proxies alone; from anyone else the headers are dropped."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

FORWARDED = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_FORWARDED",
)
TRUSTED_PROTO = "HTTP_X_MASTHEAD_TRUSTED_PROTO"


def _trusted(address: str) -> bool:
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(ip in network for network in settings.TRUSTED_PROXIES)


def _client(chain: str, peer: str) -> str:
    """The last address of the chain that is not one of our proxies: what stands left of it can be invented."""
    for address in reversed([peer_ for peer_ in (part.strip() for part in chain.split(",")) if peer_]):
        try:
            ipaddress.ip_address(address)
        except ValueError:
            return peer
        if not _trusted(address):
            return address
        peer = address
    return peer


def trusted_proxies(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        meta = request.META
        peer = str(meta.get("REMOTE_ADDR", ""))
        meta.pop(TRUSTED_PROTO, None)
        if _trusted(peer):
            proto = str(meta.get("HTTP_X_FORWARDED_PROTO", "")).strip().lower()
            if proto in ("http", "https"):
                meta[TRUSTED_PROTO] = proto
            meta["REMOTE_ADDR"] = _client(str(meta.get("HTTP_X_FORWARDED_FOR", "")), peer)
        for header in FORWARDED:
            meta.pop(header, None)
        return get_response(request)

    return middleware
