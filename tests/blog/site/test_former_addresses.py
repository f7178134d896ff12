"""test_former_addresses: addresses of a blog's former self lead to what stands for them here, however they are asked for."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from blog.models import Post, Redirect
from tests.factories import a_post, an_author

pytestmark = pytest.mark.django_db


@pytest.fixture
def post() -> Post:
    return a_post(title="A post", tags=["Slow Food"], authors=[an_author(name="Ada Example")])


def leads(client: Client, asked: str) -> Any:
    answer = client.get(asked)
    return answer.headers.get("Location", answer.status_code)


@pytest.mark.parametrize(
    ("kept", "asked"),
    [
        ("/?p=12", "/?p=12"),
        ("/?p=12", "/?utm_source=mail&p=12"),
        ("/2024/05/a-post/", "/2024/05/a-post/"),
        ("/2024/05/a-post/", "/2024/05/a-post"),
        ("/2024/05/a-post/", "/2024/05/a-post/?utm_source=mail"),
        ("/2024/05/a-post/", "/2024/05/a-post/amp/"),
        ("/2024/05/a-post/", "/2024/05/a-post/comment-page-2/"),
        ("/2024/05/a-post", "/2024/05/a-post/index.html"),
        ("/2024/05/a-post.html", "/2024/05/a-post.html"),
        ("/%D0%BF%D0%BE%D1%81%D1%82/", "/%d0%bf%d0%be%d1%81%d1%82/"),
    ],
)
def test_a_posts_old_address(client: Client, post: Post, kept: str, asked: str) -> None:
    Redirect.objects.create(path=kept, post=post)
    assert leads(client, asked) == "/posts/a-post/"


def test_a_smaller_copy_of_a_picture_leads_to_the_picture(client: Client, post: Post) -> None:
    Redirect.objects.create(path="/wp-content/uploads/2024/05/cat.jpg", address="/media/images/cat.webp")
    assert leads(client, "/wp-content/uploads/2024/05/cat-300x200.jpg") == "/media/images/cat.webp"


@pytest.mark.parametrize(
    ("asked", "target"),
    [
        ("/feed/", "/feed.rss"),
        ("/feed", "/feed.rss"),
        ("/feed/atom/", "/feed.atom"),
        ("/?feed=rss2", "/feed.rss"),
        ("/category/slow-food/", "/tags/slow-food/"),
        ("/category/eating/slow-food/", "/tags/slow-food/"),
        ("/tag/slow-food/feed/", "/tags/slow-food/feed.rss"),
        ("/author/ada-example/", "/authors/ada-example/"),
        ("/author/ada-example", "/authors/ada-example/"),
    ],
)
def test_usual_pages_of_a_blog(client: Client, post: Post, asked: str, target: str) -> None:
    assert leads(client, asked) == target


@pytest.mark.parametrize("asked", ["/category/secret/", "/author/nobody/", "/category/", "/2024/05/other/"])
def test_what_was_never_there_or_is_not_public(client: Client, post: Post, asked: str) -> None:
    a_post(title="Unseen", status="draft", tags=["Secret"])
    assert leads(client, asked) == 404


def test_the_front_page_is_itself_for_a_number_that_no_post_had(client: Client, post: Post) -> None:
    assert leads(client, "/?p=99") == 200


def test_an_unpublished_post_is_not_led_to(client: Client) -> None:
    Redirect.objects.create(path="/?p=12", post=a_post(title="Unseen", status="draft"))
    assert leads(client, "/?p=12") == 200
