"""lines: the visible text of any HTML as plain text with its lines and paragraphs, addresses behind the words that lead to them."""

from __future__ import annotations

import re

from blog.markup import sanitize
from blog.markup.tree import INLINE, Node, parse

_MANY = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_LINKS = ("http://", "https://")


def lines_of(html: str) -> str:
    """Line breaks that the source wrote stay, too: what is plain text already comes back as it is."""
    clean, _tamed = sanitize.canonical(html)
    parts: list[str] = []
    _gather(parse(clean), parts)
    lines = (line.strip() for line in "".join(parts).split("\n"))
    return _MANY.sub("\n\n", "\n".join(lines)).strip()


def _gather(node: Node, parts: list[str]) -> None:
    block = bool(node.tag) and node.tag not in INLINE and node.tag not in ("br", "li", "tr")
    if block:
        parts.append("\n\n")
    elif node.tag in ("br", "li", "tr"):
        parts.append("\n")
    began = len(parts)
    for child in node.children:
        if isinstance(child, str):
            parts.append(child)
        else:
            _gather(child, parts)
    address = node.attrs.get("href", "") if node.tag == "a" else ""
    if address.startswith(_LINKS) and address not in "".join(parts[began:]):
        parts.append(f" ({address})")
    if block:
        parts.append("\n\n")
