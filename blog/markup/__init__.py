"""markup: a body, HTML or Markdown, becomes safe pages, feeds, an outline and plain text; no database, no settings."""

from blog.markup.embeds import FRAME_SOURCES
from blog.markup.lines import lines_of
from blog.markup.linkify import linkify, said
from blog.markup.outline import Heading, listed
from blog.markup.pictures import BodyImage
from blog.markup.rendering import BodyFormat, Rendered, plain_text, render

__all__ = [
    "FRAME_SOURCES",
    "BodyFormat",
    "BodyImage",
    "Heading",
    "Rendered",
    "lines_of",
    "linkify",
    "listed",
    "plain_text",
    "render",
    "said",
]
