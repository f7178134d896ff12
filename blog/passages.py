"""passages: two changes of one text, passage by passage: what agrees, and where the two clash; pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from blog.merging import Edit, blocks, edits, sentences

WORD = re.compile(r"\S+\s*|\s+")
LINE_END = re.compile(r"[^\S\n]+$", re.MULTILINE)
WORDS_APART = 2  # changed words with no more than this between them are one change of one sentence
MOST_COMPARISONS = 2_000_000  # of equal pieces; a text of one line a thousand times over is compared whole


@dataclass(frozen=True, slots=True)
class Agreed:
    """Both say this, or one alone changed it."""

    text: str


@dataclass(frozen=True, slots=True)
class Clash:
    """Both changed this, and differently."""

    base: str
    theirs: str
    mine: str

    def both(self, *, whole: bool) -> str:
        """Theirs, then mine, parted as what they are: paragraphs, where the passage is a whole one, or sentences of one."""
        if not self.theirs.strip() or not self.mine.strip():
            return self.mine or self.theirs
        parted = self.theirs[-1].isspace() or self.mine[0].isspace()
        return self.theirs + ("" if parted else "\n\n" if whole else " ") + self.mine


Passage = Agreed | Clash


def passages(base: str, theirs: str, mine: str) -> list[Passage]:
    """The text in order: paragraphs and lines first; where both changed one, its sentences; then its words."""
    return _joined(_resolved(base, theirs, mine, (blocks, sentences, words)))


def together(base: str, theirs: str, mine: str) -> str | None:
    """Both changes in one text; None where they clash."""
    found = passages(base, theirs, mine)
    return None if any(isinstance(passage, Clash) for passage in found) else chosen(found)


def chosen(found: Sequence[Passage]) -> str:
    """The text with mine where the two clash."""
    return "".join(passage.text if isinstance(passage, Agreed) else passage.mine for passage in found)


def is_whole(found: Sequence[Passage], place: int) -> bool:
    """Whether the clash at this place is a line or paragraph, or several, and no piece of one."""
    before, after = found[place - 1] if place else None, found[place + 1] if place + 1 < len(found) else None
    begins = not isinstance(before, Agreed) or before.text.endswith("\n")
    ends = not isinstance(after, Agreed) or after.text.startswith("\n")
    inside = found[place]
    return begins and (ends or (isinstance(inside, Clash) and inside.mine.endswith("\n")))


def words(text: str) -> list[str]:
    return WORD.findall(text)


# -- one stretch of the text ---------------------------------------------------------------------

Cut = Callable[[str], list[str]]


def _resolved(base: str, theirs: str, mine: str, ladder: Sequence[Cut]) -> Iterator[Passage]:
    settled = _settled(base, theirs, mine)
    if settled is not None:
        yield Agreed(settled)
        return
    if not ladder:
        yield Clash(base, theirs, mine)
        return
    cut, finer = ladder[0], ladder[1:]
    pieces = cut(base), cut(theirs), cut(mine)
    if _costly(pieces[0], pieces[1]) or _costly(pieces[0], pieces[2]):
        yield Clash(base, theirs, mine)
    elif finer:
        for stretch in _stretches(*pieces, apart=0):
            yield from _resolved(*stretch, finer)
    else:  # half a sentence of each would be nobody's: all of it agrees, or it clashes as a whole
        found = [
            passage
            for stretch in _stretches(*pieces, apart=WORDS_APART)
            for passage in _resolved(*stretch, ())
        ]
        clear = all(isinstance(passage, Agreed) for passage in found)
        yield from found if clear else [Clash(base, theirs, mine)]


def _settled(base: str, theirs: str, mine: str) -> str | None:
    """What stands where at most one of them changed more than white space at the ends of lines."""
    if theirs in (base, mine):
        return mine
    if mine == base:
        return theirs
    was, stands, wanted = quiet(base), quiet(theirs), quiet(mine)
    if stands in (was, wanted):
        return mine
    return theirs if wanted == was else None


def quiet(text: str) -> str:
    return LINE_END.sub("", text).rstrip()


def _costly(base: Sequence[str], other: Sequence[str]) -> bool:
    here, there = Counter(base), Counter(other)
    return sum(number * there[piece] for piece, number in here.items()) > MOST_COMPARISONS


def _joined(found: Iterator[Passage]) -> list[Passage]:
    joined: list[Passage] = []
    for passage in found:
        if isinstance(passage, Agreed) and joined and isinstance(joined[-1], Agreed):
            joined[-1] = Agreed(joined[-1].text + passage.text)
        elif passage != Agreed(""):
            joined.append(passage)
    return joined


# -- where two changes meet ------------------------------------------------------------------------


def _stretches(
    base: Sequence[str], theirs: Sequence[str], mine: Sequence[str], *, apart: int
) -> Iterator[tuple[str, str, str]]:
    """(base, theirs, mine) from the first piece to the last; a stretch that both changed holds all that meets there."""
    at = 0
    for others, ours in _groups(_changes(base, theirs), _changes(base, mine), apart):
        start = min(edit.start for edit in (*others, *ours))
        stop = max(edit.stop for edit in (*others, *ours))
        before = "".join(base[at:start])
        yield before, before, before
        yield "".join(base[start:stop]), _said(base, start, stop, others), _said(base, start, stop, ours)
        at = stop
    rest = "".join(base[at:])
    yield rest, rest, rest


def _changes(base: Sequence[str], other: Sequence[str]) -> list[Edit]:
    """`edits`, looking only between what both begin and end with."""
    shorter = min(len(base), len(other))
    head = next((n for n in range(shorter) if base[n] != other[n]), shorter)
    left = shorter - head
    tail = next((n for n in range(left) if base[-1 - n] != other[-1 - n]), left)
    found = edits(base[head : len(base) - tail], other[head : len(other) - tail])
    return [Edit(edit.start + head, edit.stop + head, edit.blocks) for edit in found]


def _groups(theirs: list[Edit], mine: list[Edit], apart: int) -> Iterator[tuple[list[Edit], list[Edit]]]:
    """Edits of the base in order, those together that meet."""
    sides = [(edit, 0) for edit in theirs] + [(edit, 1) for edit in mine]
    group: tuple[list[Edit], list[Edit]] = ([], [])
    for edit, side in sorted(sides, key=lambda pair: (pair[0].start, pair[0].stop)):
        if (group[0] or group[1]) and not any(_meet(other, edit, apart) for other in group[1 - side]):
            stop = max(other.stop for other in (*group[0], *group[1]))
            if edit.start >= stop:
                yield group
                group = ([], [])
        group[side].append(edit)
    if group[0] or group[1]:
        yield group


def _meet(one: Edit, other: Edit, apart: int) -> bool:
    """Whether two edits are one place. Side by side they are two, unless it is open which comes first."""
    if apart:
        return one.start <= other.stop + apart and other.start <= one.stop + apart
    if one.start < other.stop and other.start < one.stop:
        return True
    if one.stop != other.start and other.stop != one.start:
        return False
    added = [edit for edit in (one, other) if edit.start == edit.stop]
    mended = [edit for edit in (one, other) if edit.start < edit.stop]
    return len(added) == 2 or (len(added) == 1 and _grew(mended[0]))


def _grew(edit: Edit) -> bool:
    return len(edit.blocks) > edit.stop - edit.start


def _said(base: Sequence[str], start: int, stop: int, found: Sequence[Edit]) -> str:
    said: list[str] = []
    at = start
    for edit in found:
        said += [*base[at : edit.start], *edit.blocks]
        at = edit.stop
    return "".join([*said, *base[at:stop]])
