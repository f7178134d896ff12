"""question: what a reader typed, as terms; every one is quoted before it reaches an engine, so none is syntax."""

from __future__ import annotations

import re
from dataclasses import dataclass

from blog.search.stems import WORD, fold

LENGTH = 200  # characters of a question that are read
TERMS = 12

_PARTS = re.compile(r'"([^"]*)"|(\S+)')


@dataclass(frozen=True, slots=True)
class Question:
    """`terms` must all occur; a term of several words is a phrase."""

    text: str
    terms: tuple[tuple[str, ...], ...]

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(word for term in self.terms for word in term))


def ask(text: str) -> Question:
    """Read a question: words, and phrases in double quotes. Signs and operators mean nothing."""
    text = " ".join(text.replace("\x00", " ").split())[:LENGTH]
    terms: dict[tuple[str, ...], None] = {}
    for phrase, loose in _PARTS.findall(
        text.replace("“", '"').replace("”", '"').replace("«", '"').replace("»", '"')
    ):
        words = tuple(WORD.findall(fold(phrase or loose)))
        if words:
            terms[words] = None
    return Question(text, tuple(terms)[:TERMS])
