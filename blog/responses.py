"""responses: the verbs of what readers say under posts: say, answer, judge, delete; and taking over what an import kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from blog import deeds, mailing, permissions
from blog.errors import NotAllowed, NotPossible, PostGone
from blog.markup import said
from blog.models import Post, Response
from blog.responding import is_open, root_of
from blog.writing import one_transaction, pages_changed

LONGEST = 5000  # characters of one comment; those that take more than two bytes count for more
LONGEST_NAME = 80
LONGEST_EMAIL = 254
A_POST = 2000  # comments
WAITING_A_POST = 200
WAITING_IN_ALL = 5000
TOLD_OF = 10  # while so many wait under a post, its authors get no more mail
REFUSED_KEPT = timedelta(days=30)
JUDGEMENTS = {"approved": "approve_comment", "rejected": "reject_comment", "spam": "spam_comment"}
# Signs that turn the reading round or take no room: a name or a link made of them shows other than what it is.
_UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_BLANK = re.compile("[\\s\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200c\u200d\u2800\u3164\uffa0]*")


# -- what readers do -----------------------------------------------------------------------------------


def respond(post_id: int, name: str, email: str, text: str, *, to: int | None = None) -> Response:
    """What a reader says under a public post, in answer to comment `to` where one is named; it waits for approval."""
    given = Response(name=_name(name), email=_email(email), text=_text(text))
    with one_transaction():
        post = _open(post_id)
        given.post = root = _locked(root_of(post))
        given.parent = _answered(root, to) if to is not None else None
        own = Response.objects.filter(post=root)
        if same := own.filter(
            status="waiting", name=given.name, text=given.text, parent=given.parent
        ).first():
            return same
        waiting = own.filter(status="waiting").count()
        if waiting >= WAITING_A_POST or own.count() >= A_POST or _full():
            raise NotPossible(_("No more comments fit here for now. Try again another day."))
        given.html = said(given.text)
        given.save()
        if waiting < TOLD_OF:
            mailing.responded(root, given.name, given.text)
    return given


def _open(post_id: int) -> Post:
    """Asked again at the moment of writing: the post may have closed, or gone, since its form was opened."""
    post = Post.objects.published().filter(pk=post_id).first()
    if post is None:
        raise PostGone(_("This post is not there any more."))
    if not is_open(post):
        raise NotPossible(_("Comments on this post are closed."))
    return post


def _locked(post_id: int) -> Post:
    """The post's own row, so that what is counted stays counted."""
    post = Post.everything.select_for_update().filter(pk=post_id).first()
    if post is None:
        raise PostGone(_("This post is not there any more."))
    return post


def _answered(post: Post, number: int) -> Response:
    """One that readers see, of this post, that is no answer itself and was not imported."""
    found = answerable(post.pk).filter(pk=number).first()
    if found is None:
        raise NotPossible(_("The comment that you answer is not there any more. Write yours without it."))
    return found


def answerable(post_id: int) -> QuerySet[Response]:
    return Response.objects.filter(post_id=post_id, status=Response.Status.APPROVED, parent=None, origin="")


def _full() -> bool:
    return Response.objects.filter(status="waiting").count() >= WAITING_IN_ALL


# -- what the desk does --------------------------------------------------------------------------------


def answer(response_id: int, user: User, text: str) -> Response:
    """What those who write the post say to a comment; it is shown at once, marked as theirs, and so is the comment."""
    with one_transaction():
        to = _judged(response_id, user)
        if to.parent_id is not None or to.origin:
            raise NotPossible(
                _("Only a reader’s own comment can be answered, not an answer or an imported one.")
            )
        _stand(to, "approved", user)
        name = deeds.shown_name(user)
        author = getattr(user, "author", None)
        given = Response(
            post=to.post, parent=to, name=_name(author.name if author else name), text=_text(text)
        )
        given.html, given.user, given.by_writers = said(given.text), user, True
        given.status, given.judged_at = Response.Status.APPROVED, timezone.now()
        given.save()
        pages_changed()
    return given


def judge(response_id: int, user: User, status: str) -> Response:
    """Approve, reject, or call it spam; any of these may be taken back by another."""
    with one_transaction():
        found = _judged(response_id, user)
        _stand(found, status, user)
    return found


def delete(response_id: int, user: User | None) -> None:
    """For good, answers with it. Of an imported one an empty row stays, so that the next import does not bring it back."""
    with one_transaction():
        found = _judged(response_id, user)
        if user is not None and not user.has_perm("blog.delete_response"):
            raise NotAllowed(_("You may not delete comments. Reject it, or ask an editor."))
        deeds.record("delete_comment", user, post=found.post, was=found.post.status)
        erase(Response.objects.filter(Q(pk=found.pk) | Q(parent=found)))


def delete_if_there(response_id: int, user: User) -> None:
    """The same, of one among several: an answer may have gone with what it answered."""
    if Response.objects.filter(pk=response_id).exists():
        delete(response_id, user)


