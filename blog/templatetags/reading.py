"""reading: the few words that the site's templates need beside Django's own."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import Author
from blog.addresses import absolute, host_of
from blog.models import Byline, Post

register = template.Library()

TINTS = 8  # colours behind initials; the stylesheet names each
RIGHT_TO_LEFT = ("ar", "arc", "ckb", "dv", "fa", "he", "ks", "ku", "ps", "sd", "ug", "ur", "yi")

register.filter("absolute", absolute)
register.filter("host", host_of)


@register.simple_tag
def site_name() -> str:
    return str(settings.SITE_NAME)


@register.simple_tag
def site_language() -> str:
    return str(settings.LANGUAGE_CODE)


@register.filter
def spoken(language: str) -> SafeString | str:
    """The attributes of a text in a language that is not the page's; nothing where it is."""
    code = language.lower()
    if not code or code.split("-")[0] == str(settings.LANGUAGE_CODE).split("-")[0]:
        return ""
    direction = format_html(' dir="{}"', "rtl") if code.split("-")[0] in RIGHT_TO_LEFT else ""
    return format_html(' lang="{}"{}', language, direction)


@register.filter
def tint(author: Author) -> int:
    """Which colour stands behind an author's initials: always the same one."""
    return author.pk % TINTS


@register.filter
def by(post: Post, part: str) -> list[Byline]:
    """The bylines of one part, in order."""
    return [byline for byline in post.bylines.all() if byline.part == part]


@register.filter
def revised(post: Post) -> bool:
    """Whether readers are told of a later change: not of mending on the first day."""
    if not post.dated or post.published_at is None:
        return False
    return (post.updated_at - post.published_at).days >= 1


@register.filter
def counted(number: int, words: str) -> str:
    """`3|counted:"post,posts"` is 3 posts."""
    one, many = words.split(",")
    return f"{number} {one if number == 1 else many}"


@register.inclusion_tag("blog/_face.html")
def face(author: Author, size: int = 40, **more: Any) -> dict[str, Any]:
    """An author's picture, or initials on a tint; decoration beside the name."""
    return {"author": author, "size": size, **more}
