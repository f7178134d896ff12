"""stems: words as search compares them: case folded, ё as е, Russian and English endings taken off."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

WORD = re.compile(r"[^\W_]+")
_CYRILLIC = re.compile(r"[а-я]")
_english = snowballstemmer.stemmer("english")
_russian = snowballstemmer.stemmer("russian")


def fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of one folded word; the alphabet decides the language, as Postgres' `russian` configuration does."""
    if len(word) > 60:
        return word[:60]
    stemmer = _russian if _CYRILLIC.search(word) else _english
    return str(stemmer.stemWord(word))


def stems(text: str) -> list[str]:
    return [stem(word) for word in WORD.findall(fold(text))]
