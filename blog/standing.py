"""standing: where a post stands and the verbs that change it: review, approval, publication, withdrawal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from blog import approvals, checking, mailing, permissions, succession, tagging
from blog.content import Content
from blog.errors import NotAllowed, NotPossible, may_not
from blog.models import Post
from blog.permissions import Actor
from blog.succession import locked
from blog.writing import announce, one_transaction, record_revision

MAY = Callable[[Actor, Post], bool]


def change_standing(
    post_id: int,
    user: Actor,
    *,
    may: MAY,
    verb: str,
    reason: str,
    change: Callable[[Post], None],
    trashed: bool = False,
    deed: str = "",
    note: str | None = None,
) -> Post:
    """One change of where a post stands: ask, lock, change, keep a revision, tell. The log knows it as `deed`, or `verb`."""
    with one_transaction():
        post = locked(post_id)
        if not may(user, post):
            raise NotAllowed(may_not(verb, post.title))
        if (post.trashed_at is not None) != trashed:
            sentence = (
                _("“%(title)s” is not in the trash.")
                if trashed
                else _("“%(title)s” is in the trash; restore it first.")
            )
            raise NotPossible(sentence % {"title": post.title})
        was_public, was = post.is_public, post.status
        change(post)
        record_revision(post, Content.of(post), user, reason, verb=deed or verb, was=was, note=note)
        post.save()
        succession.keep_in_step(post, written=False)
        if post.is_public != was_public:
            tagging.show_most_used_spelling(post.taggings.values_list("tag_id", flat=True))
        announce(post, was_public=was_public)
    return post


def submit(post_id: int, user: Actor, note: str = "") -> Post:
    """Send a draft for review; editors get a mail, with the note."""

    def change(post: Post) -> None:
        if post.status != Post.Status.DRAFT:
            raise NotPossible(
                _("“%(title)s” is no draft: only drafts are sent for review.") % {"title": post.title}
            )
        post.status = Post.Status.REVIEW
        mailing.sent_for_review(post, user, note)

    reason = _with_note("sent for review", note)
    return change_standing(
        post_id, user, may=permissions.may_submit, verb="submit", reason=reason, change=change, note=note
    )


def return_to_author(post_id: int, user: Actor, note: str = "") -> Post:
    """Back to a draft, with a note to who writes it; an approval ends with it."""

    def change(post: Post) -> None:
        if post.status != Post.Status.REVIEW:
            raise NotPossible(_("“%(title)s” is not in review.") % {"title": post.title})
        post.status = Post.Status.DRAFT
        approvals.lift(post, user, "Returned to the author.")
        mailing.returned(post, user, note)

    reason = _with_note("returned", note)
    return change_standing(
        post_id, user, may=permissions.may_return, verb="return", reason=reason, change=change, note=note
    )


def approve(post_id: int, user: Actor) -> Post:
    """An editor's yes to the text as it stands. It is public when somebody publishes it, not before."""

    def change(post: Post) -> None:
        if post.status != Post.Status.REVIEW:
            raise NotPossible(
                _("“%(title)s” is not in review: only what was sent for review is approved.")
                % {"title": post.title}
            )
        mailing.approved(post, user)

    with one_transaction():
        post = change_standing(
            post_id,
            user,
            may=permissions.may_approve,
            verb="approve",
            reason="approved",
            change=change,
            note="",
        )
        approvals.give(post, user)
    return post


def _with_note(reason: str, note: str) -> str:
    return f"{reason}: {note}"[:200] if note else reason


def publish(post_id: int, user: Actor, *, at: datetime | None = None) -> Post:
    """Make it public now, or at a moment: a future one schedules. A post published before keeps its date unless `at` is given."""

    def change(post: Post) -> None:
        if not post.title.strip() or not post.body.strip():
            raise NotPossible(_("A post needs a title and a text before it can be published."))
        if user is not None:
            checking.refuse_silence(post)
        now = timezone.now()
        kept = post.published_at if post.published_at and post.published_at <= now else None
        post.status = Post.Status.PUBLISHED
        post.published_at = at or kept or now
        if at:
            post.dated = True
        if post.withdraw_at and post.withdraw_at <= max(now, post.published_at):
            post.withdraw_at = None
        mailing.published(post, user)

    later = at is not None and at > timezone.now()
    reason = f"scheduled for {at:%Y-%m-%d %H:%M %Z}" if later else "published"
    return change_standing(
        post_id,
        user,
        may=permissions.may_publish,
        verb="publish",
        reason=reason,
        change=change,
        deed="schedule" if later else "publish",
        note=reason if later else "",
    )


def schedule(post_id: int, user: Actor, at: datetime) -> Post:
    """Publish at a future moment; no worker is needed, the moment itself makes it public."""
    if at <= timezone.now():
        raise NotPossible(_("The moment to publish at is past; choose a later one or publish now."))
    return publish(post_id, user, at=at)


def withdraw(post_id: int, user: Actor) -> Post:
    """Take it off every public surface now. Publishing again brings it back under its old date."""

    def change(post: Post) -> None:
        if post.status != Post.Status.PUBLISHED:
            raise NotPossible(_("“%(title)s” is not published.") % {"title": post.title})
        post.status = Post.Status.WITHDRAWN

    return change_standing(
        post_id,
        user,
        may=permissions.may_withdraw,
        verb="withdraw",
        reason="withdrawn",
        change=change,
        note="",
    )


def schedule_withdrawal(post_id: int, user: Actor, at: datetime | None) -> Post:
    """Leave every public surface at a moment; None: stay."""

    def change(post: Post) -> None:
        if at is not None and at <= max(timezone.now(), post.published_at or timezone.now()):
            raise NotPossible(_("The moment to withdraw at must come after the post is published."))
        post.withdraw_at = at

    reason = f"to be withdrawn {at:%Y-%m-%d %H:%M %Z}" if at else "not to be withdrawn"
    return change_standing(
        post_id,
        user,
        may=permissions.may_withdraw,
        verb="withdraw",
        reason=reason,
        change=change,
        deed="withdraw_later",
    )


def give_date(post_id: int, user: Actor, at: datetime, *, shown: bool = True) -> Post:
    """Say when a published post first appeared. `shown` False: the moment only gives it a place among the others."""

    def change(post: Post) -> None:
        if post.status != Post.Status.PUBLISHED:
            raise NotPossible(
                _("“%(title)s” is not published: it gets its date when it is.") % {"title": post.title}
            )
        if at > timezone.now():
            raise NotPossible(_("This date is still to come. Give the day on which the post first appeared."))
        post.published_at, post.dated = at, shown

    reason = f"dated {at:%Y-%m-%d}" if shown else "left without a date"
    return change_standing(
        post_id,
        user,
        may=permissions.may_withdraw,
        verb="publish",
        reason=reason,
        change=change,
        deed="date",
    )
