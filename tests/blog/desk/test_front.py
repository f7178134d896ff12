"""test_front: the desk's first page says what waits for whom, draws what was written, and begins a draft."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from blog.admin.charts import HEIGHT, bars
from blog.models import Post
from tests.blog.desk.filling import SignIn
from tests.factories import UserFactory, a_post, many_posts

pytestmark = pytest.mark.django_db


def test_an_editor_sees_what_waits(sign_in: SignIn) -> None:
    a_post(title="Sent in", status="review")
    a_post(title="Due soon", published_at=timezone.now() + timedelta(days=1))
    a_post(title="Another's draft", status="draft", user=UserFactory(role="author"))
    page = sign_in("editor").get("/admin/").content.decode()
    assert "Waiting for your review" in page
    assert "Sent in" in page
    assert "Due soon" in page
    assert "Another&#x27;s draft" not in page
    assert "No draft is begun." in page


def test_an_author_sees_their_own(sign_in: SignIn) -> None:
    user = UserFactory(role="author")
    a_post(title="Own draft", status="draft", user=user)
    a_post(title="Own, sent", status="review", user=user)
    a_post(title="Not theirs", status="review")
    page = sign_in(user).get("/admin/").content.decode()
    assert "With the editors" in page
    assert "Own draft" in page
    assert "Own, sent" in page
    assert "Not theirs" not in page
    assert "Waiting for your review" not in page


def test_what_was_written_is_drawn_and_said(sign_in: SignIn) -> None:
    a_post(body="one two three", published_at=timezone.now() - timedelta(minutes=1))
    page = " ".join(sign_in("editor").get("/admin/").content.decode().split())
    assert 'aria-label="Posts a week: 1 in all, 1 at most"' in page
    assert 'aria-label="Words a month: 3 in all, 3 at most"' in page
    assert "style=" not in page.partition('<section class="charts"')[2].partition("</section>")[0]


def test_bars_reach_as_high_as_their_number() -> None:
    chart = bars("Posts", [("a", 0), ("b", 2), ("c", 4)])
    assert [bar.height for bar in chart.bars] == [1, 1 + (HEIGHT - 1) / 2, HEIGHT]
    assert [bar.y + bar.height for bar in chart.bars] == [HEIGHT] * 3
    assert (chart.most, chart.total) == (4, 6)
    assert bars("Nothing", []).bars == ()


def test_many_posts_cost_no_more_queries(sign_in: SignIn) -> None:
    client = sign_in("editor")
    client.get("/admin/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/admin/")
    many_posts(60)
    client.get("/admin/")
    with CaptureQueriesContext(connection) as many:
        client.get("/admin/")
    assert len(many) <= len(few)


def test_a_draft_is_begun_with_a_title(sign_in: SignIn) -> None:
    user = UserFactory(role="contributor", author=True)
    client = sign_in(user)
    answer = client.post("/admin/quick/", {"title": "  A   thought ", "body": "First words."})
    post = Post.objects.get(title="A thought")
    assert answer.headers["Location"] == f"/admin/blog/post/{post.pk}/change/"
    assert (post.status, post.body, post.created_by) == ("draft", "First words.", user)
    assert [byline.author.user for byline in post.bylines.all()] == [user]


def test_a_draft_without_a_title_is_not_begun(sign_in: SignIn) -> None:
    answer = sign_in("author").post("/admin/quick/", {"title": " ", "body": "Words"})
    assert [str(one) for one in get_messages(answer.wsgi_request)] == [
        "Give the draft a title, and at most 1 MB of text."
    ]
    assert not Post.objects.exists()


def test_readers_begin_nothing(sign_in: SignIn) -> None:
    client = sign_in(UserFactory(is_staff=True))
    assert client.post("/admin/quick/", {"title": "A"}).status_code == 403
    assert client.get("/admin/quick/").status_code == 405
