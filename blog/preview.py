"""preview: links to read one unpublished post without signing in: made, listed, opened, taken back."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from blog import deeds, permissions
from blog.errors import NotAllowed, NotPossible
from blog.models import Post, PreviewLink
from blog.writing import one_transaction

DAYS = (1, 7, 30)  # what can be chosen
USUAL = 7
TOKEN_BYTES = 32
AT_ONCE = 50  # links of one post that work at the same time
LISTED = 100
NOTED_EVERY = timedelta(minutes=1)  # how closely the last opening is noted
LABEL_LENGTH = 80


def make_link(
    post: Post, user: User, *, days: int = USUAL, may_comment: bool = False, label: str = ""
) -> str:
    """A new link's whole address. The token is shown this once: only its hash is kept. `label` says for whom it is."""
    _ask(post, user)
    if post.trashed_at is not None:
        raise NotPossible(_("“%(title)s” is in the trash; restore it first.") % {"title": post.title})
    if days not in DAYS:
        raise NotPossible(_("A link lasts 1, 7 or 30 days. Choose one of these."))
    if live_links(post).count() >= AT_ONCE:
        raise NotPossible(
            _("%(number)d links to this post work already. Take some back first.") % {"number": AT_ONCE}
        )
    token = secrets.token_urlsafe(TOKEN_BYTES)
    label = " ".join(label.replace("\0", "").split())[:LABEL_LENGTH]
    with one_transaction():
        PreviewLink.objects.create(
            post_id=post.pk,
            token_sha256=_digest(token),
            created_by=user,
            expires_at=timezone.now() + timedelta(days=days),
            may_comment=may_comment,
            label=label,
        )
        lasts = ngettext("for %(days)d day", "for %(days)d days", days) % {"days": days}
        note = ", ".join(part for part in (label, lasts, _("may comment") if may_comment else "") if part)
        deeds.record("share", user, post=post, was=post.status, note=note)
    return f"{settings.SITE_URL}{reverse('preview', args=[token])}"


def revoke_link(post: Post, user: User, number: int) -> None:
    """Take one back; one that ended already stays as it is."""
    _ask(post, user)
    with one_transaction():
        link = live_links(post).filter(pk=number).first()
        if link is None:
            raise NotPossible(_("This link does not work any more: it has ended or was taken back."))
        live_links(post).filter(pk=number).update(revoked_at=timezone.now())
        deeds.record("unshare", user, post=post, was=post.status, note=link.label)


def revoke_links(post: Post, user: User) -> int:
    """Take back every link of the post; how many that were."""
    _ask(post, user)
    with one_transaction():
        number = live_links(post).update(revoked_at=timezone.now())
        if number:
            note = ngettext("%(number)d link", "%(number)d links", number) % {"number": number}
            deeds.record("unshare", user, post=post, was=post.status, note=note)
    return number


def _ask(post: Post, user: User) -> None:
    if not permissions.may_see(user, post):
        raise NotAllowed(_("You may not show “%(title)s” to others. Ask an editor.") % {"title": post.title})


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _live() -> Q:
    return Q(revoked_at__isnull=True, expires_at__gt=timezone.now())


def live_links(post: Post) -> QuerySet[PreviewLink]:
    return PreviewLink.objects.filter(_live(), post_id=post.pk)


def links_of(post: Post) -> list[PreviewLink]:
    """The newest of them, ended ones too, with who made each."""
    return list(
        PreviewLink.objects.filter(post_id=post.pk).select_related("created_by").order_by("-pk")[:LISTED]
    )


def opened(token: str) -> PreviewLink | None:
    """The link that this token opens; None where it never was one, has ended, or its post is in the trash or gone.

    When it was opened last is noted, by the minute; by whom is not.
    """
    link = PreviewLink.objects.filter(
        _live(), token_sha256=_digest(token), post__trashed_at__isnull=True
    ).first()
    now = timezone.now()
    if link is not None and (link.opened_at is None or now - link.opened_at > NOTED_EVERY):
        PreviewLink.objects.filter(pk=link.pk).update(opened_at=now)
    return link
