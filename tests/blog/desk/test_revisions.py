"""test_revisions: what a post was is listed, compared with what it is, and restored by a button."""

from __future__ import annotations

from dataclasses import replace

from blog import publishing
from blog.content import Content
from blog.models import Post
from tests.blog.desk.filling import SignIn, change, fresh
from tests.factories import UserFactory, a_post


def revised(post: Post, **fields: str) -> Post:
    return publishing.save(post.pk, replace(Content.of(fresh(post)), **fields), None)  # type: ignore[arg-type]


def address(post: Post, number: int | None = None) -> str:
    return f"/admin/blog/post/{post.pk}/revisions/" + (f"{number}/" if number else "")


def test_the_words_that_changed_are_marked(sign_in: SignIn) -> None:
    post = a_post(title="Title", body="A slow morning.\n\nThe end.")
    revised(post, body="A quick morning.\n\nThe end.")
    page = sign_in("editor").get(address(post, 1)).content.decode()
    assert "<del>quick</del>" in page  # what restoring would take out
    assert "<ins>slow</ins>" in page
    assert "The end." in page


def test_a_text_is_compared_as_text_never_as_a_page(sign_in: SignIn) -> None:
    post = a_post(body="<script>alert(1)</script> one")
    revised(post, body="<script>alert(1)</script> two")
    page = sign_in("editor").get(address(post, 1)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;" in page


def test_a_revision_is_restored_by_post_and_only_by_post(sign_in: SignIn) -> None:
    post = a_post(body="First.")
    revised(post, body="Second.")
    client = sign_in("editor")
    client.get(address(post, 1))
    assert fresh(post).body == "Second."
    client.post(address(post, 1))
    assert fresh(post).body == "First."
    assert post.revisions.all()[0].reason == "restored from revision 1"


def test_proposed_texts_are_marked_and_can_be_taken_over(sign_in: SignIn) -> None:
    post = a_post(body="Ours.")
    publishing.propose(post.pk, replace(Content.of(post), body="Theirs."), None, reason="newer in the source")
    client = sign_in("editor")
    assert "proposed" in client.get(change(post)).content.decode()
    page = client.get(address(post, 2)).content.decode()
    assert "Take over the proposed text" in page
    client.post(address(post, 2))
    assert fresh(post).body == "Theirs."


def test_the_list_says_who_when_and_why(sign_in: SignIn) -> None:
    user = UserFactory(role="editor", first_name="Anna", last_name="Petrova")
    post = a_post(user=user)
    revised(post, body="New.")
    page = sign_in(user).get(address(post)).content.decode()
    assert "Imported" in page
    assert "Anna Petrova" in page
    assert "Saved" in page
    assert "stands now" in page


def test_a_contributor_brings_no_foreign_byline_back(sign_in: SignIn) -> None:
    user = UserFactory(role="contributor", author=True)
    post = a_post(user=user, status="draft", authors=["Somebody Else"])
    publishing.save(post.pk, replace(Content.of(post), bylines=()), None)
    page = sign_in(user).post(address(post, 1), follow=True).content.decode()
    assert "This revision has other bylines, which you may not set. Ask an editor." in page
    assert not fresh(post).bylines.exists()


def test_a_revision_that_is_not_there_is_a_404(sign_in: SignIn) -> None:
    assert sign_in("editor").get(address(a_post(), 99)).status_code == 404
