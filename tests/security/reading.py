"""reading: what browsers and feed readers would make of an answer, and every address that the public pages lead to."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

import html5lib
from django.http import HttpResponse
from django.test import Client
from html5lib.constants import namespaces
from lxml import etree

from blog.markup import FRAME_SOURCES

SITE = "https://masthead.example"
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
FEEDS = ("/feed.rss", "/feed.atom", "/feed.json")

FOREIGN = frozenset(
    "iframe object embed applet base math style textarea select template noscript frame frameset portal animate set foreignobject".split()  # noqa: SIM905
)
ADDRESSES = frozenset(
    "href src cite poster action formaction data background xlink:href data-embed manifest icon longdesc".split()  # noqa: SIM905
)
NEVER = frozenset("style srcdoc ping formaction http-equiv target".split())  # noqa: SIM905
OUR_DRAWINGS = frozenset(("svg", "rect"))
SCRIPT_TYPES = ("module", "application/ld+json")

Element = tuple[str, str, dict[str, str], str]  # namespace ("" is HTML), name, attributes, text


def elements(text: str, *, whole: bool) -> list[Element]:
    """Everything a browser would build from a page, or from the fragment of one."""
    parse = html5lib.parse if whole else html5lib.parseFragment
    tree = parse(text, treebuilder="etree", namespaceHTMLElements=True)
    found: list[Element] = []
    for node in tree.iter():
        if not isinstance(node.tag, str) or not node.tag.startswith("{"):
            continue
        namespace, _, name = node.tag[1:].partition("}")
        attributes = {str(key): str(value) for key, value in node.attrib.items()}
        found.append(
            ("" if namespace == namespaces["html"] else namespace, name.lower(), attributes, node.text or "")
        )
    return found


def harmful_address(value: str) -> bool:
    bare = re.sub(r"[\x00-\x20]", "", value)
    return urlsplit(bare.replace("[", "").replace("]", "")).scheme.lower() not in (
        "",
        "http",
        "https",
        "mailto",
    )


def harms(text: str, *, whole: bool = True, frames: bool = False) -> list[str]:
    """What of a page, or of a feed's fragment, could run or load something foreign; nothing when all is well."""
    return [harm for element in elements(text, whole=whole) for harm in _harms(element, whole, frames)]


def _harms(element: Element, whole: bool, frames: bool) -> Iterator[str]:
    namespace, name, attributes, text = element
    if namespace and not (whole and name in OUR_DRAWINGS):
        yield f"<{name}> of {namespace}"
    if name in FOREIGN and not (name == "iframe" and frames and _known_frame(attributes)):
        yield f"<{name}> {attributes}"
    if name in ("script", "link", "meta", "form", "input", "button") and not (whole and _is_ours(element)):
        yield f"<{name}> {attributes} {text[:80]}"
    for key, value in attributes.items():
        if key.lower().startswith("on") or key.lower() in NEVER:
            yield f"{key}={value!r} on <{name}>"
        if key.lower() in ADDRESSES and harmful_address(value):
            yield f"{key}={value!r} on <{name}>"
    if "srcset" in attributes and not (name == "img" and _sizes_of_ours(attributes["srcset"])):
        yield f"foreign sizes of a picture: {attributes}"
    if name == "img" and whole and not attributes.get("src", "").startswith(("/media/", "/static/")):
        yield f"a remote picture: {attributes}"


def _sizes_of_ours(value: str) -> bool:
    return all(re.fullmatch(r"\s*/media/[a-z0-9/-]+\.webp \d+w", one) for one in value.split(","))


def _known_frame(attributes: dict[str, str]) -> bool:
    parts = urlsplit(attributes.get("src", ""))
    return f"{parts.scheme}://{parts.netloc}" in FRAME_SOURCES


