"""normal: the many elements that bodies arrive with become the few that our pages have."""

from __future__ import annotations

import re

from blog.markup.said import said
from blog.markup.sanitize import ROLES, harmless_url
from blog.markup.tree import Node, ancestors, drop, elements, names, unwrap

_RENAMED = {
    **dict.fromkeys(
        names(
            "address applet article aside canvas center dialog fieldset footer form header hgroup legend main nav"
            " object optgroup option search select"
        ),
        "div",
    ),
    **dict.fromkeys(names("big button data font label map meter nobr output picture progress"), "span"),
    "acronym": "abbr",
    "dir": "ul",
    "menu": "ul",
    "strike": "s",
    "tt": "code",
}
_HEADINGS = names("h1 h2 h3 h4 h5 h6")
_NUMBERS = {"width": 5, "height": 5, "colspan": 3, "rowspan": 3, "span": 3, "start": 9, "value": 9}
_URLS = ("href", "src", "cite", "poster")
_TEXT_ALIGN = re.compile(r"text-align\s*:\s*(left|center|right)", re.IGNORECASE)
_LAZY = ("data-src", "data-lazy-src", "data-original")


def normalise(root: Node) -> None:
    lazy: Node | None = None
    for node in elements(root):
        node.tag = _RENAMED.get(node.tag, node.tag)
        if node.attrs:
            _tidy_attributes(node)
        match node.tag:
            case "img":
                lazy = _mend_picture(node, lazy)
            case "input":
                _mark_task(node)
            case "audio" | "video":
                node.attrs["controls"] = ""
            case "td" | "th":
                _align(node)
            case "a":
                _mend_anchor(node)
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                _free_of_headings(node)


def _tidy_attributes(node: Node) -> None:
    attrs = node.attrs
    for name, digits in _NUMBERS.items():
        if name in attrs and not re.fullmatch(rf"-?[0-9]{{1,{digits}}}", attrs[name].strip()):
            del attrs[name]
    for name in _URLS:
        if name in attrs and not harmless_url(attrs[name]):
            del attrs[name]
    if attrs.get("role", "doc-noteref") not in ROLES:
        del attrs["role"]


def _mend_picture(node: Node, before: Node | None) -> Node | None:
    """Give a lazily loaded picture its address. Returns it when the copy for readers without scripts may follow."""
    attrs = node.attrs
    waiting = [attrs.pop(name) for name in _LAZY if name in attrs]
    sets = [attrs.pop(name).split(",")[-1].split() for name in ("srcset", "data-srcset") if name in attrs]
    real = next((one for one in [*waiting, *(one[0] for one in sets if one)] if harmless_url(one)), None)
    if real and (waiting or "src" not in attrs):
        attrs["src"] = real
    attrs.setdefault("alt", "")
    counted = attrs.get("width") == attrs.get("height") == "1"
    repeats = (
        before is not None and before.parent is node.parent and before.attrs.get("src") == attrs.get("src")
    )
    if counted or repeats or not attrs.get("src", "").strip():
        drop(node)
    return node if waiting and node.tag else None


def _mark_task(node: Node) -> None:
    """A task's box is a character: a disabled field would be a control that does nothing."""
    item = next((above for above in ancestors(node) if above.tag == "li"), None)
    if node.attrs.get("type", "").lower() != "checkbox" or item is None:
        drop(node)
        return
    done = "checked" in node.attrs
    node.tag = "span"
    node.attrs = {"class": "task-mark", "role": "img", "aria-label": said("done" if done else "to do")}
    node.append("☑" if done else "☐")
    item.add_class("task")
    if item.parent is not None and item.parent.tag == "ul":
        item.parent.add_class("tasks")


def _align(node: Node) -> None:
    said = _TEXT_ALIGN.search(node.attrs.pop("style", ""))
    side = said[1] if said else node.attrs.pop("align", "")
    node.attrs.pop("align", None)
    if side.lower() in ("left", "center", "right"):
        node.add_class(f"align-{side.lower()}")


def _mend_anchor(node: Node) -> None:
    if "href" in node.attrs:
        return
    if "id" in node.attrs or "name" in node.attrs:
        node.tag = "span"
    else:
        unwrap(node)


def _free_of_headings(node: Node) -> None:
    """No heading stands in a heading: parsers would part them differently each time."""
    for upper in ancestors(node):
        if upper.tag in _HEADINGS:
            upper.tag = "div"
