"""test_approval: an editor's yes stands for the text it was given to; another's change lifts it, and that is said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client

from accounts.models import User
from blog import approvals, publishing
from blog.content import Content
from blog.errors import NotAllowed, NotPossible
from blog.models import Deed, Post
from tests.factories import UserFactory, a_post, a_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer() -> User:
    return a_user(role="contributor", first_name="Vera")


@pytest.fixture
def editor() -> User:
    return a_user(role="editor", first_name="Anna", last_name="Petrova")


@pytest.fixture
def post(writer: User) -> Post:
    sent = a_post(title="The way", status="draft", user=writer)
    return publishing.submit(sent.pk, writer)


def say(post: Post, body: str, user: User) -> None:
    publishing.save(post.pk, replace(Content.of(post), body=body), user)


def page(user: User, post: Post) -> str:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(f"/admin/blog/post/{post.pk}/change/").content.decode()


def test_it_says_who_when_and_which_revision(post: Post, editor: User, writer: User) -> None:
    publishing.approve(post.pk, editor)
    standing = approvals.of(post)
    assert standing is not None
    assert (standing.user, standing.revision) == (editor, 3)
    assert "Approved by Anna Petrova on " in page(writer, post)
    assert "In review, approved by Anna Petrova" in page(writer, post)
    assert not Post.everything.get(pk=post.pk).is_public


def test_anothers_change_lifts_it_and_says_so(post: Post, editor: User, writer: User) -> None:
    publishing.approve(post.pk, editor)
    say(post, "Something else.", writer)
    assert approvals.of(post) is None
    shown = page(editor, post)
    assert "The approval was lifted on " in shown
    assert "Vera’s change. Changed after revision 3 was approved." in shown
    assert Deed.objects.filter(verb="unapprove").get().user == writer


def test_the_approvers_own_change_keeps_it(post: Post, editor: User) -> None:
    publishing.approve(post.pk, editor)
    say(post, "A better word.", editor)
    standing = approvals.of(post)
    assert standing is not None
    assert standing.revision == 4


def test_a_save_that_changes_nothing_keeps_it(post: Post, editor: User, writer: User) -> None:
    publishing.approve(post.pk, editor)
    publishing.save(post.pk, Content.of(post), writer)
    assert approvals.of(post) is not None


def test_returning_ends_it(post: Post, editor: User) -> None:
    publishing.approve(post.pk, editor)
    publishing.return_to_author(post.pk, editor, "Not yet.")
    assert approvals.of(post) is None


def test_only_editors_approve_and_only_what_is_in_review(post: Post, editor: User, writer: User) -> None:
    for user in (writer, a_user(role="author")):
        with pytest.raises(NotAllowed, match="You may not approve “The way”. Ask an editor."):
            publishing.approve(post.pk, user)
    draft = a_post(title="A draft", status="draft")
    with pytest.raises(NotPossible, match="“A draft” is not in review: only what was sent for review"):
        publishing.approve(draft.pk, editor)


def test_a_contributor_does_not_publish_what_was_approved(post: Post, editor: User, writer: User) -> None:
    publishing.approve(post.pk, editor)
    with pytest.raises(NotAllowed):
        publishing.publish(post.pk, writer)
    assert publishing.publish(post.pk, editor).is_public


def test_the_table_of_roles_says_whether_an_author_needs_it(editor: User) -> None:
    role = Group.objects.get(name="author")
    free = a_user(role="author")
    assert publishing.publish(a_post(status="draft", user=free).pk, free).is_public

    role.permissions.remove(Permission.objects.get(codename="publish_unapproved_post"))
    bound = a_user(role="author")
    own = a_post(status="draft", user=bound)
    with pytest.raises(NotAllowed):
        publishing.publish(own.pk, bound)
    publishing.submit(own.pk, bound)
    publishing.approve(own.pk, editor)
    assert publishing.publish(own.pk, bound).is_public
    assert publishing.withdraw(own.pk, bound).status == "withdrawn"


def test_the_button_is_the_editors_alone(post: Post, editor: User) -> None:
    assert 'value="approve"' in page(editor, post)
    assert 'value="approve"' not in page(UserFactory(role="author", author=True), post)
