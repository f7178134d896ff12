"""mailing: one plain sentence by mail to those a review concerns; sent after the commit, and never the reason a verb fails."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from blog import permissions
from blog.deeds import shown_name
from blog.models import Post

PATIENCE = 10  # seconds for the mail server
DOWN, LEFT_ALONE = "mailing.down", 60  # seconds
AT_MOST = 50  # people a mail goes to
SUBJECT_LENGTH = 200
BACKEND = "django.contrib.auth.backends.ModelBackend"

log = logging.getLogger(__name__)
_unsent: ContextVar[list[str] | None] = ContextVar("unsent", default=None)


@contextmanager
def unsent_mail() -> Iterator[list[str]]:
    """The sentences about mail that could not be sent meanwhile, for whoever shows messages."""
    told: list[str] = []
    token = _unsent.set(told)
    try:
        yield told
    finally:
        _unsent.reset(token)


# -- who is told of what -----------------------------------------------------------------------------


def sent_for_review(post: Post, user: User | None, note: str) -> None:
    editors = User.objects.with_perm("blog.edit_any_post", backend=BACKEND).filter(mail_submitted=True)
    _later(
        post,
        user,
        editors,
        lambda who: _("%(who)s sent “%(title)s” for review.") % {"who": who, "title": post.title},
        note,
    )


def returned(post: Post, user: User | None, note: str) -> None:
    _to_writers(
        post,
        user,
        lambda who: _("%(who)s returned “%(title)s” to you.") % {"who": who, "title": post.title},
        note,
    )


def approved(post: Post, user: User | None) -> None:
    _to_writers(
        post, user, lambda who: _("%(who)s approved “%(title)s”.") % {"who": who, "title": post.title}
    )


def published(post: Post, user: User | None) -> None:
    """Said of a scheduled one too, with its moment."""

    def sentence(who: str) -> str:
        if not post.is_scheduled or post.published_at is None:
            return _("%(who)s published “%(title)s”.") % {"who": who, "title": post.title}
        moment = formats.date_format(timezone.localtime(post.published_at), "j E Y, H:i")
        return _("%(who)s scheduled “%(title)s” for %(moment)s (%(zone)s time).") % {
            "who": who,
            "title": post.title,
            "moment": moment,
            "zone": settings.TIME_ZONE,
        }

    _to_writers(post, user, sentence)


def commented(post: Post, user: User | None, name: str, others: Iterable[int], text: str) -> None:
    """To those who write the post and the others in the thread; `name` is who commented."""
    wanted = Q(pk__in=list(others)) | _writes(post)
    people = User.objects.filter(wanted, mail_comments=True)
    _later(
        post,
        user,
        people,
        lambda who: _("%(who)s commented on “%(title)s”.") % {"who": who, "title": post.title},
        text,
        name=name,
        part="comments",
    )


def responded(post: Post, name: str, text: str) -> None:
    """To those who write the post: a reader's comment waits. `name` is the reader's."""
    page = f"{settings.SITE_URL}{reverse('admin:blog_response_changelist')}?post={post.pk}"
    people = User.objects.filter(_writes(post), mail_responses=True)
    _later(
        post,
        None,
        people,
        lambda who: (
            _("A comment by %(who)s on “%(title)s” waits for approval.") % {"who": who, "title": post.title}
        ),
        text,
        name=name,
        page=page,
    )


def _writes(post: Post) -> Q:
    return Q(pk=post.created_by_id) | Q(author__bylines__post=post.pk)


def _to_writers(post: Post, user: User | None, sentence: Callable[[str], str], note: str = "") -> None:
    _later(post, user, User.objects.filter(_writes(post), mail_own=True), sentence, note)


# -- sending -----------------------------------------------------------------------------------------


def _later(
    post: Post,
    user: User | None,
    people: QuerySet[User],
    sentence: Callable[[str], str],
    note: str = "",
    *,
    name: str = "",
    part: str = "change",
    page: str = "",
) -> None:
    """After the commit, to those of `people` who may see the post and did not do it themselves.

    Nobody is told what the operator's commands do, unless it has a name.
    """
    if user is None and not name:
        return
    who = name or shown_name(user)
    page = page or f"{settings.SITE_URL}{reverse(f'admin:blog_{post.kind}_{part}', args=[post.pk])}"
    transaction.on_commit(lambda: _send(post, user, people, sentence, who, note, page), robust=True)


def _send(
    post: Post,
    user: User | None,
    people: QuerySet[User],
    sentence: Callable[[str], str],
    who: str,
    note: str,
    page: str,
) -> None:
    """The first that can't be sent ends it: a server that does not answer one is not asked again for a minute."""
    if cache.get(DOWN):
        _note_failure("not tried: one failed a moment ago")
        return
    try:
        told = people.filter(is_active=True, is_staff=True).exclude(email="").distinct().order_by("pk")
        told = told.exclude(pk=user.pk) if user is not None else told
        connection = get_connection(timeout=PATIENCE)
        for person in told.select_related("author")[:AT_MOST]:
            if permissions.may_see(person, post):
                _message(person, sentence, who, note, page, connection).send()
    except Exception as problem:  # whatever a mail server, its library or its address comes up with
        cache.set(DOWN, True, LEFT_ALONE)
        _note_failure(type(problem).__name__)


def send_after_commit(to: str, said: str, *more: str) -> None:
    """One mail to one address: a sentence, which is the subject too, and what follows it."""
    text = "\n\n".join([said, *more]) + "\n"
    transaction.on_commit(lambda: _send_one(to, _subject(said), text), robust=True)


def _send_one(to: str, subject: str, text: str) -> None:
    if cache.get(DOWN):
        _note_failure("not tried: one failed a moment ago")
        return
    try:
        EmailMessage(subject, text, to=[to], connection=get_connection(timeout=PATIENCE)).send()
    except Exception as problem:
        cache.set(DOWN, True, LEFT_ALONE)
        _note_failure(type(problem).__name__)


def _subject(said: str) -> str:
    return " ".join(f"{settings.SITE_NAME}: {said}".split())[:SUBJECT_LENGTH]


def _message(
    person: User, sentence: Callable[[str], str], who: str, note: str, page: str, connection: object
) -> EmailMessage:
    """In the language of whoever reads it; a subject is one line, whatever stands in a title."""
    with translation.override(getattr(person, "language", "") or settings.LANGUAGE_CODE):
        said = sentence(who)
    text = "\n\n".join(part for part in (" ".join(said.split()), note.strip(), page) if part)
    return EmailMessage(_subject(said), text + "\n", to=[person.email], connection=connection)  # type: ignore[arg-type]


def _note_failure(why: str) -> None:
    log.warning("A mail about a review could not be sent (%s). Check EMAIL_URL.", why)
    told = _unsent.get()
    if told is not None:
        told.append(
            _(
                "It is done, but the mail about it could not be sent. Ask an administrator to check the mail settings."
            )
        )
