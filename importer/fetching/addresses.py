"""addresses: what an address on the web says, spelled one way only, and which machines may be asked."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from importer.errors import SourceUnusable

_LONGEST = 8_000
_DEFAULT_PORTS = {"http": 80, "https": 443}
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*(?=:)")
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*")
_PASSWORD = re.compile(r"\A([^:/?#]*:/*)[^/?#]*@")  # anchored, so that a hostile line costs one pass
_NUMERIC_END = re.compile(r"(^|\.)(\d+|0x[0-9a-f]*)$")

# The registries of special addresses, written out: what the standard library calls global differs between its
# releases, and the forms that carry an IPv4 address inside (mapped, NAT64, 6to4, Teredo) must not hide one.
_CLOSED = tuple(
    (ip_network(network), what)
    for network, what in (
        ("0.0.0.0/8", "an unspecified address"),
        ("10.0.0.0/8", "a private address"),
        ("100.64.0.0/10", "a provider's inner address"),
        ("127.0.0.0/8", "this machine itself"),
        ("169.254.0.0/16", "a link-local address"),
        ("172.16.0.0/12", "a private address"),
        ("192.0.0.0/24", "a reserved address"),
        ("192.0.2.0/24", "an address for examples"),
        ("192.31.196.0/24", "a reserved address"),
        ("192.52.193.0/24", "a reserved address"),
        ("192.88.99.0/24", "a 6to4 relay"),
        ("192.168.0.0/16", "a private address"),
        ("192.175.48.0/24", "a reserved address"),
        ("198.18.0.0/15", "an address for measurements"),
        ("198.51.100.0/24", "an address for examples"),
        ("203.0.113.0/24", "an address for examples"),
        ("224.0.0.0/4", "a multicast address"),
        ("240.0.0.0/4", "a reserved address"),
        ("::/128", "an unspecified address"),
        ("::1/128", "this machine itself"),
        ("::/96", "an IPv4 address in disguise"),
        ("::ffff:0:0/96", "an IPv4 address in disguise"),
        ("::ffff:0:0:0/96", "an IPv4 address in disguise"),
        ("64:ff9b::/96", "an IPv4 address in disguise"),
        ("64:ff9b:1::/48", "an IPv4 address in disguise"),
        ("100::/64", "an address that leads nowhere"),
        ("2001::/23", "a reserved address"),
        ("2001:db8::/32", "an address for examples"),
        ("2002::/16", "an IPv4 address in disguise"),
        ("2620:4f:8000::/48", "a reserved address"),
        ("3fff::/20", "an address for examples"),
        ("5f00::/16", "a reserved address"),
        ("fc00::/7", "a private address"),
        ("fe80::/10", "a link-local address"),
        ("fec0::/10", "a private address"),
        ("ff00::/8", "a multicast address"),
    )
)
_GLOBAL_UNICAST = ip_network("2000::/3")


@dataclass(frozen=True, slots=True)
class Target:
    """One address taken apart; the request is built from these parts and nothing else."""

    scheme: str  # "http" or "https"
    host: str  # ASCII, lower case, no dot at the end; an IPv6 address without brackets
    port: int
    resource: str  # path and query, percent-encoded

    @property
    def url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.resource}"

    @property
    def is_literal(self) -> bool:
        """Whether the host is an IP address, so that no name has to be looked up."""
        return ":" in self.host or bool(_NUMERIC_END.search(self.host))


def scheme_of(location: str) -> str:
    """The scheme that a location begins with, in lower case, or ""."""
    found = _SCHEME.match(location.strip())
    return found.group().lower() if found else ""


def read_address(url: str) -> Target:
    """An http or https address taken apart. Raises SourceUnusable with a sentence when it is no such thing."""
    url = url.strip()
    if len(url) > _LONGEST:
        raise SourceUnusable(f"{shown(url)} was not fetched: it is longer than {_LONGEST} characters.")
    scheme = scheme_of(url)
    if scheme not in _DEFAULT_PORTS:
        named = f"{scheme}:" if scheme else "an address without http:// or https://"
        raise _refused(url, f"{named} is not fetched, only http and https are. Give a web address or a file.")
    # urlsplit drops tabs and line ends silently, and a backslash is a slash to some readers and not to others.
    if not url.isprintable():
        raise _refused(url, "it holds characters that nobody can see. Copy the address again.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as problem:
        raise _refused(url, "it is not a well-formed address. Check its host and port.") from problem
    if "@" in parts.netloc:
        raise _refused(
            url, "it carries a user name or password, which are never sent. Leave out what is before @."
        )
    if port == 0:
        raise _refused(url, "there is no port 0. Check the address.")
    return Target(scheme, _read_host(url, parts), port or _DEFAULT_PORTS[scheme], _resource(parts))


def follow(target: Target, location: str) -> Target:
    """Where a redirect from `target` leads. Raises SourceUnusable as `read_address` does, and for a downgrade."""
    with contextlib.suppress(UnicodeError):  # the header comes as Latin-1; most servers mean UTF-8
        location = location.encode("latin-1").decode("utf-8")
    try:
        onward = read_address(urljoin(target.url, location.strip()))
    except ValueError as problem:
        raise _refused(
            target.url, "it redirects to something that is no address. Tell its owner."
        ) from problem
    if target.scheme == "https" and onward.scheme == "http":
        raise _refused(
            target.url,
            f"it redirects from https to the unprotected {shown(onward.url)}. If you trust that address, import it.",
        )
    return onward


def refuse_unless_public(target: Target, found: Sequence[str], allowed_hosts: frozenset[str]) -> None:
    """Raise SourceUnusable unless every address found for the target is public or its host is allowed by name."""
    if is_allowed(target, allowed_hosts):
        return
    if target.port < 1024 and target.port != _DEFAULT_PORTS[target.scheme]:
        raise _refused(target.url, f"port {target.port} belongs to another service. Give a web address.")
    for address in found:
        what = closed_as(address)
        if what:
            which = "it" if address == target.host else f"{target.host} is {address}, which"
            raise _refused(
                target.url,
                f"{which} is {what}; only public addresses are fetched. Save the document as a file and import that.",
            )


def is_allowed(target: Target, allowed_hosts: frozenset[str]) -> bool:
    """Whether the operator named this host, as `host` or `host:port`."""
    allowed = {name.strip().lower() for name in allowed_hosts}
    return not allowed.isdisjoint(
        (target.host, f"{target.host}:{target.port}", f"[{target.host}]:{target.port}")
    )


def closed_as(address: str) -> str:
    """What an IP address is that must not be asked, in words, or "" for a public one."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return "no address at all"
    if isinstance(parsed, IPv6Address) and parsed.scope_id:
        return "a link-local address"
    for network, what in _CLOSED:
        if parsed.version == network.version and parsed in network:
            return what
    is_open = parsed.is_global if isinstance(parsed, IPv4Address) else parsed in _GLOBAL_UNICAST
    return "" if is_open else "a reserved address"


