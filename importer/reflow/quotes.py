"""quotes: passages behind `>` inside a line, and where they end."""

from __future__ import annotations

import re
from dataclasses import dataclass

from importer.reflow.sentences import Token, ends_sentence, sentences, tokens
from importer.reflow.spans import hard
from importer.reflow.words import is_emoji, starts_afresh

_MARK = re.compile(r"(?<!\S)>(?!\S)")
_REACH = 600  # characters from one mark to the next, or to the end of the quote
_MOST_LINES = 40


@dataclass(frozen=True, slots=True)
class Quote:
    start: int
    end: int
    lines: tuple[str, ...]  # as the marks divided them


def quotes(text: str) -> list[Quote]:
    """The quotes in a one-line text: from a mark after an ended sentence to the end of the sentence behind the last mark."""
    if ">" not in text:
        return []
    words = tokens(text)
    guard = hard(text)
    marks = [i for i, word in enumerate(words) if word.text == ">" and not guard[word.start]]
    found: list[Quote] = []
    past = 0
    for n, i in enumerate(marks):
        start = words[i].start
        if start < past or not _begins(words, i):
            continue
        last = _last_mark(text, words, marks[n : n + _MOST_LINES])
        end = _end(text, words[last].end)
        if end is None:
            past = words[last].end
            continue
        lines = (" ".join(line.split()) for line in _MARK.split(text[words[i].end : end]))
        found.append(Quote(start, end, tuple(line for line in lines if line)))
        past = end
    return found


def _begins(words: list[Token], i: int) -> bool:
    """Whether the mark at i stands where a line may have begun: after an ended sentence, before a fresh one."""
    if i + 1 == len(words) or not starts_afresh(words[i + 1].text[:64]):
        return False
    before = words[i - 1].text if i else "."
    return ends_sentence(before) or is_emoji(before) or before.endswith(":")


def _last_mark(text: str, words: list[Token], marks: list[int]) -> int:
    """The last mark of the quote: the others begin a line too, or stand inside a sentence that was wrapped."""
    last = marks[0]
    for i in marks[1:]:
        between = text[words[last].end : words[i].start]
        if len(between) > _REACH or not (_begins(words, i) or len(sentences(between)) == 1):
            break
        last = i
    return last


def _end(text: str, start: int) -> int | None:
    """The end of the sentence that begins at `start`; None where none ends in reach."""
    reach = text[start : start + _REACH]
    found = sentences(reach)
    if not found or (len(found) == 1 and start + len(reach) < len(text)):
        return None
    return start + found[0].end
