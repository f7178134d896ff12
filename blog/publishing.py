"""publishing: every change to a post. The only writer: permission, row lock, rendering, revision, search, generation, signal."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from blog import deeds, permissions, succession, tagging
from blog.content import Content, Prepared, merge, prepare
from blog.errors import NotAllowed, NotPossible
from blog.models import Post, Revision, TaggedPost
from blog.permissions import Actor
from blog.relinking import lead_links
from blog.search.writing import forget_documents
from blog.standing import (
    approve,
    change_standing,
    give_date,
    publish,
    return_to_author,
    schedule,
    schedule_withdrawal,
    submit,
    withdraw,
)
from blog.succession import locked
from blog.writing import (
    announce,
    corrected,
    insert_posts,
    new_post,
    one_transaction,
    record_revision,
    write_content,
    write_search,
)

__all__ = [
    "accept",
    "approve",
    "create",
    "create_many",
    "dismiss",
    "give_date",
    "lead_links",
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


# -- writing -------------------------------------------------------------------------------------


def create(content: Content, user: Actor, *, kind: str = Post.Kind.POST, reason: str = "begun") -> Post:
    """A new draft. Raises NotAllowed."""
    if not permissions.may_create(user, kind):
        raise NotAllowed(_("You may not write new posts. Ask an editor for the role of a contributor."))
    prepared = prepare(content)
    for attempt in range(5):
        try:
            with one_transaction():
                post = new_post(prepared, kind=kind, user=user)
                insert_posts([post], [prepared], user, reason=reason)
                deeds.record("create", user, post=post, note="" if reason == "begun" else reason)
                return post
        except IntegrityError:  # another writer took the slug between our look and our insert
            if attempt == 4:
                raise
    raise AssertionError("unreachable")


def save(
    post_id: int,
    content: Content,
    user: Actor,
    *,
    base: int | None = None,
    reason: str = "saved",
    verb: str = "save",
    why: str = "",
    correction: str = "",
    quiet: bool = False,
) -> Post:
    """Write what the editor wrote. `base` is the revision number the form began from: what others saved since is merged
    where different fields were touched; EditConflict otherwise, and nothing is written. `why` stands in the history, a
    `correction` on the post itself, for readers. `quiet`: there is nothing new to read, and no reader is told of an update."""
    wanted = prepare(content)  # the slow part, before the row is locked
    with one_transaction():
        post = locked(post_id)
        if not permissions.may_edit(user, post):
            raise NotAllowed(_("You may not edit “%(title)s”. Ask an editor.") % {"title": post.title})
        standing = Content.of(post)
        if base is not None and base != post.revision:
            began = Revision.objects.filter(post=post, number=base).first()
            began_content = Content.from_state(began.state) if began else standing
            merged = merge(began_content, standing, content, revision=post.revision)
            if merged != content:
                wanted = prepare(merged)
        if _same(standing, wanted.content) and not correction:
            return post
        check_correction(post, user, correction)
        was_public, updated = post.is_public, post.updated_at
        write_content(post, wanted, standing)
        if quiet:
            post.updated_at = updated
        note_correction(post, correction)
        record_revision(
            post,
            Content.of(post),
            user,
            reason,
            verb=verb,
            note=why if reason == "saved" else reason,
            why=why,
            correction=correction,
        )
        post.save()
        succession.keep_in_step(post, written=True)
        announce(post, was_public=was_public)
    return post


def _same(standing: Content, wanted: Content) -> bool:
    return standing == replace(
        wanted, slug=wanted.slug or standing.slug, language=wanted.language or standing.language
    )


def check_correction(post: Post, user: Actor, correction: str) -> None:
    if not correction:
        return
    if not permissions.may_correct(user, post):
        raise NotAllowed(
            _("You may not mark a change of “%(title)s” as a correction. Ask an editor.")
            % {"title": post.title}
        )
    if not post.is_public:
        raise NotPossible(
            _("Readers have not seen “%(title)s”: there is nothing to correct before them.")
            % {"title": post.title}
        )


def note_correction(post: Post, correction: str) -> None:
    """Readers are told, and of a later change too, whatever it touched."""
    if correction:
        now = timezone.now()
        post.corrections, post.updated_at = corrected(post, correction, now), now


# -- history -------------------------------------------------------------------------------------


def revert(post_id: int, number: int, user: Actor) -> Post:
    """Bring back what revision `number` said. Where the post stands (status, moments) stays."""
    revision = Revision.objects.filter(post_id=post_id, number=number).first()
    if revision is None:
        raise NotPossible(_("There is no revision %(number)s of this post.") % {"number": number})
    return save(post_id, Content.from_state(revision.state), user, reason=f"restored from revision {number}")


def propose(post_id: int, content: Content, user: Actor, *, reason: str) -> Revision:
    """Keep another text for an editor to accept; the post itself stays as it is."""
    with one_transaction():
        post = locked(post_id)
        return record_revision(post, content, user, reason, proposed=True)


def accept(post_id: int, number: int, user: Actor) -> Post:
    """Write a proposed text as the editor's own act. What was saved since it was proposed is merged; EditConflict where both
    touch the same field. Proposals up to this one have been answered with it."""
    with one_transaction():
        locked(post_id)
        proposal = _proposal(post_id, number)
        stood = Revision.objects.filter(
            post_id=post_id, number__lt=number, proposed=False, working=False
        ).first()
        post = save(
            post_id,
            Content.from_state(proposal.state),
            user,
            base=stood.number if stood else None,
            reason=f"took over: {proposal.reason}",
            verb="accept",
        )
        Revision.objects.filter(post_id=post_id, proposed=True, number__lte=number).delete()
    return post


def dismiss(post_id: int, number: int, user: Actor) -> None:
    """Turn a proposed text down; the post stays as it is."""
    with one_transaction():
        post = locked(post_id)
        if not permissions.may_edit(user, post):
            raise NotAllowed(_("You may not edit “%(title)s”. Ask an editor.") % {"title": post.title})
        proposal = _proposal(post_id, number)
        deeds.record("dismiss", user, post=post, was=post.status, note=proposal.reason)
        proposal.delete()


def _proposal(post_id: int, number: int) -> Revision:
    found = Revision.objects.filter(post_id=post_id, number=number, proposed=True).first()
    if found is None:
        raise NotPossible(
            _("This proposal does not wait any more: someone has taken it over or turned it down.")
        )
    return found


# -- the trash -----------------------------------------------------------------------------------


def trash(post_id: int, user: Actor) -> Post:
    """Off every surface, restorable for 30 days."""

    def change(post: Post) -> None:
        post.trashed_at = timezone.now()

    return change_standing(
        post_id,
        user,
        may=permissions.may_trash,
        verb="delete",
        reason="moved to the trash",
        change=change,
        deed="trash",
        note="",
    )


def restore(post_id: int, user: Actor) -> Post:
    def change(post: Post) -> None:
        post.trashed_at = None

    return change_standing(
        post_id,
        user,
        may=permissions.may_trash,
        verb="restore",
        reason="restored from the trash",
        change=change,
        trashed=True,
        note="",
    )


def purge(post_id: int, user: Actor) -> None:
    """Delete for good, revisions too. Only what is in the trash."""
    with one_transaction():
        post = locked(post_id)
        if not permissions.may_purge(user, post):
            raise NotAllowed(
                _("You may not delete “%(title)s” for good. Ask an editor.") % {"title": post.title}
            )
        if post.trashed_at is None:
            raise NotPossible(
                _("“%(title)s” is not in the trash; move it there first.") % {"title": post.title}
            )
        deeds.record("purge", user, post=post, was=post.status)
        forget_documents([post.pk])
        succession.forget([post.pk])
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
        post = locked(post_id)
        was_public = post.is_public
        write_content(post, prepared, Content.of(post))
        if updated_at is not None:
            post.updated_at = updated_at
        record_revision(post, Content.of(post), None, reason, verb="")
        post.save()
        succession.keep_in_step(post, written=True)
        announce(post, was_public=was_public)
    return post


def take_back(post_ids: list[int], user: Actor) -> None:
    """Delete posts that an import made, as if it had never come. The caller has seen that nobody worked on them since."""
    with one_transaction():
        posts = list(Post.everything.select_for_update().filter(pk__in=post_ids).order_by("pk"))
        tags = set(TaggedPost.objects.filter(content_object__in=post_ids).values_list("tag_id", flat=True))
        for post in posts:
            if not permissions.may_purge(user, post):
                raise NotAllowed(
                    _("You may not delete “%(title)s” for good. Ask an editor.") % {"title": post.title}
                )
            was_public = post.is_public
            post.trashed_at = timezone.now()  # on no row any more: what is announced is that it left
            announce(post, was_public=was_public)
        succession.forget([post.pk for post in posts])
        forget_documents([post.pk for post in posts])
        Post.everything.filter(pk__in=[post.pk for post in posts]).delete()
        tagging.show_most_used_spelling(tags)


def render_again(post_id: int) -> bool:
    """Render as the renderer does it now; what was written stays, so there is no revision. Whether the page changed."""
    with one_transaction():
        post = locked(post_id)
        before = post.html, post.feed_html
        standing = Content.of(post)
        write_content(post, prepare(standing), standing)
        post.save()
        changed = succession.render_again(post) or (post.html, post.feed_html) != before
        if changed:
            announce(post, was_public=post.is_public)
    return changed


def rewrite_search(post_ids: list[int]) -> None:
    """Search reads names and tags as they are now: after an author or a tag was renamed."""
    with transaction.atomic():
        write_search(
            list(Post.rows.filter(pk__in=post_ids).prefetch_related("bylines__author", "taggings__tag"))
        )
