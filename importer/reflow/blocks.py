"""blocks: cut a one-line text at its marks of structure: fences, tables, headings, rules, lists, quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from importer.reflow.headings import WINDOW, heading_end, may_follow_mark
from importer.reflow.lists import listings
from importer.reflow.quotes import quotes
from importer.reflow.sentences import Token, ends_sentence, tokens
from importer.reflow.spans import code_spans, hard
from importer.reflow.tables import tables
from importer.reflow.words import is_emoji, starts_afresh

_HASHES = re.compile(r"#{1,6}\Z")
_RULER = re.compile(r"(?:-{3,}|\*{3,}|_{3,})\Z")
_LONGEST_RULER = 80  # marks, where they stand apart
_FENCE = re.compile(r"(`{3,})([^`].*[^`]|[^`])\1\Z", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of the text. `text` is what it says; `items` are a list's items, a table's rows, a quote's lines."""

    kind: Literal["prose", "heading", "rule", "list", "quote", "table", "code"]
    text: str = ""
    level: int = 0
    items: tuple[str, ...] = field(default=())


def blocks(text: str) -> Iterator[Block]:
    """The text's blocks in order; nothing but marks and white space lies between them."""
    at = 0
    for start, end, block in sorted(_islands(text), key=lambda island: island[0]):
        if start >= at:
            yield from _sections(text[at:start])
            yield block
            at = end
    yield from _sections(text[at:])


def _islands(text: str) -> Iterator[tuple[int, int, Block]]:
    """Fences and tables: what must be taken out before any other mark is looked at."""
    for start, end in code_spans(text):
        free = (start == 0 or text[start - 1].isspace()) and (end == len(text) or text[end].isspace())
        if free and text.startswith("```", start) and (m := _FENCE.match(text[start:end])) and m[2].strip():
            yield start, end, Block("code", m[2].strip(), level=len(m[1]), items=_language(m[2]))
    for table in tables(text):
        yield table.start, table.end, Block("table", items=table.rows)


def _language(code: str) -> tuple[str, ...]:
    """The word glued to the opening ticks, with code after it, was the fence's language; it stays a line of its own."""
    name = re.match(r"[a-z][\w+#.-]{0,15}(?=\s+\S)", code)
    return (name[0],) if name else ()


def _sections(text: str) -> Iterator[Block]:
    """Headings and rules, and the prose between them."""
    words = tokens(text)
    guard = hard(text)
    at = i = 0
    while i < len(words):
        word = words[i]
        size = 0 if guard[word.start] else _ruler_size(words, i)
        if size:
            yield from _passages(text[at : word.start])
            yield Block("rule")
            at, i = words[i + size - 1].end, i + size
            continue
        if not guard[word.start] and _HASHES.match(word.text) and _may_head(words, i):
            start, end = _heading(text, words, guard, i)
            if end > start:
                yield from _passages(text[at : word.start])
                yield Block("heading", text[start:end].strip(), level=len(word.text))
                at = end
                while i < len(words) and words[i].start < end:
                    i += 1
                continue
        i += 1
    yield from _passages(text[at:])


def _ruler_size(words: list[Token], i: int) -> int:
    """How many tokens the ruler at i takes; 0 where there is none."""
    size = int(bool(_RULER.match(words[i].text)))
    if words[i].text in ("*", "-", "_") and (i == 0 or words[i - 1].text != words[i].text):
        size = 1
        while size < _LONGEST_RULER and i + size < len(words) and words[i + size].text == words[i].text:
            size += 1
        size = size if size >= 3 else 0
    after = words[i + size].text[:64] if i + size < len(words) else "A"
    opens = starts_afresh(after) or is_emoji(after) or after[0] in "#-–—>"
    return size if opens and _ended(words, i) else 0


def _ended(words: list[Token], i: int) -> bool:
    """Whether what stands before word i has come to an end."""
    if i == 0:
        return True
    before = words[i - 1].text
    return ends_sentence(before) or is_emoji(before) or before[-1] in ":*" or bool(_RULER.match(before))


def _may_head(words: list[Token], i: int) -> bool:
    if i + 1 == len(words) or not may_follow_mark(words[i + 1].text[:64]):
        return False
    return len(words[i].text) > 1 or _ended(words, i)


def _heading(text: str, words: list[Token], guard: bytearray, i: int) -> tuple[int, int]:
    """Where the heading after the mark at i stands; an empty range when nobody can tell."""
    start = words[i + 1].start
    limit, closed = min(len(text), start + WINDOW), start + WINDOW >= len(text)
    for j in range(i + 1, len(words)):
        if words[j].start >= limit:
            break
        if not guard[words[j].start] and (_HASHES.match(words[j].text) or _RULER.match(words[j].text)):
            limit, closed = words[j].start, True
            break
    end = heading_end(text[start:limit].rstrip(), closed=closed)
    return (start, start + end) if end else (start, start)


def _passages(text: str) -> Iterator[Block]:
    """Lists and what lies between them."""
    at = 0
    for found in listings(text):
        yield from _quotations(text[at : found.start])
        yield Block("list", items=found.items)
        at = found.end
    yield from _quotations(text[at:])


def _quotations(text: str) -> Iterator[Block]:
    """Quotes and the prose between them."""
    at = 0
    for found in quotes(text):
        yield from _prose(text[at : found.start])
        yield Block("quote", items=found.lines)
        at = found.end
    yield from _prose(text[at:])


def _prose(text: str) -> Iterator[Block]:
    if text.strip():
        yield Block("prose", text.strip())
