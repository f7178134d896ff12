"""codes: what is written into a text to show a picture."""

from __future__ import annotations

from django.utils.html import format_html

from blog.markup.alts import markdown_alt
from blog.models import Image


def code_of(image: Image, body_format: str, alt: str | None = None) -> str:
    """One line of Markdown or HTML; the picture's own words unless `alt` says others."""
    words = image.alt if alt is None else alt
    if body_format != "html":
        return f"![{markdown_alt(words)}]({image.file.url})"
    return format_html(
        '<img src="{}" alt="{}" width="{}" height="{}">', image.file.url, words, image.width, image.height
    )
