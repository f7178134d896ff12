"""create: a new draft, with its revision, its address and its search document."""

from __future__ import annotations

import pytest

from blog import publishing
from blog.content import Content
from blog.errors import NotAllowed
from blog.models import Post, Revision, SearchDocument
from tests.factories import a_user

pytestmark = pytest.mark.django_db


def test_a_contributor_begins_a_draft() -> None:
    user = a_user(role="contributor")
    post = publishing.create(Content(title="Hello, World", body="A *first* text."), user)
    assert (post.status, post.slug, post.revision, post.created_by) == ("draft", "hello-world", 1, user)
    assert "<em>first</em>" in post.html
    assert post.uid.startswith("tag:masthead.example,")
    revision = Revision.objects.get(post=post)
    assert (revision.number, revision.user, revision.reason) == (1, user, "begun")
    assert revision.state["body"] == "A *first* text."
    assert SearchDocument.objects.get(post=post).text == "A first text."


def test_a_reader_may_not() -> None:
    with pytest.raises(
        NotAllowed, match="You may not write new posts. Ask an editor for the role of a contributor."
    ):
        publishing.create(Content(title="x"), a_user())
    assert not Post.everything.exists()


@pytest.mark.parametrize(
    ("title", "slug"),
    [("Привет, мир", "privet-mir"), ("Über uns", "uber-uns"), ("C++ & C#", "c-c"), ("日本語", "ri-ben-yu")],
)
def test_the_address_is_transliterated(title: str, slug: str) -> None:
    assert publishing.create(Content(title=title), None).slug == slug


def test_an_emoji_alone_still_gets_an_address() -> None:
    slug = publishing.create(Content(title="😄"), None).slug
    assert slug.startswith("x")
    assert publishing.create(Content(title="😄"), None).slug == f"{slug}-2"


def test_equal_titles_get_numbered_addresses() -> None:
    slugs = [publishing.create(Content(title="DEVLOG"), None).slug for _ in range(7)]
    assert slugs == ["devlog", *(f"devlog-{n}" for n in range(2, 8))]


def test_a_page_may_have_the_address_of_a_post() -> None:
    assert publishing.create(Content(title="About"), None).slug == "about"
    assert publishing.create(Content(title="About"), None, kind="page").slug == "about"
