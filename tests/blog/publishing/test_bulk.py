"""bulk: many posts cost a constant number of queries, and come out as if each had been saved alone."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.authors import make_author
from blog.models import Post
from blog.search import search
from tests.factories import many_posts

pytestmark = pytest.mark.django_db


def queries(number: int, tag: str) -> int:
    author = make_author(f"Ann {number}")
    with CaptureQueriesContext(
        connection,
    ) as captured:
        many_posts(number, authors=[author], tags=[tag])
    return len(captured)


def test_a_hundred_cost_what_ten_cost() -> None:
    few, many = queries(10, "few"), queries(100, "many")
    assert many <= few + 4  # SQLite writes one post's stems a statement at a time, in one executemany
    assert many < 40


def test_they_are_whole() -> None:
    many_posts(3, authors=[make_author("Ann")], tags=["Nature"])
    assert [p.slug for p in Post.objects.newest_first()] == [
        "post-1-of-many",
        "post-2-of-many",
        "post-3-of-many",
    ]
    post = Post.objects.for_listing().get(slug="post-2-of-many")
    assert [b.author.name for b in post.bylines.all()] == ["Ann"]
    assert [t.tag.name for t in post.taggings.all()] == ["Nature"]
    assert post.revisions.count() == 1
    assert {hit.post.slug for hit in search("many nature").results} == {
        "post-1-of-many",
        "post-2-of-many",
        "post-3-of-many",
    }
