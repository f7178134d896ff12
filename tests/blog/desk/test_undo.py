"""test_undo: what went to the trash comes back by the one button in the message, one post or many, and only one's own."""

from __future__ import annotations

import re

from blog.models import Post
from tests.blog.desk.filling import SignIn, fresh, move
from tests.factories import a_post, a_user

LIST = "/admin/blog/post/"
UNDO = LIST + "undo/"


def named(page: str) -> str:
    found = re.search(r'action="/admin/blog/post/undo/".*?name="posts" value="([^"]*)"', page, re.DOTALL)
    assert found is not None
    return found[1]


def test_one_post_comes_back_by_one_click(sign_in: SignIn) -> None:
    post, anna = a_post(title="Gone <b>"), sign_in("editor")
    page = anna.post(move(post, "trash"), follow=True).content.decode()
    assert "“Gone &lt;b&gt;” is in the trash. It can be restored for 30 days." in page
    answer = anna.post(UNDO, {"posts": named(page)}, follow=True)
    assert "1 post is back." in answer.content.decode()
    assert answer.redirect_chain[-1][0] == f"{LIST}{post.pk}/change/"
    assert fresh(post).trashed_at is None


def test_so_do_many(sign_in: SignIn) -> None:
    posts, anna = [a_post() for _ in range(3)], sign_in("editor")
    data = {"action": "trash", "_selected_action": [post.pk for post in posts]}
    page = anna.post(LIST, data, follow=True).content.decode()
    assert all(fresh(post).trashed_at for post in posts)
    answer = anna.post(UNDO, {"posts": named(page)}, follow=True)
    assert "3 posts are back." in answer.content.decode()
    assert not Post.everything.exclude(trashed_at=None).exists()


def test_nobody_takes_back_another_s(sign_in: SignIn) -> None:
    post, anna = a_post(status="draft"), sign_in("editor")
    anna.post(move(post, "trash"))
    other = sign_in(a_user(role="author"))
    other.post(UNDO, {"posts": f"{post.pk},x,{10**30},²"})
    assert fresh(post).trashed_at is not None
    assert anna.get(UNDO).status_code == 405
