"""save: what the editor wrote is written whole; what others wrote in between is merged or shown, never lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from accounts.authors import make_author
from blog import publishing
from blog.content import BylineSpec, Content
from blog.errors import EditConflict, NotAllowed, PostGone
from blog.models import Post, Redirect, Revision
from tests.factories import a_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def post() -> Post:
    return publishing.create(Content(title="Title", body="Body.", summary="Summary."), None)


def fresh(post: Post) -> Post:
    return Post.everything.get(pk=post.pk)


def test_every_save_is_a_revision_with_who_and_why(post: Post) -> None:
    user = a_user(role="editor")
    saved = publishing.save(post.pk, Content(title="Title", body="Other body."), user, base=1)
    assert saved.revision == 2
    assert [(r.number, r.user, r.reason) for r in Revision.objects.filter(post=post)] == [
        (2, user, "saved"),
        (1, None, "begun"),
    ]
    assert fresh(post).html.strip() == "<p>Other body.</p>"


def test_saving_the_same_makes_no_revision(post: Post) -> None:
    publishing.save(post.pk, Content.of(fresh(post)), None, base=1)
    assert Revision.objects.filter(post=post).count() == 1


def test_different_fields_are_merged(post: Post) -> None:
    publishing.save(post.pk, Content(title="Their title", body="Body.", summary="Summary."), None, base=1)
    publishing.save(post.pk, Content(title="Title", body="My body.", summary="Summary."), None, base=1)
    assert (fresh(post).title, fresh(post).body) == ("Their title", "My body.")


def test_the_same_field_twice_is_a_conflict_and_nothing_is_written(post: Post) -> None:
    publishing.save(post.pk, Content(title="Title", body="Their body.", summary="Summary."), None, base=1)
    with pytest.raises(EditConflict) as raised:
        publishing.save(post.pk, Content(title="Title", body="My body.", summary="Mine."), None, base=1)
    assert raised.value.fields == {"body": ("Body.", "Their body.", "My body.")}
    assert "both of you changed: body. Nothing was saved; compare the two texts and save again." in str(
        raised.value
    )
    assert (fresh(post).body, fresh(post).summary) == ("Their body.", "Summary.")


def test_a_new_address_leaves_a_redirect_and_is_not_given_away(post: Post) -> None:
    publishing.save(post.pk, replace(Content.of(fresh(post)), slug="second"), None)
    assert fresh(post).slug == "second"
    assert Redirect.objects.get(path="/posts/title/").post == post
    assert publishing.create(Content(title="Title"), None).slug == "title-2"
    publishing.save(post.pk, replace(Content.of(fresh(post)), slug="title"), None)
    assert fresh(post).slug == "title"
    assert set(Redirect.objects.values_list("path", flat=True)) == {"/posts/second/"}


def test_bylines_keep_their_order_and_parts(post: Post) -> None:
    ann, bob = make_author("Ann"), make_author("Bob")
    wanted = (BylineSpec(bob.pk), BylineSpec(ann.pk, "translator"), BylineSpec(bob.pk, "editor"))
    publishing.save(post.pk, replace(Content.of(fresh(post)), bylines=wanted), None)
    assert Content.of(fresh(post)).bylines == wanted


def test_a_title_longer_than_others_still_finds_its_post(post: Post) -> None:
    with pytest.raises(PostGone, match="not there any more"):
        publishing.save(post.pk + 999, Content(title="x"), None)


def test_who_may_edit() -> None:
    ann = a_user(role="contributor")
    other = a_user(role="author")
    post = publishing.create(Content(title="Mine", body="Text."), ann)
    with pytest.raises(NotAllowed, match="You may not edit “Mine”. Ask an editor."):
        publishing.save(post.pk, Content(title="Theirs"), other)
    publishing.publish(post.pk, a_user(role="editor"))
    with pytest.raises(NotAllowed):
        publishing.save(post.pk, Content(title="Changed after publishing"), ann)
    assert fresh(post).title == "Mine"


def test_a_co_author_may_edit() -> None:
    user = a_user(role="contributor", author=True)
    post = publishing.create(Content(title="Ours", bylines=(BylineSpec(user.author.pk),)), None)
    assert publishing.save(post.pk, replace(Content.of(post), body="By both."), user).body == "By both."


def test_only_what_readers_read_moves_the_updated_moment(post: Post) -> None:
    before = fresh(post).updated_at
    publishing.save(post.pk, replace(Content.of(fresh(post)), tags=("new",), noindex=True), None)
    assert fresh(post).updated_at == before
    publishing.save(post.pk, replace(Content.of(fresh(post)), body="New text."), None)
    assert fresh(post).updated_at > before
