"""slugs: an address from a name, transliterated, and a free one among those taken."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Sequence

from slugify import slugify

SLUG_LENGTH = 200
# Signs that carry the meaning of a name and would otherwise vanish: C, C++ and C# are three languages.
SIGNS = (("c++", "c-plus-plus"), ("c#", "c-sharp"), ("f#", "f-sharp"), (".net", "dot-net"), ("&", " and "), ("+", " plus "), ("#", " sharp "))


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


def free(base: str, taken: Collection[str]) -> str:
    """`base`, or `base-2`, `base-3`… : the first that is not taken."""
    if base not in taken:
        return base
    number = 2
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"


def allocate(bases: Sequence[str], taken: Callable[[Iterable[str]], Collection[str]]) -> list[str]:
    """One free slug for each base, in order. `taken(stems)` gives every used slug that is one of the stems or `stem-…`."""
    used = set(taken(sorted(set(bases))))
    found: list[str] = []
    for base in bases:
        slug = free(base, used)
        used.add(slug)
        found.append(slug)
    return found


def numbered(stems: Iterable[str]) -> str:
    """A regular expression that matches every stem and its numbered siblings."""
    return "^(" + "|".join(re.escape(stem) for stem in stems) + r")(-[0-9]+)?$"
