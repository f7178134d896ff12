"""spans: where a text must not be broken: inside code, tags, brackets, quotes, emphasis and links."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict

# A pair further apart than this was hardly meant as one; an unclosed quote must not freeze a whole text.
_REACH = 2000
_TICKS = re.compile(r"`+")
_TAG = re.compile(r"<[A-Za-z/][^<>]{0,2000}>")
_MARKS = re.compile(r"[*_~]+|[\"“”„«»()\[\]{}]")
_PAIRS = {")": "(", "]": "[", "}": "{", "»": "«", "”": "“"}
_OPENS_AFTER = "([{—–-*_~“«\"'/"

Span = tuple[int, int]


def code_spans(text: str) -> list[Span]:
    """Code spans as CommonMark sees them: a run of ticks up to the next run of the same length."""
    runs = [_unescaped(text, m.start(), m.end()) for m in _TICKS.finditer(text)]
    runs = [run for run in runs if run[1] > run[0]]
    closers: dict[int, list[int]] = defaultdict(list)
    for m in _TICKS.finditer(text):  # inside code a backslash is a backslash, so closers are whole runs
        closers[m.end() - m.start()].append(m.start())
    found: list[Span] = []
    past = 0
    for start, end in runs:
        if start < past:
            continue
        size = end - start
        candidates = closers[size]
        at = bisect_right(candidates, end)
        if at < len(candidates):
            past = candidates[at] + size
            found.append((start, past))
    return found


def _unescaped(text: str, start: int, end: int) -> Span:
    before = text[max(0, start - 64) : start]
    slashes = len(before) - len(before.rstrip("\\"))
    return (start + 1, end) if slashes % 2 else (start, end)


def tag_spans(text: str) -> list[Span]:
    """HTML tags, autolinks and comments."""
    found = [(m.start(), m.end()) for m in _TAG.finditer(text)]
    at = text.find("<!--")
    while at >= 0:
        end = text.find("-->", at)
        if end < 0:
            break
        found.append((at, end + 3))
        at = text.find("<!--", end)
    return found


def hard(text: str) -> bytearray:
    """1 where a character stands inside code or a tag: nothing there is a mark of structure."""
    return _cover(len(text), [*code_spans(text), *tag_spans(text)])


def soft(text: str) -> bytearray:
    """1 where a break would tear something apart: code and tags, and whatever else comes in pairs."""
    guard = hard(text)
    for start, end in _paired(text, guard):
        _fill(guard, start, end)
    return guard


def emphasised(text: str) -> list[Span]:
    """Emphasis, quotes, brackets and code as whole units, outermost first, for short texts."""
    guard = hard(text)
    spans = sorted([*code_spans(text), *_paired(text, guard)], key=lambda span: (span[0], -span[1]))
    outer: list[Span] = []
    for span in spans:
        if not outer or span[0] >= outer[-1][1]:
            outer.append(span)
    return outer


def _cover(size: int, spans: list[Span]) -> bytearray:
    guard = bytearray(size)
    for start, end in spans:
        _fill(guard, start, end)
    return guard


def _fill(guard: bytearray, start: int, end: int) -> None:
    guard[start:end] = b"\x01" * (end - start)


def _paired(text: str, guard: bytearray) -> list[Span]:
    opened: dict[str, list[int]] = defaultdict(list)
    found: list[Span] = []
    for m in _MARKS.finditer(text):
        if guard[m.start()]:
            continue
        mark = m.group()
        if mark in _PAIRS:
            _close(opened[_PAIRS[mark]], m.end(), found)
        elif mark in "([{«“„":
            opened["“" if mark == "„" else mark].append(m.start())
        else:
            _toggle(text, m, opened[mark], found)
    return found


def _close(starts: list[int], end: int, found: list[Span]) -> None:
    if starts and end - (start := starts.pop()) <= _REACH:
        found.append((start, end))


def _toggle(text: str, m: re.Match[str], starts: list[int], found: list[Span]) -> None:
    """Marks that look alike at both ends: straight quotes and emphasis."""
    before = text[m.start() - 1] if m.start() else " "
    after = text[m.end()] if m.end() < len(text) else " "
    if m.group().startswith("_") and before.isalnum() and after.isalnum():
        return
    if starts and not before.isspace() and m.end() - starts[-1] <= _REACH:
        found.append((starts.pop(), m.end()))
    elif not after.isspace() and (before.isspace() or before in _OPENS_AFTER):
        starts[:] = [m.start()]
