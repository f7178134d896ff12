"""doubts: a new name that may be somebody known in another spelling is put before an editor, never decided here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from accounts.authors import name_key
from accounts.models import Author
from accounts.slugs import slug_of
from importer.models import AuthorMapping, Run, Source

MOST = 5000  # authors that a new one is compared with, the newest first
WORD = re.compile(r"[^\W_]+")
# The same sound in the usual transliterations; the order matters.
SOUNDS = (
    ("shch", "sh"),
    ("sch", "sh"),
    ("tch", "ch"),
    ("kh", "h"),
    ("tz", "ts"),
    ("x", "ks"),
    ("w", "v"),
    ("y", "i"),
    ("j", "i"),
    ("ie", "e"),
)
TWICE = re.compile(r"(.)\1+")


class Word(NamedTuple):
    sound: str
    initial: bool


def propose(made: Iterable[Author], source: Source, run: Run) -> None:
    """A row that waits in the source's table for each of these new authors who may be somebody else."""
    new = list(made)
    if not new:
        return
    own = {author.pk for author in new}
    known = Author.objects.order_by("-pk").values_list("pk", "name")[: MOST + len(new)]
    # By the sound of each word: only who shares one is compared, or a long list of new names would take minutes.
    others: dict[str, list[tuple[int, str]]] = {}
    for pk, name in known:
        if pk not in own:
            note(others, pk, name)
    # Of two new names, the later may be the earlier in another spelling.
    rows = []
    for author in sorted(new, key=lambda one: one.pk):
        if other := alike(author.name, sharing(author.name, others)):
            rows.append(
                AuthorMapping(
                    source=source,
                    key=name_key(author.name),
                    name=author.name,
                    action=AuthorMapping.Action.MAP,
                    author_id=other,
                    proposed=True,
                    run=run,
                )
            )
        note(others, author.pk, author.name)
    AuthorMapping.objects.bulk_create(rows, ignore_conflicts=True)


def note(others: dict[str, list[tuple[int, str]]], pk: int, name: str) -> None:
    for word in words_of(name):
        if not word.initial:
            others.setdefault(word.sound, []).append((pk, name))


def sharing(name: str, others: Mapping[str, Sequence[tuple[int, str]]]) -> set[tuple[int, str]]:
    """Who has a word of this name."""
    return {one for word in words_of(name) for one in others.get(word.sound, ())}


def alike(name: str, others: Iterable[tuple[int, str]]) -> int | None:
    """Whom of these a name may mean: the same words before initials, the oldest before the newer."""
    found = sorted((rank, pk) for pk, other in others if (rank := likeness(name, other)))
    return found[0][1] if found else None


def likeness(one: str, other: str) -> int:
    """1: the same words in another alphabet or order; 2: one has initials of the other; 0: different people."""
    first, second = words_of(one), words_of(other)
    if not first or not second:
        return 0
    if sorted(first) == sorted(second):
        return 1
    (name, given), (name2, given2) = parted(first), parted(second)
    return 2 if name == name2 and given and given2 and all(map(goes_with, given, given2)) else 0


def goes_with(one: Word, other: Word) -> bool:
    """Whether two given names are equal or one is the other's initial."""
    if one.initial or other.initial:
        short, long = sorted((one.sound, other.sound), key=len)
        return long.startswith(short)
    return one.sound == other.sound


def parted(words: tuple[Word, ...]) -> tuple[str, tuple[Word, ...]]:
    """The surname and what stands with it: "Petrov I." has it first, everybody else last."""
    if words[-1].initial:
        return words[0].sound, words[1:]
    return words[-1].sound, words[:-1]


@lru_cache(maxsize=2 * MOST)
def words_of(name: str) -> tuple[Word, ...]:
    return tuple(Word(sound(word), len(word) == 1) for word in WORD.findall(name.partition(",")[0]))


def sound(word: str) -> str:
    """A word in Latin letters, spellings of one sound made one."""
    text = slug_of(word).replace("-", "")
    for written, meant in SOUNDS:
        text = text.replace(written, meant)
    return TWICE.sub(r"\1", text)
