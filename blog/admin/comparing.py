"""comparing: two texts line by line, with the words that differ marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

CONTEXT = 2  # unchanged lines shown around a change
LINES_AT_MOST = 4000  # comparing is quadratic: longer texts are shown whole, the old one and the new one
WORDS_AT_MOST = 1500  # of two lines compared word by word
PIECES = re.compile(r"\s+|\w+|[^\w\s]")

Kind = Literal["same", "removed", "added", "gap"]


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    marked: bool = False  # differs from the other text


@dataclass(frozen=True, slots=True)
class Line:
    kind: Kind  # "gap": unchanged lines left out, their number in the text
    pieces: tuple[Piece, ...]


def compare(old: str, new: str) -> list[Line]:
    """What was removed from `old` and what was added in `new`, with a little of what stayed around it."""
    was, now = old.splitlines(), new.splitlines()
    if len(was) + len(now) > LINES_AT_MOST:
        return [*_whole("removed", was), *_whole("added", now)]
    blocks = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
    lines: list[Line] = []
    for number, (kind, a, b, c, d) in enumerate(blocks):
        if kind == "equal":
            lines += _unchanged(was[a:b], first=number == 0, last=number == len(blocks) - 1)
        else:
            lines += _changed(was[a:b], now[c:d])
    return lines


def _whole(kind: Kind, lines: Sequence[str]) -> Iterator[Line]:
    return (Line(kind, (Piece(line),)) for line in lines)


def _unchanged(lines: Sequence[str], *, first: bool, last: bool) -> list[Line]:
    before = [] if first else list(lines[:CONTEXT])
    rest = list(lines[len(before) :])
    after = [] if last else rest[-CONTEXT:]
    left_out = len(rest) - len(after)
    gap = [Line("gap", (Piece(str(left_out)),))] if left_out else []
    return [*_whole("same", before), *gap, *_whole("same", after)]


def _changed(was: Sequence[str], now: Sequence[str]) -> list[Line]:
    """Lines that stand against each other are compared word by word; what is left over was added or removed whole."""
    pairs = min(len(was), len(now))
    removed: list[Line] = []
    added: list[Line] = []
    for old, new in zip(was[:pairs], now[:pairs], strict=True):
        left, right = words(old, new)
        removed.append(Line("removed", left))
        added.append(Line("added", right))
    return [*removed, *_whole("removed", was[pairs:]), *added, *_whole("added", now[pairs:])]


def words(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    was, now = PIECES.findall(old), PIECES.findall(new)
    if len(was) + len(now) > WORDS_AT_MOST:
        return (Piece(old),), (Piece(new),)
    left: list[Piece] = []
    right: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if b > a:
            left.append(Piece("".join(was[a:b]), kind != "equal"))
        if d > c:
            right.append(Piece("".join(now[c:d]), kind != "equal"))
    return tuple(left), tuple(right)
