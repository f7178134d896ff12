"""directories: every tag and every author that a published post has."""

from __future__ import annotations

from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accounts.models import Author
from blog.caching import kept
from blog.listings import in_language, place
from blog.models import Post, Tag
from blog.navigation import navigation
from blog.versions import Version
from blog.views.rendering import show


@kept()
def tags(request: HttpRequest, version: Version, *, language: str | None = None) -> HttpResponse:
    around = navigation(version)
    posts = in_language(Post.objects.published(), version, language)
    counted = (
        Tag.objects.filter(taggings__content_object__in=posts)
        .annotate(number=Count("taggings"))
        .order_by("name", "pk")
    )
    rows = sorted(counted, key=lambda tag: str(tag.name).casefold())
    most = max((tag.number for tag in rows), default=1)
    return show(
        "blog/tags.html",
        around,
        path=place("tags", language),
        title=_("Tags"),
        tags=[(tag, place("tag", language, slug=tag.slug), _weight(tag.number, most)) for tag in rows],
    )


def _weight(number: int, most: int) -> int:
    """A share of the longest bar, in hundredths, never invisible."""
    return max(2, round(100 * number / most))


@kept()
def authors(request: HttpRequest, version: Version, *, language: str | None = None) -> HttpResponse:
    around = navigation(version)
    posts = in_language(Post.objects.published(), version, language)
    rows = (
        Author.objects.filter(bylines__post__in=posts)
        .annotate(number=Count("bylines__post", distinct=True), latest=Max("bylines__post__published_at"))
        .order_by("name", "pk")
    )
    return show(
        "blog/authors.html",
        around,
        path=place("authors", language),
        title=_("Authors"),
        authors=[(author, place("author", language, slug=author.slug)) for author in rows],
    )
