"""engines: which engine answers on which database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from django.db import connection

from blog.models import SearchDocument
from blog.search import postgres, sqlite
from blog.search.question import Question


class Engine(Protocol):
    def write(self, documents: Sequence[SearchDocument]) -> None: ...
    def forget(self, post_ids: Sequence[int]) -> None: ...
    def match(self, question: Question, *, every: bool, limit: int) -> list[tuple[int, float]]: ...


ENGINES: dict[str, Engine] = {"postgresql": postgres, "sqlite": sqlite}


def engine() -> Engine:
    return ENGINES[connection.vendor]
