"""cards: the picture that stands for a post without a cover where its address is shared: title, people, the paper's name."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.urls import reverse

from blog.cards.drawing import DESIGN, can_draw, draw
from blog.models import Post


def address(post: Post) -> str:
    """The path of the post's card; empty where its title is in a script that the fonts have no letters for.

    It changes with what the card says, so that it can be kept for ever. `post` comes with its bylines.
    """
    if not can_draw(post.title):
        return ""
    return reverse("post-card", args=[post.slug, _digest(post)])


def picture(post: Post, digest: str) -> bytes | None:
    """The card as a PNG file, where `digest` is that of what it says now."""
    if digest != _digest(post) or not can_draw(post.title):
        return None
    return draw(post.title, ", ".join(_names(post)), settings.SITE_NAME)


def _names(post: Post) -> list[str]:
    return [byline.author.name for byline in post.bylines.all() if byline.part == "author"]


def _digest(post: Post) -> str:
    said = "\0".join((str(DESIGN), post.title, *_names(post), settings.SITE_NAME))
    return hashlib.blake2b(said.encode(), digest_size=6).hexdigest()
