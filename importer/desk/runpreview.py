"""runpreview: the posts of a plan or of a finished import as readers would see them, for signed-in editors alone."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accounts.models import Author
from blog.models import Byline, Post
from blog.navigation import navigation
from blog.versions import version_now
from blog.views.rendering import show
from blog.writing import new_post
from importer.desk.importpages import address, run_or_404, user_of
from importer.errors import ImportProblem
from importer.models import Run, RunEntry
from importer.preparing.cleaning import Cleaned
from importer.runs import planning
from importer.runs.previewing import cleaned, survey_of
from importer.storing.knowing import Candidate
from importer.storing.posts import standing

ON_A_PAGE = 20
SHOWN = ("created", "updated", "kept", "conflict")


def entries_of(run: Run) -> Any:
    return run.entries.filter(verdict__in=SHOWN).order_by("pk")


def home(request: HttpRequest, number: int) -> HttpResponse:
    """A page of the run's posts, newest first within it."""
    user_of(request)
    run = run_or_404(number)
    page = Paginator(entries_of(run), ON_A_PAGE).get_page(request.GET.get("page"))
    posts = [post for entry in page if (post := posts_of(run, list(page)).get(entry.pk))]
    return private(
        show(
            "admin/importer/preview.html",
            navigation(version_now()),
            path=request.path,
            title=_("Preview of import %(pk)s") % {"pk": run.pk},
            run=run,
            posts=posts,
            before=page.previous_page_number() if page.has_previous() else None,
            after=page.next_page_number() if page.has_next() else None,
            noindex=True,
        )
    )


def post(request: HttpRequest, number: int, place: int) -> HttpResponse:
    """One post of the run; `place` is the number of its entry in the run."""
    user_of(request)
    run = run_or_404(number)
    entry = entries_of(run).filter(pk=place).first()
    found = posts_of(run, [entry]).get(entry.pk) if entry else None
    if found is None:
        raise Http404(_("There is no such post in this import."))
    return private(
        show(
            "admin/importer/preview_post.html",
            navigation(version_now()),
            path=request.path,
            title=found.title,
            run=run,
            post=found,
            noindex=True,
        )
    )


def private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


# -- the posts ---------------------------------------------------------------------------------------


def posts_of(run: Run, entries: list[RunEntry]) -> dict[int, Post]:
    """The posts by the run entry's id: those that stand here, or those a plan would make."""
    found = planned_posts(run, entries) if run.dry_run else stored_posts(entries)
    for pk, one in found.items():
        way = address("preview_post", run.pk, pk)
        one.get_absolute_url = lambda way=way: way  # type: ignore[method-assign,misc]
    return found


def stored_posts(entries: list[RunEntry]) -> dict[int, Post]:
    ids = [entry.post_id for entry in entries if entry.post_id]
    posts = Post.everything.filter(pk__in=ids, trashed_at__isnull=True).select_related("cover")
    by_id = {one.pk: one for one in posts.prefetch_related("bylines__author", "taggings__tag")}
    return {entry.pk: by_id[entry.post_id] for entry in entries if entry.post_id in by_id}


def planned_posts(run: Run, entries: list[RunEntry]) -> dict[int, Post]:
    """Made of the plan's documents, and never saved. Raises Http404 where those are not kept any more."""
    by_place = {(entry.location, entry.position): entry.pk for entry in entries}
    found = {}
    try:
        plan = planning.load(run.pk)
        for location in dict.fromkeys(entry.location for entry in entries):
            positions = {position for where, position in by_place if where == location}
            for candidate, ready in cleaned(survey_of(plan, location), plan, positions):
                found[by_place[location, candidate.entry.position]] = unsaved(candidate, ready, plan)
    except ImportProblem as problem:
        raise Http404(str(problem)) from problem
    return {entry.pk: found[entry.pk] for entry in entries if entry.pk in found}


def unsaved(candidate: Candidate, ready: Cleaned, plan: planning.Plan) -> Post:
    """The post that the entry would become, with its people, as templates read it."""
    stands = standing(candidate.entry, candidate.moment, plan.options)
    made = new_post(ready.prepared, kind=candidate.entry.kind, user=None, **stands)
    made.pk = -candidate.entry.position  # never saved; relations of what has no number cannot be read
    people = [Author(name=person.name, slug="-") for person in ready.people]
    for author in people:
        author.get_absolute_url = lambda: "#"  # type: ignore[method-assign]  # there is no page of theirs yet
    bylines = [Byline(author=author, position=place) for place, author in enumerate(people)]
    made._prefetched_objects_cache = {"bylines": bylines, "taggings": []}  # type: ignore[attr-defined]
    return made
