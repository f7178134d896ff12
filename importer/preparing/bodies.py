"""bodies: the addresses inside an HTML body made absolute, tracking pixels taken out; every other byte stays."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from importer.addresses import absolute, host_of

# Each alternative takes what it can and gives nothing back: one pass over hostile markup too.
START_TAG = re.compile(
    r"""<(?P<name>[a-zA-Z][^\s/>]*+)(?P<rest>(?:[^>"'=]++|=\s*+(?:"[^"]*+"|'[^']*+')|["'=])*+)>"""
)
ATTRIBUTE = re.compile(
    r"""(?P<before>[\s/"'])(?P<name>[^\s"'<>/=]++)\s*+=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s"'=<>`]++))"""
)
ONE = frozenset({"href", "src", "poster", "cite", "data-src", "data-lazy-src", "data-original", "longdesc"})
SEVERAL = frozenset({"srcset", "data-srcset", "data-lazy-srcset"})
WITH_ADDRESSES = frozenset(
    {"a", "area", "audio", "blockquote", "del", "iframe", "img", "ins", "q", "source", "track", "video"}
)
SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
TINY = re.compile(r"\s*[01](?:px)?\s*;?")
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
TRACKERS = re.compile(
    r"(?:.*\.)?(?:feeds\.feedburner\.com|feedsportal\.com|doubleclick\.net|google-analytics\.com|pixel\.wp\.com"
    r"|stats\.wordpress\.com|stats\.wp\.com|feeds\.wordpress\.com|scorecardresearch\.com|quantserve\.com|pheedo\.com"
    r"|pixel\.quantserve\.com|mc\.yandex\.ru|counter\.yadro\.ru|list-manage\.com|mailchi\.mp|pi\.feedsportal\.com|hits\.theguardian\.com)"
)
TRACKER_PATHS = re.compile(
    r"medium\.com/_/stat|/open\.gif|/b\.gif\?|/__utm\.gif|blogger\.googleusercontent\.com/tracker"
)


@dataclass(frozen=True, slots=True)
class Base:
    """What relative addresses are relative to. `whole` False: only the host is known, not the page's own path."""

    address: str = ""
    whole: bool = True

    def resolve(self, address: str) -> str:
        """The address made absolute where that is possible, else as it was."""
        plain = address.strip()
        if not plain or plain.startswith("#") or SCHEME.match(plain):
            return address
        if plain.startswith("//"):
            return absolute(plain, self.address or "https://host.invalid/") or address
        if not self.address or not (self.whole or plain.startswith("/")):
            return address
        return absolute(plain, self.address) or address


@dataclass(frozen=True, slots=True)
class Body:
    html: str
    left_relative: int = 0  # pictures whose address could not be made absolute


def with_addresses(text: str, base: Base) -> Body:
    """The body with its addresses absolute. In-page links stay in the page."""
    lost = 0

    def rewrite(tag: re.Match[str]) -> str:
        nonlocal lost
        name = tag["name"].lower()
        if name not in WITH_ADDRESSES or "=" not in tag["rest"]:
            return tag[0]
        if name == "img":
            given = attributes(tag["rest"])
            if is_pixel(given):
                return ""
            lost += is_lost(given, base)
        return f"<{tag['name']}{ATTRIBUTE.sub(lambda found: resolved(found, base), tag['rest'])}>"

    return Body(in_start_tags(text, rewrite), lost)


def start_tags(text: str) -> Iterator[re.Match[str]]:
    """Nothing begins after the last ">": looked for there, each "<" would cost the whole rest."""
    return START_TAG.finditer(text, 0, text.rfind(">") + 1)


def in_start_tags(text: str, change: Callable[[re.Match[str]], str]) -> str:
    """The text with each start tag as `change` writes it."""
    parts, at = [], 0
    for tag in start_tags(text):
        parts += [text[at : tag.start()], change(tag)]
        at = tag.end()
    return "".join([*parts, text[at:]])


def resolved(found: re.Match[str], base: Base) -> str:
    """One attribute, its addresses made absolute."""
    name = found["name"].lower()
    if name not in ONE and name not in SEVERAL:
        return found[0]
    old = value_of(found)
    new = base.resolve(old) if name in ONE else resolved_set(old, base)
    return found[0] if new == old else f'{found["before"]}{found["name"]}="{html.escape(new)}"'


def resolved_set(candidates: str, base: Base) -> str:
    """The addresses of a srcset, parted by commas that white space follows; commas inside an address stay."""
    parts = [part.strip() for part in re.split(r",(?=\s)", candidates)]
    return ", ".join(
        " ".join([base.resolve(words[0]), *words[1:]]) for part in parts if (words := part.split())
    )


def attributes(rest: str) -> dict[str, str]:
    return {found["name"].lower(): value_of(found) for found in ATTRIBUTE.finditer(rest)}


def value_of(found: re.Match[str]) -> str:
    value = next((found[name] for name in ("double", "single", "bare") if found[name] is not None), "")
    return html.unescape(value)


def is_pixel(given: dict[str, str]) -> bool:
    """Whether a picture is there to be counted, not to be seen."""
    sizes = [given.get("width"), given.get("height")]
    if all(size is not None and TINY.fullmatch(size) for size in sizes):
        return True
    if HIDDEN.search(given.get("style", "")) and "data-src" not in given:
        return True
    src = given.get("src", "")
    return bool(TRACKERS.fullmatch(host_of(src)) or TRACKER_PATHS.search(src[:500]))


def is_lost(given: dict[str, str], base: Base) -> bool:
    src = given.get("data-src") or given.get("src") or ""
    return bool(src.strip()) and not SCHEME.match(base.resolve(src).strip())


def host_alone(address: str) -> str:
    """The front page of an address's site."""
    parts = urlsplit(address)
    return urljoin(address, "/") if parts.netloc else ""