def _is_ours(element: Element) -> bool:
    """Whether it is one of the few that the templates write themselves."""
    _, name, attributes, text = element
    if name == "script" and attributes.get("type") == "module":
        return attributes.get("src", "").startswith("/static/js/") and not text
    if name == "script":
        return attributes.get("type") == "application/ld+json" and isinstance(json.loads(text), dict)
    if name == "form":
        return attributes.get("action") == "/search/" and "method" not in attributes
    if name == "input":
        return attributes.get("type") == "search" and attributes.get("name") == "q"
    if name == "button":
        return attributes.get("type") == "submit"
    if name == "meta":
        return "charset" in attributes or bool({"name", "property"} & attributes.keys())
    wanted = ("icon", "stylesheet", "alternate", "canonical", "prev", "next")
    local = attributes.get("href", "").startswith(("/", "http://", "https://", "mailto:"))
    return attributes.get("rel") in wanted and local


def structured(text: str) -> list[dict[str, Any]]:
    """The data blocks of a page, as a browser's parser finds them."""
    return [
        json.loads(inside)
        for _, name, attributes, inside in elements(text, whole=True)
        if name == "script" and attributes.get("type") == "application/ld+json"
    ]


def addresses_within(data: Any) -> Iterator[str]:
    """Every value of a JSON document under a name that means an address."""
    if isinstance(data, list):
        for one in data:
            yield from addresses_within(one)
    elif isinstance(data, dict):
        for name, value in data.items():
            if name in ("url", "image", "sameAs", "isBasedOn", "mainEntityOfPage", "avatar", "external_url"):
                yield from addresses_within(value) if isinstance(value, dict | list) else [str(value)]
            else:
                yield from addresses_within(value)


def feed_harms(address: str, body: bytes) -> list[str]:
    """The same of a whole feed, in any of the three forms."""
    if address.split("?")[0].endswith(".json"):
        return list(_json_harms(json.loads(body)))
    return list(_xml_harms(etree.fromstring(body)))


def _json_harms(feed: dict[str, Any]) -> Iterator[str]:
    yield from (one for one in addresses_within(feed) if harmful_address(one))
    for item in feed["items"]:
        yield from harms(item["content_html"], whole=False, frames=True)


def _xml_harms(root: etree._Element) -> Iterator[str]:
    for element in root.iter():
        for name in ("href", "url", "uri"):
            if harmful_address(element.get(name, "")):
                yield f"{element.tag} {name}={element.get(name)!r}"
        if element.tag in ("link", f"{ATOM}uri") and harmful_address(element.text or ""):
            yield f"{element.tag} {element.text!r}"
        # What readers take for HTML: RSS's description is that too.
        if element.tag in (f"{CONTENT}encoded", "description", f"{ATOM}content"):
            yield from harms(element.text or "", whole=False, frames=True)


# -- every address ---------------------------------------------------------------------------------

_LEADS = re.compile(rf"""(?:href="|src="|<loc>|"url": "|"next_url": "|"avatar": ")(?:{SITE})?(/[^"<#]*)""")
_ELSEWHERE = ("/admin", "/static", "//", "/media")
_DEAD = re.compile(r"/(?:posts|pages)/[^/]*/x")
STARTS = (
    "/",
    "/sitemap.xml",
    "/sitemap-index.xml",
    "/sitemap-images.xml",
    "/sitemap-news.xml",
    "/humans.txt",
    "/robots.txt",
    "/archive/",
    "/tags/",
    "/authors/",
    "/search/",
    *FEEDS,
)


def crawl(client: Client, starts: Iterable[str] = STARTS) -> dict[str, HttpResponse]:
    """Every public address that follows from these, with its answer; the desk and the static files left out."""
    waiting = list(starts)
    seen: dict[str, HttpResponse] = {}
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        answer: Any = client.get(address)
        seen[address] = answer
        if not answer.streaming:
            found = (html.unescape(path) for path in _LEADS.findall(answer.text))
            waiting += [path for path in found if not path.startswith(_ELSEWHERE)]
    return seen


def due(address: str) -> int:
    """The status that an address answers with. Hostile bodies show a picture at `x`, which feeds make absolute: there is none."""
    return 404 if _DEAD.fullmatch(address) else 200


def said(answer: Any) -> str:
    """All that an answer says: status line, headers, body."""
    headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    return f"{answer.status_code} {answer.reason_phrase}\n{headers}\n\n{answer.text}"


def is_html(answer: HttpResponse) -> bool:
    return answer.headers["Content-Type"].startswith("text/html")


def is_feed(address: str) -> bool:
    return "/feed." in address
