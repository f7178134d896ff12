"""test_tags_merged: editors merge the tags they choose in the list into the one used most, and see what a tag is also called."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.test import Client
from django.urls import reverse

from blog.models import Post, Tag
from tests.factories import UserFactory, a_post

pytestmark = pytest.mark.django_db
LIST = "admin:blog_tag_changelist"


@pytest.fixture(autouse=True)
def posts() -> None:
    for tags in (["agent"], ["agent"], ["agents"], ["bots"]):
        a_post(tags=tags)


def merged(client: Client, *keys: str, role: str = "editor") -> str:
    client.force_login(UserFactory(role=role), backend="django.contrib.auth.backends.ModelBackend")
    chosen = list(Tag.objects.filter(key__in=keys).values_list("pk", flat=True))
    asked: dict[str, Any] = {"action": "merge", ACTION_CHECKBOX_NAME: chosen}
    answer = client.post(reverse(LIST), asked, secure=True, follow=True)
    return str(answer.content.decode())


def test_into_the_one_used_most(client: Client) -> None:
    page = merged(client, "agents", "agent", "bots")
    assert "Merged into “agent”: “agents”, “bots”. The old addresses lead there." in page
    assert list(Tag.objects.values_list("key", flat=True)) == ["agent"]
    assert Post.objects.filter(taggings__tag__key="agent").count() == 4


def test_the_page_of_a_tag_says_what_it_is_also_called(client: Client) -> None:
    merged(client, "agents", "agent")
    tag = Tag.objects.get(key="agent")
    page = client.get(reverse("admin:blog_tag_change", args=[tag.pk]), secure=True).content.decode()
    assert "Also written" in page
    assert "agents" in page
    found = client.get(reverse(LIST), {"q": "agents"}, secure=True).content.decode()
    assert reverse("admin:blog_tag_change", args=[tag.pk]) in found
    assert '<td class="field-posts_number">3</td>' in found


def test_one_alone_is_not_merged(client: Client) -> None:
    assert "Choose two tags or more." in merged(client, "agent")
    assert Tag.objects.count() == 3


def test_authors_merge_nothing(client: Client) -> None:
    merged(client, "agents", "agent", role="author")
    assert Tag.objects.count() == 3
