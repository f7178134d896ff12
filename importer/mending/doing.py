"""doing: one click carried out: each mending a verb that goes through the one door, says what it did and how to take it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.slugs import allocate, slug_of
from blog import library, publishing, taxonomy
from blog.content import Content, prepare
from blog.errors import NotAllowed, NotPossible
from blog.markup.pictures import says_nothing
from blog.models import Dismissal, Image, Post, Series
from blog.tagmerging import merge_tags
from blog.writing import one_transaction
from importer.mending.alternatives import said
from importer.mending.undo import Undo
from importer.mending.wants import Seen, Want
from importer.models import AuthorMapping
from importer.names import renaming

MOST_AT_ONCE = 100  # posts of one click; the rest stays in the list
ALT_SAID = "said what a picture shows"
DECORATIVE = "a picture is decorative"
IN_SERIES = "put into a series"
LONGEST_ALT = 500


@dataclass(slots=True)
class Done:
    """What a mending came to."""

    sentence: str
    undo: Undo = field(default_factory=Undo)
    run: int = 0  # the run that undoes it at its own page
    failed: bool = False


# -- texts -------------------------------------------------------------------------------------------


def contents_of(posts: Iterable[Seen]) -> list[tuple[Post, Content]]:
    found = Post.everything.filter(pk__in=[post.pk for post in posts])
    return [(post, Content.of(post)) for post in found.prefetch_related("bylines", "taggings").order_by("pk")]


def write(changed: Iterable[tuple[Post, Content]], user: User, reason: str) -> Undo:
    """Save each of them as one revision; nothing is saved where one is refused."""
    undo = Undo()
    with one_transaction():
        for post, wanted in changed:
            saved = publishing.save(post.pk, wanted, user, base=post.revision, reason=reason, quiet=True)
            if saved.revision != post.revision:
                undo.posts.append([post.pk, post.revision, saved.revision])
    return undo


def say(want: Want, alt: str, user: User) -> Done:
    """Write what a picture shows into every post that shows it without a word."""
    words = " ".join(alt.split())[:LONGEST_ALT]
    if says_nothing(words):
        raise NotPossible(_("Write what the picture shows; the name of a file says nothing to a reader."))
    changed = list(with_alt(want, words))
    if not changed:
        raise NotPossible(
            _(
                "This picture is written in a way that cannot be mended from here. Open the post and mend it there."
            )
        )
    with one_transaction():
        undo = write(changed, user, ALT_SAID)
        undo.images = spoken(want, user, words)
    return Done(in_posts(_("The picture says now what it shows"), len(undo.posts)), undo)


def with_alt(want: Want, words: str) -> Iterable[tuple[Post, Content]]:
    """The posts that would say it, each with its new content."""
    src = str(want.about["src"])
    for post, standing in contents_of(want.posts[:MOST_AT_ONCE]):
        body = said(standing.body, standing.body_format, src, words)
        wanted = standing
        if body != standing.body and shows_it(replace(standing, body=body), src, words):
            wanted = replace(wanted, body=body)
        if post.cover is not None and post.cover.file.url == src and says_nothing(standing.cover_alt):
            wanted = replace(wanted, cover_alt=words)
        if wanted != standing:
            yield post, wanted


def spoken(want: Want, user: User, words: str) -> list[list[Any]]:
    """The stored picture itself says it too, or that it only adorns: for the next post that shows it."""
    name = str(want.about["src"]).removeprefix(settings.MEDIA_URL)
    image = Image.objects.filter(file=name, decorative=False).first()
    if image is None or not says_nothing(image.alt) or not library.may_change(user, image):
        return []
    library.say_alt(image.pk, user, words, decorative=not words)
    return [[image.pk, image.alt]]


def shows_it(content: Content, src: str, words: str) -> bool:
    """Whether the text, once rendered, has these words on the picture: what is written is not what is meant everywhere."""
    images = prepare(content).rendered.images
    return any(image.src == src and " ".join(image.alt.split()) == words for image in images)


def decorative(want: Want, user: User) -> Done:
    """The picture needs no words: a file's name is taken from it, and nobody is asked again."""
    with one_transaction():
        undo = write(list(with_alt(want, "")), user, DECORATIVE)
        undo.images = spoken(want, user, "")
        undo.dismissals = dismiss([want], user).undo.dismissals
    return Done(_("It is decorative: it needs no words."), undo)


