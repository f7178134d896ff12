"""summaries: what a source says of an entry in a few words, told from what only looks like it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from blog.markup import plain_text
from importer.entry import Entry
from importer.identity import sha256

LONGEST = 1000  # characters
CODE_LIKE = re.compile(
    r"import\b.{0,200}\bfrom\b\s*[\"'“”‘’].*|(?:import|export|const|let|var|require|package)\b[^.!?]{0,200}[;{}(].*"
    r"|#include\b.*|from\s+[\w.]+\s+import\b.*|<\?php.*|(?:\$|>>>)\s.*",
    re.DOTALL,
)
ADDRESS = re.compile(r"https?://\S+")
# What feeds put behind the words that they cut off.
TAIL = re.compile(
    r"(?:\s|\.|…|\[|\]|\(|\)|»|→|>|&hellip;"
    r"|continue reading|read more|read on|keep reading|more|читать далее|читать дальше|далее|подробнее)*$",
    re.IGNORECASE,
)
# WordPress says this behind every summary.
APPEARED = re.compile(r"\s*The post .{1,300} (?:first )?appeared (?:first )?on .{1,200}$", re.DOTALL)
NOT_WORD = re.compile(r"[\W_]+")


@dataclass(slots=True)
class Repeats:
    """Which summaries stand on several different entries of a document: those say nothing of any of them."""

    first: dict[str, str] = field(
        default_factory=dict
    )  # hash of a summary → digest of the entry it stood on first
    junk: set[str] = field(default_factory=set)

    def add(self, entry: Entry, digest: str) -> None:
        key = likeness(entry.summary)
        if key and self.first.setdefault(key, digest) != digest:
            self.junk.add(key)

    def holds(self, summary: str) -> bool:
        return likeness(summary) in self.junk


def likeness(summary: str) -> str:
    text = NOT_WORD.sub(" ", summary).strip().casefold()
    return sha256(text) if text else ""


def judged(entry: Entry, text: str, repeats: Repeats) -> str:
    """The entry's own summary as plain text; "" where it is none and the first real paragraph has to do.

    `text` is the body's visible text.
    """
    if not entry.summary.strip() or repeats.holds(entry.summary):
        return ""
    summary = APPEARED.sub("", plain_text(entry.summary)).strip()
    if CODE_LIKE.fullmatch(summary) or ADDRESS.fullmatch(summary):
        return ""
    if squeezed(summary) == squeezed(entry.title) or cut_off(summary, text):
        return ""
    return summary


def cut_off(summary: str, text: str) -> bool:
    """Whether the summary is the beginning of the text, whatever the feed wrote where it stopped."""
    words = squeezed(TAIL.sub("", summary))
    # The cut may go through a word, and the mark of the cut may be part of the last one.
    return not words or squeezed(text[: len(summary) * 2 + 200]).startswith(words)


def squeezed(text: str) -> str:
    return NOT_WORD.sub("", text).casefold()


def repeats_of(entries: Iterable[tuple[Entry, str]]) -> Repeats:
    """The repeated summaries among entries and their digests."""
    found = Repeats()
    for entry, digest in entries:
        found.add(entry, digest)
    return found
