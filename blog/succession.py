"""succession: what takes a live post's place at a moment: its row made, kept in step with the post, and taken over for good.

Scheduled changes are a second row of posts, whole: rendered, tagged, signed and searchable, public from its moment on, as the post's
own row is until then. So every list, count, feed and search that asks `published()` flips at that moment, with no worker and no write.
"""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.slugs import slug_of
from blog import showings, tagging
from blog.content import Content, Prepared, merge, prepare
from blog.errors import EditConflict, PostGone
from blog.markup.outline import Heading
from blog.markup.rendering import Rendered
from blog.models import Byline, Changes, Post, Revision, SearchDocument, Showing
from blog.search.writing import forget_documents
from blog.workingtext import content_of
from blog.writing import (
    announce,
    columns,
    corrected,
    free_slugs,
    new_bylines,
    pages_changed,
    record_revision,
    write_content,
    write_search,
)

# What says where a post stands: its successor stands there too.
STANDS = (
    "status",
    "published_at",
    "dated",
    "withdraw_at",
    "trashed_at",
    "translation_group",
    "created_by_id",
)


def locked(post_id: int) -> Post:
    """The post, its row locked, what was due taken over. Inside a transaction."""
    post = Post.everything.select_for_update().filter(pk=post_id).first()
    if post is None:
        raise PostGone(_("This post is not there any more: someone deleted it for good."))
    if post.replaced_at is not None and post.replaced_at <= timezone.now():
        take_over(post)
    return post


def successor_of(post: Post) -> Post | None:
    return Post.rows.filter(successor_of=post).first()


# -- the row -------------------------------------------------------------------------------------


def appoint(post: Post, prepared: Prepared, at: datetime, *, correction: str = "") -> None:
    """Let this content take the (locked) post's place at a moment; an earlier appointment is replaced. Saves the post."""
    dismiss(post)
    content = prepared.content
    coming = Post(
        uid=post.uid,
        kind=post.kind,
        created_at=post.created_at,
        revision=post.revision,
        successor_of=post,
        appears_at=at,
        updated_at=at if correction or _reads_otherwise(post, prepared) else post.updated_at,
        corrections=corrected(post, correction, at),
        **{name: getattr(post, name) for name in STANDS},
        **columns(prepared),
    )
    coming.slug = _slug(post, content.slug)
    coming.save(force_insert=True)
    Byline.objects.bulk_create(new_bylines(coming, content.bylines))
    tagging.write_taggings({coming.pk: content.tags})
    showings.note({coming.pk: prepared.rendered.shown}, fresh=True)
    write_search([coming], texts={coming.pk: prepared.rendered.text})
    post.replaced_at = at
    post.save(update_fields=["replaced_at"])
    pages_changed()


def _reads_otherwise(post: Post, prepared: Prepared) -> bool:
    """Whether readers read something else, which moves the date of the last change."""
    content = prepared.content
    return (content.title, content.summary, prepared.rendered.html) != (post.title, post.summary, post.html)


def _slug(post: Post, wanted: str) -> str:
    stem = slug_of(wanted) if wanted else post.slug
    return stem if stem == post.slug else free_slugs(post.kind, [stem])[0]


def dismiss(post: Post) -> None:
    """Nobody takes the post's place any more."""
    coming = successor_of(post)
    if coming is not None:
        forget_documents([coming.pk])
        coming.delete()
    if post.replaced_at is not None:
        post.replaced_at = None
        post.save(update_fields=["replaced_at"])
        pages_changed()


# -- its turn ------------------------------------------------------------------------------------


