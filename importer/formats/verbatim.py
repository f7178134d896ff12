"""verbatim: the parts of an HTML body in which no line break and no bracket means anything but itself stay as they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

START = re.compile(
    r"<(?P<name>pre|code|script|style|textarea|svg|math|template|noscript|kbd|tt)(?=[\s>/])[^<>]*>|<!--",
    re.IGNORECASE,
)


class Ends:
    """Where the ends stand that are asked for, from left to right; each stretch of the text is searched once."""

    def __init__(self, text: str) -> None:
        self.text = text.lower()
        self.known: dict[str, int] = {}

    def after(self, mark: str, start: int) -> int:
        """The next place of a mark, which is in lower case; -1 where there is none."""
        place = self.known.get(mark, 0)
        if 0 <= place < start or mark not in self.known:
            place = self.known[mark] = self.text.find(mark, start)
        return place


def spans(markup: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and element of each verbatim part, in order; a comment's element is "". What never ends is none."""
    ends, at = Ends(markup), 0
    if len(ends.text) != len(markup):  # a few letters have another length in lower case
        ends.text = markup
    while found := START.search(markup, at):
        name = (found["name"] or "").lower()
        end = ends.after(f"</{name}" if name else "-->", found.end())
        at = found.end()
        if end >= 0:
            at = markup.find(">", end) + 1 or len(markup)
            yield found.start(), at, name


def outside_verbatim(markup: str, change: Callable[[str], str]) -> str:
    """The markup with `change` made to every stretch of it that is not verbatim."""
    pieces, at = [], 0
    for start, stop, _ in spans(markup):
        pieces += [change(markup[at:start]), markup[start:stop]]
        at = stop
    return "".join([*pieces, change(markup[at:])])
