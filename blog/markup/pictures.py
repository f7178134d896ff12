"""pictures: those stored here are shown; for the others our pages say what they are and where."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from blog.markup.placement import Form, stand_in
from blog.markup.said import said
from blog.markup.tree import Node, elements

_SHORT_NAME = re.compile(
    r"\S+\.(?:jpe?g|png|gif|webp|svg|avif|bmp)|[\w-]*\d[\w-]{15,}|[a-z0-9]+(?:[_-][a-z0-9]+)+", re.IGNORECASE
)


_PIXELS = re.compile(r"\s*([0-9]{1,5})(?:px)?\s*")
MEASURE = 640  # pixels that a text is wide, about, where there is room for it
SIZES = f"(min-width: 44em) {MEASURE}px, 100vw"


@dataclass(frozen=True, slots=True)
class BodyImage:
    """A picture of the body, in the body's order."""

    src: str
    alt: str
    local: bool  # stored under our media address


@dataclass(frozen=True, slots=True)
class Stored:
    """What a page is to say of a picture of ours."""

    image: int  # its id
    address: str  # which may be another than the body's, where the file was replaced
    width: int  # pixels
    height: int  # pixels
    srcset: str  # its smaller copies, as the attribute is written; empty without


Known = Callable[[Collection[str]], Mapping[str, Stored]]  # asked once a body, with the addresses in it


def none_known(addresses: Collection[str]) -> Mapping[str, Stored]:
    return {}


def pictures(root: Node, media_prefix: str) -> tuple[BodyImage, ...]:
    return tuple(
        BodyImage(node.attrs["src"], node.attrs.get("alt", ""), is_local(node.attrs["src"], media_prefix))
        for node in elements(root)
        if node.tag == "img" and node.attrs.get("src")
    )


def is_local(src: str, media_prefix: str) -> bool:
    return src.startswith(media_prefix) and ".." not in src and "\\" not in src


def says_nothing(alt: str) -> bool:
    """Whether an alternative text is empty or just a file's name."""
    return not alt.strip() or bool(_SHORT_NAME.fullmatch(alt.strip()[:200]))


def dress(root: Node, media_prefix: str, stored: Mapping[str, Stored]) -> None:
    """For our pages: local pictures load when needed, in the size that fits; the others become words; nothing remote is fetched."""
    for node in elements(root):
        if node.tag != "img":
            continue
        src = node.attrs.get("src", "")
        if is_local(src, media_prefix):
            node.attrs |= {"loading": "lazy", "decoding": "async"}
            if src in stored:
                _fit(node, stored[src])
        else:
            _absent(node)


def _fit(node: Node, stored: Stored) -> None:
    """Its room is known before it comes: as wide as it is, or narrower where the text says so, in its own shape."""
    node.attrs["src"] = stored.address
    if not stored.width or not stored.height:
        return
    said = _PIXELS.fullmatch(node.attrs.get("width", ""))
    width = min(int(said[1]), stored.width) if said and int(said[1]) else stored.width
    height = max(1, round(stored.height * width / stored.width))
    node.attrs |= {"width": str(width), "height": str(height)}
    if stored.srcset:
        sizes = SIZES if width > MEASURE else f"(min-width: {width}px) {width}px, 100vw"
        node.attrs |= {"srcset": stored.srcset, "sizes": sizes}


def _absent(node: Node) -> None:
    alt = "" if says_nothing(node.attrs.get("alt", "")) else " ".join(node.attrs["alt"].split())
    src = node.attrs.get("src", "").strip()
    host = _host(src)

    def make(form: Form) -> list[Node | str]:
        where: Node | str = said("The picture isn’t here.")
        if host and form is not Form.LINKED:
            where = Node(
                "a",
                {"href": src},
                [said("See it at {}", host) if alt else said("See the picture at {}", host)],
            )
        elif host:
            where = said("A picture at {}.", host)
        if form is Form.FIGURE or form is Form.INSIDE:
            lines: list[Node | str] = [Node("p", {"class": "alt"}, [alt])] if alt else []
            lines.append(Node("p", {}, [where]))
            return [Node("figure", {"class": "absent-picture"}, lines)] if form is Form.FIGURE else lines
        words: list[Node | str] = [Node("span", {"class": "alt"}, [alt]), " "] if alt else []
        return [Node("span", {"class": "absent-picture"}, [*words, where])]

    stand_in(node, make, "absent-picture")


def _host(src: str) -> str:
    try:
        return urlsplit(src).netloc.rpartition("@")[2][:100]
    except ValueError:
        return ""
