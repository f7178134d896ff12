"""sentences: where one sentence ends and the next begins, in English and Russian, never inside a span."""

from __future__ import annotations

import re
from dataclasses import dataclass

from importer.reflow.spans import soft
from importer.reflow.words import CLOSERS, EMOJI, ENDS, OPENERS, is_emoji, starts_afresh, word_set

_TOKEN = re.compile(r"\S+")
_LOOK = 64  # the end and the beginning of a token say everything; the middle may be a megabyte long

_EMOJI_ROW = 12  # so many in a row are looked through

# After these a dot ends no sentence, whatever follows.
_ABBREVIATIONS = word_set("""mr mrs ms dr prof st mt vs fig figs no nos approx ca cf ed eds vol pp e.g i.e eg ie al gen col rev sen
    т.е т.к т.н т.о напр см ср рис табл стр гл им ул пр просп пер пл д кв корп обл р-н тов гр проф акад инж св
    тыс млн млрд руб коп""")
# After these a dot ends the sentence only if a capital follows and a number or another of them stands before: "в 2024 г. Потом".
_UNITS = word_set("г гг в вв ч мин сек с м км кг см мм")


@dataclass(frozen=True, slots=True)
class Token:
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    start: int
    end: int
    text: str

    @property
    def asks(self) -> bool:
        return self.text.rstrip(CLOSERS).endswith("?")

    @property
    def begins_with_emoji(self) -> bool:
        return is_emoji(self.text)

    @property
    def ends_with_emoji(self) -> bool:
        last = self.text.rstrip(ENDS + CLOSERS)[-8:].strip()
        return bool(last) and bool(EMOJI.fullmatch(last.split()[-1]) or EMOJI.fullmatch(last[-1]))


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    stop = len(text) if end is None else end
    return [Token(m.start(), m.end(), m.group()) for m in _TOKEN.finditer(text, start, stop)]


def sentences(text: str) -> list[Sentence]:
    """The text's sentences in order; an emoji goes with the sentence it closes or the one it opens."""
    words = tokens(text)
    if not words:
        return []
    guard = soft(text)
    starts = [words[0].start]
    for i in range(1, len(words)):
        if not guard[words[i].start - 1] and _parts(words, i, first=words[i - 1].start == starts[-1]):
            starts.append(words[i].start)
    ends = [*starts[1:], len(text)]
    return [
        Sentence(a, a + len(t), t) for a, b in zip(starts, ends, strict=True) if (t := text[a:b].rstrip())
    ]


def ends_sentence(token: str) -> bool:
    """Whether the token closes a sentence as far as its own characters tell."""
    return token[-_LOOK:].rstrip(CLOSERS)[-1:] in tuple(ENDS)


def _parts(words: list[Token], i: int, *, first: bool) -> bool:
    """Whether a sentence ends before word i; `first`: the word before is the first of its sentence."""
    before, after = words[i - 1].text, words[i].text
    if is_emoji(before):
        return _emoji_closes(words, i)
    if not ends_sentence(before):
        return False
    if is_emoji(after):
        # With text after it, the emoji opens a paragraph of its own, unless a closing quote or emphasis owns it.
        return i + 1 < len(words) and not _emoji_closes(words, i + 1)
    if not starts_afresh(after[:_LOOK]):
        return False
    return not _dot_is_no_end(words, i, first=first)


def _emoji_closes(words: list[Token], i: int) -> bool:
    """Whether the emoji before word i belongs to what stands before it, so that word i begins a sentence."""
    at = i - 1
    while at >= max(0, i - _EMOJI_ROW) and is_emoji(words[at].text):
        at -= 1
    if at < max(0, i - _EMOJI_ROW) or is_emoji(words[i].text if i < len(words) else ""):
        return False
    owner = words[at].text
    if words[i - 1].text[-1] in ENDS:
        return True
    return ends_sentence(owner) and owner[-1] in '*_"”»' and starts_afresh(words[i].text[:_LOOK])


def _dot_is_no_end(words: list[Token], i: int, *, first: bool) -> bool:
    token = words[i - 1].text[-_LOOK:].rstrip(CLOSERS)
    if not token.endswith(".") or token.endswith(".."):
        return False
    word = token[:-1].lstrip(OPENERS).removesuffix("\\")
    if first and word.isdigit():
        return True  # "1. Foo": a number of a list, not a sentence
    if len(word) == 1 and word.isupper() and word not in ("I", "Я"):
        return words[i].text[:1].isupper()  # an initial
    low = word.lower()
    if low in _UNITS:
        before = words[i - 2].text if i > 1 else ""
        return not (before[-1:].isdigit() or before.endswith("."))
    return low in _ABBREVIATIONS
