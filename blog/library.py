"""library: every change to a stored picture: its words, its file, its end; and what follows in the posts that show it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import BinaryIO

from django.db import transaction
from django.db.models import F
from django.db.models.fields.json import KeyTextTransform
from django.utils.translation import gettext, ngettext

from blog import changes, images, permissions, publishing, renditions, showings
from blog.content import Content
from blog.developing import Picture, read
from blog.errors import NotAllowed, NotPossible, PublishingProblem
from blog.markup import alts
from blog.models import FormerFile, Image, Post, Revision
from blog.permissions import Actor
from blog.writing import one_transaction, pages_changed

REPLACED = "picture replaced"
ALT = 500  # characters; what the column takes


def may_change(user: Actor, image: Image) -> bool:
    """One's own pictures; an editor everyone's."""
    if user is None:
        return True
    own = image.uploaded_by_id == user.pk or permissions.edits_any(user)
    return own and user.has_perm("blog.change_image")


def may_remove(user: Actor, image: Image) -> bool:
    return user is None or user.has_perm("blog.delete_image")


def _locked(image_id: int) -> Image:
    image = Image.objects.select_for_update().filter(pk=image_id).first()
    if image is None:
        raise NotPossible(gettext("This picture is not there any more: someone deleted it."))
    return image


def _refuse(image: Image) -> NotAllowed:
    return NotAllowed(
        gettext("The picture “%(picture)s” is not yours to change. Ask an editor.") % {"picture": image}
    )


# -- its words -------------------------------------------------------------------------------------


def say_alt(image_id: int, user: Actor, alt: str, *, decorative: bool = False) -> Image:
    """What the picture shows, or that it only adorns. Covers without words of their own say it from now on."""
    with one_transaction():
        image = _locked(image_id)
        if not may_change(user, image):
            raise _refuse(image)
        image.alt = "" if decorative else " ".join(alt.split())[:ALT]
        image.decorative = decorative
        image.save(update_fields=["alt", "decorative"])
        pages_changed()
    return image


@dataclass(frozen=True, slots=True)
class Mended:
    """Posts whose texts took the alt text over, and those that are not the user's to edit."""

    done: tuple[Post, ...]
    left: tuple[Post, ...]


def mend_alts(image_id: int, user: Actor) -> Mended:
    """Write the picture's alt text into every text that shows the picture and says nothing of it."""
    done, left = [], []
    with one_transaction():
        image = _locked(image_id)
        if not image.alt:
            raise NotPossible(gettext("Say first what the picture shows."))
        for post in showings.uses_of(image).in_texts:
            content = Content.of(post)
            body = alts.filled(post.body, str(image.file.name), image.alt)
            if body == post.body:
                continue
            if permissions.may_edit(user, post):
                publishing.save(
                    post.pk, replace(content, body=body), user, base=post.revision, reason="alt text written"
                )
                done.append(post)
            else:
                left.append(post)
    return Mended(tuple(done), tuple(left))


# -- its file --------------------------------------------------------------------------------------


def replace_file(image_id: int, upload: BinaryIO, user: Actor) -> Image:
    """Another file in the picture's place: every post goes on showing it, each with a revision. Raises PictureRefused."""
    asked = Image.objects.filter(pk=image_id).first()
    if asked is not None and not may_change(user, asked):
        raise _refuse(asked)
    picture = read(upload)
    path = picture.path("images")
    other = Image.objects.filter(sha256=picture.sha256).first()
    if other is not None:
        raise NotPossible(
            gettext("This file is in the library already, as “%(picture)s”.") % {"picture": other}
        )
    images.keep(picture, "images")
    copies = renditions.drawn(path, picture.data)
    name = images.plain_name(str(getattr(upload, "name", "") or ""))
    try:
        with one_transaction():
            return _replaced(image_id, user, picture, copies, name)
    except PublishingProblem:
        images.delete_files([path, *(row.file for row in copies.rows)])
        raise


def _replaced(
    image_id: int, user: Actor, picture: Picture, copies: renditions.Copies, original_name: str
) -> Image:
    image = _locked(image_id)
    if not may_change(user, image):
        raise _refuse(image)
    posts = showings.uses_of(image).in_texts
    _ask_for_all(user, posts)
    old, new, gone = str(image.file.name), picture.path("images"), renditions.files_of(image)
    FormerFile.objects.filter(file=new).delete()
    FormerFile.objects.create(image=image, file=old)
    image.file.name = new
    image.sha256, image.size = picture.sha256, len(picture.data)
    image.width, image.height = picture.width, picture.height
    image.original_name = original_name or image.original_name
    image.save()
    renditions.keep(image, copies)
    _write_in_texts(posts, old, new, user)
    pages_changed()
    transaction.on_commit(lambda: images.delete_files(gone))
    return image


def _write_in_texts(posts: tuple[Post, ...], old: str, new: str, user: Actor) -> None:
    """The new name for the old one, first in what waits to be read: then both texts say the same, and merge."""
    waiting = Revision.objects.filter(post__changes__revision=F("number"))
    for revision in waiting.annotate(text=KeyTextTransform("body", "state")).filter(text__contains=old):
        content = Content.from_state(revision.state)
        content = replace(content, body=content.body.replace(old, new))
        changes.save(revision.post_id, content, user, base=revision.number, reason=REPLACED)
    for post in posts:
        content = replace(Content.of(post), body=post.body.replace(old, new))
        publishing.save(post.pk, content, user, base=post.revision, reason=REPLACED)


def _ask_for_all(user: Actor, posts: tuple[Post, ...]) -> None:
    others = [post for post in posts if not permissions.may_edit(user, post)]
    if others:
        raise NotAllowed(
            ngettext(
                "The picture stands in %(number)d post that you may not edit, so its file stays. Ask an editor.",
                "The picture stands in %(number)d posts that you may not edit, so its file stays. Ask an editor.",
                len(others),
            )
            % {"number": len(others)}
        )


def make_renditions(image: Image, *, again: bool = False) -> tuple[int, ...]:
    """The smaller copies of a picture that has none yet; covers show them from now on."""
    if image.widths is not None and not again:
        return tuple(image.widths)
    widths = renditions.make(image)
    with one_transaction():
        pages_changed()
    return widths


def render_where_shown(post_ids: list[int]) -> int:
    """Bring the pages of posts up to date with the pictures in them; how many look different now."""
    return sum(publishing.render_again(post_id) for post_id in post_ids)


# -- its end ---------------------------------------------------------------------------------------


def remove(image_id: int, user: Actor) -> None:
    """Delete a picture that nothing shows, its copies and all files."""
    with one_transaction():
        image = _locked(image_id)
        if not may_remove(user, image):
            raise NotAllowed(gettext("You may not delete pictures. Ask an editor."))
        uses = showings.uses_of(image)
        if uses:
            raise NotPossible(
                ngettext(
                    "The picture is used in %(number)d place, so it stays. Take it out there first.",
                    "The picture is used in %(number)d places, so it stays. Take it out there first.",
                    uses.number,
                )
                % {"number": uses.number}
            )
        images.forget(image)
