"""test_bounded_work: whatever is asked, search takes few queries and looks at a bounded number of spellings."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from blog.search import search
from blog.search.forgiving import other_readings
from blog.search.question import TERMS, ask
from blog.search.vocabulary import MENDED, NEAR, likely_meant
from tests.factories import a_post, many_posts

pytestmark = pytest.mark.django_db
AtMost = Callable[[int], AbstractContextManager[object]]

PLAIN, MOST = 7, 14  # queries
HOSTILE = (
    "x" * 10_000,
    " ".join(f"word{number}" for number in range(3_000)),
    " ".join(letter * 6 for letter in "abcdefghijklmnop"),
    "lighthuose obesrvatory telegarph maretime seagluls breackwater fogorn keeprs",
    "ghbdtn vfzr jrtfy lighthuose " * 50,
    "* OR NEAR( AND " * 700,
    "to_tsquery('a:*') & !b <-> c | " * 300,
    "%_%\\" * 2_500,
    "(a+)+$" * 1_500,
    "[[:alpha:]]{1,9999}" * 500,
    "\x00\x01\x1b[31m\x7f" * 2_000,
    "\u202e\u2066\u200f" * 3_000 + "lighthouse",
    '"' * 10_000,
    "-a " * 3_000,
)


@pytest.fixture
def _coast() -> None:
    a_post(
        title="Lighthouse keepers",
        body="Of the observatory, a telegraph, maritime seagulls, a breakwater and a foghorn.",
    )
    many_posts(30, tags=("coast",))


@pytest.mark.usefixtures("_coast")
def test_words_that_posts_hold_cost_few_queries(django_assert_max_num_queries: AtMost) -> None:
    for question in ("lighthouse", '"lighthouse keepers" -zebra', "many paragraph text"):
        with django_assert_max_num_queries(PLAIN):
            assert search(question).total


def test_no_question_costs_none(django_assert_max_num_queries: AtMost) -> None:
    for question in ("", "  ", "-word", "*%_ ()", "\x00\u202e"):
        with django_assert_max_num_queries(0):
            assert search(question).total == 0


@pytest.mark.usefixtures("_coast")
@pytest.mark.parametrize("question", HOSTILE, ids=lambda question: ascii(question[:12]))
def test_no_question_costs_many(question: str, django_assert_max_num_queries: AtMost) -> None:
    with django_assert_max_num_queries(MOST):
        search(question)


@pytest.mark.parametrize("question", HOSTILE, ids=lambda question: ascii(question[:12]))
def test_few_other_readings_are_tried(question: str) -> None:
    terms = ask(question).terms
    assert len(terms) <= TERMS
    assert all(len(other_readings(term)) <= 6 for term in terms)


@pytest.mark.usefixtures("_coast")
def test_few_words_are_mended_and_few_spellings_proposed() -> None:
    found = likely_meant(["lighthuose", "obesrvatory", "telegarph", "maretime", "seagluls", "fogorn"] * 20)
    assert len(found) == MENDED
    assert all(len(spellings) <= NEAR for spellings in found.values())
    assert found["lighthuose"] == ["lighthouse"]
