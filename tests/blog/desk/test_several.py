"""test_several: tags and authors are given to several posts at once, each by the one door."""

from __future__ import annotations

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME

from blog.models import Post
from tests.blog.desk.filling import SignIn, fresh
from tests.factories import TagFactory, UserFactory, a_post, an_author

pytestmark = pytest.mark.django_db


def done(client: object, action: str, posts: list[Post], given: str = "") -> list[str]:
    data = {"action": action, "given": given, "index": "0", ACTION_CHECKBOX_NAME: [post.pk for post in posts]}
    client.post("/admin/blog/post/", data)  # type: ignore[attr-defined]
    answer = client.get("/admin/blog/post/")  # type: ignore[attr-defined]  # which shows what was said, once
    return [str(one) for one in answer.context["messages"]]


def tags(post: Post) -> list[str]:
    return sorted(tagging.spelling for tagging in fresh(post).taggings.all())


def test_a_tag_is_added_and_taken_away(sign_in: SignIn) -> None:
    posts = [a_post(tags=["Sea"]), a_post()]
    client = sign_in("editor")
    assert done(client, "add_tag", posts, " sea ") == ["2 posts carry the tag."]
    assert [tags(post) for post in posts] == [["Sea"], ["sea"]]
    assert posts[0].revisions.count() == 1
    assert done(client, "take_tag", posts, "SEA") == ["2 posts carry the tag no more."]
    assert [tags(post) for post in posts] == [[], []]


def test_posts_are_given_to_an_author(sign_in: SignIn) -> None:
    old, new, translator = (
        an_author(name="Old Hand"),
        an_author(name="Анна Смит"),
        an_author(name="Tran Slator"),
    )
    post = a_post(authors=[old])
    post.bylines.create(author=translator, part="translator", position=1)
    assert done(sign_in("editor"), "give_to", [post], "анна смит") == ["1 post has its new author."]
    found = [(byline.author, byline.part) for byline in fresh(post).bylines.all()]
    assert found == [(new, "author"), (translator, "translator")]


@pytest.mark.parametrize(
    ("action", "given", "said"),
    [
        ("add_tag", " ", "Write the tag’s name beside the button, then press it again."),
        ("take_tag", "", "Write the tag’s name beside the button, then press it again."),
        (
            "give_to",
            "Nobody",
            "Write the name of an author that there is beside the button, then press it again. “Nobody” is none.",
        ),
    ],
)
def test_what_is_missing_is_said(sign_in: SignIn, action: str, given: str, said: str) -> None:
    assert done(sign_in("editor"), action, [a_post()], given) == [said]


def test_contributors_make_no_tags_by_the_way(sign_in: SignIn) -> None:
    user = UserFactory(role="contributor")
    post = a_post(status="draft", user=user)
    client = sign_in(user)
    assert done(client, "add_tag", [post], "New") == [
        "There is no tag “New” yet. Choose among the tags there are."
    ]
    TagFactory(name="Known")
    assert done(client, "add_tag", [post], "known") == ["1 post carries the tag."]
