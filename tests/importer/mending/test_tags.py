"""test_tags: two tags that may be one are merged by one click, parted again by Undo, or said to be different for good."""

from __future__ import annotations

import pytest
from django.test import Client

from blog.models import Post, Tag
from tests.factories import a_post
from tests.importer.mending.rows import an_editor, listed, only, press, undo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def posts() -> None:
    for tags in (["agent"], ["agent", "unrelated"], ["agents"]):
        a_post(tags=tags)


def test_they_are_merged_and_the_old_address_redirects(client: Client) -> None:
    want = only("tags")
    page = press(an_editor(client), "merge", want)
    assert "“agents” is another name of “agent” now; its old address leads there." in page
    assert Post.objects.filter(taggings__tag__key="agent").count() == 3
    assert client.get("/tags/agents/", secure=True)["Location"] == "/tags/agent/"
    assert listed() == []


def test_undo_parts_them(client: Client) -> None:
    press(an_editor(client), "merge", only("tags"))
    undo(client)
    assert set(Tag.objects.values_list("key", flat=True)) == {"agent", "agents", "unrelated"}
    assert len(listed("tags")) == 1


def test_undo_gives_a_post_that_carried_both_its_two_again(client: Client) -> None:
    both = a_post(tags=["agents", "agent"])
    press(an_editor(client), "merge", only("tags"))
    undo(client)
    assert [row.tag.key for row in both.taggings.select_related("tag")] == ["agents", "agent"]


def test_different_ones_are_not_asked_again(client: Client) -> None:
    press(an_editor(client), "leave", only("tags"))
    assert listed() == []
    assert Tag.objects.filter(key="agents").exists()


def test_nothing_is_merged_by_looking(client: Client) -> None:
    assert len(listed("tags")) == 1
    assert Tag.objects.count() == 3


def test_a_row_of_a_page_that_stood_open_is_mended_already(client: Client) -> None:
    want = only("tags")
    press(an_editor(client), "merge", want)
    assert "That is mended already." in press(client, "merge", want)
