"""engines: which engine answers on which database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from django.db import connection

from blog.models import SearchDocument
from blog.querysets import PostQuerySet
from blog.search import postgres, sqlite
from blog.search.question import Question, Term


class Engine(Protocol):
    def write(self, documents: Sequence[SearchDocument]) -> None: ...
    def forget(self, post_ids: Sequence[int]) -> None: ...
    def match(
        self, question: Question, among: PostQuerySet, *, every: bool, limit: int
    ) -> list[tuple[int, float]]:
        """(post id, score) of the best among these posts, best first; a higher score is better."""
        ...

    def holders(self, terms: Sequence[Term], among: PostQuerySet, *, most: int) -> list[int]:
        """How many of these posts hold each term, counted no further than `most`."""
        ...

    def known(self, words: Iterable[str]) -> set[str]:
        """Those of these words that some post had once."""
        ...

    def learn(self, words: Sequence[str]) -> None: ...
    def alike(self, words: Sequence[str]) -> list[str]:
        """Known words that share many trigrams with one of these: a bounded number for each."""
        ...


ENGINES: dict[str, Engine] = {"postgresql": postgres, "sqlite": sqlite}


def engine() -> Engine:
    return ENGINES[connection.vendor]
