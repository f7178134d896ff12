"""transliteration: a word in the letters of the other alphabet, in the few ways in which people write it."""

from __future__ import annotations

import re
from collections.abc import Sequence

# What people write for a Russian letter, the usual one first; a word is written in one habit throughout.
_TO_LATIN: tuple[dict[str, str], ...] = tuple(
    dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя", habit.split(), strict=True))
    for habit in (
        "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya",
        "a b v g d e e j z i i k l m n o p r s t u f h c ch sh sch - y - e u ya",
        "a b v g d e yo zh z i j k l m n o p r s t u f h c ch sh shh - y - e ju ja",
        "a b w g d e e zh s i y c l m n o p r s t u f x ts ch sh shch - y - e yu ya",
    )
)
# Longer spellings first; then letter by letter. Two habits for the letters that people write differently.
_COMMON = "shch щ sch щ shh щ yo ё jo ё zh ж kh х ts ц ch ч sh ш yu ю ju ю ya я ja я ye е ph ф ck к ee и oo у"
_LETTERS = "a а b б v в g г d д e е z з i и k к l л m м n н o о p п r р s с t т u у f ф w в q к"
_TO_CYRILLIC: tuple[dict[str, str], ...] = tuple(
    dict(zip(*[iter(f"{_COMMON} {_LETTERS} {habit}".split())] * 2, strict=True))
    for habit in ("y й j й h х c ц x кс", "y ы j ж h х c к x х", "y и j дж h г c с x кс")
)
_A_LATIN_PIECE = re.compile("|".join(sorted(_TO_CYRILLIC[0], key=len, reverse=True)))
_CYRILLIC_WORD = re.compile(r"[а-яё]+")
_LATIN_WORD = re.compile(r"[a-z]+")


def transliterations(word: str) -> Sequence[str]:
    """How a folded word is written in the other alphabet, the likeliest first; none where it is of neither, or of both."""
    if _LATIN_WORD.fullmatch(word):
        written = [
            _as_russian_ends(_A_LATIN_PIECE.sub(lambda piece: habit[piece.group()], word))  # noqa: B023  # called at once
            for habit in _TO_CYRILLIC
        ]
    elif _CYRILLIC_WORD.fullmatch(word):
        written = ["".join(habit[letter] for letter in word).replace("-", "") for habit in _TO_LATIN]
    else:
        return ()
    return tuple(dict.fromkeys(one for one in written if one))


def _as_russian_ends(word: str) -> str:
    """Search reads ё as е; and "ий", "ый" are what endings in "iy", "yy" stand for."""
    return re.sub("ыы$", "ый", word.replace("ё", "е"))
