"""lexical: the tree in which Ghost 5 and later keeps a text, as HTML."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from importer.formats.ghostcards import CARDS, FOR_MEMBERS, Notes, block, card, element
from importer.formats.jsontext import Item, objects, text_of
from importer.formats.plain import without_controls

DEEPEST = 60  # nodes in each other; lists of lists of lists need a dozen
MARKS = (  # the bits of a text's format, outermost element first
    (1, "strong"),
    (2, "em"),
    (4, "s"),
    (8, "u"),
    (32, "sub"),
    (64, "sup"),
    (128, "mark"),
    (16, "code"),
)
HEADING = re.compile(r"h[1-6]")
BREAKS = {"linebreak": "<br>", "tab": "\t", "zwnj": ""}


def html_of(document: Item, notes: Notes) -> str:
    """The text of a document `{"root": {"children": […]}}`."""
    root = document.get("root")
    return children(root, notes, 0, apart="\n") if isinstance(root, dict) else ""


def children(node: Item, notes: Notes, depth: int, apart: str = "") -> str:
    if depth > DEEPEST:
        notes.too_deep = True
        return escape(" ".join(all_words(node)), quote=False)
    written = (written_node(child, notes, depth + 1) for child in objects(node, "children"))
    return apart.join(piece for piece in written if piece)


def written_node(node: Item, notes: Notes, depth: int) -> str:
    kind = text_of(node, "type").removeprefix("extended-")
    if kind == "text":
        return formatted(node)
    if kind in BREAKS:
        return BREAKS[kind]
    if kind in ELEMENTS:
        return ELEMENTS[kind](node, notes, depth)
    if kind in CARDS or kind in FOR_MEMBERS or not objects(node, "children"):
        return card(kind, node, notes)
    notes.unknown.add(kind or "(none)")
    return block("p", children(node, notes, depth)) if depth == 1 else children(node, notes, depth)


def formatted(node: Item) -> str:
    """A run of text in its marks. Its white space counts."""
    text = node.get("text")
    shown = escape(without_controls(text)[0], quote=False) if isinstance(text, str) else ""
    bits = node.get("format")
    if shown and isinstance(bits, int):
        for bit, name in reversed(MARKS):
            if bits & bit:
                shown = f"<{name}>{shown}</{name}>"
    return shown


def all_words(node: Item) -> list[str]:
    """All text below a node, however deep; no recursion, since depth is what this is for."""
    found, waiting = [], [node]
    while waiting:
        one = waiting.pop()
        if isinstance(text := one.get("text"), str):
            found.append(without_controls(text)[0])
        waiting.extend(reversed(objects(one, "children")))
    return found


# -- elements ------------------------------------------------------------------------------------


def paragraph(node: Item, notes: Notes, depth: int) -> str:
    return block("p", children(node, notes, depth))


def heading(node: Item, notes: Notes, depth: int) -> str:
    tag = text_of(node, "tag")
    return block(tag if HEADING.fullmatch(tag) else "h2", children(node, notes, depth))


def quote(node: Item, notes: Notes, depth: int) -> str:
    """A quotation, as one paragraph unless it holds paragraphs itself."""
    inside = children(node, notes, depth)
    return block("blockquote", inside if inside.startswith("<p>") else block("p", inside))


def link(node: Item, notes: Notes, depth: int) -> str:
    inside, href = children(node, notes, depth), text_of(node, "url")
    return (
        f"{element('a', href=href, title=text_of(node, 'title'))}{inside}</a>" if href and inside else inside
    )


def list_(node: Item, notes: Notes, depth: int) -> str:
    """A list. The tree keeps a list inside another in an item of its own; in HTML it belongs to the item before."""
    ordered = text_of(node, "listType") == "number" or text_of(node, "tag") == "ol"
    items: list[str] = []
    for child in objects(node, "children"):
        inside = (
            children(child, notes, depth + 1)
            if child.get("type") == "listitem"
            else written_node(child, notes, depth + 1)
        )
        if items and only_list(child):
            items[-1] += inside
        elif inside:
            items.append(box(child) + inside)
    start = text_of(node, "start")
    opened = element("ol", start=start if start != "1" else "") if ordered else "<ul>"
    return (
        f"{opened}{''.join(block('li', item) for item in items)}</{'ol' if ordered else 'ul'}>"
        if items
        else ""
    )


def only_list(item: Item) -> bool:
    inner = objects(item, "children")
    return bool(inner) and all(one.get("type") == "list" for one in inner)


def box(item: Item) -> str:
    """The box of a list of things to do."""
    done = item.get("checked")
    return f'<input type="checkbox"{" checked" if done else ""}> ' if isinstance(done, bool) else ""


def table(node: Item, notes: Notes, depth: int) -> str:
    return block("table", "".join(row(one, notes, depth + 1) for one in objects(node, "children")))


def row(node: Item, notes: Notes, depth: int) -> str:
    return block("tr", "".join(cell(one, notes, depth + 1) for one in objects(node, "children")))


def cell(node: Item, notes: Notes, depth: int) -> str:
    name = "th" if node.get("headerState") else "td"
    inside = children(node, notes, depth)
    if inside.count("<p>") == 1 and inside.startswith("<p>") and inside.endswith("</p>"):
        inside = inside[3:-4]
    spans = {
        key.lower(): text for key in ("colSpan", "rowSpan") if (text := text_of(node, key)) not in ("", "1")
    }
    return f"{element(name, **spans)}{inside}</{name}>"


ELEMENTS: dict[str, Callable[[Item, Notes, int], str]] = {
    "paragraph": paragraph,
    "heading": heading,
    "quote": quote,
    "aside": quote,
    "link": link,
    "autolink": link,
    "at-link": link,
    "list": list_,
    "table": table,
}
