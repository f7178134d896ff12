"""test_forgiving: what nothing answers is asked as it was likely meant, of what is public alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from blog import publishing
from blog.search import search
from tests.factories import a_post

pytestmark = pytest.mark.django_db


def found(question: str) -> tuple[list[str], str]:
    answer = search(question)
    return [hit.post.title for hit in answer.results], answer.instead


@pytest.fixture(autouse=True)
def _posts() -> None:
    a_post(title="Привет из города", body="Облако над морем.")
    a_post(title="Privet hedges", body="A hedge of ligustrum and observability, for search.")


@pytest.mark.parametrize(
    ("question", "title", "instead"),
    [
        ("ghbdtn", "Привет из города", "привет"),
        ("j,kfrj", "Привет из города", "облако"),
        ("ыуфкср", "Privet hedges", "search"),
        ("goroda", "Привет из города", "города"),
        ("хеджес", "Privet hedges", "hedges"),
        ("лигуструм", "Privet hedges", "ligustrum"),
        ("hegde", "Privet hedges", "hedge"),
        ("obesrvabilty", "Privet hedges", "observability"),
        ("обалко", "Привет из города", "облако"),
        ("ligus", "Privet hedges", "ligus"),
        ("hegde -облако", "Privet hedges", "hedge -облако"),
    ],
)
def test_what_was_meant_is_found(question: str, title: str, instead: str) -> None:
    assert found(question) == ([title], instead)


def test_a_word_that_posts_hold_is_what_it_is() -> None:
    assert found("privet") == (["Privet hedges"], "")
    assert found("привет") == (["Привет из города"], "")


def test_whoever_insists_gets_the_very_word() -> None:
    assert search("hegde", exactly=True).results == ()


def test_only_the_unknown_word_gives_way() -> None:
    assert found("privet hegde") == (["Privet hedges"], "privet hedge")


def test_the_word_that_is_only_begun_is_marked() -> None:
    assert "<mark>ligustrum</mark>" in search("ligus").results[0].snippet


def test_no_word_of_an_unpublished_post_is_told() -> None:
    a_post(title="Draft", body="About xylophones.", status="draft")
    a_post(title="Later", body="About zeppelins.", published_at=timezone.now() + timedelta(days=1))
    gone = a_post(title="Gone", body="About marimbas.")
    publishing.trash(gone.pk, None)
    for question in ("xylophonse", "zepelins", "marimabs", "xyloph", "чндщзрщтуы", "ксилопхонес"):
        assert found(question) == ([], ""), question


def test_a_word_is_told_from_the_moment_on() -> None:
    post = a_post(title="Soon", body="About zeppelins.", status="draft")
    publishing.publish(post.pk, None)
    assert found("zepelins") == (["Soon"], "zeppelins")