def erase(rows: QuerySet[Response]) -> int:
    """Delete `rows`, a queryset, inside a transaction; how many people's words went."""
    found = list(rows.values_list("pk", "status", "origin"))
    if any(status == Response.Status.APPROVED for _pk, status, _origin in found):
        pages_changed()
    imported = [pk for pk, _status, origin in found if origin]
    Response.objects.filter(pk__in=imported).update(
        status=Response.Status.EMPTIED, name="", email="", text="", html="", at=None
    )
    Response.objects.filter(pk__in=[pk for pk, _status, origin in found if not origin]).delete()
    return len(found)


def forget_refused() -> int:
    """Rejected comments and spam are deleted 30 days after somebody said so; how many that were."""
    old = timezone.now() - REFUSED_KEPT
    with one_transaction():
        rows = Response.objects.filter(status__in=("rejected", "spam"), origin="", judged_at__lte=old)
        return erase(rows)


def _judged(response_id: int, user: User | None) -> Response:
    found = (
        Response.objects.select_for_update(of=("self",))
        .select_related("post")
        .filter(pk=response_id)
        .exclude(status=Response.Status.EMPTIED)
        .first()
    )
    if found is None:
        raise NotPossible(_("This comment is not there any more. Look at the list again."))
    if not permissions.may_judge(user, found.post):
        raise NotAllowed(_("You may not decide about comments on this post. Ask an editor."))
    return found


def _stand(found: Response, status: str, user: User) -> None:
    if status not in JUDGEMENTS:
        raise NotPossible(_("Press one of the buttons."))
    if status == found.status:
        return
    if Response.Status.APPROVED in (status, found.status):
        pages_changed()
    found.status, found.judged_at = status, timezone.now()
    found.save(update_fields=["status", "judged_at"])
    deeds.record(JUDGEMENTS[status], user, post=found.post, was=found.post.status)


# -- what an import kept -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Kept:
    """A comment as its source kept it, in plain text; `parent` is the origin of the one it answers, or ""."""

    origin: str  # a digest that names it, the same at every import
    name: str
    text: str
    at: datetime | None
    parent: str = ""


def take_over(post_id: int, kept: Sequence[Kept]) -> int:
    """The imported comments of a post become these: new ones come, those that are gone go, the rest stay as they were
    judged here. Answers to answers stand beside them. How many came."""
    wanted = {one.origin: one for one in kept}
    with one_transaction():
        rows = Response.objects.filter(post_id=post_id).exclude(origin="")
        standing = dict(rows.values_list("origin", "pk"))
        gone = [pk for origin, pk in standing.items() if origin not in wanted]
        new = [one for one in wanted.values() if one.origin not in standing]
        if gone:
            rows.filter(pk__in=gone).exclude(status=Response.Status.EMPTIED).delete()
        made = Response.objects.bulk_create(_imported(post_id, one) for one in new)
        numbers = standing | {row.origin: row.pk for row in made}
        for row in made:
            first = _first(wanted[row.origin], wanted)
            row.parent_id = numbers[first] if first != row.origin else None
        Response.objects.bulk_update([row for row in made if row.parent_id], ["parent"])
        if gone or made:
            pages_changed()
    return len(made)


def _imported(post_id: int, one: Kept) -> Response:
    text = _CONTROL.sub("", one.text.replace("\r\n", "\n")).strip()
    name = " ".join(_UNSEEN.sub("", _CONTROL.sub(" ", one.name)).split())[:LONGEST_NAME]
    return Response(
        post_id=post_id,
        origin=one.origin,
        name=name,
        text=text,
        html=said(text),
        at=one.at,
        status=Response.Status.APPROVED,
    )


def _first(one: Kept, known: dict[str, Kept]) -> str:
    """The origin of the comment that began the talk; a circle of parents ends where it began."""
    seen = {one.origin}
    while one.parent in known and one.parent not in seen:
        one = known[one.parent]
        seen.add(one.origin)
    return one.origin if not one.parent or one.parent not in seen else min(seen)


# -- what is taken -------------------------------------------------------------------------------------


def _name(given: str) -> str:
    name = " ".join(_UNSEEN.sub("", _CONTROL.sub(" ", given)).split())[:LONGEST_NAME].strip()
    if _BLANK.fullmatch(name):
        raise NotPossible(_("Write your name: it stands over what you say."))
    return name


def _email(given: str) -> str:
    email = given.strip()
    if not email:
        return ""
    try:
        if len(email) > LONGEST_EMAIL:
            raise ValidationError("too long")
        validate_email(email)
    except ValidationError as problem:
        raise NotPossible(_("This is no e-mail address. Mend it, or leave it empty.")) from problem
    return email.lower()


def _text(given: str) -> str:
    text = _UNSEEN.sub("", _CONTROL.sub("", given.replace("\r\n", "\n").replace("\r", "\n"))).strip()
    if _BLANK.fullmatch(text):
        raise NotPossible(_("Write something first: the comment was empty."))
    room = max(len(text), (len(text.encode()) + 1) // 2)
    if room > LONGEST:
        raise NotPossible(
            _("A comment has at most %(most)d characters; this one takes the room of %(number)d. Shorten it.")
            % {"most": LONGEST, "number": room}
        )
    return text
