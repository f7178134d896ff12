"""headings: where a heading ends when the line break after it was lost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from importer.reflow.sentences import tokens
from importer.reflow.spans import emphasised
from importer.reflow.words import (
    ARTICLES,
    CLOSERS,
    CONJUNCTIONS,
    ENDS,
    OPENERS,
    SENTENCE_OPENERS,
    SMALL,
    bare,
    is_emoji,
)

WINDOW = 400  # characters that are looked at; no heading is longer than a third of it
_HEADS = re.compile(r"[\"“«'‘(\[*_`]*[^\W_]")
_LONGEST = 140
_MOST_UNITS = 18

Kind = Literal["capital", "small", "lower", "neutral", "code"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A word, or a whole piece of emphasis or code, of a heading that runs into its first sentence."""

    start: int
    end: int
    text: str
    kind: Kind

    @property
    def opener(self) -> bool:
        return self.kind == "capital" and bare(self.text).lower() in SENTENCE_OPENERS

    @property
    def article(self) -> bool:
        return self.kind == "capital" and bare(self.text).lower() in ARTICLES

    @property
    def stops(self) -> bool:
        end = self.text.rstrip(CLOSERS)
        if end[-1:] not in tuple(ENDS):
            return False
        return not (
            end[-1] == "." and (end[:-1].isdigit() or len(end) <= 3 or end.lower() in ("vs.", "prof."))
        )

    @property
    def pauses(self) -> bool:
        return self.text.rstrip(CLOSERS)[-1:] in tuple(ENDS + ",:;—–-")


def heading_end(window: str, *, closed: bool) -> int | None:
    """How many characters of `window`, the text after a `#`, are the heading; None when nobody can tell.

    `closed`: the window ends where the heading's text must have ended at the latest (another mark, the end of the text).
    """
    units = _units(window)
    if not units:
        return None
    cut = _title_case_end(units) or _sentence_case_end(units)
    if cut is not None:
        return cut if cut <= _LONGEST else None
    return _whole_end(units, closed=closed)


def _units(window: str) -> list[Unit]:
    units: list[Unit] = []
    at = 0
    for start, end in [*emphasised(window), (len(window), len(window))]:
        # A span glued to letters ("it's *this*-like") stays one unit with them.
        units += [_unit(window, t.start, t.end) for t in tokens(window, at, start)]
        if start < end:
            if units and units[-1].end == start:
                start = units.pop().start
            while end < len(window) and not window[end].isspace():
                end += 1
            units.append(_unit(window, start, end))
        at = max(at, end)
    return units


def _unit(window: str, start: int, end: int) -> Unit:
    text = window[start:end]
    return Unit(start, end, text, _kind(text))


def _kind(text: str) -> Kind:
    if text.startswith("`"):
        return "code"
    inner = text.lstrip(OPENERS)
    first = inner[:1]
    if not first.isalpha():
        return "neutral"
    if not first.islower():
        return "capital"
    word = bare(text.split()[0])
    if any(c.isupper() for c in word):
        return "capital"  # iOS, eBay
    return "small" if word in SMALL else "lower"


def _title_case_end(units: list[Unit]) -> int | None:
    """The end of a heading in Title Case: the run of capitals less the words that begin the sentence."""
    run = 0
    while run < len(units) and units[run].kind != "lower":
        if units[run].stops and run:
            return units[run].end if run + 1 < len(units) else None
        run += 1
    if run == len(units):
        return None
    first = _sentence_start(units, run)
    if not units[first].opener:
        first = _later_opener(units, first) or first
    if first < 1 or units[first - 1].kind == "small" or units[first - 1].text.endswith(","):
        return None
    return units[first - 1].end


def _sentence_start(units: list[Unit], run: int) -> int:
    """The unit that begins the sentence whose first small word is `run`."""
    first = run - 1
    if (
        first >= 1
        and units[first].kind == "code"
        and units[first - 1].kind == "capital"
        and not units[first - 1].opener
    ):
        return first  # "The Fix | `reflow` gives"
    while first > 0 and units[first].kind != "capital":
        first -= 1
    while first > 1 and _leads_to(units[first - 1], units[first]) and not units[first - 2].pauses:
        first -= 1
    if units[first].opener:
        return first
    for back in range(
        first - 1, max(1, first - 4), -1
    ):  # "Meets Optimizer Reality | The New York Times said"
        if units[back].kind not in ("capital", "neutral"):
            break
        if units[back].article and not units[back - 1].pauses:
            return back
    return first


def _leads_to(before: Unit, word: Unit) -> bool:
    """ "The CIFAR-10", "When I": the word before belongs to the sentence too; "Going On | We" is a title's last word."""
    if word.opener:
        return before.kind == "capital" and bare(before.text).lower() in CONJUNCTIONS
    return before.opener


def _later_opener(units: list[Unit], first: int) -> int | None:
    """ "Setting Up the server | We began": an opener without a pause before it betrays that the heading went on."""
    for i in range(first + 1, min(first + 6, len(units))):
        if units[i - 1].pauses:
            return None
        if units[i].opener and units[i - 1].kind == "lower":
            return i
    return None


def _sentence_case_end(units: list[Unit]) -> int | None:
    """The end of a heading written like a sentence: before the next capital that begins one."""
    named = None
    for i in range(1, min(len(units), _MOST_UNITS)):
        before = units[i - 1]
        if before.stops:
            return None
        if units[i].kind != "capital" or before.pauses or before.kind == "small":
            continue
        if units[i].opener:
            return before.end
        if named is None and i > 1 and i + 1 < len(units) and units[i + 1].kind in ("lower", "small"):
            named = before.end
    return named


def _whole_end(units: list[Unit], *, closed: bool) -> int | None:
    """The first sentence, or all there is, where it is short enough to have been a heading."""
    for i, unit in enumerate(units):
        if unit.end > _LONGEST:
            return None
        if unit.stops:
            return unit.end if closed or i + 1 < len(units) else None
    return units[-1].end if closed else None


def may_follow_mark(token: str) -> bool:
    """Whether a heading may begin with this token: a letter that is no small one, a digit, an emoji."""
    if is_emoji(token):
        return True
    return bool(_HEADS.match(token)) and not token.lstrip(OPENERS + "`")[0].islower()
