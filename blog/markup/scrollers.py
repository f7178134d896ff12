"""scrollers: wide tables and listings can be scrolled by keyboard, each under a name of its own."""

from __future__ import annotations

from blog.markup.outline import HEADING
from blog.markup.plain import text_of
from blog.markup.said import said
from blog.markup.tree import Node, above, elements, held, replace


def add(root: Node) -> None:
    heading = ""
    used: dict[str, int] = {}
    for node in elements(root):
        if HEADING.fullmatch(node.tag):
            heading = text_of(node)[:100]
        elif node.tag == "pre":
            node.attrs["tabindex"] = "0"
        elif node.tag == "table" and not _nested(node):
            _wrap(node, _unique(_caption(node) or heading or said("Table"), used))


def _nested(table: Node) -> bool:
    parent = above(table)
    return parent is not None and parent.tag in ("td", "th")


def _caption(table: Node) -> str:
    first = next(iter(held(table)), None)
    return text_of(first)[:100] if isinstance(first, Node) and first.tag == "caption" else ""


def _unique(name: str, used: dict[str, int]) -> str:
    used[name] = used.get(name, 0) + 1
    return name if used[name] == 1 else f"{name} ({used[name]})"


def _wrap(table: Node, name: str) -> None:
    dressed = {"class": "table-scroll", "tabindex": "0", "role": "region", "aria-label": name}
    parent = above(table)
    if parent is not None and "table-scroll" in parent.classes():
        parent.attrs = dressed | {key: said for key, said in parent.attrs.items() if key not in dressed}
        return
    inner = Node("table", table.attrs, table.children)
    replace(table, Node("div", dressed, [inner]))
