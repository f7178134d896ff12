"""alts: the alternative texts that a body gives to one picture: read, and written where they say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from blog.markup.pictures import says_nothing
from blog.markup.tree import escape

FARTHEST = 2000  # characters that an alt text and what stands around it may take
_MARKDOWN = re.compile(r"!\[((?:[^\[\]\\]|\\.)*)\]\(\s*<?[^\s()<>]*$", re.DOTALL)
_TAG = re.compile(r"<img\b[^<>]*$", re.IGNORECASE)
_ALT = re.compile(r"""\salt\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]*))""", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([\[\]\\])")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a body shows the picture: what to write over, and how."""

    start: int
    end: int
    alt: str  # as it reads now
    form: Literal["markdown", "html"]


def alts(body: str, address: str) -> list[str]:
    """What the body says of the picture, once for each place where it shows it."""
    return [place.alt for place in _places(body, address)]


def filled(body: str, address: str, alt: str) -> str:
    """The body with this alt text wherever it shows the picture and says nothing of it; every other byte stays."""
    for place in reversed(list(_places(body, address))):
        if says_nothing(place.alt):
            body = body[: place.start] + _written(alt, place.form) + body[place.end :]
    return body


def markdown_alt(alt: str) -> str:
    """An alt text as Markdown writes it between its square brackets."""
    return re.sub(r"([\[\]\\])", r"\\\1", " ".join(alt.split()))


def _written(alt: str, form: str) -> str:
    return markdown_alt(alt) if form == "markdown" else f' alt="{escape(" ".join(alt.split()))}"'


def _places(body: str, address: str) -> Iterator[Place]:
    at = body.find(address)
    while at >= 0:
        before = body[max(0, at - FARTHEST) : at]
        offset = at - len(before)
        if shown := _MARKDOWN.search(before):
            text = _ESCAPED.sub(r"\1", shown[1])
            yield Place(offset + shown.start(1), offset + shown.end(1), text, "markdown")
        elif opened := _TAG.search(before):
            yield _in_tag(body, offset + opened.start(), at)
        at = body.find(address, at + len(address))


def _in_tag(body: str, start: int, at: int) -> Place:
    closed = body.find(">", at, at + FARTHEST)
    tag = body[start : closed if closed >= 0 else at]
    said = _ALT.search(tag)
    if said is None:
        here = start + len("<img")
        return Place(here, here, "", "html")
    alt = next((group for group in said.groups() if group is not None), "")
    for name, character in (("&quot;", '"'), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        alt = alt.replace(name, character)
    return Place(start + said.start(), start + said.end(), alt, "html")
