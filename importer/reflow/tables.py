"""tables: the rows of a table that was flattened into one line, found by its rule of dashes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from importer.reflow.spans import hard

_RULE = re.compile(r"(?<!\S)\|(?:[ \t]*:?-+:?[ \t]*\|)+(?!\S)")
_PIPE = re.compile(r"(?<!\\)\|")
_LONGEST_ROW = 2000


@dataclass(frozen=True, slots=True)
class Table:
    start: int
    end: int
    rows: tuple[str, ...]  # the head, the rule of dashes, the body


def tables(text: str) -> list[Table]:
    """The tables in a one-line text: a rule of dashes with a head of as many cells before it."""
    if "|" not in text:
        return []
    guard = hard(text)
    found: list[Table] = []
    past = 0
    for m in _RULE.finditer(text):
        if m.start() < past or guard[m.start()]:
            continue
        cells = m.group().count("|") - 1
        head = _head(text, past, m.start(), cells)
        if head is None:
            continue
        rows, past = _rows(text, m.end(), cells)
        found.append(Table(head, past, (text[head : m.start()].rstrip(), m.group(), *rows)))
    return found


def _head(text: str, floor: int, end: int, cells: int) -> int | None:
    """Where the row of `cells` cells begins that ends right before `end`."""
    floor = max(floor, end - _LONGEST_ROW)
    pipes = [m.start() for m in _PIPE.finditer(text, floor, end)]
    if len(pipes) < cells + 1 or text[pipes[-1] + 1 : end].strip():
        return None
    start = pipes[-cells - 1]
    stands_free = start == 0 or text[start - 1].isspace()
    return start if stands_free else None


def _rows(text: str, at: int, cells: int) -> tuple[list[str], int]:
    """The rows that follow directly, each of exactly `cells` cells, and where they end."""
    rows: list[str] = []
    while True:
        start = at
        while start < len(text) and text[start].isspace():
            start += 1
        pipes = []
        for m in _PIPE.finditer(text, start, min(len(text), start + _LONGEST_ROW)):
            pipes.append(m.start())
            if len(pipes) == cells + 1:
                break
        if len(pipes) <= cells or pipes[0] != start:
            return rows, at
        at = pipes[-1] + 1
        rows.append(text[start:at])
