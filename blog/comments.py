"""comments: the verbs of what is said about a draft: comment, answer, settle, open again; and the threads as the text stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from blog import deeds, mailing, paragraphs, permissions
from blog.content import Content
from blog.errors import NotAllowed, NotPossible, PostGone
from blog.models import Comment, Post, PreviewLink, Thread
from blog.paragraphs import Paragraph, Places
from blog.workingtext import paragraphs_of

LONGEST = 4000  # characters of one comment
THREADS_A_POST = 300
COMMENTS_A_THREAD = 200
WINDOW = timedelta(minutes=10)
OF_A_USER = 30  # comments within the window
OF_A_LINK = 10
OF_A_LINK_EVER = 200


@dataclass(frozen=True, slots=True)
class Placed:
    """A thread and the paragraph that it stands on now; None where that is gone."""

    thread: Thread
    paragraph: Paragraph | None


# -- reading -----------------------------------------------------------------------------------------


def threads_of(post: Post, found: Sequence[Paragraph] | None = None) -> list[Placed]:
    """Every thread of the post in the order of the text, those without a paragraph at the end. Two queries where the
    paragraphs `found` in its text are given."""
    rows = Thread.objects.filter(post_id=post.pk).select_related("resolved_by")
    said: Prefetch[str, QuerySet[Comment], str] = Prefetch("comments", Comment.objects.select_related("user"))
    threads = list(rows.prefetch_related(said)[:THREADS_A_POST])
    if found is None:
        found = paragraphs_of(post) if threads else ()
    places = Places(found)
    placed = [Placed(one, places.of(one.passage, one.number)) for one in threads]
    return sorted(placed, key=_in_order_of_the_text)


def _in_order_of_the_text(placed: Placed) -> tuple[bool, int, int]:
    gone = placed.paragraph is None
    return gone, placed.paragraph.number if placed.paragraph else placed.thread.number, placed.thread.pk


def open_count(post: Post) -> int:
    return Thread.objects.filter(post_id=post.pk, resolved_at__isnull=True).count()


# -- writing -----------------------------------------------------------------------------------------


@transaction.atomic
def comment(post_id: int, user: User, number: int, text: str) -> Comment:
    """Begin a thread on the `number`th paragraph of the text as it stands."""
    post = _seen(post_id, user)
    _not_too_fast(Comment.objects.filter(user=user), OF_A_USER)
    return _say(_thread_on(post, number), post, text, user=user)


@transaction.atomic
def answer(thread_id: int, user: User, text: str) -> Comment:
    """Say something in a thread; one that was settled is open again."""
    thread = _thread(thread_id)
    post = _seen(thread.post_id, user)
    _not_too_fast(Comment.objects.filter(user=user), OF_A_USER)
    if thread.resolved_at is not None:
        _stand(thread, None)
    return _say(thread, post, text, user=user)


@transaction.atomic
def comment_from_outside(link: PreviewLink, name: str, number: int, text: str) -> Comment:
    """What a reader with a link says: in the open thread of that paragraph, or a new one. The caller has checked the link."""
    if not link.may_comment:
        raise NotAllowed(_("This link is for reading only."))
    post = _locked(link.post_id)
    name = " ".join(name.replace("\0", "").split())[:60]
    if not name:
        raise NotPossible(_("Write your name, so that it is known who says it."))
    own = Comment.objects.filter(link=link)
    _not_too_fast(own, OF_A_LINK)
    if own.count() >= OF_A_LINK_EVER:
        raise NotPossible(_("No more comments fit behind this link. Ask whoever sent it for a new one."))
    return _say(_thread_on(post, number, join=True), post, text, name=name, link=link)


@transaction.atomic
def resolve(thread_id: int, user: User) -> Thread:
    thread = _thread(thread_id)
    _seen(thread.post_id, user)
    return _stand(thread, user)


@transaction.atomic
def reopen(thread_id: int, user: User) -> Thread:
    thread = _thread(thread_id)
    _seen(thread.post_id, user)
    return _stand(thread, None)


def follow(post: Post, content: Content) -> None:
    """After a text was saved: each open thread remembers its paragraph as it is now, so that many small changes lose none."""
    open_ones = list(Thread.objects.filter(post_id=post.pk, resolved_at__isnull=True)[:THREADS_A_POST])
    if not open_ones:
        return
    places = Places(paragraphs.split(content.body, content.body_format))
    moved: list[Thread] = []
    for thread in open_ones:
        place = places.of(thread.passage, thread.number)
        if place is not None and (place.number, place.text[: paragraphs.PASSAGE]) != (
            thread.number,
            thread.passage,
        ):
            thread.number, thread.passage = place.number, place.text[: paragraphs.PASSAGE]
            moved.append(thread)
    Thread.objects.bulk_update(moved, ["number", "passage"])


# -- steps -------------------------------------------------------------------------------------------


def _locked(post_id: int) -> Post:
    """The row is locked, so that what is counted stays counted."""
    post = Post.everything.select_for_update().filter(pk=post_id).first()
    if post is None:
        raise PostGone(_("This post is not there any more: someone deleted it for good."))
    return post


def _seen(post_id: int, user: User) -> Post:
    post = _locked(post_id)
    if not permissions.may_see(user, post):
        raise NotAllowed(_("You may not comment on this post. Ask an editor."))
    if post.trashed_at is not None:
        raise NotPossible(_("“%(title)s” is in the trash; restore it first.") % {"title": post.title})
    return post


def _thread(thread_id: int) -> Thread:
    thread = Thread.objects.filter(pk=thread_id).first()
    if thread is None:
        raise NotPossible(_("This comment is not there any more. Look at the page again."))
    return thread


def _thread_on(post: Post, number: int, *, join: bool = False) -> Thread:
    """A new thread; with `join` the open one that stands there already."""
    found = paragraphs_of(post)
    if not 0 <= number < len(found):
        raise NotPossible(
            _("Choose the paragraph that you mean. The text may have changed since: look again.")
        )
    wanted = found[number]
    if join and (standing := _standing_on(post, wanted, found)):
        return standing
    if Thread.objects.filter(post=post).count() >= THREADS_A_POST:
        raise NotPossible(_("No more comments fit on this post: settle and answer those that there are."))
    passage = wanted.text[: paragraphs.PASSAGE]
    return Thread.objects.create(post=post, number=wanted.number, passage=passage, quote=wanted.quote)


def _standing_on(post: Post, wanted: Paragraph, found: Sequence[Paragraph]) -> Thread | None:
    places = Places(found)
    for thread in Thread.objects.filter(post=post, resolved_at__isnull=True)[:THREADS_A_POST]:
        place = places.of(thread.passage, thread.number)
        if place is not None and place.number == wanted.number:
            return thread
    return None


def _not_too_fast(own: QuerySet[Comment], most: int) -> None:
    if own.filter(at__gt=timezone.now() - WINDOW).count() >= most:
        raise NotPossible(_("That is a lot of comments in a short time. Wait ten minutes, then go on."))


def _say(
    thread: Thread,
    post: Post,
    text: str,
    *,
    user: User | None = None,
    name: str = "",
    link: PreviewLink | None = None,
) -> Comment:
    text = text.replace("\0", "").replace("\r\n", "\n").strip()
    if not text:
        raise NotPossible(_("Write something first: the comment was empty."))
    if len(text) > LONGEST:
        raise NotPossible(
            _("A comment has at most %(most)d characters; this one has %(number)d. Shorten it.")
            % {"most": LONGEST, "number": len(text)}
        )
    if thread.comments.count() >= COMMENTS_A_THREAD:
        raise NotPossible(_("No more comments fit into this thread. Begin another."))
    name = name or deeds.shown_name(user)[:80]
    said = Comment.objects.create(
        thread=thread, user=user, link=link, from_outside=link is not None, name=name, text=text
    )
    _tell(thread, post, said)
    return said


def _tell(thread: Thread, post: Post, said: Comment) -> None:
    others = thread.comments.filter(~Q(user=None)).values_list("user_id", flat=True).distinct()
    name = said.name
    if said.from_outside:
        name = _("%(name)s (from outside)") % {"name": said.name}
    mailing.commented(post, said.user, name, list(others), said.text)


def _stand(thread: Thread, user: User | None) -> Thread:
    """Settled by somebody, or (None) open."""
    thread.resolved_at = timezone.now() if user is not None else None
    thread.resolved_by = user
    thread.save(update_fields=["resolved_at", "resolved_by"])
    return thread
