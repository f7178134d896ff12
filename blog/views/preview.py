"""preview: one unpublished post for whoever holds its link, until the link expires or is taken back."""

from __future__ import annotations

import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from blog.models import Post, PreviewLink
from blog.navigation import navigation
from blog.querysets import PostQuerySet
from blog.versions import version_now
from blog.views.posts import for_page, show_post


@require_safe
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Never kept by anyone, and no address that it leads to learns the link."""
    digest = hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
    links = PreviewLink.objects.filter(token_sha256=digest, post__trashed_at__isnull=True)
    link = links.filter(revoked_at__isnull=True, expires_at__gt=timezone.now()).first()
    if link is None:
        raise Http404("This preview link has expired or was taken back. Ask whoever sent it for a new one.")
    post = get_object_or_404(for_page(PostQuerySet(Post)), pk=link.post_id)
    response = redirect(post) if post.is_public else show_post(post, navigation(version_now()), preview=link)
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
