"""test_ranking: title before tags before names before text, among equals the newer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from blog.search.question import ask
from blog.search.ranking import Candidate, best_first, recency

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def candidate(post: int, **given: Any) -> Candidate:
    empty: dict[str, Any] = {"relevance": 0.1, "title": "", "tags": "", "names": "", "published_at": NOW}
    return Candidate(post, **empty | given)


def order(*candidates: Candidate, question: str = "lamp oil") -> list[int]:
    return best_first(candidates, ask(question), NOW)


def test_where_the_words_stand_decides() -> None:
    text, names = candidate(1, relevance=0.5), candidate(2, names="Lamp Oil")
    tags, title = candidate(3, tags="lamps, oil"), candidate(4, title="Of Lamps and Oil")
    whole = candidate(5, title="Lamp Oil")
    assert order(text, names, tags, title, whole) == [5, 4, 3, 2, 1]


def test_a_title_with_more_of_the_words_stands_first() -> None:
    assert order(candidate(1, title="Lamps of glass"), candidate(2, title="Oil for lamps of glass")) == [2, 1]


def test_texts_stand_as_the_engine_has_them() -> None:
    assert order(candidate(1, relevance=0.3), candidate(2, relevance=0.9)) == [2, 1]


def test_of_two_alike_the_newer_stands_first() -> None:
    old = candidate(2, title="Lamp oil", published_at=NOW - timedelta(days=3000))
    assert order(old, candidate(1, title="Lamp oil")) == [1, 2]


def test_an_old_title_still_beats_a_new_text() -> None:
    old = candidate(1, title="Lamp oil", published_at=NOW - timedelta(days=9000))
    assert order(old, candidate(2, relevance=1.0)) == [1, 2]


@pytest.mark.parametrize(("days", "weight"), [(-5, 1.0), (0, 1.0), (10**6, 0.5)])
def test_age_takes_no_more_than_half(days: int, weight: float) -> None:
    assert recency(NOW - timedelta(days=min(days, 700_000)), NOW) == pytest.approx(weight)
    assert recency(None, NOW) == 0.5
