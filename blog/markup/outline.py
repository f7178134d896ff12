"""outline: a body's headings: their ids, their levels on the page, and whether the body lists them itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeGuard

from blog.markup.ids import fragment_of, free, prefixed, slug
from blog.markup.plain import text_of
from blog.markup.tree import Node, ancestors, elements, held

HEADING = re.compile(r"h[1-6]")
_HOLDERS = frozenset({"div", "section"})
CONTENTS_FROM = 3  # headings
Listed = tuple[int, str, str]  # level, id and text of a heading, as posts keep them


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


def contents_lists(root: Node, headings: int, own: frozenset[str]) -> list[Node]:
    """The lists that are the body's own contents: only in-page links, under a heading or long enough.

    Asked before links are mended: a link that leads nowhere still says what the list is.
    """
    found = []
    before: Node | None = None
    for node in elements(root):
        if node.tag in ("ul", "ol") and not any(upper.tag in ("ul", "ol") for upper in ancestors(node)):
            links = _only_links(node, own)
            if links and _is_contents(links, headings, before):
                found.append(node)
        if node.tag not in ("", "div", "section"):
            before = node
    return found


def leads_somewhere(listing: Node) -> bool:
    """Whether at least half of a contents list's items still lead to a heading."""
    nodes = elements(listing)
    links = sum(node.tag == "a" and "href" in node.attrs for node in nodes)
    return 2 * links >= sum(node.tag == "li" for node in nodes)


def _is_contents(links: int, headings: int, before: Node | None) -> bool:
    titled = before is not None and bool(HEADING.fullmatch(before.tag))
    return links >= 2 if titled else links >= 3 and 2 * links >= headings


def _only_links(listing: Node, own: frozenset[str]) -> int:
    """How many items a list has, if each is one in-page link and perhaps a list of the same kind; else 0."""
    count = 0
    for item in held(listing):
        if not isinstance(item, Node) or item.tag != "li":
            return 0
        parts = [part for one in held(item) for part in (held(one) if _is_paragraph(one) else [one])]
        below = parts.pop() if len(parts) == 2 else None
        deeper = _only_links(below, own) if isinstance(below, Node) and below.tag in ("ul", "ol") else 0
        if len(parts) != 1 or not _is_in_page(parts[0], own) or (below is not None and not deeper):
            return 0
        count += 1 + deeper
    return count


def _is_paragraph(one: Node | str) -> TypeGuard[Node]:
    return isinstance(one, Node) and one.tag == "p"


def _is_in_page(one: Node | str, own: frozenset[str]) -> bool:
    return isinstance(one, Node) and one.tag == "a" and bool(fragment_of(one.attrs.get("href", ""), own))


def listed(outline: Sequence[Listed], *, own_contents: bool) -> list[Listed]:
    """What the page's contents list holds: nothing where it would not help, or where the text brings its own."""
    if own_contents or len(outline) < CONTENTS_FROM:
        return []
    return [(level, name, text) for level, name, text in outline if level <= 3]
