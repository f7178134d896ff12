"""test_converting: an HTML post becomes Markdown at the desk, once its ledger was seen; readers see no news in it."""

from __future__ import annotations

from dataclasses import replace

from blog import publishing
from blog.content import Content
from blog.models import Post
from tests.blog.desk.filling import SignIn, change, fresh
from tests.factories import UserFactory, a_post

HTML = '<p>One <b>two</b>.</p><dl><dt>a</dt><dd>b</dd></dl><p id="gone">Three.</p>'


def address(post: Post) -> str:
    return f"/admin/blog/post/{post.pk}/convert/"


def html_post(body: str = HTML, **fields: object) -> Post:
    return a_post(body=body, body_format="html", **fields)


def test_the_ledger_stands_before_anything_is_saved(sign_in: SignIn) -> None:
    post = html_post()
    client = sign_in("editor")
    assert address(post) in client.get(change(post)).content.decode()
    page = " ".join(client.get(address(post)).content.decode().split())
    assert "Every word is the same." in page
    assert "<code>&lt;dl&gt;</code> (1)." in page
    assert "1 place in the text had a name of its own" in page
    assert '<th scope="row">Words</th><td>5</td><td>5</td>' in page
    assert "One **two**." in page
    assert fresh(post).body == HTML


def test_converting_is_a_revision_and_no_news(sign_in: SignIn) -> None:
    post = html_post("<p>One <strong>two</strong>.</p>\n")
    before = fresh(post)
    sign_in("editor").post(address(post), {"base": str(before.revision)})
    after = fresh(post)
    assert (after.body, after.body_format) == ("One **two**.\n", "markdown")
    assert (after.html, after.updated_at) == (before.html, before.updated_at)
    assert post.revisions.all()[0].reason == "converted to Markdown"


def test_what_was_saved_meanwhile_is_looked_at_first(sign_in: SignIn) -> None:
    post = html_post()
    seen = fresh(post).revision
    publishing.save(post.pk, replace(Content.of(fresh(post)), body="<p>Newer.</p>"), None)
    client = sign_in("editor")
    said = client.post(address(post), {"base": str(seen)}, follow=True).content.decode()
    assert "Someone has saved this post since you looked at it." in said
    assert fresh(post).body_format == "html"


def test_markdown_is_not_converted(sign_in: SignIn) -> None:
    post = a_post(body="Words.")
    said = sign_in("editor").get(address(post), follow=True).content.decode()
    assert "This text is Markdown already." in said


def test_who_may_not_edit_may_not_convert(sign_in: SignIn) -> None:
    post = html_post(user=UserFactory(role="author"))
    for role in ("contributor", "author"):
        assert sign_in(role).post(address(post), {"base": "1"}).status_code in (302, 403)
        assert fresh(post).body_format == "html"
