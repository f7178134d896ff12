"""tagmerging: two tags become one, and two again; the old address redirects, posts keep the spelling they were written with."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from blog import deeds, permissions, publishing, tagging
from blog.content import Content
from blog.errors import NotAllowed, NotPossible
from blog.markup import linkify
from blog.models import Post, Redirect, Tag, TagAlias, TaggedPost
from blog.models.tag import tag_key
from blog.permissions import Actor
from blog.taxonomy import leave_redirect
from blog.writing import one_transaction, pages_changed

REASON = "two tags merged"


def merge_tags(tag: Tag, into: Tag, user: Actor) -> TagAlias:
    """Make `tag` another name of `into`: posts and imports that name it mean `into` from now on.

    Raises NotAllowed, and NotPossible where one of the two is gone.
    """
    with one_transaction():
        both = {row.pk: row for row in Tag.objects.select_for_update().filter(pk__in=(tag.pk, into.pk))}
        if len(both) < 2:
            raise NotPossible(_("One of these tags is not there any more. Look at the list again."))
        _ask(user, tag)
        old, new = both[tag.pk], both[into.pk]
        _drop_where_both_stand(old, new, user)
        touched = list(old.taggings.values_list("content_object_id", flat=True))
        TaggedPost.objects.filter(tag=old).update(tag=new)
        TagAlias.objects.filter(tag=old).update(tag=new)
        alias = TagAlias.objects.create(
            tag=new, key=old.key, name=old.name, slug=old.slug, description=old.description
        )
        where = old.get_absolute_url()
        old.delete()
        leave_redirect(where, new.get_absolute_url())
        _settle(new, touched)
        deeds.record("merge_tags", user, what="tag", title=new.name, note=f"“{alias.name}” into “{new.name}”")
    return alias


def part_tags(alias: TagAlias, user: Actor) -> Tag:
    """Take a merge back: the name is a tag of its own again, on the posts that are written with it.

    Raises NotAllowed, and NotPossible where its address was taken since.
    """
    with one_transaction():
        new = alias.tag
        _ask(user, new)
        if Tag.objects.filter(slug=alias.slug).exists():
            raise NotPossible(
                _("Another tag has taken the address “%(slug)s” since; give that one another first.")
                % {"slug": alias.slug}
            )
        Redirect.objects.filter(path=Tag(slug=alias.slug).get_absolute_url()).delete()
        old = Tag(name=alias.name, slug=alias.slug, description=alias.description)
        old.description_html = linkify(old.description)
        old.save()
        rows = [
            (row.pk, row.content_object_id)
            for row in new.taggings.all()
            if tag_key(row.spelling) == alias.key
        ]
        TaggedPost.objects.filter(pk__in=[pk for pk, _ in rows]).update(tag=old)
        alias.delete()
        _settle(new, [post_id for _, post_id in rows])
        deeds.record("part_tags", user, what="tag", title=old.name, note=f"“{old.name}” out of “{new.name}”")
        tagging.show_most_used_spelling([old.pk])
    return old


def _ask(user: Actor, tag: Tag) -> None:
    if user is not None and not user.has_perm("blog.delete_tag"):
        raise NotAllowed(_("You may not merge the tag “%(name)s”. Ask an editor.") % {"name": tag.name})


def _drop_where_both_stand(old: Tag, new: Tag, user: Actor) -> None:
    """A post that carries both loses the spelling of the one that goes, as a revision of its own."""
    posts = Post.everything.filter(taggings__tag=new).filter(taggings__tag=old)
    for post in posts.prefetch_related("bylines", "taggings"):
        standing = Content.of(post)
        gone = {row.spelling for row in post.taggings.all() if row.tag_id == old.pk}
        if not permissions.may_edit(user, post):
            raise NotAllowed(
                _("You may not edit “%(title)s”, which carries both tags. Ask an editor.")
                % {"title": post.title}
            )
        wanted = replace(standing, tags=tuple(name for name in standing.tags if name not in gone))
        publishing.save(post.pk, wanted, user, base=post.revision, reason=REASON)
    both = Post.rows.filter(successor_of__isnull=False, taggings__tag=new)
    TaggedPost.objects.filter(tag=old, content_object__in=both).delete()


def _settle(tag: Tag, touched: list[int]) -> None:
    tagging.show_most_used_spelling([tag.pk])
    publishing.rewrite_search(touched)
    pages_changed()
