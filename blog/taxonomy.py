"""taxonomy: every change to authors, tags, series and navigation, the ways into the posts."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from accounts.authors import find_authors, find_or_make, name_key
from accounts.models import Author, AuthorAlias, User
from accounts.slugs import slug_of
from blog import deeds, publishing
from blog.addresses import web_address
from blog.content import BylineSpec, Guest
from blog.errors import NotAllowed, NotPossible
from blog.markup import linkify
from blog.models import Deed, NavigationLink, Post, Redirect, Series, SiteSettings, Tag, TagAlias, TaggedPost
from blog.models.tag import tag_key
from blog.writing import one_transaction, pages_changed


def leave_redirect(old: str, new: str) -> None:
    """What linked to the old address is led to the new one, in one hop."""
    if old and old != new:
        Redirect.objects.filter(path=new).delete()
        Redirect.objects.update_or_create(path=old, defaults={"address": new, "post": None})
        Redirect.objects.filter(address=old).update(address=new)


def save_author(author: Author) -> Author:
    """Write an author whom an editor changed; a new slug leaves a redirect, a new name is known to imports and search."""
    old = Author.objects.filter(pk=author.pk).first() if author.pk else None
    author.slug = author.slug or slug_of(author.name)
    author.bio_html = linkify(author.bio)
    author.website = web_address(author.website)
    with one_transaction():
        author.save()
        AuthorAlias.objects.get_or_create(key=name_key(author.name), defaults={"author": author})
        if old is not None:
            leave_redirect(old.get_absolute_url(), author.get_absolute_url())
            if old.name != author.name:
                publishing.rewrite_search(list(author.bylines.values_list("post_id", flat=True)))
        pages_changed()
    return author


def with_guests(rows: Sequence[BylineSpec | Guest], user: User) -> tuple[BylineSpec, ...]:
    """The rows of a form as bylines; whom nobody knows yet is added as an author without a login.

    Raises NotAllowed where the user may not add authors.
    """
    guests = [row for row in rows if isinstance(row, Guest)]
    if guests and not user.has_perm("accounts.add_author"):
        raise NotAllowed(_("You may not add authors. Ask an editor."))
    with one_transaction():
        before = set(find_authors([guest.name for guest in guests]))
        # The first spelling of a name that is written twice: later ones would win.
        known = find_or_make([(guest.name, "") for guest in reversed(guests)])
        for key in known.keys() - before:
            deeds.record("add_author", user, what=Deed.What.AUTHOR, title=known[key].name)
    specs = (
        BylineSpec(known[name_key(row.name)].pk, row.part) if isinstance(row, Guest) else row for row in rows
    )
    return tuple(dict.fromkeys(specs))


def save_tag(tag: Tag) -> Tag:
    """Write a tag that an editor named or described. Renaming changes every tagging's spelling, so the name stays."""
    key = tag_key(tag.name)
    if Tag.objects.filter(key=key).exclude(pk=tag.pk).exists():
        raise NotPossible(_("There is a tag “%(name)s” already. Merge the two instead.") % {"name": tag.name})
    old = Tag.objects.filter(pk=tag.pk).first() if tag.pk else None
    tag.slug = tag.slug or slug_of(tag.name, signs=True)
    tag.description_html = linkify(tag.description)
    with one_transaction():
        tag.save()
        TagAlias.objects.filter(key=key).delete()  # what was merged away is a tag of its own again
        if old is not None:
            leave_redirect(old.get_absolute_url(), tag.get_absolute_url())
            if old.name != tag.name:
                TaggedPost.objects.filter(tag=tag).update(spelling=tag.name)
                publishing.rewrite_search(list(tag.taggings.values_list("content_object_id", flat=True)))
        pages_changed()
    return tag


def save_series(series: Series) -> Series:
    old = Series.objects.filter(pk=series.pk).first() if series.pk else None
    series.slug = series.slug or slug_of(series.title)
    series.description_html = linkify(series.description)
    with one_transaction():
        series.save()
        if old is not None:
            leave_redirect(old.get_absolute_url(), series.get_absolute_url())
        pages_changed()
    return series


def save_navigation(link: NavigationLink) -> NavigationLink:
    with one_transaction():
        link.save()
        pages_changed()
    return link


def save_settings(settings: SiteSettings) -> SiteSettings:
    """What editors decide for the whole site; there is one row."""
    settings.pk = 1
    with one_transaction():
        settings.save()
        pages_changed()
    return settings


def delete(row: Author | Tag | Series | NavigationLink | Redirect) -> None:
    """Delete one of these; an author who still stands in bylines is refused by the database (PROTECT)."""
    posts = (
        list(Post.rows.filter(taggings__tag=row).values_list("pk", flat=True)) if isinstance(row, Tag) else []
    )
    with one_transaction():
        row.delete()
        if posts:
            publishing.rewrite_search(posts)
        pages_changed()
