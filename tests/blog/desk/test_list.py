"""test_list: the list of posts says where each stands, finds what is looked for, and asks few questions for many rows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog import publishing
from tests.blog.desk.filling import SignIn, change, fresh
from tests.factories import UserFactory, a_post, an_author, many_posts

LIST = "/admin/blog/post/"


def titles(client: Client, query: str = "") -> list[str]:
    return sorted(post.title for post in client.get(LIST + query).context["cl"].result_list)


def test_each_status_is_said_in_words(sign_in: SignIn) -> None:
    now = timezone.now()
    a_post(title="1", status="draft")
    a_post(title="2", status="review")
    a_post(title="3", published_at=now + timedelta(hours=3, minutes=1))
    a_post(title="4")
    a_post(title="5", withdraw_at=now + timedelta(days=2, minutes=1))
    a_post(title="6", published_at=now - timedelta(days=2), withdraw_at=now - timedelta(days=1))
    a_post(title="7", status="withdrawn")
    page = sign_in("editor").get(LIST).content.decode().replace("\xa0", " ")
    for words in (
        "Draft",
        "In review",
        "Scheduled in 3 hours",
        "Published",
        "Published, for 2 days more",
        "Withdrawn since",
    ):
        assert f">{words}" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["draft", "public", "scheduled"]),
        ("?status=draft", ["draft"]),
        ("?status=scheduled", ["scheduled"]),
        ("?status=published", ["public"]),
        ("?status=trash", ["trashed"]),
        ("?mine=1", ["draft"]),
        ("?language=ru", ["public"]),
        ("?language=%00", []),
        ("?author=999999999999999999999", []),
        ("?tag=nonsense", []),
        ("?q=ПРИВЕТ", ["public"]),
        ("?q=привет мир", ["public"]),
        ("?q=nowhere", []),
    ],
)
def test_filters_and_search_find(sign_in: SignIn, query: str, found: list[str]) -> None:
    user = UserFactory(role="editor")
    a_post(title="draft", status="draft", user=user)
    a_post(title="public", language="ru", body="Привет, большой мир", authors=["Anna"], tags=["Sea"])
    a_post(title="scheduled", published_at=timezone.now() + timedelta(hours=1))
    publishing.trash(a_post(title="trashed").pk, None)
    assert titles(sign_in(user), query) == found


def test_the_filters_by_author_and_tag_find_their_posts(sign_in: SignIn) -> None:
    anna = an_author(name="Anna")
    post = a_post(title="hers", authors=[anna, (anna, "editor")], tags=["Sea"])
    a_post(title="other")
    client = sign_in("editor")
    assert titles(client, f"?author={anna.pk}") == ["hers"]
    assert titles(client, f"?tag={post.taggings.get().tag_id}") == ["hers"]


def test_writers_see_their_own_and_what_they_stand_on(sign_in: SignIn) -> None:
    user = UserFactory(role="author", author=True)
    a_post(title="begun", user=user, status="draft")
    a_post(title="stood on", authors=[user.author])
    a_post(title="another's")
    assert titles(sign_in(user)) == ["begun", "stood on"]


def test_several_are_published_at_once_and_what_can_not_be_is_said(sign_in: SignIn) -> None:
    good, empty = a_post(status="draft"), a_post(title="Empty", status="draft", body="")
    client = sign_in("editor")
    answer = client.post(LIST, {"action": "publish", ACTION_CHECKBOX_NAME: [str(good.pk), str(empty.pk)]})
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert said == ["1 post was published.", "A post needs a title and a text before it can be published."]
    assert fresh(good).is_public


def test_a_hundred_rows_cost_no_more_than_ten(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    many_posts(100, authors=[an_author(), an_author()], tags=["One", "Two"])
    client = sign_in("editor")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = client.get(LIST + "?all=").content.decode()
    assert page.count('class="action-select"') == 100
    assert len(asked) <= 15, "\n".join(query["sql"] for query in asked)


@pytest.mark.parametrize("role", ["contributor", "editor"])
def test_the_form_opens_with_few_questions(sign_in: SignIn, role: str, media_root: Any) -> None:
    user = UserFactory(role=role, author=True)
    post = a_post(status="draft", user=user, authors=[user.author, an_author()], tags=["One", "Two"])
    client = sign_in(user)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(change(post)).status_code == 200
    assert len(asked) <= 15, "\n".join(query["sql"] for query in asked)


def test_nobody_s_texts_are_read_for_the_list(sign_in: SignIn) -> None:
    a_post()
    client = sign_in("editor")
    with CaptureQueriesContext(connection) as asked:
        client.get(LIST)
    assert not [query["sql"] for query in asked if '"blog_post"."body"' in query["sql"].split("FROM")[0]]
