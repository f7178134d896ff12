"""publishing: every change to a post. The only writer: permission, row lock, rendering, revision, search, generation, signal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from blog import permissions, tagging
from blog.content import Content, Prepared, merge, prepare
from blog.errors import NotAllowed, NotPossible, PostGone
from blog.models import Post, Revision, TaggedPost
from blog.permissions import Actor
from blog.search.writing import forget_documents
from blog.writing import (
    announce,
    insert_posts,
    new_post,
    one_transaction,
    record_revision,
    write_content,
    write_search,
)

__all__ = [
    "accept",
    "create",
    "create_many",
    "dismiss",
    "give_date",
    "one_transaction",
    "propose",
    "publish",
    "purge",
    "purge_expired_trash",
    "render_again",
    "restore",
    "return_to_author",
    "revert",
    "save",
    "schedule",
    "schedule_withdrawal",
    "submit",
    "take_back",
    "trash",
    "update_imported",
    "withdraw",
]

TRASH_KEPT = timedelta(days=30)
MAY = Callable[[Actor, Post], bool]


def _locked(post_id: int) -> Post:
    post = Post.everything.select_for_update().filter(pk=post_id).first()
    if post is None:
        raise PostGone("This post is not there any more: someone deleted it for good.")
    return post


def _change(
    post_id: int,
    user: Actor,
    *,
    may: MAY,
    verb: str,
    reason: str,
    change: Callable[[Post], None],
    trashed: bool = False,
) -> Post:
    """One change of where a post stands: ask, lock, change, keep a revision, tell."""
    with one_transaction():
        post = _locked(post_id)
        if not may(user, post):
            raise NotAllowed(f"You may not {verb} “{post.title}”. Ask an editor.")
        if (post.trashed_at is not None) != trashed:
            where = "in the trash; restore it first" if not trashed else "not in the trash"
            raise NotPossible(f"“{post.title}” is {where}.")
        was_public = post.is_public
        change(post)
        record_revision(post, Content.of(post), user, reason)
        post.save()
        if post.is_public != was_public:
            tagging.show_most_used_spelling(post.taggings.values_list("tag_id", flat=True))
        announce(post, was_public=was_public)
    return post


# -- writing -------------------------------------------------------------------------------------


def create(content: Content, user: Actor, *, kind: str = Post.Kind.POST, reason: str = "begun") -> Post:
    """A new draft. Raises NotAllowed."""
    if not permissions.may_create(user, kind):
        raise NotAllowed("You may not write new posts. Ask an editor for the role of a contributor.")
    prepared = prepare(content)
    for attempt in range(5):
        try:
            with one_transaction():
                return insert_posts(
                    [new_post(prepared, kind=kind, user=user)], [prepared], user, reason=reason
                )[0]
        except IntegrityError:  # another writer took the slug between our look and our insert
            if attempt == 4:
                raise
    raise AssertionError("unreachable")


def save(
    post_id: int, content: Content, user: Actor, *, base: int | None = None, reason: str = "saved"
) -> Post:
    """Write what the editor wrote. `base` is the revision number the form began from: what others saved since is merged
    where different fields were touched; EditConflict otherwise, and nothing is written."""
    wanted = prepare(content)  # the slow part, before the row is locked
    with one_transaction():
        post = _locked(post_id)
        if not permissions.may_edit(user, post):
            raise NotAllowed(f"You may not edit “{post.title}”. Ask an editor.")
        standing = Content.of(post)
        if base is not None and base != post.revision:
            began = Revision.objects.filter(post=post, number=base).first()
            began_content = Content.from_state(began.state) if began else standing
            merged = merge(began_content, standing, content, revision=post.revision)
            if merged != content:
                wanted = prepare(merged)
        if _same(standing, wanted.content):
            return post
        was_public = post.is_public
        write_content(post, wanted, standing)
        record_revision(post, Content.of(post), user, reason)
        post.save()
        announce(post, was_public=was_public)
    return post


def _same(standing: Content, wanted: Content) -> bool:
    return standing == replace(
        wanted, slug=wanted.slug or standing.slug, language=wanted.language or standing.language
    )


# -- where it stands -----------------------------------------------------------------------------


def submit(post_id: int, user: Actor) -> Post:
    def change(post: Post) -> None:
        if post.status != Post.Status.DRAFT:
            raise NotPossible(f"“{post.title}” is no draft: only drafts are sent for review.")
        post.status = Post.Status.REVIEW

    return _change(
        post_id, user, may=permissions.may_submit, verb="submit", reason="sent for review", change=change
    )


def return_to_author(post_id: int, user: Actor, note: str = "") -> Post:
    def change(post: Post) -> None:
        if post.status != Post.Status.REVIEW:
            raise NotPossible(f"“{post.title}” is not in review.")
        post.status = Post.Status.DRAFT

    reason = f"returned: {note}"[:200] if note else "returned"
    return _change(post_id, user, may=permissions.may_return, verb="return", reason=reason, change=change)


def publish(post_id: int, user: Actor, *, at: datetime | None = None) -> Post:
    """Make it public now, or at a moment: a future one schedules. A post published before keeps its date unless `at` is given."""

    def change(post: Post) -> None:
        if not post.title.strip() or not post.body.strip():
            raise NotPossible("A post needs a title and a text before it can be published.")
        now = timezone.now()
        kept = post.published_at if post.published_at and post.published_at <= now else None
        post.status = Post.Status.PUBLISHED
        post.published_at = at or kept or now
        if at:
            post.dated = True
        if post.withdraw_at and post.withdraw_at <= max(now, post.published_at):
            post.withdraw_at = None

    reason = "published" if at is None or at <= timezone.now() else f"scheduled for {at:%Y-%m-%d %H:%M %Z}"
    return _change(post_id, user, may=permissions.may_publish, verb="publish", reason=reason, change=change)


def schedule(post_id: int, user: Actor, at: datetime) -> Post:
    """Publish at a future moment; no worker is needed, the moment itself makes it public."""
    if at <= timezone.now():
        raise NotPossible("The moment to publish at is past; choose a later one or publish now.")
    return publish(post_id, user, at=at)


def withdraw(post_id: int, user: Actor) -> Post:
    """Take it off every public surface now. Publishing again brings it back under its old date."""

    def change(post: Post) -> None:
        if post.status != Post.Status.PUBLISHED:
            raise NotPossible(f"“{post.title}” is not published.")
        post.status = Post.Status.WITHDRAWN

    return _change(
        post_id, user, may=permissions.may_publish, verb="withdraw", reason="withdrawn", change=change
    )


def schedule_withdrawal(post_id: int, user: Actor, at: datetime | None) -> Post:
    """Leave every public surface at a moment; None: stay."""

    def change(post: Post) -> None:
        if at is not None and at <= max(timezone.now(), post.published_at or timezone.now()):
            raise NotPossible("The moment to withdraw at must come after the post is published.")
        post.withdraw_at = at

    reason = f"to be withdrawn {at:%Y-%m-%d %H:%M %Z}" if at else "not to be withdrawn"
    return _change(post_id, user, may=permissions.may_publish, verb="withdraw", reason=reason, change=change)


def give_date(post_id: int, user: Actor, at: datetime, *, shown: bool = True) -> Post:
    """Say when a published post first appeared. `shown` False: the moment only gives it a place among the others."""

    def change(post: Post) -> None:
        if post.status != Post.Status.PUBLISHED:
            raise NotPossible(f"“{post.title}” is not published: it gets its date when it is.")
        if at > timezone.now():
            raise NotPossible("This date is still to come. Give the day on which the post first appeared.")
        post.published_at, post.dated = at, shown

    reason = f"dated {at:%Y-%m-%d}" if shown else "left without a date"
    return _change(post_id, user, may=permissions.may_publish, verb="publish", reason=reason, change=change)


# -- history -------------------------------------------------------------------------------------


def revert(post_id: int, number: int, user: Actor) -> Post:
    """Bring back what revision `number` said. Where the post stands (status, moments) stays."""
    revision = Revision.objects.filter(post_id=post_id, number=number).first()
    if revision is None:
        raise NotPossible(f"There is no revision {number} of this post.")
    return save(post_id, Content.from_state(revision.state), user, reason=f"restored from revision {number}")


def propose(post_id: int, content: Content, user: Actor, *, reason: str) -> Revision:
    """Keep another text for an editor to accept; the post itself stays as it is."""
    with one_transaction():
        post = _locked(post_id)
        return record_revision(post, content, user, reason, proposed=True)


def accept(post_id: int, number: int, user: Actor) -> Post:
    """Write a proposed text as the editor's own act. What was saved since it was proposed is merged; EditConflict where both
    touch the same field. Proposals up to this one have been answered with it."""
    with one_transaction():
        _locked(post_id)
        proposal = _proposal(post_id, number)
        stood = Revision.objects.filter(post_id=post_id, number__lt=number, proposed=False).first()
        post = save(
            post_id,
            Content.from_state(proposal.state),
            user,
            base=stood.number if stood else None,
            reason=f"took over: {proposal.reason}",
        )
        Revision.objects.filter(post_id=post_id, proposed=True, number__lte=number).delete()
    return post


def dismiss(post_id: int, number: int, user: Actor) -> None:
    """Turn a proposed text down; the post stays as it is."""
    with one_transaction():
        post = _locked(post_id)
        if not permissions.may_edit(user, post):
            raise NotAllowed(f"You may not edit “{post.title}”. Ask an editor.")
        _proposal(post_id, number).delete()


def _proposal(post_id: int, number: int) -> Revision:
    found = Revision.objects.filter(post_id=post_id, number=number, proposed=True).first()
    if found is None:
        raise NotPossible(
            "This proposal does not wait any more: someone has taken it over or turned it down."
        )
    return found


# -- the trash -----------------------------------------------------------------------------------


def trash(post_id: int, user: Actor) -> Post:
    """Off every surface, restorable for 30 days."""

    def change(post: Post) -> None:
        post.trashed_at = timezone.now()

    return _change(
        post_id, user, may=permissions.may_trash, verb="delete", reason="moved to the trash", change=change
    )


def restore(post_id: int, user: Actor) -> Post:
    def change(post: Post) -> None:
        post.trashed_at = None

    return _change(
        post_id,
        user,
        may=permissions.may_trash,
        verb="restore",
        reason="restored from the trash",
        change=change,
        trashed=True,
    )


def purge(post_id: int, user: Actor) -> None:
    """Delete for good, revisions too. Only what is in the trash."""
    with one_transaction():
        post = _locked(post_id)
        if not permissions.may_purge(user, post):
            raise NotAllowed(f"You may not delete “{post.title}” for good. Ask an editor.")
        if post.trashed_at is None:
            raise NotPossible(f"“{post.title}” is not in the trash; move it there first.")
        forget_documents([post.pk])
        post.delete()


def purge_expired_trash() -> int:
    """Purge what has been in the trash for 30 days; how many that were."""
    expired = Post.everything.filter(trashed_at__lte=timezone.now() - TRASH_KEPT).values_list("pk", flat=True)
    for post_id in list(expired):
        purge(post_id, None)
    return len(expired)


# -- imports -------------------------------------------------------------------------------------


def create_many(posts: list[tuple[Post, Prepared]], user: Actor, *, reason: str = "imported") -> list[Post]:
    """New posts in bulk, as `blog.writing.new_post` made them, with status and moment set; a constant number of queries.

    One statement that fails fails all of them: the caller's transaction is rolled back. IntegrityError passes through.
    """
    if not posts:
        return []
    with one_transaction():
        return insert_posts(
            [post for post, _ in posts], [prepared for _, prepared in posts], user, reason=reason
        )


def update_imported(
    post_id: int, prepared: Prepared, *, updated_at: datetime | None = None, reason: str = "imported again"
) -> Post:
    """Newer text from the source for a post that nobody edited here. Never moves `published_at`."""
    with one_transaction():
        post = _locked(post_id)
        was_public = post.is_public
        write_content(post, prepared, Content.of(post))
        if updated_at is not None:
            post.updated_at = updated_at
        record_revision(post, Content.of(post), None, reason)
        post.save()
        announce(post, was_public=was_public)
    return post


def take_back(post_ids: list[int], user: Actor) -> None:
    """Delete posts that an import made, as if it had never come. The caller has seen that nobody worked on them since."""
    with one_transaction():
        posts = list(Post.everything.select_for_update().filter(pk__in=post_ids).order_by("pk"))
        tags = set(TaggedPost.objects.filter(content_object__in=post_ids).values_list("tag_id", flat=True))
        for post in posts:
            if not permissions.may_purge(user, post):
                raise NotAllowed(f"You may not delete “{post.title}” for good. Ask an editor.")
            was_public = post.is_public
            post.trashed_at = timezone.now()  # on no row any more: what is announced is that it left
            announce(post, was_public=was_public)
        forget_documents([post.pk for post in posts])
        Post.everything.filter(pk__in=[post.pk for post in posts]).delete()
        tagging.show_most_used_spelling(tags)


def render_again(post_id: int) -> bool:
    """Render as the renderer does it now; what was written stays, so there is no revision. Whether the page changed."""
    with one_transaction():
        post = _locked(post_id)
        before = post.html, post.feed_html
        standing = Content.of(post)
        write_content(post, prepare(standing), standing)
        post.save()
        changed = (post.html, post.feed_html) != before
        if changed:
            announce(post, was_public=post.is_public)
    return changed


def rewrite_search(post_ids: list[int]) -> None:
    """Search reads names and tags as they are now: after an author or a tag was renamed."""
    with transaction.atomic():
        write_search(
            list(Post.everything.filter(pk__in=post_ids).prefetch_related("bylines__author", "taggings__tag"))
        )
