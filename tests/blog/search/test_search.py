"""search: published posts that answer a question, stemmed, quoted, ranked, with snippets; on either database."""

from __future__ import annotations

import pytest

from blog import publishing
from blog.content import Content
from blog.search import search
from blog.search.question import ask
from tests.factories import a_post

pytestmark = pytest.mark.django_db


def titles(question: str) -> list[str]:
    return [hit.post.title for hit in search(question).results]


def test_english_and_russian_endings_are_forgiven() -> None:
    a_post(title="Running routers", body="The routers were routing packets.")
    a_post(title="Поездка", body="Мы ездили по старым городам, и ёлки стояли.")
    assert titles("router") == ["Running routers"]
    assert titles("route packet") == ["Running routers"]
    assert titles("город") == ["Поездка"]
    assert titles("ГОРОДА елка") == ["Поездка"]


def test_titles_weigh_more_than_texts() -> None:
    a_post(title="Bread", body="How to bake it at home with patience.")
    a_post(title="Cheese", body="Cheese is eaten with bread in this town.")
    assert titles("bread") == ["Bread", "Cheese"]


def test_authors_and_tags_are_found() -> None:
    a_post(title="One", authors=["Ada Lovelace"], tags=["Engines"])
    assert titles("lovelace") == titles("engine") == ["One"]


def test_signs_inside_words_part_them() -> None:
    a_post(
        title="A", body="We used node.js and `snake_cases`, see https://example.org/howto/page.html today."
    )
    for question in ("node", "node.js", "snake case", "howto", "example page"):
        assert titles(question) == ["A"], question


def test_a_phrase_is_a_phrase() -> None:
    a_post(title="A", body="The quick brown fox jumps.")
    a_post(title="B", body="A brown, slow and quick fox.")
    assert titles('"quick brown fox"') == ["A"]
    assert set(titles("quick brown fox")) == {"A", "B"}


def test_some_words_are_better_than_none() -> None:
    a_post(title="A", body="About lighthouses.")
    found = search("lighthouses zeppelins")
    assert [hit.post.title for hit in found.results] == ["A"]
    assert not found.every_word


@pytest.mark.parametrize("status", ["draft", "review", "withdrawn"])
def test_what_is_not_public_is_not_found(status: str) -> None:
    a_post(title="Secretword", status=status)
    assert titles("secretword") == []


def test_a_changed_text_is_found_by_its_new_words_alone() -> None:
    post = a_post(title="A", body="About zebras.")
    publishing.save(post.pk, Content(title="A", body="About giraffes."), None)
    assert titles("zebra") == []
    assert titles("giraffe") == ["A"]


def test_a_purged_post_leaves_nothing_behind() -> None:
    post = a_post(title="A", body="About zebras.")
    publishing.trash(post.pk, None)
    publishing.purge(post.pk, None)
    assert titles("zebra") == []


def test_snippets_are_escaped_and_marked() -> None:
    a_post(title="A", body="Before. " * 60 + "Here `<script>` & routers meet. " + "After. " * 60)
    snippet = search("router").results[0].snippet
    assert "&lt;script&gt; &amp; <mark>routers</mark> meet" in snippet
    assert snippet.startswith("… ")
    assert snippet.endswith(" …")


@pytest.mark.parametrize(
    "hostile",
    ["", "   ", '"', "AND OR NOT", "a* -b +c ^d:e", "title:x", "NEAR(a b)", "') --", "\x00", "(" * 5000, "a " * 5000, "%s %%", "{}", "🙂", "' | & ! <->"],
)  # fmt: skip
def test_no_question_breaks_it(hostile: str) -> None:
    a_post(title="A", body="b c d e x.")
    assert search(hostile).total >= 0


def test_a_question_is_bounded() -> None:
    question = ask("word " * 1000)
    assert len(question.text) <= 200
    assert len(ask(" ".join(f"w{n}" for n in range(100))).terms) == 12


def test_pages_of_results() -> None:
    for number in range(5):
        a_post(title=f"Lamp {number}")
    first, last = search("lamp", page=1, size=3), search("lamp", page=2, size=3)
    assert (len(first.results), first.has_next, first.total) == (3, True, 5)
    assert (len(last.results), last.has_next) == (2, False)
    assert {hit.post.pk for hit in first.results} & {hit.post.pk for hit in last.results} == set()
