"""tagging: one tag a key, whatever the case; addresses that tell C, C++ and C# apart; the most-used spelling shown."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blog import publishing, tagging, taxonomy
from blog.content import Content
from blog.errors import NotPossible
from blog.models import Redirect, Tag, TaggedPost
from blog.search import search
from tests.factories import many_posts

pytestmark = pytest.mark.django_db


def test_case_and_width_make_no_second_tag() -> None:
    tagging.resolve(["Python", "python", "ＰＹＴＨＯＮ", "Питон", "питон", " Питон "])
    assert sorted(Tag.objects.values_list("key", flat=True)) == ["python", "питон"]


def test_addresses_tell_languages_apart() -> None:
    tags = tagging.resolve(["C", "C++", "C#", ".NET", "F#", "R&D", "Привет мир", "日本"])
    assert sorted(tag.slug for tag in tags.values()) == [
        "c", "c-plus-plus", "c-sharp", "dot-net", "f-sharp", "privet-mir", "r-and-d", "ri-ben",
    ]  # fmt: skip


def test_addresses_that_fall_together_are_numbered() -> None:
    tags = tagging.resolve(["Лондон", "London"])
    assert sorted(tag.slug for tag in tags.values()) == ["london", "london-2"]


def test_the_most_used_spelling_is_shown_whatever_came_first() -> None:
    publishing.create(Content(title="1", tags=("llm",)), None)
    publishing.create(Content(title="2", tags=("LLM",)), None)
    assert Tag.objects.get().name == "llm"
    publishing.create(Content(title="3", tags=("LLM",)), None)
    assert Tag.objects.get().name == "LLM"


def test_of_the_spellings_that_readers_see() -> None:
    publishing.publish(publishing.create(Content(title="1", body="Text.", tags=("llm",)), None).pk, None)
    drafts = [publishing.create(Content(title="2", body="Text.", tags=("LLM",)), None) for _ in range(2)]
    assert Tag.objects.get().name == "llm"
    for draft in drafts:
        publishing.publish(draft.pk, None)
    assert Tag.objects.get().name == "LLM"
    publishing.withdraw(drafts[0].pk, None)
    assert Tag.objects.get().name == "llm"


def test_names_are_cleaned_and_none_is_doubled() -> None:
    assert tagging.distinct(["  a  b ", "#news", "A B", "", "   ", "x" * 300]) == ("a b", "news", "x" * 100)


def test_renaming_keeps_the_old_address_and_every_post() -> None:
    post = publishing.create(Content(title="1", body="Text.", tags=("colour",)), None)
    publishing.publish(post.pk, None)
    tag = Tag.objects.get()
    tag.name, tag.slug = "Color theory", "color-theory"
    taxonomy.save_tag(tag)
    assert Redirect.objects.get(path="/tags/colour/").address == "/tags/color-theory/"
    assert TaggedPost.objects.get().spelling == "Color theory"
    assert [hit.post for hit in search("theory").results] == [post]


def test_a_name_that_is_taken_is_refused() -> None:
    tagging.resolve(["One", "Two"])
    two = Tag.objects.get(key="two")
    two.name = "ONE"
    with pytest.raises(NotPossible, match="There is a tag “ONE” already. Merge the two instead."):
        taxonomy.save_tag(two)


def test_many_new_posts_in_another_spelling_show_theirs_and_more_of_the_same_count_nothing() -> None:
    many_posts(2, tags=["llm"])
    assert Tag.objects.get().name == "llm"
    with CaptureQueriesContext(connection) as captured:
        many_posts(2, tags=["llm"])
    assert not any("COUNT" in query["sql"] for query in captured)
    many_posts(5, tags=["LLM"])
    assert Tag.objects.get().name == "LLM"
