"""expectations: what a feed says in a comment of its own reading (`Expect: not bozo and entries[0]['title'] == 'A'`).

The sentence is parsed, never run: comparisons of a known path with a literal are taken, everything else is left alone.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
EXPECT = re.compile(r"^\s*Expect:\s*(.*?)\s*\Z", re.DOTALL | re.MULTILINE)
HEADER = re.compile(r"^\s*Header:\s*([\w-]+):\s*(.*?)\s*$", re.IGNORECASE | re.MULTILINE)
Path = tuple[str | int, ...]
DATES = ("published", "created", "updated")

# What a path of an entry is called here. `published` and its like are compared as moments.
ENTRY_FIELDS: dict[Path, str] = {
    ("title",): "title",
    ("title_detail", "value"): "title",
    ("link",): "link",
    ("id",): "id",
    ("guid",): "id",
    ("published",): "published",
    ("published_parsed",): "published",
    ("created",): "created",
    ("created_parsed",): "created",
    ("updated",): "updated",
    ("updated_parsed",): "updated",
    ("modified",): "updated",
    ("modified_parsed",): "updated",
    ("summary",): "summary",
    ("summary_detail", "value"): "summary",
    ("description",): "summary",
    ("content", 0, "value"): "content",
}
FEED_FIELDS: dict[Path, str] = {
    ("title",): "title",
    ("title_detail", "value"): "title",
    ("link",): "link",
    ("id",): "id",
    ("guid",): "id",
}


@dataclass(frozen=True)
class Expectation:
    """One comparison: a field of entry `index` (0-based; None: of the feed itself) is `wanted`."""

    index: int | None
    name: str  # title, link, id, published, created, updated, summary, content
    wanted: str | datetime
    path: Path  # as the file writes it


def stated(text: str) -> list[Expectation]:
    """The expectations of a document that are on title, link, id, date or content."""
    for comment in COMMENT.finditer(text):
        if expect := EXPECT.search(comment[1]):
            return list(read(expect[1]))
    return []


def headers(text: str) -> dict[str, str]:
    """The headers under which the document wants to have been served, by lower-case name."""
    comment = COMMENT.search(text)
    return {name.lower(): value for name, value in HEADER.findall(comment[1])} if comment else {}


def read(expression: str) -> Iterator[Expectation]:
    """The comparisons in a Python expression that can be told apart without running it."""
    try:
        tree = ast.parse(" ".join(expression.split("\n")).strip(), mode="eval")
    except (SyntaxError, ValueError):
        return
    for clause in clauses(tree.body):
        if (
            isinstance(clause, ast.Compare)
            and len(clause.ops) == 1
            and isinstance(clause.ops[0], ast.Eq)
            and (found := compared(clause.left, clause.comparators[0]))
        ):
            yield found


def clauses(node: ast.expr) -> Iterator[ast.expr]:
    """The parts of an "and"."""
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
        for value in node.values:
            yield from clauses(value)
    else:
        yield node


def compared(left: ast.expr, right: ast.expr) -> Expectation | None:
    path = path_of(left)
    try:
        wanted = ast.literal_eval(right)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None
    if path is None:
        return None
    match path:
        case ("entries", int(index), *rest) if name := ENTRY_FIELDS.get(tuple(rest)):
            value = as_wanted(name, wanted)
            return None if value is None else Expectation(index, name, value, path)
        case ("feed", *rest) if name := FEED_FIELDS.get(tuple(rest)):
            value = as_wanted(name, wanted)
            return None if value is None else Expectation(None, name, value, path)
    return None


def path_of(node: ast.expr) -> Path | None:
    """`entries[0]['title']` and `entries[0].title` as ("entries", 0, "title")."""
    match node:
        case ast.Name(id=name):
            return (name,)
        case ast.Attribute(value=value, attr=name):
            before = path_of(value)
            return None if before is None else (*before, name)
        case ast.Subscript(value=value, slice=ast.Constant(value=str() | int() as key)):
            before = path_of(value)
            return None if before is None else (*before, key)
    return None


def as_wanted(name: str, value: Any) -> str | datetime | None:
    """Text as it is; a date, which is a text or the nine numbers of a time tuple in UTC, as a moment."""
    if isinstance(value, tuple) and len(value) == 9 and all(isinstance(one, int) for one in value):
        year, month, day, hour, minute, second = value[:6]
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    if not isinstance(value, str):
        return None
    return moment(value) if name in DATES else value


def moment(text: str) -> datetime | None:
    """A date as RFC 5322 or ISO 8601 write it, read by the standard library."""
    for reader in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return reader(text).astimezone(UTC)
        except ValueError:
            continue
    return None