def shown(url: str) -> str:
    """An address fit for one line of a terminal or a log: printable, short, no password."""
    printable = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in url)
    open_part = without_password(printable)
    return open_part if len(open_part) <= 200 else f"{open_part[:199]}…"


def without_password(url: str) -> str:
    """An address without the user name and the password in it."""
    return _PASSWORD.sub(r"\1", url, count=1)


def _read_host(url: str, parts: SplitResult) -> str:
    raw = parts.hostname or ""
    if "[" in parts.netloc:
        try:
            return str(IPv6Address(raw))
        except ValueError as problem:
            raise _refused(url, "it is not a well-formed address. Check its host and port.") from problem
    host = _ascii_host(raw).removesuffix(".")
    if not _HOST.fullmatch(host):
        raise _refused(url, "its host is not a name that can be looked up. Check the address.")
    if _NUMERIC_END.search(host) and not _is_plain_ipv4(host):
        raise _refused(
            url, f"{host} is an unusual spelling of an IP address. Write it as four plain numbers."
        )
    return host


def _ascii_host(raw: str) -> str:
    """Full-width digits, other dots and international letters in the one spelling that is checked and connected to."""
    if not raw or len(raw) > 253:
        return ""
    try:
        return raw.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""


def _is_plain_ipv4(host: str) -> bool:
    try:
        return str(IPv4Address(host)) == host
    except ValueError:
        return False


def _resource(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~?")
    return f"{path}?{query}" if query else path


def _refused(url: str, why: str) -> SourceUnusable:
    return SourceUnusable(f"{shown(url)} was not fetched: {why}")
