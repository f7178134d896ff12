"""showings: which posts show which stored pictures, in their text, as their cover, or beside an author's name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F, Q, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from accounts.models import Author
from blog.markup.alts import alts
from blog.markup.pictures import says_nothing
from blog.models import Image, Post, Revision, Showing, UnsavedText


def note(shown: Mapping[int, Sequence[int]], *, fresh: bool = False) -> None:
    """Write down the pictures (ids) in the text of each post (id). `fresh`: posts that were just made."""
    standing: set[tuple[int, int]] = set()
    if not fresh:
        rows = Showing.objects.filter(post__in=list(shown))
        standing = set(rows.values_list("post_id", "image_id"))
    wanted = {(post, image) for post, images in shown.items() for image in images}
    for post, image in standing - wanted:
        Showing.objects.filter(post=post, image=image).delete()
    new = wanted - standing
    if new:
        there = set(Image.objects.filter(pk__in={image for _, image in new}).values_list("pk", flat=True))
        Showing.objects.bulk_create(
            (Showing(post_id=post, image_id=image) for post, image in sorted(new) if image in there),
            ignore_conflicts=True,
        )


@dataclass(frozen=True, slots=True)
class Uses:
    """Everything that shows one picture, the trash included."""

    in_texts: tuple[Post, ...]
    as_cover: tuple[Post, ...]
    people: tuple[Author, ...]
    proposals: int  # proposed texts and unpublished changes
    unsaved: int  # texts that somebody is writing

    def __bool__(self) -> bool:
        return self.number > 0

    @property
    def number(self) -> int:
        posts = {post.pk for post in (*self.in_texts, *self.as_cover)}
        return len(posts) + len(self.people) + self.proposals + self.unsaved


def uses_of(image: Image) -> Uses:
    """Read from the texts themselves, not from what was noted of them: what is deleted is gone."""
    name = str(image.file.name)
    posts = Post.everything.order_by("pk").prefetch_related("bylines")
    waiting = Q(proposed=True) | Q(post__changes__revision=F("number"))
    proposed = Revision.objects.filter(waiting).annotate(text=KeyTextTransform("body", "state"))
    unsaved = UnsavedText.objects.annotate(text=Cast("state", TextField()))
    return Uses(
        tuple(posts.filter(body__contains=name).defer("html", "feed_html")),
        tuple(posts.filter(cover=image).defer("html", "feed_html", "body")),
        tuple(Author.objects.filter(picture=name)),
        proposed.filter(Q(text__contains=name) | Q(state__cover=image.pk)).count(),
        unsaved.filter(text__contains=name).count(),
    )


def without_words(image: Image, uses: Uses) -> list[Post]:
    """The posts whose text shows the picture and says nothing of it somewhere."""
    if image.decorative:
        return []
    name = str(image.file.name)
    return [post for post in uses.in_texts if any(says_nothing(alt) for alt in alts(post.body, name))]