def take_over(post: Post) -> None:
    """Make what readers already see in a successor's row the (locked) post's own, as a revision of the moment it appeared."""
    coming = successor_of(post)
    post.replaced_at = None
    if coming is None or coming.appears_at is None:
        post.save(update_fields=["replaced_at"])
        return
    changes = Changes.objects.filter(post=post).select_related("scheduled_by").first()
    taken, at, updated, corrections = (
        _as_prepared(coming),
        coming.appears_at,
        coming.updated_at,
        coming.corrections,
    )
    forget_documents([coming.pk])
    coming.delete()  # first: the address may be one that it held
    standing = Content.of(post)
    write_content(post, taken, standing)
    post.updated_at, post.corrections = updated, corrections
    why = Revision.objects.filter(post=post, number=changes.revision).first() if changes else None
    revision = record_revision(
        post,
        Content.of(post),
        changes.scheduled_by if changes else None,
        "changes published as scheduled",
        verb="publish_changes",
        why=why.why if why else "",
        correction=changes.correction if changes else "",
    )
    revision.created_at = at
    revision.save(update_fields=["created_at"])
    post.save()
    if changes is not None:
        changes.delete()
    announce(post, was_public=post.is_public)


def _as_prepared(row: Post) -> Prepared:
    """What was rendered when the changes were scheduled."""
    document = SearchDocument.objects.filter(post=row).first()
    rendered = Rendered(
        html=row.html,
        feed_html=row.feed_html,
        outline=tuple(Heading(*heading) for heading in row.outline),
        own_contents=row.own_contents,
        text=document.text if document else "",
        excerpt=row.excerpt,
        words=row.words,
        images=(),
        shown=tuple(Showing.objects.filter(post=row).values_list("image_id", flat=True)),
        embeds=0,
        warnings=(),
    )
    return Prepared(Content.of(row), rendered)


# -- meanwhile -----------------------------------------------------------------------------------


def keep_in_step(post: Post, *, written: bool) -> None:
    """After a change of the (locked, saved) post: its successor stands where it stands, and keeps what was `written` since.

    What clashes with the scheduled changes takes them off the schedule; they stay, and say why.
    """
    if post.replaced_at is None:
        return
    coming = successor_of(post)
    changes = Changes.objects.filter(post=post).first()
    if coming is None or changes is None or changes.at is None:
        dismiss(post)
        return
    if written:
        try:
            wanted = outcome(post, changes)
        except EditConflict as conflict:
            called_off(post, changes, conflict)
            return
        appoint(post, prepare(wanted), changes.at, correction=changes.correction)
        return
    for name in STANDS:
        setattr(coming, name, getattr(post, name))
    coming.save()


def outcome(post: Post, changes: Changes) -> Content:
    """What the post will say with its changes: what was saved of it since they were begun is merged. Raises EditConflict."""
    wanted = content_of(changes)
    if changes.began == post.revision:
        return wanted
    began = Revision.objects.filter(post=post, number=changes.began).first()
    standing = Content.of(post)
    base = Content.from_state(began.state) if began else standing
    return merge(base, standing, wanted, revision=post.revision)


def called_off(post: Post, changes: Changes, conflict: EditConflict) -> None:
    names = ", ".join(sorted(name.replace("_", " ") for name in conflict.fields))
    changes.trouble = f"Not scheduled any more: the published post was changed in the same place ({names})."[
        :300
    ]
    changes.at, changes.scheduled_by, changes.correction = None, None, ""
    changes.save()
    dismiss(post)


def render_again(post: Post) -> bool:
    """The successor too, as the renderer does it now. Whether its page changed."""
    coming = successor_of(post)
    if coming is None or post.replaced_at is None:
        return False
    before = coming.html, coming.feed_html
    prepared = prepare(Content.of(coming))
    showings.note({coming.pk: prepared.rendered.shown})
    for name, value in columns(prepared).items():
        setattr(coming, name, value)
    coming.save()
    return (coming.html, coming.feed_html) != before


def forget(post_ids: list[int]) -> None:
    """The posts are being deleted for good: what search holds of their successors goes too."""
    forget_documents(list(Post.rows.filter(successor_of__in=post_ids).values_list("pk", flat=True)))
