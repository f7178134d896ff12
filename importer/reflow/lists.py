"""lists: runs of "- one - two" and "1. one 2. two" inside a line, and where their last item ends."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from importer.reflow.sentences import Token, ends_sentence, sentences, tokens
from importer.reflow.spans import hard
from importer.reflow.words import SENTENCE_OPENERS, bare, starts_afresh, starts_capital, word_set

_BULLETS = frozenset("-*+•")
_NUMBER = re.compile(r"(\d{1,3})([.)])\Z")
# "I" is a capital wherever it stands, so it opens nothing by itself.
_OPENERS = SENTENCE_OPENERS - word_set("i i'm i've i'd i'll")
_LABEL_WORDS = 6
_LONGEST_ITEM = 1500  # characters from one mark to the next
_SKIPS = 20  # marks between two items that belong to neither; bounds the work


@dataclass(frozen=True, slots=True)
class Listing:
    """A list: where it stands in the text and the text of its items, numbers included."""

    start: int
    end: int
    items: tuple[str, ...]


def listings(text: str) -> list[Listing]:
    """The lists that unmistakably stand in a one-line text, in order."""
    words = tokens(text)
    guard = hard(text)
    marks = [i for i, word in enumerate(words) if _is_mark(word) and not guard[word.start]]
    found: list[Listing] = []
    at = 0
    while at < len(marks):
        run = _run(words, marks, at)
        if _is_list(words, run):
            at = bisect_right(marks, run[-1])
            found.append(_listing(text, words, run, closed=_next_start(words, marks, at, run)))
        else:
            at += 1
    return found


def _is_mark(word: Token) -> bool:
    return word.text in _BULLETS or (len(word.text) < 5 and bool(_NUMBER.match(word.text)))


def _run(words: list[Token], marks: list[int], at: int) -> list[int]:
    """The marks that make one list with marks[at]: the same bullet, or numbers counting up from one."""
    first = words[marks[at]].text
    number = _NUMBER.match(first)
    introduced = _introduced(words, marks[at])
    if (number and number[1] != "1") or not (introduced or ends_sentence(words[marks[at] - 1].text)):
        return []
    if not _begins(words, marks[at], lower=introduced):
        return []
    lower = not _begins(words, marks[at], lower=False)
    run, skipped = [marks[at]], 0
    for m in range(at + 1, len(marks)):
        i = marks[m]
        if skipped > _SKIPS or words[i].start - words[run[-1]].start > _LONGEST_ITEM:
            break
        same = words[i].text == (f"{len(run) + 1}{number[2]}" if number else first)
        if not same or i == run[-1] + 1 or not _begins(words, i, lower=lower):
            skipped += 1
            continue
        if _label_start(words, run[-1], i) is not None:
            break
        run.append(i)
    return run


def _begins(words: list[Token], i: int, *, lower: bool) -> bool:
    if i + 1 == len(words):
        return False
    after = words[i + 1].text[:64]
    return starts_afresh(after) or (lower and after[0].isalpha())


def _introduced(words: list[Token], i: int) -> bool:
    return i == 0 or words[i - 1].text.rstrip("*_").endswith(":")


def _is_list(words: list[Token], run: list[int]) -> bool:
    """Two items after a colon or at the beginning, or two numbers; three bullets where nothing announces them."""
    if len(run) < 2:
        return False
    return len(run) > 2 or _introduced(words, run[0]) or bool(_NUMBER.match(words[run[0]].text))


def _label_start(words: list[Token], item: int, mark: int) -> int | None:
    """Where a label such as "Rules:" begins that ends right before `mark` and introduces another list."""
    if not words[mark - 1].text.endswith(":"):
        return None
    for i in range(mark - 1, max(item + 1, mark - 1 - _LABEL_WORDS), -1):
        if starts_capital(words[i].text):
            return i if not words[i - 1].text.endswith((",", ":")) else None
    return None


def _next_start(words: list[Token], marks: list[int], at: int, run: list[int]) -> int | None:
    """Where the label of the next list begins, if a list follows this one directly."""
    later = [i for i in marks[at : at + 1] if i > run[-1]]
    label = _label_start(words, run[-1], later[0]) if later else None
    return words[label].start if label is not None else None


def _listing(text: str, words: list[Token], run: list[int], *, closed: int | None) -> Listing:
    bounds = [*(words[i].start for i in run), closed if closed is not None else len(text)]
    pieces = [text[a:b].strip() for a, b in pairwise(bounds)]
    if closed is None:
        pieces[-1] = pieces[-1][: _last_item_end([_content(p) for p in pieces[:-1]], pieces[-1])].rstrip()
    return Listing(bounds[0], bounds[-2] + len(pieces[-1]), tuple(_content(piece) for piece in pieces))


def _content(piece: str) -> str:
    """The item without its bullet; a number stays, because it is a word of the text."""
    mark, *rest = piece.split(None, 1)
    return "".join(rest) if mark in _BULLETS else piece


def _last_item_end(others: list[str], last: str) -> int:
    """How much of the text after the last mark is the item: as many sentences as the others have."""
    counts = [len(sentences(item)) for item in others]
    parts = sentences(last)
    stopped = any(ends_sentence(item) for item in others)
    if not stopped and parts and (cut := _opener_after_small(parts[0].text)):
        return cut
    keep = max(1, *counts)
    return parts[keep - 1].end if len(parts) > keep else len(last)


def _opener_after_small(sentence: str) -> int | None:
    """ "plums | Then we went": items without full stops end before the word that begins a sentence."""
    words = tokens(sentence)
    for before, word in pairwise(words[1:]):
        opens = starts_capital(word.text) and bare(word.text).lower() in _OPENERS
        if opens and before.text[-1].isalnum() and (before is words[1] or not starts_capital(before.text)):
            return before.end
    return None
