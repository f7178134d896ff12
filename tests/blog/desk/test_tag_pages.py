"""test_tag_pages: an editor makes one tag of several and parts them again; nobody else does."""

from __future__ import annotations

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.messages import get_messages

from blog.models import Redirect, Tag, TagAlias
from tests.blog.desk.filling import SignIn, fresh
from tests.factories import a_post

pytestmark = pytest.mark.django_db


def tag(name: str) -> Tag:
    found: Tag = Tag.objects.get(name=name)
    return found


def test_the_page_asks_which_name_stays_and_then_there_is_one(sign_in: SignIn) -> None:
    posts = [a_post(tags=["Sea"]), a_post(tags=["Sea"]), a_post(tags=["Ocean"])]
    client = sign_in("editor")
    chosen = {"action": "merge", "index": "0", ACTION_CHECKBOX_NAME: [tag("Sea").pk, tag("Ocean").pk]}
    page = client.post("/admin/blog/tag/", chosen).content.decode()
    assert page.index("Sea <small>2 posts") < page.index("Ocean <small>1 post")
    client.post("/admin/blog/tag/merge/", {"kept": tag("Sea").pk, "tag": [tag("Sea").pk, tag("Ocean").pk]})
    assert [one.name for one in Tag.objects.all()] == ["Sea"]
    assert {row.tag.name for post in posts for row in fresh(post).taggings.all()} == {"Sea"}
    assert Redirect.objects.get(path="/tags/ocean/").address == "/tags/sea/"


def test_they_are_parted_on_the_page_of_the_tag(sign_in: SignIn) -> None:
    post = a_post(tags=["Ocean"])
    a_post(tags=["Sea"])
    client = sign_in("editor")
    given = {"kept": tag("Sea").pk, "tag": [tag("Sea").pk, tag("Ocean").pk]}
    client.post("/admin/blog/tag/merge/", given)
    page = client.get(f"/admin/blog/tag/{tag('Sea').pk}/change/").content.decode()
    alias = TagAlias.objects.get()
    assert f'action="/admin/blog/tag/part/{alias.pk}/"' in page
    client.post(f"/admin/blog/tag/part/{alias.pk}/")
    assert [row.tag.name for row in fresh(post).taggings.all()] == ["Ocean"]


def test_one_tag_is_not_merged(sign_in: SignIn) -> None:
    a_post(tags=["Sea"])
    client = sign_in("editor")
    chosen = {"action": "merge", "index": "0", ACTION_CHECKBOX_NAME: [tag("Sea").pk]}
    answer = client.post("/admin/blog/tag/", chosen)
    assert str(next(iter(get_messages(answer.wsgi_request)))).startswith("Choose two tags or more")


@pytest.mark.parametrize(
    "given", [{}, {"kept": "1"}, {"kept": "x", "tag": ["1"]}, {"kept": "9" * 30, "tag": ["²"]}]
)
def test_nonsense_merges_nothing(sign_in: SignIn, given: dict[str, object]) -> None:
    a_post(tags=["Sea", "Ocean"])
    sign_in("editor").post("/admin/blog/tag/merge/", given)
    assert Tag.objects.count() == 2


def test_authors_merge_nothing(sign_in: SignIn) -> None:
    a_post(tags=["Sea", "Ocean"])
    client = sign_in("author")
    given = {"kept": tag("Sea").pk, "tag": [tag("Sea").pk, tag("Ocean").pk]}
    assert client.post("/admin/blog/tag/merge/", given).status_code == 403
    assert client.post("/admin/blog/tag/part/1/").status_code == 403
    assert Tag.objects.count() == 2


def test_a_tag_is_found_by_its_other_names(sign_in: SignIn) -> None:
    for tags in (["agent"], ["agents"], ["agent"]):
        a_post(tags=tags)
    client = sign_in("editor")
    given = {"kept": tag("agent").pk, "tag": [tag("agent").pk, tag("agents").pk]}
    client.post("/admin/blog/tag/merge/", given)
    found = client.get("/admin/blog/tag/?q=agents").content.decode()
    assert f"/admin/blog/tag/{tag('agent').pk}/change/" in found
    assert '<td class="field-posts_number">3</td>' in found
