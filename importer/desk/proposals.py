"""proposals: newer texts from sources that wait for an editor, beside what stands; taken over or turned down by one click."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from blog import publishing
from blog.admin.showing import Difference, differences
from blog.content import Content
from blog.errors import EditConflict, PublishingProblem
from blog.models import Post, Revision
from importer.desk.importpages import address, show, user_of

ON_A_PAGE = 10


def waiting() -> QuerySet[Revision]:
    """The newest proposal of each post, the newest first; a newer one holds all that an older one did."""
    newer = Revision.objects.filter(post=OuterRef("post"), proposed=True, number__gt=OuterRef("number"))
    found = Revision.objects.filter(proposed=True, post__trashed_at__isnull=True).exclude(Exists(newer))
    return found.select_related("post").order_by("-created_at", "-pk")


def proposals(request: HttpRequest) -> HttpResponse:
    user_of(request)
    page = Paginator(waiting(), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(one, list(changes(one))) for one in page]
    return show(request, "proposals", _("Proposals"), page=page, rows=rows)


def changes(proposal: Revision) -> Iterable[Difference]:
    """What taking it over would change now."""
    post = Post.everything.prefetch_related("bylines", "taggings").get(pk=proposal.post_id)
    stood = Revision.objects.filter(
        post=post, number__lt=proposal.number, proposed=False, working=False
    ).first()
    before = Content.from_state(stood.state) if stood else Content.of(post)
    proposed = Content.from_state(proposal.state)
    # Only what the proposal itself changes: what editors did since is theirs.
    names = [
        name for name in Content.__dataclass_fields__ if getattr(before, name) != getattr(proposed, name)
    ]
    return differences(Content.of(post), proposed, names)


def answer(request: HttpRequest, post: int, number: int) -> HttpResponse:
    """Take a proposal over or turn it down, by POST alone."""
    user = user_of(request)
    if request.method != "POST":
        return redirect(address("proposals"))
    verb = request.POST.get("answer")
    if verb not in ("accept", "reject"):
        raise Http404(_("There is no such button."))
    try:
        if verb == "accept":
            done = publishing.accept(post, number, user)
            messages.success(request, _("“%(title)s” says what was proposed.") % {"title": done.title})
        else:
            publishing.dismiss(post, number, user)
            messages.success(request, _("The proposal was turned down; the post stays as it is."))
    except EditConflict as conflict:
        names = conflict.names
        messages.error(
            request,
            _(
                "Someone has changed the same since it was proposed (%(names)s). Open the post and bring the two together there."
            )
            % {"names": names},
        )
    except PublishingProblem as problem:
        messages.error(request, str(problem))
    return redirect(address("proposals"))
