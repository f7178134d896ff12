"""placement: what stands in for a picture or an embed takes the form that is valid in that place."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from blog.markup.tree import Node, above, ancestors, holder, holds_only, replace, unwrap

_FLOW = frozenset({"", "blockquote", "dd", "details", "div", "figcaption", "li", "section", "td", "th"})


class Form(Enum):
    FIGURE = "a figure of its own"
    INSIDE = "what a figure that is there already holds"
    LINE = "part of a line"
    LINKED = "part of a line that is a link already"


def form_at(node: Node) -> Form:
    parent = holder(node)
    if any(upper.tag == "a" for upper in ancestors(node)):
        return Form.LINKED
    if parent.tag == "figure":
        return Form.INSIDE
    return Form.FIGURE if parent.tag in _FLOW or _alone_in_paragraph(node, parent) else Form.LINE


def stand_in(node: Node, make: Callable[[Form], list[Node | str]], name: str) -> None:
    """Replace `node`, and the paragraph that held nothing else; `name` is the class of the figure."""
    form = form_at(node)
    parent = holder(node)
    if form is Form.FIGURE and parent.tag == "p":
        if "id" in parent.attrs:
            parent.tag = "div"
        else:
            unwrap(parent)
    if form is Form.INSIDE:
        parent.attrs["class"] = name
    replace(node, *make(form))


def _alone_in_paragraph(node: Node, parent: Node) -> bool:
    grand = above(parent) if parent.tag == "p" else None
    return grand is not None and grand.tag in _FLOW and holds_only(parent, node)
