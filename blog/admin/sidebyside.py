"""sidebyside: two texts paragraph beside paragraph, the words that differ marked, what stays the same folded; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from blog.admin.aligning import blocks
from blog.admin.comparing import Piece

AROUND = 1  # unchanged paragraphs shown before and after a change
ALIKE = 0.4  # of their words two paragraphs share to be one paragraph changed
ALIKE_ALONE = 0.2  # where there is only one of each
EACH_WITH_EACH = (
    900  # paragraphs of a stretch compared by their words; longer stretches are paired in their order
)
PIECES = re.compile(r"\s+|\w+|[^\w\s]")
WORD = re.compile(r"\w+")
Kind = Literal["same", "changed", "removed", "added", "folded"]
Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph of the old text beside its like in the new one."""

    kind: Kind
    old: Pieces = ()
    new: Pieces = ()
    folded: tuple[Row, ...] = field(default=())  # what a folded stretch holds


def rows(old: str, new: str) -> list[Row]:
    """Both texts whole, in order; line breaks at the ends of lines are left out."""
    was, now = old.splitlines(), new.splitlines()
    found: list[Row] = []
    for kind, a, b, c, d in blocks(was, now):
        if kind == "equal":
            same = [Row("same", (Piece(line),), (Piece(line),)) for line in was[a:b] if line.strip()]
            found += _folded(same, first=not found, last=b == len(was) and d == len(now))
        else:
            found += _changed(was[a:b], now[c:d])
    return found


def _folded(same: list[Row], *, first: bool, last: bool) -> list[Row]:
    before = 0 if first else AROUND
    after = 0 if last else AROUND
    middle = same[before : len(same) - after]
    if len(middle) < 2:
        return same
    return [*same[:before], Row("folded", folded=tuple(middle)), *same[len(same) - after :]]


def _changed(was: Sequence[str], now: Sequence[str]) -> list[Row]:
    found: list[Row] = []
    for old, new in _paired([line for line in was if line.strip()], [line for line in now if line.strip()]):
        if old is None:
            found.append(Row("added", new=(Piece(new or "", True),)))
        elif new is None:
            found.append(Row("removed", old=(Piece(old, True),)))
        else:
            found.append(Row("changed", *marked(old, new)))
    return found


def marked(old: str, new: str) -> tuple[Pieces, Pieces]:
    """Two texts with the words that differ marked."""
    was, now = PIECES.findall(old), PIECES.findall(new)
    left: list[Piece] = []
    right: list[Piece] = []
    for kind, a, b, c, d in _joined(blocks(was, now), was):
        if b > a:
            left.append(Piece("".join(was[a:b]), kind != "equal"))
        if d > c:
            right.append(Piece("".join(now[c:d]), kind != "equal"))
    return tuple(left), tuple(right)


def _joined(
    found: Sequence[tuple[str, int, int, int, int]], was: Sequence[str]
) -> list[tuple[str, int, int, int, int]]:
    """Changes with nothing but white space between them are one change: it reads as people write."""
    joined: list[tuple[str, int, int, int, int]] = []
    for number, (kind, a, b, c, d) in enumerate(found):
        blank = kind == "equal" and not "".join(was[a:b]).strip() and 0 < number < len(found) - 1
        if joined and joined[-1][0] != "equal" and (kind != "equal" or blank):
            _, e, _, f, _ = joined[-1]
            joined[-1] = ("replace", e, b, f, d)
        else:
            joined.append((kind, a, b, c, d))
    return joined


# -- which paragraph is which --------------------------------------------------------------------

Pair = tuple[str | None, str | None]


def _paired(was: Sequence[str], now: Sequence[str]) -> list[Pair]:
    """Each old paragraph beside the new one that it became; alone where it became none."""
    if not was or not now:
        return [*((old, None) for old in was), *((None, new) for new in now)]
    if len(was) * len(now) > EACH_WITH_EACH:
        size = min(len(was), len(now))
        rest: list[Pair] = [*((old, None) for old in was[size:]), *((None, new) for new in now[size:])]
        return [*zip(was[:size], now[:size], strict=True), *rest]
    return _by_likeness(was, now)


def _by_likeness(was: Sequence[str], now: Sequence[str]) -> list[Pair]:
    left, right = ([set(WORD.findall(text.casefold())) for text in texts] for texts in (was, now))
    enough = ALIKE if len(was) * len(now) > 1 else ALIKE_ALONE
    likeness = [[_share(one, other) for other in right] for one in left]
    best = [[0.0] * (len(now) + 1) for _ in range(len(was) + 1)]
    for x in range(len(was) - 1, -1, -1):
        for y in range(len(now) - 1, -1, -1):
            together = best[x + 1][y + 1] + likeness[x][y] if likeness[x][y] >= enough else 0.0
            best[x][y] = max(together, best[x + 1][y], best[x][y + 1])
    pairs: list[Pair] = []
    x = y = 0
    while x < len(was) and y < len(now):
        if likeness[x][y] >= enough and best[x][y] == best[x + 1][y + 1] + likeness[x][y]:
            pairs.append((was[x], now[y]))
            x, y = x + 1, y + 1
        elif best[x][y] == best[x + 1][y]:
            pairs.append((was[x], None))
            x += 1
        else:
            pairs.append((None, now[y]))
            y += 1
    return [*pairs, *((old, None) for old in was[x:]), *((None, new) for new in now[y:])]


def _share(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(len(one | other), 1)
