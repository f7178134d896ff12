"""addresses: absolute addresses, from SITE_URL alone; the request's Host is never asked."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from django.conf import settings

_TAG = re.compile(r'<[a-z][a-z0-9]*(?: [^\s="<>]+="[^"]*")+>')
_UNSEEN = re.compile(r"[\x00-\x1f\x7f]")  # browsers drop these inside an address
_HERE = re.compile(r' (href|src|poster|cite)="(?!//|[A-Za-z][A-Za-z0-9+.-]*:)([^"]+)"')


def absolute(path: str) -> str:
    """A path of this site, or an address that is absolute already, as an absolute address."""
    return path if path.startswith(("http://", "https://")) else f"{settings.SITE_URL}{path}"


def made_absolute(html: str, own: str) -> str:
    """HTML of the gate with the addresses of this site made absolute; `own` is the absolute address that `#x` stands on.

    Only inside tags: a listing that shows `href="/x"` is text.
    """

    def attribute(found: re.Match[str]) -> str:
        name, address = found.groups()
        return f' {name}="{_from(own, address)}"'

    return _TAG.sub(lambda tag: _HERE.sub(attribute, tag[0]), html)


def _from(own: str, address: str) -> str:
    if address.startswith("#"):
        return own + address
    if address.startswith("/"):
        return f"{settings.SITE_URL}{address}"
    try:
        return urljoin(own, address)
    except ValueError:
        return address


def web_address(url: str) -> str:
    """The address, where it is one of http or https; of anything else nothing: a link to it could run a script."""
    url = _UNSEEN.sub("", url).strip()
    try:
        parts = urlsplit(url)
        return url if parts.scheme in ("http", "https") and parts.hostname else ""
    except ValueError:
        return ""


def host_of(url: str) -> str:
    """The host as people say it; empty where there is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
