"""quick: a draft begun from the desk's front page with a title and its first words."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from accounts.authors import own_author
from accounts.models import User
from blog import permissions, publishing
from blog.content import BylineSpec, Content

LONGEST = 1024 * 1024  # characters


@csrf_protect
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Make it and go on writing on its page."""
    user = request.user
    if not isinstance(user, User) or not permissions.may_create(user):
        raise PermissionDenied
    title = " ".join(request.POST.get("title", "").replace("\0", "").split())[:500]
    body = request.POST.get("body", "").replace("\0", "").replace("\r\n", "\n")
    if not title or len(body) > LONGEST:
        messages.error(request, _("Give the draft a title, and at most 1 MB of text."))
        return redirect("admin:index")
    author = own_author(user)
    bylines = (BylineSpec(author.pk),) if author else ()
    post = publishing.create(Content(title=title, body=body, bylines=bylines), user)
    return redirect("admin:blog_post_change", post.pk)
