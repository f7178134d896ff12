"""revert: what a revision said comes back whole, and nothing that came after is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from accounts.authors import make_author
from blog import publishing
from blog.content import BylineSpec, Content
from blog.errors import NotPossible
from blog.models import Post, Revision
from tests.factories import a_series

pytestmark = pytest.mark.django_db


def test_everything_written_comes_back() -> None:
    author = make_author("Ann")
    series = a_series()
    first = Content(
        title="First",
        body="One.",
        slug="first",
        summary="S.",
        bylines=(BylineSpec(author.pk),),
        tags=("C++", "Письма"),
        series=series.pk,
    )
    post = publishing.create(first, None)
    publishing.publish(post.pk, None)
    publishing.save(post.pk, Content(title="Second", body="Two.", slug="second"), None)
    restored = publishing.revert(post.pk, 1, None)
    assert Content.of(restored) == replace(first, language="en")
    assert restored.status == "published"
    newest = Revision.objects.filter(post=post).first()
    assert newest is not None
    assert (newest.number, newest.reason) == (4, "restored from revision 1")
    assert Revision.objects.get(post=post, number=3).state["title"] == "Second"


def test_what_was_deleted_since_is_left_out() -> None:
    author, series = make_author("Ann"), a_series()
    post = publishing.create(
        Content(title="T", body="B.", bylines=(BylineSpec(author.pk),), series=series.pk), None
    )
    publishing.save(post.pk, Content(title="T2", body="B."), None)
    author.delete()
    series.delete()
    restored = Content.of(publishing.revert(post.pk, 1, None))
    assert (restored.title, restored.bylines, restored.series) == ("T", (), None)


def test_an_unknown_revision_is_a_sentence() -> None:
    post = publishing.create(Content(title="T"), None)
    with pytest.raises(NotPossible, match="There is no revision 7 of this post."):
        publishing.revert(post.pk, 7, None)


def test_a_proposal_waits_and_changes_nothing() -> None:
    post = publishing.create(Content(title="Ours", body="Ours."), None)
    proposal = publishing.propose(
        post.pk, Content(title="Theirs", body="Theirs."), None, reason="newer text at the source"
    )
    standing = Post.everything.get(pk=post.pk)
    assert (standing.title, standing.revision) == ("Ours", 1)
    assert (proposal.number, proposal.proposed) == (2, True)
    assert publishing.save(post.pk, Content(title="Ours still", body="Ours."), None, base=1).revision == 3
