"""merging: two changes of one text, brought together where they touch different places; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

# A block ends with a line, or with the end tag of what stands in lines of its own.
BLOCK_END = re.compile(
    r"\n+|(?<=</p>)|(?<=</li>)|(?<=</h[1-6]>)|(?<=</pre>)|(?<=</tr>)|(?<=</div>)|(?<=</blockquote>)"
)
MOST_BLOCKS = 4000  # comparing costs their square
SENTENCE_END = re.compile(r"(?<=[.!?…])(?=\s)")


@dataclass(frozen=True, slots=True)
class Edit:
    """Blocks `start` to `stop` of the base replaced by others."""

    start: int
    stop: int
    blocks: tuple[str, ...]


def merge_texts(base: str, mine: str, theirs: str) -> str | None:
    """Both changes in one text; None where they meet. The blocks are paragraphs and lines, then sentences."""
    # What an editor or a feed puts after the last line is nobody's change; ours stays as it is.
    end = mine[len(mine.rstrip("\r\n")) :]
    base, mine, theirs = (text.rstrip("\r\n") for text in (base, mine, theirs))
    if mine == theirs or theirs == base:
        return mine + end
    if mine == base:
        return theirs + end
    for pieces in (blocks, sentences):
        merged = merge_blocks(pieces(base), pieces(mine), pieces(theirs))
        if merged is not None:
            return "".join(merged) + end
    return None


def merge_names(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
    """What either side added to a list of names is there, what either side took away is not; ours come first."""
    gone = {name for name in base if name not in mine or name not in theirs}
    return tuple(dict.fromkeys(name for name in (*mine, *theirs) if name not in gone))


def blocks(text: str) -> list[str]:
    """The text in pieces that give it back when joined."""
    ends = [match.end() for match in BLOCK_END.finditer(text)]
    return cut_at(text, ends)


def sentences(text: str) -> list[str]:
    return [
        part
        for block in blocks(text)
        for part in cut_at(block, [one.end() for one in SENTENCE_END.finditer(block)])
    ]


def cut_at(text: str, places: Sequence[int]) -> list[str]:
    marks = sorted({0, len(text), *places})
    return [text[start:stop] for start, stop in pairwise(marks)]


def merge_blocks(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> list[str] | None:
    if max(len(base), len(mine), len(theirs)) > MOST_BLOCKS:
        return None
    ours, others = edits(base, mine), edits(base, theirs)
    if any(meet(one, other) for one in ours for other in others if one != other):
        return None
    merged: list[str] = []
    at = 0
    for edit in sorted({*ours, *others}, key=lambda edit: (edit.start, edit.stop)):
        merged += [*base[at : edit.start], *edit.blocks]
        at = edit.stop
    return [*merged, *base[at:]]


def edits(base: Sequence[str], other: Sequence[str]) -> list[Edit]:
    steps = SequenceMatcher(None, base, other, autojunk=False).get_opcodes()
    return [
        Edit(start, stop, tuple(other[first:last]))
        for what, start, stop, first, last in steps
        if what != "equal"
    ]


def meet(one: Edit, other: Edit) -> bool:
    """Whether two edits touch: side by side is too near to know which comes first."""
    return one.start <= other.stop and other.start <= one.stop
