"""pictures: those stored here are shown; for the others our pages say what they are and where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from blog.markup.placement import Form, stand_in
from blog.markup.tree import Node, elements

_SHORT_NAME = re.compile(
    r"\S+\.(?:jpe?g|png|gif|webp|svg|avif|bmp)|[\w-]*\d[\w-]{15,}|[a-z0-9]+(?:[_-][a-z0-9]+)+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class BodyImage:
    """A picture of the body, in the body's order."""

    src: str
    alt: str
    local: bool  # stored under our media address


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


def dress(root: Node, media_prefix: str) -> None:
    """For our pages: local pictures load when needed, the others become words; nothing remote is fetched."""
    for node in elements(root):
        if node.tag != "img":
            continue
        if is_local(node.attrs.get("src", ""), media_prefix):
            node.attrs |= {"loading": "lazy", "decoding": "async"}
        else:
            _absent(node)


def _absent(node: Node) -> None:
    alt = "" if says_nothing(node.attrs.get("alt", "")) else " ".join(node.attrs["alt"].split())
    src = node.attrs.get("src", "").strip()
    host = _host(src)

    def make(form: Form) -> list[Node | str]:
        where: Node | str = "The picture isn’t here."
        if host and form is not Form.LINKED:
            where = Node("a", {"href": src}, [f"See it at {host}" if alt else f"See the picture at {host}"])
        elif host:
            where = f"A picture at {host}."
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
