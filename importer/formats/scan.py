"""scan: where a feed's items begin and end, seen without parsing; what would harm a parser is refused or marked here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from importer.errors import SourceUnusable

MAX_ITEMS = 100_000
MAX_DEPTH = 500
MAX_ATTRIBUTES = 500
MAX_CATEGORIES = 2_000  # the parser compares each with all before it
TOO_DEEP = f"its elements stand in each other over {MAX_DEPTH} deep"

TOKEN = re.compile(
    r"<(?:(?P<cdata>!\[CDATA\[)|(?P<comment>!--)|(?P<pi>\?)|(?P<declaration>!)"
    r"|(?P<end>/?)(?P<name>[^\W\d][\w:.-]*+)(?:(?P<attributes>(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>)?)"
)
ATTRIBUTE = re.compile(r"=\s*[\"'\w]")
TOO_MANY = f"it has over {MAX_CATEGORIES:,} categories"
CATEGORIES = frozenset({"category", "subject"})
ITEM_NAMES = frozenset({"item", "entry"})
# Unescaped HTML leaves these open; they nest nothing.
NEVER_DEEP = frozenset({"br", "hr", "img", "input", "p", "li", "wbr", "td", "tr", "th", "dt", "dd", "option"})


@dataclass(frozen=True, slots=True)
class Span:
    """One item in the text. `complete`: its end tag was seen; `harm`: why no parser may see it."""

    start: int
    stop: int
    name: str
    complete: bool
    harm: str = ""


@dataclass(slots=True)
class Outline:
    """What the scan found. `open_before`: the elements around the first item; `closed`: the document ends where it should."""

    root: str = ""
    root_attributes: str = ""
    start: int = 0  # of the root's start tag: no prolog and no DTD gets past this
    items: list[Span] = field(default_factory=list)
    open_before: list[str] = field(default_factory=list)
    closed: bool = False


@dataclass(slots=True)
class OpenItem:
    start: int
    name: str
    depth: int = 1
    harm: str = ""
    categories: int = 0


def outline(text: str) -> Outline:
    """The items of a feed. Raises SourceUnusable for entity definitions and for a document that is too deep or too long."""
    found = Outline()
    stack: list[str] = []
    item: OpenItem | None = None
    at = 0
    while token := TOKEN.search(text, at):
        at = after(text, token)
        name = token["name"]
        if name is None:
            continue
        if not found.root:
            found.root, found.start = name, token.start()
            found.root_attributes = token["attributes"] or ""
        if item is None:
            item = outside(token, stack, found)
        elif inside(token, item):
            close(found, item, at, complete=True)
            item = None
        elif token["end"] and name in found.open_before:
            close(
                found, item, token.start(), complete=True
            )  # what stands around the item ends, so the item had ended
            item = outside(token, stack, found)
        elif not token["end"] and name.lower() == item.name:
            close(
                found, item, token.start(), complete=True
            )  # its end tag was forgotten, yet nothing of it is cut off
            item = OpenItem(token.start(), item.name)
    if item is not None:
        close(found, item, len(text), complete=False)
    found.closed = not stack
    return found


def after(text: str, token: re.Match[str]) -> int:
    """Where the scan goes on after a token: behind the whole of a CDATA section, a comment, a declaration."""
    if token["cdata"]:
        return behind(text, "]]>", token.end())
    if token["comment"]:
        return behind(text, "-->", token.end())
    if token["pi"]:
        # Not "?>": an unescaped "<?php" in a broken item must not swallow the items after it.
        return behind(text, ">", token.end())
    if token["declaration"]:
        refuse_entities(text, token.start())
        return token.end()
    return token.end()


def behind(text: str, mark: str, start: int) -> int:
    place = text.find(mark, start)
    return len(text) if place < 0 else place + len(mark)


def refuse_entities(text: str, start: int) -> None:
    """Refuse a document that defines entities: it can grow without end in a parser or draw in files and addresses."""
    if text[start : start + 8].upper() == "<!ENTITY":
        raise SourceUnusable(
            "This document defines XML entities of its own, which can be used to attack a reader, so nothing of it was "
            "read. Remove its <!DOCTYPE …> and import it again."
        )


def outside(token: re.Match[str], stack: list[str], found: Outline) -> OpenItem | None:
    """Follow the elements around the items; the item that a tag opens, if it opens one."""
    name, attributes = token["name"], token["attributes"] or ""
    if token["end"]:
        if name in stack:
            while stack.pop() != name:
                pass
        return None
    if harm := harm_of(attributes):
        raise SourceUnusable(f"This document cannot be read: {harm}.")
    if local(name) in ITEM_NAMES and (stack or found.items):
        if not found.items:
            found.open_before = list(stack)
        if not attributes.endswith("/"):
            return OpenItem(token.start(), name.lower(), harm="")
        close(found, OpenItem(token.start(), name.lower()), token.end(), complete=True)
    elif not attributes.endswith("/") and name.lower() not in NEVER_DEEP:
        stack.append(name)
        if len(stack) > MAX_DEPTH:
            raise SourceUnusable(
                f"This document cannot be read: its elements stand in each other over {MAX_DEPTH} deep."
            )
    return None


def inside(token: re.Match[str], item: OpenItem) -> bool:
    """Follow a tag inside an item; whether it ends the item."""
    name, attributes = token["name"].lower(), token["attributes"] or ""
    if token["end"]:
        item.depth -= name not in NEVER_DEEP
        return name == item.name
    item.harm = item.harm or harm_of(attributes)
    if local(name) in CATEGORIES:
        item.categories += 1
        if item.categories > MAX_CATEGORIES:
            item.harm = TOO_MANY
    if not attributes.endswith("/") and name not in NEVER_DEEP:
        item.depth += 1
        if item.depth > MAX_DEPTH:
            item.harm = TOO_DEEP
    return False


def harm_of(attributes: str) -> str:
    """Why a start tag would harm a parser, as a clause; "" if it would not."""
    if attributes.count("=") > MAX_ATTRIBUTES and len(ATTRIBUTE.findall(attributes)) > MAX_ATTRIBUTES:
        return f"an element has over {MAX_ATTRIBUTES} attributes"
    return ""


def close(found: Outline, item: OpenItem, stop: int, *, complete: bool) -> None:
    if len(found.items) >= MAX_ITEMS:
        raise SourceUnusable(f"This document holds over {MAX_ITEMS:,} entries; split it into smaller ones.")
    found.items.append(Span(item.start, stop, item.name, complete, item.harm))


def local(name: str) -> str:
    """A name without its namespace prefix, lower case."""
    return name.rpartition(":")[2].lower()


def harm_in(html: str) -> str:
    """Why what cleans or shows a body would suffer from its markup, as a clause; "" if it would not."""
    if html.count("<") <= MAX_DEPTH and html.count("=") <= MAX_ATTRIBUTES:
        return ""
    depth = at = 0
    while token := TOKEN.search(html, at):
        at = token.end()
        name, attributes = (token["name"] or "br").lower(), token["attributes"] or ""
        if harm := harm_of(attributes):
            return harm
        if name not in NEVER_DEEP and not attributes.endswith("/"):
            depth = max(0, depth - 1) if token["end"] else depth + 1
        if depth > MAX_DEPTH:
            return TOO_DEEP
    return ""
