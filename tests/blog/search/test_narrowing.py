"""test_narrowing: a question asked of the posts of one author, tag, year or language alone."""

from __future__ import annotations

import pytest
from django.test import Client

from blog.search import search
from blog.search.narrowing import Narrowing
from tests.factories import a_post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _posts() -> None:
    a_post(
        title="Lamp one", authors=["Anna"], tags=["Light"], language="en", published_at="2024-03-01T12:00:00Z"
    )
    a_post(
        title="Lamp two", authors=["Boris"], tags=["Oil"], language="ru", published_at="2025-03-01T12:00:00Z"
    )
    a_post(title="Lamp three", authors=["Clara"], tags=["Secret"], language="de", status="draft")


@pytest.mark.parametrize(
    ("narrowing", "titles"),
    [
        (Narrowing(), ["Lamp one", "Lamp two"]),
        (Narrowing(author="anna"), ["Lamp one"]),
        (Narrowing(tag="oil"), ["Lamp two"]),
        (Narrowing(year=2024), ["Lamp one"]),
        (Narrowing(language="ru", codes=("ru",)), ["Lamp two"]),
        (Narrowing(author="anna", year=2025), []),
        (Narrowing(author="clara"), []),
        (Narrowing(language="xx"), []),
    ],
)
def test_only_these_posts_answer(narrowing: Narrowing, titles: list[str]) -> None:
    assert sorted(hit.post.title for hit in search("lamp", narrowing=narrowing).results) == titles


def test_what_there_is_to_choose_from_is_public() -> None:
    found = search("lamp").choices
    assert list(found.authors) == [("anna", "Anna"), ("boris", "Boris")]
    assert list(found.tags) == [("light", "Light"), ("oil", "Oil")]
    assert list(found.years) == [2025, 2024]
    assert list(found.languages) == ["en", "ru"]


def test_a_word_is_no_slip_for_want_of_posts_here() -> None:
    found = search("two", narrowing=Narrowing(author="anna"))
    assert (found.results, found.instead) == ((), "")


def test_the_page_offers_and_keeps_the_choice(client: Client) -> None:
    text = client.get("/search/?q=lamp&author=anna&year=2024").text
    assert '<option value="anna" selected>Anna</option>' in text
    assert '<option value="2024" selected>2024</option>' in text
    assert "Lamp one" in text
    assert "Lamp two" not in text
    assert '<a href="/search/?q=lamp">Search all posts</a>' in text


@pytest.mark.parametrize(
    "given",
    ["author=%00", "author=a/b", "year=0", "year=99999", "year=1e3", "language=../x", "tag=" + "a" * 201],
)
def test_what_can_be_no_choice_narrows_nothing(client: Client, given: str) -> None:
    text = client.get(f"/search/?q=lamp&{given}").text
    assert "2 posts for “lamp”" in text


def test_a_name_of_a_draft_is_not_told(client: Client) -> None:
    text = client.get("/search/?q=lamp&author=clara&tag=secret").text
    assert "Clara" not in text
    assert "Secret" not in text
    assert "Only a part of the posts was searched." in text