def date(want: Want, at: datetime, user: User) -> Done:
    post = Post.everything.get(pk=want.posts[0].pk)
    before = post.published_at
    done = publishing.give_date(post.pk, user, at)
    undo = Undo(dates=[[post.pk, before.isoformat(), done.revision]] if before else [])
    return Done(_("“%(title)s” has its date.") % {"title": done.title[:100]}, undo)


# -- subjects ------------------------------------------------------------------------------------------


def merge(want: Want, user: User) -> Done:
    gone, into = want.about["gone"], want.about["into"]
    both = Post.everything.filter(taggings__tag=gone).filter(taggings__tag=into)
    before = dict(both.values_list("pk", "revision"))
    alias = merge_tags(gone, into, user)
    sentence = _("“%(gone)s” is another name of “%(into)s” now; its old address leads there.")
    return Done(
        sentence % {"gone": gone.name, "into": into.name}, Undo(posts=changed_since(before), alias=alias.pk)
    )


def changed_since(before: Mapping[int, int]) -> list[list[int]]:
    """What `Undo` needs of posts that verbs have saved since."""
    now = Post.everything.filter(pk__in=before).order_by("pk").values_list("pk", "revision")
    return [[pk, before[pk], revision] for pk, revision in now if before[pk] != revision]


def make_series(want: Want, user: User) -> Done:
    if not user.has_perm("blog.add_series"):
        raise NotAllowed(_("You may not make a series. Ask an editor."))
    parts: Sequence[tuple[int, Seen]] = want.about["parts"]
    with one_transaction():
        made = series_for(want)
        places = {post.pk: place for place, post in parts[:MOST_AT_ONCE]}
        changed = [
            (post, replace(content, series=made.pk, series_position=places[post.pk]))
            for post, content in contents_of(post for _, post in parts[:MOST_AT_ONCE])
        ]
        undo = write(changed, user, IN_SERIES)
        undo.series = 0 if want.about["series"] else made.pk
    return Done(in_posts(_("The series “%s” stands") % made.title, len(undo.posts)), undo)


def series_for(want: Want) -> Series:
    """The one that some of the parts stand in, or that has this name; else a new one."""
    known = Series.objects.filter(pk=want.about["series"]) | Series.objects.filter(title__iexact=want.name)
    if (found := known.order_by("pk").first()) is not None:
        return found
    (slug,) = allocate([slug_of(want.name)], taken_slugs)
    return taxonomy.save_series(Series(title=want.name[:200], slug=slug))


def taken_slugs(slugs: Iterable[str]) -> set[str]:
    return set(Series.objects.filter(slug__in=list(slugs)).values_list("slug", flat=True))


# -- names ---------------------------------------------------------------------------------------------


def accept(want: Want, user: User, *, seconds: float) -> Done:
    """The name means the author, in what came before too."""
    mapping: AuthorMapping = want.about["mapping"]
    if not user.has_perm("importer.change_source"):
        raise NotAllowed(_("You may not decide whom names mean. Ask an editor."))
    AuthorMapping.objects.filter(pk=mapping.pk).update(proposed=False, action=AuthorMapping.Action.MAP)
    done = renaming.apply(mapping.source, user, seconds=seconds)
    sentence = _("“%(name)s” means “%(author)s”") % {"name": mapping.name, "author": str(mapping.author)}
    return Done(in_posts(sentence, done.changed), run=done.run.pk)


def deny(want: Want, user: User) -> Done:
    mapping: AuthorMapping = want.about["mapping"]
    if not user.has_perm("importer.change_source"):
        raise NotAllowed(_("You may not decide whom names mean. Ask an editor."))
    AuthorMapping.objects.filter(pk=mapping.pk).update(proposed=False, action=AuthorMapping.Action.CREATE)
    sentence = _("“%(name)s” stays an author of its own.") % {"name": mapping.name}
    return Done(sentence, Undo(mapping=mapping.pk))


# -- well as it is ---------------------------------------------------------------------------------------


def dismiss(wants: Sequence[Want], user: User) -> Done:
    """These are well as they are; nobody is asked again."""
    made = [
        Dismissal.objects.get_or_create(
            kind=want.kind, subject=want.subject, defaults={"said": want.name, "user": user}
        )
        for want in wants
    ]
    undo = Undo(dismissals=[row.pk for row, new in made if new])
    sentence = ngettext(
        "Left as it is, and not asked again.",
        "%(number)d are left as they are, and not asked again.",
        len(wants),
    ) % {"number": len(wants)}
    return Done(sentence, undo)


def in_posts(sentence: str, number: int) -> str:
    where = ngettext("in %(number)d post", "in %(number)d posts", number) % {"number": number}
    return f"{sentence}, {where}."
