"""preview: links to read one unpublished post without signing in: made, counted, taken back."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from blog import permissions
from blog.errors import NotAllowed, NotPossible
from blog.models import Post, PreviewLink

LASTS = timedelta(days=7)
TOKEN_BYTES = 32


def make_link(post: Post, user: User) -> str:
    """A new link's whole address. The token is shown this once: only its hash is kept."""
    if not permissions.may_see(user, post):
        raise NotAllowed(f"You may not show “{post.title}” to others. Ask an editor.")
    if post.trashed_at is not None:
        raise NotPossible(f"“{post.title}” is in the trash; restore it first.")
    token = secrets.token_urlsafe(TOKEN_BYTES)
    PreviewLink.objects.create(
        post_id=post.pk,
        token_sha256=hashlib.sha256(token.encode()).hexdigest(),
        created_by=user,
        expires_at=timezone.now() + LASTS,
    )
    return f"{settings.SITE_URL}{reverse('preview', args=[token])}"


def revoke_links(post: Post, user: User) -> int:
    """Take back every link of the post; how many that were."""
    if not permissions.may_see(user, post):
        raise NotAllowed(f"You may not take back the links to “{post.title}”. Ask an editor.")
    return live_links(post).update(revoked_at=timezone.now())


def live_links(post: Post) -> QuerySet[PreviewLink]:
    return PreviewLink.objects.filter(post_id=post.pk, revoked_at__isnull=True, expires_at__gt=timezone.now())
