"""aligning: which pieces of two sequences stay, in work that grows with their length, whatever they hold; pure."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence
from itertools import pairwise
from typing import Literal

LEAF = 10_000  # comparisons of two short stretches, each piece with each
STEPS_A_PIECE, STEPS_AT_LEAST = (
    100,
    100_000,
)  # what all stretches together may cost; the rest counts as changed

Kind = Literal["equal", "replace", "delete", "insert"]
Block = tuple[Kind, int, int, int, int]  # as difflib's opcodes: a[1:2] became b[3:4]
Pairs = list[tuple[int, int]]
Stretch = tuple[int, int, int, int]


def blocks(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[Block]:
    """What becomes of `a` in `b`, in order. Equal ends are taken off, then pieces that occur once in both hold the rest in
    place; what lies between them is compared piece by piece where it is short."""
    found: list[Block] = []
    i = j = 0
    for x, y, length in [*_runs(_pairs(a, b)), (len(a), len(b), 0)]:
        if i < x or j < y:
            kind: Kind = "replace" if i < x and j < y else "delete" if i < x else "insert"
            found.append((kind, i, x, j, y))
        if length:
            found.append(("equal", x, x + length, y, y + length))
        i, j = x + length, y + length
    return found


def _runs(pairs: Pairs) -> list[tuple[int, int, int]]:
    runs: list[tuple[int, int, int]] = []
    for x, y in pairs:
        if runs and runs[-1][0] + runs[-1][2] == x and runs[-1][1] + runs[-1][2] == y:
            runs[-1] = (*runs[-1][:2], runs[-1][2] + 1)
        else:
            runs.append((x, y, 1))
    return runs


def _pairs(a: Sequence[Hashable], b: Sequence[Hashable]) -> Pairs:
    left = STEPS_AT_LEAST + STEPS_A_PIECE * (len(a) + len(b))
    pairs: Pairs = []
    waiting: list[Stretch] = [(0, len(a), 0, len(b))]
    while waiting:
        alo, ahi, blo, bhi = _trimmed(a, b, waiting.pop(), pairs)
        size = (ahi - alo) * (bhi - blo)
        cost = size if size <= LEAF else ahi - alo + bhi - blo
        left -= cost
        if size == 0 or left < 0:
            continue
        if size <= LEAF:
            pairs += [(alo + x, blo + y) for x, y in _each_with_each(a[alo:ahi], b[blo:bhi])]
            continue
        anchors = _anchors(a, b, (alo, ahi, blo, bhi))
        if anchors:
            pairs += anchors
            fixed = [(alo - 1, blo - 1), *anchors, (ahi, bhi)]
            waiting += [(x + 1, u, y + 1, v) for (x, y), (u, v) in pairwise(fixed)]
    return sorted(pairs)


def _trimmed(a: Sequence[Hashable], b: Sequence[Hashable], stretch: Stretch, pairs: Pairs) -> Stretch:
    """Without what is equal at both ends, which goes into `pairs`."""
    alo, ahi, blo, bhi = stretch
    while alo < ahi and blo < bhi and a[alo] == b[blo]:
        pairs.append((alo, blo))
        alo, blo = alo + 1, blo + 1
    while alo < ahi and blo < bhi and a[ahi - 1] == b[bhi - 1]:
        ahi, bhi = ahi - 1, bhi - 1
        pairs.append((ahi, bhi))
    return alo, ahi, blo, bhi


def _anchors(a: Sequence[Hashable], b: Sequence[Hashable], stretch: Stretch) -> Pairs:
    """Pieces that occur once on each side, as many as keep their order."""
    alo, ahi, blo, bhi = stretch
    once = {piece for piece, number in Counter(a[alo:ahi]).items() if number == 1}
    once &= {piece for piece, number in Counter(b[blo:bhi]).items() if number == 1}
    there = {b[y]: y for y in range(blo, bhi) if b[y] in once}
    return _rising([(x, there[a[x]]) for x in range(alo, ahi) if a[x] in there])


def _rising(pairs: Pairs) -> Pairs:
    """The longest part of it whose second numbers rise too (patience sorting)."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, y) in enumerate(pairs):
        place = bisect_left(ends, y)
        before.append(last[place - 1] if place else -1)
        if place == len(ends):
            ends.append(y)
            last.append(number)
        else:
            ends[place], last[place] = y, number
    chain: Pairs = []
    at = last[-1] if last else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _each_with_each(a: Sequence[Hashable], b: Sequence[Hashable]) -> Pairs:
    """The longest common subsequence, by the table."""
    rows = [[0] * (len(b) + 1)]
    for one in reversed(a):
        below = rows[-1]
        row = [0] * (len(b) + 1)
        for y in range(len(b) - 1, -1, -1):
            row[y] = below[y + 1] + 1 if one == b[y] else max(below[y], row[y + 1])
        rows.append(row)
    rows.reverse()
    pairs: Pairs = []
    x = y = 0
    while x < len(a) and y < len(b):
        if a[x] == b[y]:
            pairs.append((x, y))
            x, y = x + 1, y + 1
        elif rows[x + 1][y] >= rows[x][y + 1]:
            x += 1
        else:
            y += 1
    return pairs
