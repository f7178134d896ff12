"""front: the first page of the desk: what waits for whom, what is due, and how much was written; each part one query."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet, Sum
from django.db.models.functions import TruncMonth, TruncWeek
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from blog.admin.charts import Chart, bars
from blog.models import Post, Response
from blog.permissions import edits_any, responses_of, visible_to

SHOWN = 5
WEEKS, MONTHS = 26, 12


@dataclass(frozen=True, slots=True)
class Part:
    """One list of the front page: its first rows, and where the rest stand."""

    name: str
    title: str | Promise
    rest: str  # the query of the whole list
    posts: tuple[Post, ...]
    empty: str | Promise

    @property
    def has_more(self) -> bool:
        return len(self.posts) == SHOWN


def parts(user: User) -> list[Part]:
    """What waits for this user. One query a part."""
    if not user.has_perm("blog.view_post"):
        return []
    return [
        Part(name, title, rest, tuple(posts[:SHOWN]), empty)
        for name, title, rest, posts, empty in _asked(user)
    ]


def _asked(user: User) -> Iterator[tuple[str, str | Promise, str, QuerySet[Post], str | Promise]]:
    columns = ("title", "updated_at", "published_at", "kind", "appears_at")
    seen = Post.objects.filter(visible_to(user), trashed_at__isnull=True).only(*columns)
    if edits_any(user):
        waiting = seen.filter(status="review").order_by("updated_at")
        yield (
            "review",
            gettext_lazy("Waiting for your review"),
            "?status=review",
            waiting,
            gettext_lazy("Nothing waits."),
        )
    drafts = seen.filter(status="draft", created_by=user).order_by("-updated_at")
    yield (
        "drafts",
        gettext_lazy("Your drafts"),
        "?status=draft&mine=1",
        drafts,
        gettext_lazy("No draft is begun."),
    )
    if not edits_any(user):
        sent = seen.filter(status="review").order_by("updated_at")
        yield (
            "sent",
            gettext_lazy("With the editors"),
            "?status=review",
            sent,
            gettext_lazy("Nothing is with them."),
        )
    due = seen.filter(status="published", published_at__gt=timezone.now()).order_by("published_at")
    yield (
        "scheduled",
        gettext_lazy("Scheduled"),
        "?status=scheduled",
        due,
        gettext_lazy("Nothing is scheduled."),
    )
    changed = seen.filter(changes__isnull=False).order_by("-changes__saved_at")
    yield (
        "changes",
        gettext_lazy("Unpublished changes"),
        "?changes=1",
        changed,
        gettext_lazy("Every live post stands as it was written."),
    )


def comments_waiting(user: User) -> int:
    """How many comments of readers wait for this user to decide; one query."""
    if not user.has_perm("blog.change_response"):
        return 0
    return responses_of(user).filter(status=Response.Status.WAITING).count()


def address(post: Post) -> str:
    return reverse(f"admin:blog_{post.kind}_change", args=[post.pk])


# -- how much was written --------------------------------------------------------------------------


def charts(user: User) -> list[Chart]:
    """Posts a week and words a month, of the whole site for editors, of their own for others. Two queries."""
    if not user.has_perm("blog.view_post"):
        return []
    public = Post.objects.published().filter(visible_to(user), dated=True)
    today = timezone.localdate()
    return [_posts_a_week(public, today), _words_a_month(public, today)]


def _posts_a_week(public: QuerySet[Post], today: date) -> Chart:
    first = today - timedelta(days=today.weekday(), weeks=WEEKS - 1)
    rows = public.filter(published_at__date__gte=first).annotate(week=TruncWeek("published_at")).order_by()
    found = Counter(moment.date() for moment in rows.values_list("week", flat=True))
    weeks = [first + timedelta(weeks=number) for number in range(WEEKS)]
    return bars(
        _("Posts a week"),
        [(_("Week of %(day)s") % {"day": formats.date_format(week, "j E Y")}, found[week]) for week in weeks],
    )


def _words_a_month(public: QuerySet[Post], today: date) -> Chart:
    months = list(reversed([_month_before(today, number) for number in range(MONTHS)]))
    rows = (
        public.filter(published_at__date__gte=months[0])
        .annotate(month=TruncMonth("published_at"))
        .order_by()
        .values("month")
        .annotate(sum=Sum("words"))
        .values_list("month", "sum")
    )
    found = {moment.date(): int(words) for moment, words in rows}
    return bars(
        _("Words a month"),
        [(formats.date_format(month, "F Y"), found.get(month, 0)) for month in months],
    )


def _month_before(day: date, number: int) -> date:
    months = day.year * 12 + day.month - 1 - number
    return date(months // 12, months % 12 + 1, 1)
