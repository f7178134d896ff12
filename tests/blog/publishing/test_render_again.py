"""render again: an upgrade of the renderer reaches every post, without a revision and without moving a date."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from blog.models import Post, Revision
from blog.search import search
from tests.factories import a_post

pytestmark = pytest.mark.django_db


def test_a_stale_page_is_made_anew() -> None:
    post = a_post(title="Lamp", body="A *lamp*.", tags=["Light"])
    fine = a_post(title="Fine")
    Post.everything.filter(pk=post.pk).update(html="<p>old</p>")
    before = Post.everything.get(pk=post.pk)
    out = StringIO()
    call_command("render_posts", stdout=out)
    after = Post.everything.get(pk=post.pk)
    assert out.getvalue().strip() == "2 rendered, 1 of them look different now."
    assert "<em>lamp</em>" in after.html
    assert (after.updated_at, after.revision) == (before.updated_at, before.revision)
    assert Revision.objects.filter(post__in=[post, fine]).count() == 2
    assert [hit.post for hit in search("light").results] == [post]


def test_the_trash_is_emptied_by_a_command() -> None:
    out = StringIO()
    call_command("purge_trash", stdout=out)
    assert out.getvalue().strip() == "0 posts deleted for good."
