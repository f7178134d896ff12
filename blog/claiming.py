"""claiming: an author without a login becomes a user's, archive and all, by an editor's invitation; every refusal is a sentence."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from accounts.models import Author, User
from blog import deeds, mailing, taxonomy
from blog.errors import NotAllowed, NotPossible
from blog.models import Deed, Invitation
from blog.writing import one_transaction

LASTS = timedelta(days=7)
TOKEN_BYTES = 32
AT_ONCE = 5  # invitations to one author that work at the same time
LISTED = 20


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


# -- inviting ----------------------------------------------------------------------------------------


def invitations_of(author: Author) -> QuerySet[Invitation]:
    return author.invitations.select_related("created_by", "used_by").order_by("-pk")[:LISTED]


def invite(author: Author, user: User, *, email: str = "") -> str:
    """A new invitation's whole address, shown this once. With an e-mail address it is sent there too, and only an account
    with that address can use it."""
    _ask(user, author)
    with one_transaction():
        author = Author.objects.select_for_update().get(pk=author.pk)
        if author.user_id is not None:
            raise NotPossible(
                _("“%(name)s” has a login already. Take that one off first.") % {"name": author.name}
            )
        working = [one for one in author.invitations.all() if one.works]
        if len(working) >= AT_ONCE:
            raise NotPossible(
                _("%(number)d invitations to “%(name)s” work already. Take some back first.")
                % {"number": AT_ONCE, "name": author.name}
            )
        token = secrets.token_urlsafe(TOKEN_BYTES)
        made = Invitation.objects.create(
            author=author,
            token_sha256=_digest(token),
            email=email,
            created_by=user,
            expires_at=timezone.now() + LASTS,
        )
        deeds.record("invite", user, what=Deed.What.AUTHOR, title=author.name, note=email)
        address = f"{settings.SITE_URL}{reverse('claim', args=[token])}"
        if email:
            _send(made, user, address)
    return address


def _send(invitation: Invitation, user: User, address: str) -> None:
    until = formats.date_format(timezone.localtime(invitation.expires_at), "j E Y, H:i")
    said = _(
        "%(who)s invites you to sign in as the author “%(name)s” and to go on with the posts under it."
    ) % {
        "who": deeds.shown_name(user),
        "name": invitation.author.name,
    }
    works = _("The link works once, until %(until)s (%(zone)s time), for the account with this address.") % {
        "until": until,
        "zone": settings.TIME_ZONE,
    }
    mailing.send_after_commit(invitation.email, said, works, address)


def revoke(author: Author, user: User, number: int) -> None:
    _ask(user, author)
    with one_transaction():
        found = author.invitations.select_for_update().filter(pk=number).first()
        if found is None or not found.works:
            raise NotPossible(
                _("This invitation does not work any more: it was used, taken back or has expired.")
            )
        found.revoked_at = timezone.now()
        found.save(update_fields=["revoked_at"])
        deeds.record("uninvite", user, what=Deed.What.AUTHOR, title=author.name, note=found.email)


def _ask(user: User, author: Author) -> None:
    if not user.has_perm("accounts.change_author"):
        raise NotAllowed(
            _("You may not invite somebody to be “%(name)s”. Ask an editor.") % {"name": author.name}
        )


# -- claiming ----------------------------------------------------------------------------------------


def look(token: str, user: User) -> Invitation:
    """The invitation behind a token, if this user can take it up; else NotPossible says why not. Nothing is used up."""
    found = Invitation.objects.select_related("author").filter(token_sha256=_digest(token)).first()
    if found is None:
        raise NotPossible(_("There is no such invitation. Ask whoever sent it for a new one."))
    if found.revoked_at is not None:
        raise NotPossible(_("This invitation was taken back. Ask whoever sent it."))
    if found.used_at is not None:
        raise NotPossible(_("This invitation was used already: each works once. Ask for a new one."))
    if found.expires_at <= timezone.now():
        raise NotPossible(_("This invitation has expired. Ask whoever sent it for a new one."))
    if found.author.user_id is not None:
        raise NotPossible(
            _("“%(name)s” was claimed by somebody meanwhile. Ask an editor.") % {"name": found.author.name}
        )
    if found.email and found.email.casefold() != user.email.casefold():
        raise NotPossible(
            _(
                "This invitation is for the account with the address that it was sent to. Sign in with that one, "
                "or ask for an invitation to this one."
            )
        )
    own = Author.objects.filter(user=user).first()
    if own is not None and not _empty(own):
        raise NotPossible(
            _("Your account is the author “%(name)s” already. Ask an editor which of the two is to stay.")
            % {"name": own.name}
        )
    return found


def claim(token: str, user: User) -> Author:
    """Make the invitation's author the user's. An author of the user's own that nobody ever wrote under makes room."""
    with one_transaction():
        # Two at once: the second waits here, and then finds it used.
        list(Invitation.objects.select_for_update().filter(token_sha256=_digest(token)))
        found = look(token, user)
        own = Author.objects.filter(user=user).first()
        if own is not None:
            taxonomy.delete(own)
        author = Author.objects.select_for_update().get(pk=found.author_id)
        author.user = user
        author.save(update_fields=["user"])
        found.used_at, found.used_by = timezone.now(), user
        found.save(update_fields=["used_at", "used_by"])
        deeds.record("claim", user, what=Deed.What.AUTHOR, title=author.name)
    return author


def _empty(author: Author) -> bool:
    """Made with the account and never used: no byline, nothing said of the person."""
    return not (author.bio or author.website or author.picture) and not author.bylines.exists()
