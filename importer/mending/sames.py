"""sames: which tags may be one word in two spellings, or a short form of another; proposed here, merged by editors alone; pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple

Why = Literal["spelling", "alphabet", "short"]
# Letters of the two alphabets that look alike, folded to small ones.
LOOKS = str.maketrans("авекмнорстухіјѕ", "abekmhopctyxijs")
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
BETWEEN = re.compile(r"(?<=\w)[\s_\-‐–—'’]+(?=\w)|(?<=[^\W\d_])\.(?=[^\W\d_])")
# What ends like a plural and is none.
NO_PLURALS = re.compile(
    r"(?:ics|ss|us|is|news|series|species|aws|ios|css|js|macos|sass|kudos|chaos|dns|gps|tls)"
)
RUSSIAN_END = re.compile(r"(?<=[\u0400-\u04ff]{3})[аыияьйео]")
SIGNS = re.compile(r"[^\w\s'’.-]")
WORDS = re.compile(r"[^\W\d_][^\W_]*")
SHORTEST, LONGEST = 2, 6  # letters of a short form
SHORT_FORMS = {
    "golang": "go",
    "js": "javascript",
    "k8s": "kubernetes",
    "postgres": "postgresql",
    "py": "python",
    "ts": "typescript",
}


class Name(NamedTuple):
    """One tag."""

    pk: int
    key: str  # tag_key
    posts: int


class Same(NamedTuple):
    """Two tags that may be one; the one used less would go."""

    gone: int
    kept: int
    why: Why

    @property
    def subject(self) -> tuple[int, int]:
        return min(self.gone, self.kept), max(self.gone, self.kept)


def sames(tags: Iterable[Name], sound: Callable[[str], str]) -> Iterator[Same]:
    """The pairs, each once. `sound` writes a name in Latin letters."""
    names = sorted(tags, key=lambda one: (-one.posts, one.pk))
    found: set[tuple[int, int]] = set()
    pairs = [
        Same(other.pk, first.pk, "spelling") for first, *others in grouped(names, spelled) for other in others
    ]
    pairs += [
        Same(other.pk, first.pk, "alphabet")
        for first, *others in grouped(names, lambda key: heard(key, sound))
        for other in others
        if bool(CYRILLIC.search(first.key)) != bool(CYRILLIC.search(other.key))
    ]
    for pair in [*pairs, *shortened(names)]:
        if pair.subject not in found:
            found.add(pair.subject)
            yield pair


def grouped(names: Iterable[Name], way: Callable[[str], str]) -> Iterator[list[Name]]:
    """Those that are one by this way, the most used first."""
    groups: defaultdict[str, list[Name]] = defaultdict(list)
    for name in names:
        if form := way(name.key):
            groups[form].append(name)
    return (group for group in groups.values() if len(group) > 1)


def spelled(key: str) -> str:
    """What two spellings of one word share: no hyphens, one number, letters by their looks."""
    looks = key.translate(LOOKS)
    return singular(apart(key if CYRILLIC.search(looks) else looks))


def heard(key: str, sound: Callable[[str], str]) -> str:
    """In Latin letters; "" where signs carry the meaning."""
    return "" if SIGNS.search(key) else sound(singular(apart(key)))


def apart(key: str) -> str:
    """Without what may stand between words; between digits it stays, "3.5" is not "35"."""
    text = key.replace("ё", "е")
    return BETWEEN.sub(lambda found: found[0] if between_digits(found) else "", text)


def between_digits(found: re.Match[str]) -> bool:
    return found.string[found.start() - 1].isdigit() and found.string[found.end()].isdigit()


def singular(word: str) -> str:
    if CYRILLIC.search(word[-1:]):
        return word[:-1] if RUSSIAN_END.fullmatch(word, len(word) - 1) else word
    if len(word) < 4 or not word.endswith("s") or NO_PLURALS.fullmatch(word) or ends_like_none(word):
        return word
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(("ses", "xes", "zes", "ches", "shes")) else word[:-1]


def ends_like_none(word: str) -> bool:
    return word.endswith(("ics", "ss", "us", "is", "news", "series", "species"))


def shortened(names: list[Name]) -> Iterator[Same]:
    """ "ml" beside "machine learning"; here too the one used less would go."""
    by_initials: defaultdict[str, list[Name]] = defaultdict(list)
    by_key = {name.key: name for name in names}
    for name in names:
        words = WORDS.findall(name.key)
        if SHORTEST <= len(words) <= LONGEST:
            by_initials["".join(word[0] for word in words)].append(name)
    for name in names:
        long = by_key.get(SHORT_FORMS.get(name.key, ""))
        meant = [long] if long else by_initials.get(name.key, [])
        for other in meant[:1]:
            kept, gone = sorted((name, other), key=lambda one: (-one.posts, one.pk))
            yield Same(gone.pk, kept.pk, "short")
