"""permissions: who may edit or publish which post, as plain questions. `None` is the operator at the shell, who may all."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from accounts.models import User
from blog.models import Approval, Byline, Post, Response

Actor = User | None


def _app(post: Post) -> str:
    return "page" if post.kind == Post.Kind.PAGE else "post"


def owns(user: User, post: Post) -> bool:
    """Whether the post is the user's own: begun by them, or with their author in its bylines."""
    if post.created_by_id == user.pk:
        return True
    author = getattr(user, "author", None)
    return author is not None and any(byline.author_id == author.pk for byline in post.bylines.all())


def edits_any(user: Actor) -> bool:
    return user is None or user.has_perm("blog.edit_any_post")


def may_create(user: Actor, kind: str = Post.Kind.POST) -> bool:
    return user is None or user.has_perm(f"blog.add_{kind}")


def may_see(user: Actor, post: Post) -> bool:
    """Whether the user may read it at the desk, published or not."""
    if user is None:
        return True
    return user.has_perm(f"blog.view_{_app(post)}") and (edits_any(user) or owns(user, post))


def may_edit(user: Actor, post: Post) -> bool:
    """Contributors edit their own until it is published; authors their own always; editors everyone's."""
    if user is None:
        return True
    if not user.has_perm(f"blog.change_{_app(post)}"):
        return False
    if edits_any(user):
        return True
    unpublished = post.status in (Post.Status.DRAFT, Post.Status.REVIEW)
    return owns(user, post) and (unpublished or user.has_perm("blog.publish_post"))


def may_change_later(user: Actor, post: Post) -> bool:
    """Work on unpublished changes of a live post: whoever writes it, contributors too; publishing them is `may_publish`."""
    if post.status != Post.Status.PUBLISHED or post.trashed_at is not None:
        return False
    if user is None:
        return True
    return user.has_perm(f"blog.change_{_app(post)}") and (edits_any(user) or owns(user, post))


def may_correct(user: Actor, post: Post) -> bool:
    """Mark a change as a correction, which readers are told of."""
    return user is None or (edits_any(user) and may_edit(user, post))


def may_submit(user: Actor, post: Post) -> bool:
    return may_edit(user, post)


def may_return(user: Actor, post: Post) -> bool:
    return user is None or (edits_any(user) and may_edit(user, post))


def may_approve(user: Actor, post: Post) -> bool:
    return may_return(user, post)


def may_publish(user: Actor, post: Post) -> bool:
    """Publish and schedule; whose role lets them publish only what an editor approved waits for that."""
    if user is None:
        return True
    if not may_withdraw(user, post):
        return False
    return user.has_perm("blog.publish_unapproved_post") or Approval.objects.filter(post_id=post.pk).exists()


def may_withdraw(user: Actor, post: Post) -> bool:
    """Withdraw, now or at a moment."""
    return user is None or (user.has_perm("blog.publish_post") and may_edit(user, post))


def may_trash(user: Actor, post: Post) -> bool:
    return user is None or (user.has_perm(f"blog.delete_{_app(post)}") and may_edit(user, post))


def may_purge(user: Actor, post: Post) -> bool:
    return user is None or (edits_any(user) and may_trash(user, post))


def may_name_others(user: Actor) -> bool:
    """Whether bylines may name authors besides the user's own."""
    return user is None or user.has_perm("blog.publish_post")


def may_judge(user: Actor, post: Post) -> bool:
    """Decide about readers' comments: editors everywhere, whoever writes a post under it."""
    return user is None or (user.has_perm("blog.change_response") and (edits_any(user) or owns(user, post)))


def responses_of(user: User) -> QuerySet[Response]:
    """Those that `may_judge` lets the user decide about; what is emptied is none."""
    found = Response.objects.exclude(status=Response.Status.EMPTIED)
    return found if edits_any(user) else found.filter(post__in=Post.rows.filter(visible_to(user)))


def visible_to(user: User) -> Q:
    """`may_see` as a condition on posts, for lists."""
    if edits_any(user):
        return Q()
    own = Byline.objects.filter(author__user=user).values("post_id")
    return Q(created_by=user) | Q(pk__in=own)
