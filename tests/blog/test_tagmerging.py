"""test_tagmerging: two tags become one under both names, the old address redirects, and the merge can be taken back."""

from __future__ import annotations

import pytest
from django.test import Client

from blog import publishing, tagging, taxonomy
from blog.content import Content
from blog.errors import NotAllowed, NotPossible
from blog.models import Post, Tag, TagAlias
from blog.tagmerging import merge_tags, part_tags
from tests.factories import a_post, a_user

pytestmark = pytest.mark.django_db


def tag(key: str) -> Tag:
    found: Tag = Tag.objects.get(key=key)
    return found


def tags_of(post: Post) -> list[str]:
    return [row.tag.name for row in post.taggings.select_related("tag")]


@pytest.fixture
def posts() -> list[Post]:
    """Two about "agent", one about "agents"."""
    return [a_post(tags=["agent"]), a_post(tags=["agent"]), a_post(title="Third", tags=["agents", "other"])]


def test_posts_of_both_stand_under_one_and_keep_their_spelling(posts: list[Post]) -> None:
    merge_tags(tag("agents"), tag("agent"), a_user(role="editor"))
    assert Post.objects.filter(taggings__tag=tag("agent")).count() == 3
    assert not Tag.objects.filter(key="agents").exists()
    assert Content.of(Post.objects.get(title="Third")).tags == ("agents", "other")


def test_the_old_address_leads_to_the_new_one(client: Client, posts: list[Post]) -> None:
    merge_tags(tag("agents"), tag("agent"), None)
    answer = client.get("/tags/agents/", secure=True)
    assert (answer.status_code, answer["Location"]) == (301, "/tags/agent/")


def test_the_old_name_means_the_new_tag_from_then_on(posts: list[Post]) -> None:
    merge_tags(tag("agents"), tag("agent"), None)
    later = a_post(title="Later", tags=["Agents", "agent"])
    assert tags_of(later) == ["agent"]
    third = Post.objects.get(title="Third")
    publishing.save(third.pk, Content(third.title, third.body, tags=("agents", "more")), None)
    assert not Tag.objects.filter(key="agents").exists()
    assert set(tagging.resolve(["AGENTS"])) == {"agents"}


def test_a_post_with_both_loses_one_as_a_revision() -> None:
    both = a_post(tags=["agents", "agent"])
    merge_tags(tag("agents"), tag("agent"), None)
    assert Content.of(Post.objects.get()).tags == ("agent",)
    assert both.revisions.latest("number").reason == "two tags merged"


def test_kept_pages_are_old_after_a_merge(posts: list[Post]) -> None:
    from blog.models import SiteState

    before = SiteState.objects.get().generation
    merge_tags(tag("agents"), tag("agent"), None)
    assert SiteState.objects.get().generation == before + 1


def test_a_merge_can_be_taken_back(client: Client, posts: list[Post]) -> None:
    alias = merge_tags(tag("agents"), tag("agent"), None)
    part_tags(alias, a_user(role="editor"))
    assert Post.objects.filter(taggings__tag=tag("agent")).count() == 2
    assert tags_of(Post.objects.get(title="Third")) == ["agents", "other"]
    assert client.get("/tags/agents/", secure=True).status_code == 200
    assert not TagAlias.objects.exists()


def test_merged_twice_the_first_name_means_the_last_tag(client: Client) -> None:
    for name in ("one", "two", "three"):
        a_post(tags=[name])
    merge_tags(tag("one"), tag("two"), None)
    merge_tags(tag("two"), tag("three"), None)
    assert {row.key: row.tag.key for row in TagAlias.objects.all()} == {"one": "three", "two": "three"}
    assert client.get("/tags/one/", secure=True)["Location"] == "/tags/three/"


def test_a_tag_made_by_hand_is_its_own_again(posts: list[Post]) -> None:
    merge_tags(tag("agents"), tag("agent"), None)
    taxonomy.save_tag(Tag(name="Agents"))
    assert tags_of(a_post(title="New", tags=["agents"])) == ["agents"]


def test_editors_alone_merge(posts: list[Post]) -> None:
    with pytest.raises(NotAllowed, match="You may not merge the tag “agents”"):
        merge_tags(tag("agents"), tag("agent"), a_user(role="author"))
    assert Tag.objects.filter(key="agents").exists()


def test_a_tag_that_is_gone_is_said(posts: list[Post]) -> None:
    gone = tag("agents")
    Tag.objects.filter(pk=gone.pk).delete()
    with pytest.raises(NotPossible, match="is not there any more"):
        merge_tags(gone, tag("agent"), None)
