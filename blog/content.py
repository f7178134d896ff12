"""content: the whole of what an editor writes about a post, as a value; read, compared, merged and kept in revisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Literal, Self, cast

from django.conf import settings

from blog import renditions
from blog.errors import EditConflict
from blog.markup import Rendered, render
from blog.merging import merge_names
from blog.models import Post
from blog.passages import chosen, passages, together

Part = Literal["author", "translator", "editor"]


@dataclass(frozen=True, slots=True)
class BylineSpec:
    """One author on the post, by id."""

    author: int
    part: Part = "author"


@dataclass(frozen=True, slots=True)
class Guest:
    """An author whom nobody knows yet and who is to be added with the post; on its way to a BylineSpec."""

    name: str
    part: Part = "author"


@dataclass(frozen=True, slots=True)
class Content:
    """What is written; not where it stands (status, moments), which verbs alone change."""

    title: str
    body: str = ""
    body_format: Literal["markdown", "html"] = "markdown"
    slug: str = ""  # empty: made from the title
    summary: str = ""  # plain text
    language: str = ""  # BCP 47; empty: the site's
    bylines: tuple[BylineSpec, ...] = ()
    tags: tuple[str, ...] = ()  # names as written
    series: int | None = None
    series_position: int | None = None
    cover: int | None = None
    cover_url: str = ""
    cover_alt: str = ""
    origin_url: str = ""
    canonical_url: str = ""
    seo_title: str = ""
    seo_description: str = ""
    noindex: bool = False
    responding: str = ""  # open, closed; empty: as the site says

    @classmethod
    def of(cls, post: Post) -> Self:
        """What a saved post says now; two queries unless bylines and taggings were prefetched."""
        return cls(
            bylines=tuple(BylineSpec(b.author_id, cast(Part, b.part)) for b in post.bylines.all()),
            tags=tuple(t.spelling for t in post.taggings.all()),
            series=post.series_id,
            cover=post.cover_id,
            body_format=cast(Literal["markdown", "html"], post.body_format),
            **{name: getattr(post, name) for name in PLAIN},
        )

    @classmethod
    def from_state(cls, state: Mapping[str, Any]) -> Self:
        """What a revision kept; fields that are not known here are left out."""
        known = {field.name for field in fields(cls)}
        given = {name: value for name, value in state.items() if name in known}
        given["bylines"] = tuple(BylineSpec(**byline) for byline in given.get("bylines", ()))
        given["tags"] = tuple(given.get("tags", ()))
        return cls(**given)

    def as_state(self) -> dict[str, Any]:
        """The same as JSON can hold it."""
        return asdict(self)


# Fields that stand on the Post's row under the same name.
PLAIN = (
    "title",
    "body",
    "slug",
    "summary",
    "language",
    "series_position",
    "cover_url",
    "cover_alt",
    "origin_url",
    "canonical_url",
    "seo_title",
    "seo_description",
    "noindex",
    "responding",
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """Content with its rendering: made before a transaction opens, because rendering is the slow part."""

    content: Content
    rendered: Rendered


def prepare(content: Content) -> Prepared:
    own = tuple(url for url in (content.origin_url, content.canonical_url) if url)
    return Prepared(
        content, rendered(content.body, content.body_format, own_urls=own, language=content.language)
    )


def rendered(
    body: str,
    body_format: Literal["markdown", "html"],
    *,
    own_urls: tuple[str, ...] = (),
    lines: bool = False,
    language: str = "",
) -> Rendered:
    """As the page of a post shows it, its stored pictures in the sizes that there are; a query where it has any."""
    return render(
        body,
        body_format,
        own_urls=own_urls,
        media_prefix=settings.MEDIA_URL,
        known=renditions.known,
        lines=lines,
        language=language or settings.LANGUAGE_CODE,
    )


TEXTS = ("body", "summary")  # merged within, passage by passage


def merge(base: Content, theirs: Content, mine: Content, *, revision: int) -> Content:
    """Both changes: of different fields, of different places of a text, of different tags. EditConflict where they clash."""
    taken: dict[str, Any] = {}
    conflicts: dict[str, tuple[object, object, object]] = {}
    one_format = base.body_format == theirs.body_format == mine.body_format
    for field in fields(Content):
        was, stands, wanted = (getattr(content, field.name) for content in (base, theirs, mine))
        if stands in (was, wanted):
            continue
        if wanted == was:
            taken[field.name] = stands
        elif field.name == "tags":
            taken[field.name] = merge_names(was, wanted, stands)
        elif field.name in TEXTS and (one_format or field.name != "body"):
            both = together(was, stands, wanted)
            taken[field.name] = chosen(passages(was, stands, wanted)) if both is None else both
            if both is None:
                conflicts[field.name] = (was, stands, wanted)
        else:
            conflicts[field.name] = (was, stands, wanted)
    merged = replace(mine, **taken)
    if conflicts:
        raise EditConflict(conflicts, revision=revision, merged=merged)
    return merged
