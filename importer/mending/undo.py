"""undo: a mending taken back: revisions restored, tags parted, dismissals forgotten; what somebody changed since is left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blog import library, publishing, taxonomy
from blog.content import Content
from blog.models import Dismissal, Image, Post, Revision, Series, TagAlias
from blog.permissions import Actor
from blog.tagmerging import part_tags
from blog.writing import one_transaction
from importer.models import AuthorMapping


@dataclass(slots=True)
class Undo:
    """What takes one mending back, as a session can keep it."""

    posts: list[list[int]] = field(default_factory=list)  # [post, revision before, revision after]
    dates: list[list[Any]] = field(default_factory=list)  # [post, moment before as ISO 8601, revision after]
    images: list[list[Any]] = field(default_factory=list)  # [picture, its words before]
    dismissals: list[int] = field(default_factory=list)
    alias: int = 0  # of two tags
    series: int = 0  # that was made
    mapping: int = 0  # a name that was denied

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def does_something(self) -> bool:
        return any(asdict(self).values())


def take_back(undo: Undo, user: Actor) -> str:
    """Do it; what it came to, as a sentence. Raises PublishingProblem, and then nothing is changed."""
    left: list[str] = []
    with one_transaction():
        # First the tags: the posts' own revisions name both.
        if undo.alias and (alias := TagAlias.objects.select_related("tag").filter(pk=undo.alias).first()):
            part_tags(alias, user)
        for post_id, before, after in undo.posts:
            if (post := standing(post_id, after, left)) is not None:
                restore(post, before, user)
        for post_id, moment, after in undo.dates:
            if (post := standing(post_id, after, left)) is not None:
                publishing.give_date(post.pk, user, datetime.fromisoformat(moment), shown=False)
        if undo.series and (made := Series.objects.filter(pk=undo.series, posts__isnull=True).first()):
            taxonomy.delete(made)
        for image_id, words in undo.images:
            if Image.objects.filter(pk=image_id).exists():
                library.say_alt(image_id, user, words)
        if undo.mapping:
            AuthorMapping.objects.filter(pk=undo.mapping, action="create").update(
                proposed=True, action=AuthorMapping.Action.MAP
            )
        Dismissal.objects.filter(pk__in=undo.dismissals).delete()
    return _("Taken back.") if not left else sentence_of(left)


def restore(post: Post, number: int, user: Actor) -> None:
    """What revision `number` said; readers were not told of the mending, and are not told of this."""
    state = Revision.objects.get(post=post, number=number).state
    reason = f"restored from revision {number}"
    publishing.save(post.pk, Content.from_state(state), user, base=post.revision, reason=reason, quiet=True)


def standing(post_id: int, revision: int, left: list[str]) -> Post | None:
    """The post, if nobody has changed it since."""
    post = Post.everything.filter(pk=post_id).first()
    if post is not None and post.revision != revision:
        left.append(post.title)
        return None
    return post


def sentence_of(left: Iterable[str]) -> str:
    titles = [f"“{title[:100]}”" for title in left]
    return ngettext(
        "Taken back, but for a post that somebody has changed since: %(titles)s",
        "Taken back, but for %(number)d posts that somebody has changed since: %(titles)s",
        len(titles),
    ) % {"number": len(titles), "titles": ", ".join(titles[:10])}
