"""layouts: what was typed with the keyboard set to the other alphabet: `ghbdtn` is привет, `ыуфкср` is search."""

from __future__ import annotations

import re

_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./"
_CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбю."
_LATIN_SHIFTED = '~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>?'
_CYRILLIC_SHIFTED = "ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,"
_TO_CYRILLIC = str.maketrans(_LATIN + _LATIN_SHIFTED, _CYRILLIC + _CYRILLIC_SHIFTED)
_TO_LATIN = str.maketrans(_CYRILLIC + _CYRILLIC_SHIFTED, _LATIN + _LATIN_SHIFTED)
_A_CYRILLIC_LETTER = re.compile(r"[а-яё]", re.IGNORECASE)
_A_LATIN_LETTER = re.compile(r"[a-z]", re.IGNORECASE)


def other_layout(typed: str) -> str:
    """The same keys on the other of the two keyboards; "" where both alphabets were used, or neither."""
    cyrillic, latin = _A_CYRILLIC_LETTER.search(typed), _A_LATIN_LETTER.search(typed)
    if bool(cyrillic) == bool(latin):
        return ""
    return typed.translate(_TO_LATIN if cyrillic else _TO_CYRILLIC)
