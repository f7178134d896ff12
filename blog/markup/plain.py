"""plain: the visible text of a tree, as search, counting and summaries want it."""

from __future__ import annotations

import re

from blog.markup.tree import INLINE, Node

WORD = re.compile(r"[^\W_]+")


def text_of(node: Node) -> str:
    """Visible text with white space folded. Words on both sides of a block's edge stay two words."""
    parts: list[str] = []
    _gather(node, parts)
    return " ".join("".join(parts).split())


def verbatim(node: Node) -> str:
    """The text exactly as it stands, for code."""
    return "".join(
        child if isinstance(child, str) else "\n" if child.tag == "br" else verbatim(child)
        for child in node.children
    )


def _gather(node: Node, parts: list[str]) -> None:
    edge = "" if node.tag in INLINE or not node.tag else " "
    parts.append(edge)
    for child in node.children:
        if isinstance(child, str):
            parts.append(child)
        else:
            _gather(child, parts)
    parts.append(edge)


def count_words(text: str) -> int:
    return len(WORD.findall(text))
