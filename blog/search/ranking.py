"""ranking: what makes one answer better than another; the only place that says so, for both engines."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from blog.search.question import Question
from blog.search.stems import stem, stems

# How much a word weighs where the engines find it: they order the many.
WEIGHTS = {"title": 10.0, "tags": 5.0, "names": 3.0, "text": 1.0}
# Then the best of the many are put in order by what they hold of the question.
WHOLE_TITLE, TITLE, TAGS, NAMES, TEXT = 2.0, 2.0, 1.0, 0.75, 1.0
RECENT_DAYS = (
    730  # after so long a post weighs three quarters and less of what it weighed new, never less than half
)


@dataclass(frozen=True, slots=True)
class Candidate:
    post: int
    relevance: float  # 0 to 1: the engine's score beside the best one's
    title: str
    tags: str
    names: str
    published_at: datetime | None


def best_first(candidates: Iterable[Candidate], question: Question, now: datetime) -> list[int]:
    wanted = frozenset(stem(word) for word in question.words)
    scored = [(score(one, wanted, now), one.post) for one in candidates]
    return [post for _, post in sorted(scored, reverse=True)]


def score(one: Candidate, wanted: Collection[str], now: datetime) -> float:
    """Title before tags before names before text; among equals the newer, and a new post before a slightly better old one."""
    held = (
        TITLE * share(wanted, one.title)
        + TAGS * share(wanted, one.tags)
        + NAMES * share(wanted, one.names)
        + TEXT * one.relevance
        + WHOLE_TITLE * (bool(wanted) and set(stems(one.title)) == set(wanted))
    )
    return held * recency(one.published_at, now)


def share(wanted: Collection[str], text: str) -> float:
    """How many of the words stand in a text, from none to all."""
    return len(set(wanted).intersection(stems(text[:1000]))) / len(wanted) if wanted else 0.0


def recency(at: datetime | None, now: datetime) -> float:
    days = max(0.0, (now - at).total_seconds() / 86_400) if at else math.inf
    return 0.5 + 0.5 * math.exp(-days / RECENT_DAYS)
