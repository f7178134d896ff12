"""slugs: an address from a name, transliterated, and a free one where it is taken."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Sequence

from slugify import slugify

SLUG_LENGTH = 200
# Signs that carry the meaning of a name and would otherwise vanish: C, C++ and C# are three languages.
SIGNS = (
    ("c++", "c-plus-plus"),
    ("c#", "c-sharp"),
    ("f#", "f-sharp"),
    (".net", "dot-net"),
    ("&", " and "),
    ("+", " plus "),
    ("#", " sharp "),
)


def slug_of(name: str, *, signs: bool = False) -> str:
    """A slug of ASCII letters, digits and hyphens, at most SLUG_LENGTH long and never empty.

    `signs` spells out `+`, `#` and `&` (tags); titles drop them.
    """
    text = name
    if signs:
        text = text.lower()
        for sign, word in SIGNS:
            text = text.replace(sign, word)
    slug = slugify(text, max_length=SLUG_LENGTH - 10, word_boundary=True)
    # An emoji or punctuation alone leaves nothing; the digest keeps the address stable from run to run.
    return slug or "x" + hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:10]


def numbered(stem: str, first: int, last: int) -> list[str]:
    """`stem` itself as number 1, then `stem-2`, `stem-3`…"""
    return [stem if number == 1 else f"{stem}-{number}" for number in range(first, last + 1)]


def allocate(stems: Sequence[str], taken: Callable[[Collection[str]], Collection[str]]) -> list[str]:
    """One free slug for each stem, in order: the stem, or `stem-2`, `stem-3`… Repeated stems get different slugs.

    `taken(slugs)` says which of these exact slugs are in use; it is asked once unless a stem is very common.
    """
    window = 4
    used = set(taken([slug for stem in dict.fromkeys(stems) for slug in numbered(stem, 1, window)]))
    asked = dict.fromkeys(stems, window)
    found: list[str] = []
    for stem in stems:
        number = 1
        while (slug := numbered(stem, number, number)[0]) in used:
            number += 1
            if number > asked[stem]:
                used |= set(taken(numbered(stem, number, number * 4)))
                asked[stem] = number * 4
        used.add(slug)
        found.append(slug)
    return found
