"""preview: one unpublished post for whoever holds its link, until the link expires or is taken back."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from blog.caching import version_now
from blog.models import Post
from blog.navigation import navigation
from blog.preview import find_link
from blog.querysets import PostQuerySet
from blog.views.posts import for_page, show_post


@require_safe
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Never kept by anyone, and no address that it leads to learns the link."""
    link = find_link(token)
    if link is None:
        raise Http404("This preview link has expired or was taken back. Ask whoever sent it for a new one.")
    post = get_object_or_404(for_page(PostQuerySet(Post)), pk=link.post_id)
    response = redirect(post) if post.is_public else show_post(post, navigation(version_now()), preview=link)
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
