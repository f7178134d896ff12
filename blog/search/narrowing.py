"""narrowing: a question asked of the posts of one author, tag, year or language alone, and what there is to choose from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from blog.models import Byline, TaggedPost
from blog.querysets import PostQuerySet

CHOICES = 30  # of a kind that are offered, those of most posts


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Slugs, a year, and a language with the codes that it covers; what is empty narrows nothing."""

    author: str = ""
    tag: str = ""
    year: int = 0
    language: str = ""
    codes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.author or self.tag or self.year or self.language)

    def of(self, posts: PostQuerySet) -> PostQuerySet:
        if self.author:
            posts = posts.filter(pk__in=Byline.objects.filter(author__slug=self.author).values("post_id"))
        if self.tag:
            about = TaggedPost.objects.filter(tag__slug=self.tag).values("content_object_id")
            posts = posts.filter(pk__in=about)
        if self.year:
            posts = posts.filter(published_at__year=self.year, dated=True)
        if self.language:
            # An empty list would be no SQL at all, and the engines want some.
            posts = posts.filter(language__in=self.codes or (self.language,))
        return posts


@dataclass(frozen=True, slots=True)
class Choices:
    """(value, name) of what the best answers have: authors and tags by name, the newest year first."""

    authors: Sequence[tuple[str, str]] = ()
    tags: Sequence[tuple[str, str]] = ()
    years: Sequence[int] = ()
    languages: Sequence[str] = ()


def choices(posts: Sequence[int], years: Sequence[int], languages: Sequence[str]) -> Choices:
    """Of public posts alone, so that no name of a draft's is told. Two queries."""
    if not posts:
        return Choices()
    people = Byline.objects.filter(post__in=posts).values_list("author__slug", "author__name")
    subjects = TaggedPost.objects.filter(content_object__in=posts).values_list("tag__slug", "tag__name")
    return Choices(
        _commonest(people), _commonest(subjects), sorted(set(years), reverse=True), sorted(set(languages))
    )


def _commonest(named: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    counted = Counter((str(slug), str(name)) for slug, name in named)
    return sorted((pair for pair, _ in counted.most_common(CHOICES)), key=lambda pair: pair[1].casefold())
