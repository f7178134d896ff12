"""mobiledoc: the lists of sections, markups and cards in which Ghost 1 to 4 kept a text, as HTML."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from importer.formats.ghostcards import Notes, block, card, element
from importer.formats.jsontext import Item
from importer.formats.plain import without_controls

MARKUP, IMAGE, LIST, CARD = 1, 2, 3, 10  # kinds of sections
TAGS = re.compile(r"p|h[1-6]|blockquote|aside|pull-quote|ul|ol")
MARKS = re.compile(r"a|b|code|em|i|s|del|strong|sub|sup|u|mark")
HEADERS = {"pull-quote": "blockquote", "aside": "blockquote"}


def html_of(document: Item, notes: Notes) -> str:
    """The text of a document `{"sections": […], "markups": […], "atoms": […], "cards": […]}`."""
    written = (section(one, document, notes) for one in listed(document.get("sections")))
    return "\n".join(piece for piece in written if piece)


def listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def at(value: object, place: object) -> Any:
    """What stands at a place of a list; None for what is no list and for a place it does not have."""
    row = listed(value)
    return row[place] if isinstance(place, int) and 0 <= place < len(row) else None


def text(value: object) -> str:
    return without_controls(value)[0] if isinstance(value, str) else ""


def section(row: object, document: Item, notes: Notes) -> str:
    kind, tag = at(row, 0), text(at(row, 1)).lower()
    if kind == MARKUP:
        inside = line(at(row, 2), document)
        name = HEADERS.get(tag, tag if TAGS.fullmatch(tag) else "p")
        return block(name, block("p", inside) if name == "blockquote" else inside)
    if kind == LIST:
        items = "".join(block("li", line(item, document)) for item in listed(at(row, 2)))
        return block("ol" if tag == "ol" else "ul", items)
    if kind == IMAGE:
        return f"<figure>{element('img', src=text(at(row, 1)))}</figure>"
    if kind == CARD:
        return card_of(at(document.get("cards"), at(row, 1)), notes)
    notes.unknown.add(f"section {kind}")
    return ""


def card_of(row: object, notes: Notes) -> str:
    payload = at(row, 1)
    given: Item = payload if isinstance(payload, dict) else {}
    kind = text(at(row, 0))
    # The first cards called a picture by another name and its address “url” or “img”.
    if kind in ("image-card", "image") and not given.get("src"):
        kind, given = "image", given | {"src": given.get("url") or given.get("img")}
    return card(kind, given, notes)


def line(markers: object, document: Item) -> str:
    """The markers of one section: each opens markups, says its text, closes as many as it says."""
    written: list[str] = []
    opened: list[str] = []
    for marker in listed(markers):
        for place in listed(at(marker, 1)):
            opened.append(start(at(document.get("markups"), place), written))
        written.append(said(marker, document))
        closing = at(marker, 2)
        for _ in range(min(closing, len(opened)) if isinstance(closing, int) else 0):
            written.append(ended(opened.pop()))
    written.extend(ended(name) for name in reversed(opened))
    return "".join(written)


def ended(name: str) -> str:
    return f"</{name}>" if name else ""


def start(markup: object, written: list[str]) -> str:
    """Write a markup's start tag; its name, "" for one that HTML has no element for."""
    name = text(at(markup, 0)).lower()
    if not MARKS.fullmatch(name):
        return ""
    pairs = listed(at(markup, 1))
    given = {text(key): text(value) for key, value in zip(pairs[::2], pairs[1::2], strict=False)}
    written.append(element(name, **{key: given.get(key, "") for key in ("href", "title")}))
    return name


def said(marker: object, document: Item) -> str:
    """A marker's text, or the words of the atom that it names."""
    if at(marker, 0) == 0:
        return escape(text(at(marker, 3)), quote=False)
    atom = at(document.get("atoms"), at(marker, 3))
    return "<br>" if at(atom, 0) == "soft-return" else escape(text(at(atom, 1)), quote=False)
