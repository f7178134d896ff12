"""first_administrator: the link, good once, by which a new site gets its first administrator."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from accounts.roles import ADMINISTRATOR

GOOD_FOR = timedelta(hours=24)
# A dot, because a colon in an address is rewritten by some mail programs.
_signer = signing.TimestampSigner(salt="accounts.first_administrator", sep=".")


class AdministratorExists(Exception):
    """Somebody administers this site already, so no link makes another."""


def administrator_exists() -> bool:
    """Whether anybody who may sign in administers the site."""
    return User.objects.filter(Q(is_superuser=True) | Q(groups__name=ADMINISTRATOR), is_active=True).exists()


def new_link() -> str:
    """An address that makes the first administrator. Nothing is stored: every link dies with the first use of any."""
    token = _signer.sign(secrets.token_urlsafe(32))
    return f"{settings.SITE_URL}{reverse('welcome', args=[token])}"


def is_good(token: str) -> bool:
    """Whether this site made the token, not long ago, and still needs it."""
    try:
        _signer.unsign(token, max_age=GOOD_FOR)
    except signing.BadSignature:
        return False
    return not administrator_exists()


@transaction.atomic
def make_first_administrator(*, username: str, email: str, password: str) -> User:
    """The one administrator that a link may make; AdministratorExists where another was quicker."""
    # A row that every site has is locked, so that two uses of a link come one after the other.
    list(ContentType.objects.select_for_update().filter(app_label="accounts", model="user"))
    if administrator_exists():
        raise AdministratorExists
    user = User.objects.create_superuser(username=username, email=email, password=password)
    user.groups.add(Group.objects.get(name=ADMINISTRATOR))
    return user
