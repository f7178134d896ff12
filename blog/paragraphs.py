"""paragraphs: a text cut into what comments stand on, and where a paragraph is found again after the text moved; pure."""

from __future__ import annotations

import hashlib
import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

AT_MOST = 3000  # paragraphs of one text that can be commented on
PASSAGE = 2000  # characters of a paragraph that are compared and kept
QUOTE = 160  # characters that are shown of it
RARE = 20  # paragraphs at most that hold a word which tells them apart
CANDIDATES = 20  # that one is compared with
LIKE_ENOUGH = 0.5  # share of the words that two states of one paragraph have in common

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_BLOCK = re.compile(
    r"</?(?:p|div|h[1-6]|li|ul|ol|dl|dt|dd|blockquote|pre|table|tr|td|th|figure|figcaption|section|article|hr|br)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_WORD = re.compile(r"\w+")
_IMAGE_OR_LINK = re.compile(r"!?\[([^\[\]\n]{0,500})\]\([^()\n]{0,2000}\)")
_LEADING = re.compile(r"^(?:[#>\-*+\s]|\d{1,3}[.)]\s)+")
_MARKS = re.compile(r"[*_`~]{1,3}")


@dataclass(frozen=True)
class Paragraph:
    """One paragraph as it is written; `number` counts from 0."""

    number: int
    text: str

    @cached_property
    def digest(self) -> str:
        return digest_of(self.text)

    @property
    def quote(self) -> str:
        return quoted(self.text)

    @cached_property
    def words(self) -> Counter[str]:
        return _words(self.text)


def digest_of(text: str) -> str:
    """The same for the same words, however spaced and in whatever case."""
    return hashlib.sha256(" ".join(_WORD.findall(text.casefold())).encode()).hexdigest()


def quoted(text: str) -> str:
    """Its beginning in plain words, for showing."""
    plain = _IMAGE_OR_LINK.sub(r"\1", text[:PASSAGE])
    plain = " ".join(_MARKS.sub("", _LEADING.sub("", plain)).split())
    return plain if len(plain) <= QUOTE else plain[:QUOTE].rsplit(" ", 1)[0] + "…"


def split(text: str, body_format: str = "markdown") -> tuple[Paragraph, ...]:
    """What stands between blank lines (code between fences is one), or between the block tags of HTML; none without a word."""
    pieces = _of_html(text) if body_format == "html" else _of_markdown(text)
    worded = (piece for piece in pieces if _WORD.search(piece))
    return tuple(Paragraph(number, piece) for number, piece in enumerate(islice(worded, AT_MOST)))


def _of_html(text: str) -> Iterator[str]:
    for piece in _BLOCK.split(text):
        yield html.unescape(_TAG.sub("", piece)).strip()


def _of_markdown(text: str) -> Iterator[str]:
    lines: list[str] = []
    fence = ""
    for line in text.splitlines():
        mark = _FENCE.match(line)
        if fence:
            fence = "" if mark and mark[1].startswith(fence) else fence
        elif mark:
            fence = mark[1]
        elif not line.strip():
            yield "\n".join(lines)
            lines = []
            continue
        lines.append(line)
    yield "\n".join(lines)


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text[:PASSAGE].casefold()))


class Places:
    """Where paragraphs of an earlier text are in this one. Made once for many look-ups: a look-up compares a few at most."""

    def __init__(self, found: Sequence[Paragraph]) -> None:
        self.found = found

    @cached_property
    def _by_digest(self) -> dict[str, list[Paragraph]]:
        same: dict[str, list[Paragraph]] = {}
        for paragraph in self.found:
            same.setdefault(paragraph.digest, []).append(paragraph)
        return same

    @cached_property
    def _by_word(self) -> dict[str, list[Paragraph]]:
        index: dict[str, list[Paragraph]] = {}
        for paragraph in self.found:
            for word in paragraph.words:
                index.setdefault(word, []).append(paragraph)
        return index

    def of(self, passage: str, number: int) -> Paragraph | None:
        """The paragraph that `passage`, once the `number`th, is now: the same words nearest by, else the likest; None
        where it is gone."""
        same = self._by_digest.get(digest_of(passage))
        if same:
            return min(same, key=lambda paragraph: abs(paragraph.number - number))
        words = _words(passage)
        ranked = [
            (_likeness(words, paragraph.words), -abs(paragraph.number - number), paragraph)
            for paragraph in self._candidates(words, number)
        ]
        best = max(ranked, key=lambda row: row[:2], default=None)
        return best[2] if best is not None and best[0] >= LIKE_ENOUGH else None

    def _candidates(self, words: Counter[str], number: int) -> list[Paragraph]:
        """Those that share the most of its rarer words, and its old neighbours."""
        shared: Counter[int] = Counter()
        for word in words:
            holders = self._by_word.get(word, [])
            if len(holders) <= RARE:
                shared.update(paragraph.number for paragraph in holders)
        near = range(max(0, number - CANDIDATES // 2), min(len(self.found), number + CANDIDATES // 2))
        chosen = dict.fromkeys([*(one for one, _ in shared.most_common(CANDIDATES)), *near])
        return [self.found[one] for one in chosen]


def _likeness(a: Counter[str], b: Counter[str]) -> float:
    """Dice's: twice the words in common over the words of both."""
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 0.0
