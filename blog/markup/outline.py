"""outline: a body's headings: their ids, their levels on the page, and whether the body lists them itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from blog.markup.ids import free, prefixed, slug
from blog.markup.plain import text_of
from blog.markup.tree import Node, ancestors, elements, held

HEADING = re.compile(r"h[1-6]")
_HOLDERS = frozenset({"div", "section"})


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as it stands on the page, its id already prefixed."""

    level: int
    id: str
    text: str


def mark_subtitle(root: Node) -> None:
    """An h1 that opens the body is its subtitle; no other heading is."""
    opening = _first_element(root)
    for node in elements(root):
        if node.tag in ("h1", "h2"):
            is_subtitle = node is opening and (node.tag == "h1" or "subtitle" in node.classes())
            node.attrs.pop("class", None)
            if is_subtitle:
                node.tag = "h2"
                node.attrs["class"] = "subtitle"


def _first_element(root: Node) -> Node | None:
    node = root
    while inside := held(node):
        first = inside[0]
        if not isinstance(first, Node):
            return None
        if first.tag not in _HOLDERS:
            return first
        node = first
    return None


def headings_of(root: Node) -> list[Node]:
    """The headings that make the outline: with text, and not the subtitle."""
    found = [node for node in elements(root) if HEADING.fullmatch(node.tag)]
    return [node for node in found if node.attrs.get("class") != "subtitle" and text_of(node)]


def name_headings(headings: Sequence[Node], taken: dict[str, int]) -> None:
    """Give an id to the headings that came without one."""
    for heading in headings:
        if "id" not in heading.attrs:
            heading.attrs["id"] = free(prefixed(slug(text_of(heading))), taken)


def levels(headings: Sequence[Node]) -> list[int]:
    """The level of each on the page: one deeper than the heading it stands under, from 2 on, never a gap."""
    above: list[int] = []
    found = []
    for heading in headings:
        said = int(heading.tag[1])
        while above and above[-1] >= said:
            above.pop()
        above.append(said)
        found.append(min(len(above) + 1, 6))
    return found


def outline(headings: Sequence[Node], on_page: Sequence[int]) -> tuple[Heading, ...]:
    """What a contents list shows. A quoted heading is on the page but not of the post."""
    return tuple(
        Heading(level, heading.attrs["id"], text_of(heading))
        for heading, level in zip(headings, on_page, strict=True)
        if not any(node.tag == "blockquote" for node in ancestors(heading))
    )


def relevel(headings: Sequence[Node], on_page: Sequence[int]) -> None:
    for heading, level in zip(headings, on_page, strict=True):
        heading.tag = f"h{level}"


def contents_lists(root: Node, headings: Sequence[Node]) -> list[Node]:
    """The lists that are the body's own contents: nothing but links to its headings, under a heading or long enough."""
    targets = {"#" + heading.attrs["id"] for heading in headings}
    found = []
    before: Node | None = None
    for node in elements(root):
        if node.tag in ("ul", "ol") and not any(above.tag in ("ul", "ol") for above in ancestors(node)):
            links = _only_links(node)
            if links and set(links) <= targets and _is_contents(len(links), len(targets), before):
                found.append(node)
        if node.tag not in ("", "div", "section", "nav"):
            before = node
    return found


def _is_contents(links: int, headings: int, before: Node | None) -> bool:
    titled = before is not None and bool(HEADING.fullmatch(before.tag))
    return links >= 2 if titled else links >= 3 and 2 * links >= headings


def _only_links(listing: Node) -> list[str] | None:
    """The addresses of a list whose every item is one link (and perhaps a list of the same kind); else None."""
    found: list[str] = []
    for item in held(listing):
        if not isinstance(item, Node) or item.tag != "li":
            return None
        inside = held(item)
        if len(inside) == 1 and isinstance(inside[0], Node) and inside[0].tag == "p":
            inside = held(inside[0])
        link, *more = inside or [""]
        if not isinstance(link, Node) or link.tag != "a" or len(more) > 1:
            return None
        found.append(link.attrs.get("href", ""))
        for below in more:
            deeper = _only_links(below) if isinstance(below, Node) and below.tag in ("ul", "ol") else None
            if deeper is None:
                return None
            found += deeper
    return found
