"""test_saved_views: a list of posts is kept under a name, by each for themselves."""

from __future__ import annotations

import pytest
from django.contrib.messages import get_messages
from django.http import QueryDict

from blog.admin.savedviews import MOST, query_of
from blog.models import SavedView
from tests.blog.desk.filling import SignIn
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
LIST = "/admin/blog/post/"


def test_a_list_is_kept_shown_and_forgotten(sign_in: SignIn) -> None:
    client = sign_in("editor")
    page = client.get(LIST + "?status=draft&q=sea&p=2").content.decode()
    assert 'name="query" value="q=sea&amp;status=draft"' in page
    answer = client.post("/admin/views/post/", {"name": " Sea  drafts ", "query": "q=sea&status=draft"})
    assert answer.headers["Location"] == LIST + "?q=sea&status=draft"
    page = client.get(answer.headers["Location"]).content.decode()
    assert '<a href="?q=sea&amp;status=draft" aria-current="true">Sea drafts</a>' in page
    client.post(f"/admin/views/post/{SavedView.objects.get().pk}/forget/")
    assert not SavedView.objects.exists()


def test_the_same_name_is_the_newer_list(sign_in: SignIn) -> None:
    client = sign_in("editor")
    for status in ("draft", "review"):
        client.post("/admin/views/post/", {"name": "Mine", "query": f"status={status}"})
    assert [view.query for view in SavedView.objects.all()] == ["status=review"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("status=draft&password__startswith=p", "status=draft"),
        ("p=3&e=1&all=", ""),
        ("o=-1.2&status=", "o=-1.2"),
        ("=&&&", ""),
        ("&".join(f"q={n}" for n in range(100)), ""),
    ],
)
def test_only_what_a_list_may_be_asked_is_kept(given: str, kept: str) -> None:
    assert query_of(given, ["status"]) == kept
    assert query_of(QueryDict(given), ["status"]) == kept


def test_nobody_touches_another_s(sign_in: SignIn) -> None:
    other = SavedView.objects.create(user=UserFactory(role="editor"), kind="post", name="A", query="q=a")
    client = sign_in("editor")
    client.post(f"/admin/views/post/{other.pk}/forget/")
    assert SavedView.objects.filter(pk=other.pk).exists()
    assert ">A</a>" not in client.get(LIST).content.decode()


def test_contributors_keep_no_lists_of_pages(sign_in: SignIn) -> None:
    client = sign_in("contributor")
    assert client.post("/admin/views/page/", {"name": "A", "query": "q=a"}).status_code == 403
    assert client.post("/admin/views/user/", {"name": "A", "query": "q=a"}).status_code == 403
    assert client.get("/admin/views/post/").status_code == 405


def test_there_is_an_end_to_it(sign_in: SignIn) -> None:
    client = sign_in("editor")
    for number in range(MOST + 1):
        answer = client.post("/admin/views/post/", {"name": f"List {number}", "query": "q=a"})
    assert SavedView.objects.count() == MOST
    assert "Forget one of them first." in str(list(get_messages(answer.wsgi_request))[-1])
