"""question: what a reader typed, as terms; every one is quoted before it reaches an engine, so none is syntax."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from blog.search.stems import WORD, fold

LENGTH = 200  # characters of a question that are read
TERMS = 12

_PARTS = re.compile(r'([-−]?)(?:"([^"]*)"?|(\S+))')
_QUOTES = str.maketrans("“”„«»", '"""""')


@dataclass(frozen=True, slots=True)
class Term:
    """What must occur: a word, or several that stand together."""

    raw: str  # as it was typed, without quotes and minus
    words: tuple[str, ...]
    quoted: bool = False
    begins: bool = False  # its one word is the beginning of a word

    def __str__(self) -> str:
        return f'"{self.raw}"' if self.quoted else self.raw


@dataclass(frozen=True, slots=True)
class Question:
    """All `terms` must occur, none of `without`."""

    text: str
    terms: tuple[Term, ...]
    without: tuple[Term, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(word for term in self.terms for word in term.words))

    @property
    def beginning(self) -> str:
        """The word that is only begun, if there is one."""
        return next((term.words[-1] for term in self.terms if term.begins), "")

    def asking(self, terms: tuple[Term, ...]) -> Question:
        """The same question with other terms."""
        text = " ".join([*map(str, terms), *(f"-{term}" for term in self.without)])
        return replace(self, text=text, terms=terms)


def cleaned(text: str) -> str:
    """A question as it can be shown again: one line without the signs that steer a terminal or turn the page's direction."""
    steering = {"Cc": " ", "Cf": "", "Cs": "", "Co": "", "Cn": ""}
    shown = "".join(
        steering.get(unicodedata.category(sign), sign) for sign in text[: LENGTH * 5].replace("\n", " ")
    )
    return " ".join(shown.split())[:LENGTH].strip()


def ask(text: str) -> Question:
    """Read a question: words, phrases in double quotes, and what a minus leaves out. Other signs and operators mean nothing."""
    text = cleaned(text)
    terms: dict[tuple[str, ...], Term] = {}
    without: dict[tuple[str, ...], Term] = {}
    for minus, phrase, loose in _PARTS.findall(text.translate(_QUOTES)):
        words = tuple(WORD.findall(fold(phrase or loose)))
        if words:
            (without if minus else terms)[words] = Term(phrase or loose, words, bool(phrase))
    return Question(text, tuple(terms.values())[:TERMS], tuple(without.values())[:TERMS])
