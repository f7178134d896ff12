"""parts: which titles are the parts of one series: "DEVLOG #3", "…, Part 2 of 5", «… Часть 3», "… (2/5)"; pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

MARKS = (
    "part|pt|chapter|episode|ep|lesson|day|week|volume|vol|issue"
    "|часть|ч|глава|эпизод|серия|выпуск|урок|день|неделя|том"
)
COUNTED = {
    word: number
    for number, words in enumerate(
        (
            "one|i|первая|первый",
            "two|ii|вторая|второй",
            "three|iii|третья|третий",
            "four|iv|четвертая|четвертый",
            "five|v|пятая|пятый",
            "six|vi|шестая|шестой",
            "seven|vii|седьмая|седьмой",
            "eight|viii|восьмая|восьмой",
            "nine|ix|девятая|девятый",
            "ten|x|десятая|десятый",
        ),
        1,
    )
    for word in words.split("|")
}
NUMBER = rf"(?P<number>[0-9]{{1,4}}|{'|'.join(sorted(COUNTED, key=len, reverse=True))})(?![\w.,]?\w)"
NUMBERED = re.compile(
    r"(?:(?<!\b\w)[#№]\s?|\b(?:issue|vol|no\.)\s?[#№]?\s?)(?P<number>[0-9]{1,4})(?!\w)", re.IGNORECASE
)
NAMED = re.compile(rf"\b(?:{MARKS})\b\.?\s?[#№]?\s?{NUMBER}(?:\s(?:of|из)\s[0-9]{{1,3}})?", re.IGNORECASE)
ORDINAL = re.compile(
    r"\b(?P<number>первая|вторая|третья|четв[её]ртая|пятая|шестая|седьмая|восьмая|девятая|десятая) (?:часть|глава|серия)\b",
    re.IGNORECASE,
)
OUT_OF = re.compile(r"[(\[]\s?(?P<number>[0-9]{1,3})\s?/\s?[0-9]{1,3}\s?[)\]]")
WAYS = (OUT_OF, NAMED, NUMBERED, ORDINAL)
EDGE = " \t,.:;|–—-·([{«“\"'"
LONGEST = 300  # characters of a title that are looked at


class Titled(NamedTuple):
    """One post, the oldest first."""

    pk: int
    title: str
    series: int | None


@dataclass(frozen=True, slots=True)
class Proposed:
    """Parts that belong together, in their order."""

    name: str
    subject: str  # the name folded
    parts: tuple[tuple[int, int], ...]  # (place, post)
    series: int | None = None  # that some of them stand in already


def part_of(title: str) -> tuple[str, int] | None:
    """The name before the number, and the number; None where a title is no part of anything."""
    for way in WAYS:
        found = way.search(title[:LONGEST])
        name = title[: found.start()].strip(EDGE) if found else ""
        if found and re.search(r"[^\W\d_]", name):
            return name, number_of(found["number"])
    return None


def number_of(text: str) -> int:
    word = text.casefold().replace("ё", "е")
    return int(word) if word.isdigit() else COUNTED[word]


def proposals(posts: Iterable[Titled]) -> Iterator[Proposed]:
    """Two parts at least that are not all in a series yet."""
    groups: defaultdict[str, list[tuple[int, Titled, str]]] = defaultdict(list)
    for post in posts:
        if part := part_of(post.title):
            name, number = part
            groups[folded(name)].append((number, post, name))
    for subject, found in groups.items():
        known = {post.series for _, post, _ in found if post.series}
        waiting = [one for one in found if one[1].series is None]
        numbers = {number for number, _, _ in found}
        if waiting and len(numbers) > 1 and len(known) < 2:
            yield Proposed(found[0][2], subject, placed(waiting, whole=found), next(iter(known), None))


def placed(
    waiting: list[tuple[int, Titled, str]], *, whole: list[tuple[int, Titled, str]]
) -> tuple[tuple[int, int], ...]:
    """By their numbers; where a number comes twice they are counted through."""
    ordered = sorted(whole, key=lambda one: one[0])
    twice = len({number for number, _, _ in whole}) < len(whole)
    wanted = {post.pk for _, post, _ in waiting}
    places = ((place if twice else number, post.pk) for place, (number, post, _) in enumerate(ordered, 1))
    return tuple((place, pk) for place, pk in places if pk in wanted)


def folded(name: str) -> str:
    return " ".join(re.findall(r"\w+", name.casefold().replace("ё", "е")))
