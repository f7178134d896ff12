"""reading: the few words that the site's templates need beside Django's own."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Author
from blog import renditions, speaking
from blog.addresses import absolute, host_of
from blog.models import Byline, Image, Post

register = template.Library()

TINTS = 8  # colours behind initials; the stylesheet names each
# part, the word before the names, the mark of microformats
PARTS = (("author", "", "p-author "), ("translator", _("Translated by"), ""), ("editor", _("Edited by"), ""))
RIGHT_TO_LEFT = ("ar", "arc", "ckb", "dv", "fa", "he", "ks", "ku", "ps", "sd", "ug", "ur", "yi")

register.filter("absolute", absolute)
register.filter("host", host_of)


@register.simple_tag
def site_name() -> str:
    return str(settings.SITE_NAME)


@register.simple_tag
def site_language() -> str:
    return str(settings.LANGUAGE_CODE)


@register.simple_tag
def words_language() -> str:
    return speaking.current()


@register.filter
def spoken(language: str) -> SafeString | str:
    """The attributes of a text in a language that is not the page's; nothing where it is."""
    code = language.lower()
    if not code or code.split("-")[0] == speaking.current().split("-")[0]:
        return ""
    direction = format_html(' dir="{}"', "rtl") if code.split("-")[0] in RIGHT_TO_LEFT else ""
    return format_html(' lang="{}"{}', language, direction)


@register.filter
def by(post: Post, part: str) -> list[Byline]:
    """The bylines of one part, in order."""
    return [byline for byline in post.bylines.all() if byline.part == part]


@register.filter
def corrections(post: Post) -> list[tuple[datetime, str]]:
    """The public log, newest first: when, and the sentence."""
    return [(datetime.fromisoformat(when), sentence) for when, sentence in reversed(post.corrections)]


@register.filter
def revised(post: Post) -> bool:
    """Whether readers are told of a later change: not of mending on the first day."""
    if not post.dated or post.published_at is None:
        return False
    if post.corrections and post.updated_at > post.published_at:
        return True
    return (post.updated_at - post.published_at).days >= 1


@register.filter
def posts(number: int) -> str:
    """`3|posts` is 3 posts."""
    return ngettext("%(number)s post", "%(number)s posts", number) % {"number": number}


@register.simple_tag
def people(post: Post) -> SafeString:
    """Everyone who had a part in the post, as links: the authors first, each other part with its word."""
    bylines = post.bylines.all()
    said = [
        format_html('<span class="part">{} {}</span>' if word else "{}{}", word, _names(of_part, mark))
        for part, word, mark in PARTS
        if (of_part := [byline.author for byline in bylines if byline.part == part])
    ]
    return mark_safe(" · ".join(said))


def _names(authors: list[Author], mark: str) -> SafeString:
    links = [
        format_html('<a class="{}h-card" href="{}">{}</a>', mark, author.get_absolute_url(), author.name)
        for author in authors
    ]
    together = [mark_safe(", ".join(links[:-1])), links[-1]] if len(links) > 1 else links
    return mark_safe(format_html(" {} ", gettext("and")).join(together))


# How wide a cover stands, so that a browser takes the fitting copy: as the stylesheet lays it out.
WIDE = {
    "page": "(min-width: 67em) 62rem, 94vw",
    "lead": "(min-width: 62em) 26rem, 94vw",
    "list": "(min-width: 48em) 11rem, 6rem",
}


@register.simple_tag
def cover(image: Image, where: str, alt: str = "", classes: str = "") -> SafeString:
    """A cover in its sizes: the page's own and the front page's first come at once, those of lists when they are near."""
    sizes = renditions.srcset(image)
    return format_html(
        '<img{} src="{}"{} alt="{}" width="{}" height="{}" {}>',
        format_html(' class="{}"', classes) if classes else "",
        renditions.small_url(image, 640) if where == "list" else image.file.url,
        format_html(' srcset="{}" sizes="{}"', sizes, WIDE[where]) if sizes else "",
        alt,
        image.width,
        image.height,
        format_html(
            '{}="{}" decoding="async"',
            *(("loading", "lazy") if where == "list" else ("fetchpriority", "high")),
        ),
    )


@register.simple_tag
def face(author: Author, size: int = 40, classes: str = "") -> SafeString:
    """An author's picture, or initials on a tint; decoration beside the name."""
    if author.picture:
        picture = (
            '<img class="face{}" src="{}" alt="" width="{}" height="{}" loading="lazy" decoding="async">'
        )
        return format_html(picture, classes, author.picture.url, size, size)
    initials = '<span class="face tint-{}{}" aria-hidden="true">{}</span>'
    return format_html(initials, author.pk % TINTS, " large" if size > 60 else "", author.initials)
