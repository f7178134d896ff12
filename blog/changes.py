"""changes: the verbs for unpublished changes of a live post: saved, scheduled, published, thrown away; readers see the live text meanwhile."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from blog import deeds, permissions, publishing, succession
from blog.content import Content, merge, prepare
from blog.errors import EditConflict, NotAllowed, NotPossible, may_not
from blog.models import Changes, Post, Revision
from blog.permissions import Actor
from blog.publishing import check_correction, note_correction
from blog.succession import locked, outcome
from blog.workingtext import content_of
from blog.writing import announce, one_transaction, record_revision, write_content

AT_ONCE = 500  # posts whose changes are taken over by one call


def of(post_id: int) -> Changes | None:
    """The changes that wait, with who saved and who scheduled them."""
    return Changes.objects.filter(post_id=post_id).select_related("user", "scheduled_by").first()


def shown(post: Post) -> tuple[int, Content]:
    """What a form of the post shows, and the number of that revision: the unpublished changes, else the post itself."""
    changes = Changes.objects.filter(post=post).first()
    return (changes.revision, content_of(changes)) if changes else (post.revision, Content.of(post))


def shown_number(post: Post) -> int:
    """The number alone; no text is read, and nothing asked where the changes came with the post."""
    changes: Changes | None = getattr(post, "changes", None)
    return changes.revision if changes is not None else post.revision


def save(
    post_id: int,
    content: Content,
    user: Actor,
    *,
    base: int | None = None,
    reason: str = "saved for later",
    why: str = "",
) -> Post:
    """Keep what the editor wrote as unpublished changes. `base` is the revision the form began from, a live one or one of the
    changes: what others saved since is merged, or EditConflict. Scheduled changes stay so only by who may publish."""
    with one_transaction():
        post = locked(post_id)
        if not permissions.may_change_later(user, post):
            raise NotAllowed(_may_not(user, post, "change"))
        changes = Changes.objects.filter(post=post).first()
        wanted = _merged(post, changes, content, base)
        standing = content_of(changes) if changes else Content.of(post)
        if wanted == standing:
            return post
        revision = record_revision(post, wanted, user, reason, working=True, why=why)
        began = _began(post, changes, base)
        if changes is None:
            changes = Changes(post=post, began=began)
        changes.began, changes.revision, changes.user = began, revision.number, user
        changes.saved_at = timezone.now()
        if changes.at is not None and not permissions.may_publish(user, post):
            changes.trouble = "Not scheduled any more: they were changed by someone who may not publish them."
            changes.at, changes.scheduled_by, changes.correction = None, None, ""
            succession.dismiss(post)
        changes.save()
        _log("save_changes", user, post, why)
        if changes.at is not None:
            _appoint(post, changes)
    return post


def publish(
    post_id: int,
    user: Actor,
    *,
    content: Content | None = None,
    base: int | None = None,
    why: str = "",
    correction: str = "",
) -> Post:
    """Put the changes before readers now; with `content` what the form says, which showed them. What was saved of the live post
    since is merged; EditConflict where both touch the same field, and nothing is written."""
    with one_transaction():
        post = locked(post_id)
        if not permissions.may_publish(user, post):
            raise NotAllowed(_may_not(user, post, "publish"))
        changes = _waiting(post)
        check_correction(post, user, correction)
        last = Revision.objects.get(post=post, number=changes.revision)
        if content is not None:
            wanted = _with_live(post, _began(post, changes, base), _merged(post, changes, content, base))
        else:
            wanted = outcome(post, changes)
        standing = Content.of(post)
        was_public = post.is_public
        succession.dismiss(post)
        write_content(post, prepare(wanted), standing)
        note_correction(post, correction)
        record_revision(
            post,
            Content.of(post),
            user,
            "changes published",
            verb="publish_changes",
            note=why or last.why,
            why=why or last.why,
            correction=correction,
        )
        post.save()
        changes.delete()
        announce(post, was_public=was_public)
    return post


def update_now(
    post_id: int, content: Content, user: Actor, *, base: int | None, why: str = "", correction: str = ""
) -> Post:
    """What a form of a live post says goes before readers. A form that showed the unpublished changes publishes them with it; one
    that was opened before there were any leaves them waiting."""
    if not Changes.objects.filter(post_id=post_id).exists():
        return publishing.save(post_id, content, user, base=base, why=why, correction=correction)
    with one_transaction():
        locked(post_id)  # whose changes may have had their moment since the form was opened
        changes = Changes.objects.filter(post_id=post_id).first()
        if changes is not None and base is not None and _showed(changes, base):
            return publish(post_id, user, content=content, base=base, why=why, correction=correction)
        return publishing.save(post_id, content, user, base=base, why=why, correction=correction)


def _showed(changes: Changes, base: int) -> bool:
    """Whether a form that began from revision `base` showed the changes, or both texts side by side."""
    if base > changes.revision:
        return True
    return Revision.objects.filter(post_id=changes.post_id, number=base, working=True).exists()


def schedule(post_id: int, user: Actor, at: datetime, *, correction: str = "") -> Post:
    """Let the changes take effect at a moment, everywhere, without a worker. EditConflict as `publish` has it."""
    with one_transaction():
        post = locked(post_id)
        if not permissions.may_publish(user, post):
            raise NotAllowed(_may_not(user, post, "schedule"))
        changes = _waiting(post)
        check_correction(post, user, correction)
        if at <= timezone.now():
            raise NotPossible(_("The moment is past; choose a later one or publish the changes now."))
        if post.published_at and at <= post.published_at:
            raise NotPossible(
                _("The changes must come after the post itself is published; save them into it.")
            )
        if post.withdraw_at and at >= post.withdraw_at:
            raise NotPossible(_("The post is withdrawn before that moment; choose an earlier one."))
        changes.at, changes.scheduled_by, changes.correction, changes.trouble = at, user, correction, ""
        changes.save()
        _appoint(post, changes)
        _log("schedule_changes", user, post, f"for {at:%Y-%m-%d %H:%M %Z}")
    return post


def unschedule(post_id: int, user: Actor) -> Post:
    """The changes wait again, without a moment."""
    with one_transaction():
        post = locked(post_id)
        if not permissions.may_publish(user, post):
            raise NotAllowed(_may_not(user, post, "schedule"))
        changes = _waiting(post)
        changes.at, changes.scheduled_by, changes.correction = None, None, ""
        changes.save()
        succession.dismiss(post)
        _log("unschedule_changes", user, post)
    return post


def throw_away(post_id: int, user: Actor) -> Post:
    """The live post stays as it is. What the changes said stays in the history."""
    with one_transaction():
        post = locked(post_id)
        changes = _waiting(post)
        if not permissions.may_change_later(user, post) and not permissions.may_edit(user, post):
            raise NotAllowed(_may_not(user, post, "throw away"))
        if changes.at is not None and not permissions.may_publish(user, post):
            raise NotAllowed(
                _("The changes of “%(title)s” are scheduled: only who may publish them can throw them away.")
                % {"title": post.title}
            )
        changes.delete()
        succession.dismiss(post)
        _log("throw_changes", user, post)
    return post


def bring_back(post_id: int, number: int, user: Actor) -> Post:
    """What revision `number` said becomes the unpublished changes."""
    revision = Revision.objects.filter(post_id=post_id, number=number).first()
    if revision is None:
        raise NotPossible(_("There is no revision %(number)s of this post.") % {"number": number})
    content = Content.from_state(revision.state)
    return save(post_id, content, user, reason=f"brought back from revision {number}")


def take_over_due() -> int:
    """Make changes whose moment has come the posts' own, as any verb does on its way; how many that were. For cron: readers
    see them at their moment with or without it."""
    due = Post.everything.filter(replaced_at__lte=timezone.now()).values_list("pk", flat=True)
    number = 0
    for post_id in list(due[:AT_ONCE]):
        with one_transaction():
            locked(post_id)
            number += 1
    return number


def _log(verb: str, user: Actor, post: Post, note: str = "") -> None:
    deeds.record(verb, user, post=post, was=post.status, note=note)


# -- steps ---------------------------------------------------------------------------------------


def _waiting(post: Post) -> Changes:
    changes = Changes.objects.filter(post=post).first()
    if changes is None:
        raise NotPossible(
            _("“%(title)s” has no unpublished changes any more: someone published or threw them away.")
            % {"title": post.title}
        )
    return changes


def _may_not(user: Actor, post: Post, verb: str) -> str:
    if permissions.may_edit(user, post) and post.status != Post.Status.PUBLISHED:
        return _("“%(title)s” is not published: save it, there is nothing that readers see meanwhile.") % {
            "title": post.title
        }
    return may_not(verb, post.title)


def _merged(post: Post, changes: Changes | None, content: Content, base: int | None) -> Content:
    """What the form says, with what others saved of the changes since it was opened."""
    if changes is None:
        return _with_live(post, base or post.revision, content)
    if base is None or base == changes.revision or base > changes.revision:
        return content  # from the changes themselves, or from a page that showed both texts
    began = Revision.objects.filter(post=post, number=base).first()
    if began is None:
        return content
    return merge(Content.from_state(began.state), content_of(changes), content, revision=changes.revision)


def _with_live(post: Post, began: int, content: Content) -> Content:
    """With what was saved of the live post since revision `began`."""
    if began == post.revision:
        return content
    revision = Revision.objects.filter(post=post, number=began).first()
    standing = Content.of(post)
    base = Content.from_state(revision.state) if revision else standing
    return merge(base, standing, content, revision=post.revision)


def _began(post: Post, changes: Changes | None, base: int | None) -> int:
    """The live revision that the changes stand on: a form newer than they are has seen the newest."""
    if changes is None:
        return post.revision
    return base if base is not None and base > changes.revision else changes.began


def _appoint(post: Post, changes: Changes) -> None:
    """A row for what readers will see. What clashes with the live post is told to who schedules; an edit takes it off the schedule."""
    assert changes.at is not None  # noqa: S101  # the callers have just set it
    succession.appoint(post, prepare(outcome(post, changes)), changes.at, correction=changes.correction)


__all__ = [
    "EditConflict",
    "bring_back",
    "of",
    "publish",
    "save",
    "schedule",
    "shown",
    "shown_number",
    "take_over_due",
    "throw_away",
    "unschedule",
    "update_now",
]
