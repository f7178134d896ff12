"""archive: all posts by year and month, and those without a date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Count
from django.db.models.functions import ExtractMonth, ExtractYear
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from blog.caching import kept
from blog.listings import in_language, one_page, page_number, place
from blog.models import Post
from blog.navigation import navigation
from blog.querysets import PostQuerySet
from blog.versions import Version
from blog.views.rendering import numbered, paging, show

A_PAGE = 100  # titles
TALLEST, STEP = 42, 20  # of the drawing: the highest bar, and from bar to bar


@dataclass(frozen=True, slots=True)
class Month:
    number: int
    name: str
    posts: int
    address: str
    x: int  # where its bar stands in the drawing
    height: int  # of its bar

    @property
    def top(self) -> int:
        return TALLEST - self.height


@dataclass(frozen=True, slots=True)
class Year:
    number: int
    posts: int
    address: str
    months: tuple[Month, ...]  # all twelve

    @property
    def told(self) -> str:
        """The drawing in words."""
        return ", ".join(f"{month.name} {month.posts}" for month in self.months if month.posts)


@kept("page")
def whole(request: HttpRequest, version: Version, *, language: str | None = None) -> HttpResponse:
    """Years and months with their counts; below them, page by page, the posts without a date."""
    number = page_number(request)
    around = navigation(version)
    posts = in_language(Post.objects.published().newest_first(), version, language)
    undated = around.counts(language)[1]
    rest: list[Post] = []
    more = False
    if undated or number > 1:
        rest, more = one_page(posts.filter(dated=False), number, A_PAGE)
    path = place("archive", language)
    return show(
        "blog/archive.html",
        around,
        path=numbered(path, number),
        title=_("Archive"),
        years=_years(posts, language),
        posts=rest,
        undated=undated,
        **paging(path, number, more),
    )


def _years(posts: PostQuerySet, language: str | None) -> list[Year]:
    zone = timezone.get_current_timezone()
    counted = (
        posts.filter(dated=True)
        .order_by()
        .values(
            year=ExtractYear("published_at", tzinfo=zone), month=ExtractMonth("published_at", tzinfo=zone)
        )
        .annotate(posts=Count("pk"))
        .order_by("-year", "month")
    )
    rows = list(counted)
    most = max((row["posts"] for row in rows), default=1)
    return [
        _year(number, {row["month"]: row["posts"] for row in of_year}, most, language)
        for number, of_year in groupby(rows, key=lambda row: int(row["year"]))
    ]


def _year(number: int, counts: dict[int, int], most: int, language: str | None) -> Year:
    def month(of: int) -> Month:
        posts = counts.get(of, 0)
        address = place("archive-month", language, year=f"{number:04}", month=f"{of:02}") if posts else ""
        height = max(3, round(TALLEST * posts / most)) if posts else 0
        return Month(of, str(MONTHS[of]), posts, address, (of - 1) * STEP + 3, height)

    return Year(
        number,
        sum(counts.values()),
        place("archive-year", language, year=f"{number:04}"),
        tuple(month(of) for of in range(1, 13)),
    )


@kept("page")
def year(request: HttpRequest, version: Version, *, year: str, language: str | None = None) -> HttpResponse:
    start, end = _bounds(int(year), 1, int(year) + 1, 1)
    path = place("archive-year", language, year=year)
    return _span(
        request,
        version,
        language,
        start,
        end,
        path=path,
        title=year,
        up=place("archive", language),
        up_label=_("Archive"),
    )


@kept("page")
def month(
    request: HttpRequest, version: Version, *, year: str, month: str, language: str | None = None
) -> HttpResponse:
    first, of = int(year), int(month)
    start, end = _bounds(first, of, first + of // 12, of % 12 + 1)
    return _span(
        request,
        version,
        language,
        start,
        end,
        path=place("archive-month", language, year=year, month=month),
        title=f"{MONTHS[of]} {year}",
        up=place("archive-year", language, year=year),
        up_label=year,
    )


def _bounds(year: int, month: int, to_year: int, to_month: int) -> tuple[datetime, datetime]:
    if not 1900 <= year <= 9000:
        raise Http404("There are no posts from that year.")
    zone = timezone.get_current_timezone()
    return datetime(year, month, 1, tzinfo=zone), datetime(to_year, to_month, 1, tzinfo=zone)


def _span(
    request: HttpRequest,
    version: Version,
    language: str | None,
    start: datetime,
    end: datetime,
    *,
    path: str,
    title: str,
    up: str,
    up_label: str,
) -> HttpResponse:
    number = page_number(request)
    around = navigation(version)
    posts = in_language(Post.objects.published().newest_first(), version, language)
    posts = posts.filter(dated=True, published_at__gte=start, published_at__lt=end)
    found, more = one_page(posts, number, A_PAGE)
    return show(
        "blog/archive_span.html",
        around,
        path=numbered(path, number),
        title=title,
        months=_by_month(found),
        up=up,
        up_label=up_label,
        **paging(path, number, more),
    )


def _by_month(posts: Iterable[Post]) -> list[tuple[str, list[Post]]]:
    def name(post: Post) -> str:
        moment = timezone.localtime(post.published_at)
        return f"{MONTHS[moment.month]} {moment.year}"

    return [(month, list(of_month)) for month, of_month in groupby(posts, key=name)]
