"""linkify: plain text that people type about themselves and their tags becomes safe HTML with live links."""

from __future__ import annotations

import re
from collections.abc import Iterator, MutableMapping
from typing import Any

import bleach
import nh3

from blog.markup.tree import escape

# The linker's time grows with the square of the text, and of the longest run without a space.
LONGEST = 10_000
LONGEST_RUN = 300
_PARTING = re.compile(r"\n\s*\n")
A_PIECE = 2_000  # characters


def _gate(rel: str) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags={"a", "br", "p"},
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=rel,
    )


_GATE = _gate("noopener")
_FOREIGN = _gate("noopener nofollow ugc")  # no search engine counts what strangers link to


def linkify(text: str) -> str:
    """Escaped, in paragraphs, with its addresses as links; 10,000 bytes at most, cut with an ellipsis."""
    return _linked(_capped(text), _GATE)


def said(text: str) -> str:
    """The same for what strangers say: their links are marked as theirs, and of a longer text nothing is cut."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    if len(text.encode()) <= LONGEST:
        return _linked(text, _FOREIGN)
    pieces = (piece for part in _PARTING.split(text) for piece in _pieces(part.strip()))
    return "\n".join(_linked(piece, _FOREIGN) for piece in pieces)


def _pieces(text: str) -> Iterator[str]:
    """A long paragraph in several, parted between words where it has any."""
    while len(text) > A_PIECE:
        at = max(text.rfind(" ", 1, A_PIECE), text.rfind("\n", 1, A_PIECE))
        at = at if at > 0 else A_PIECE
        yield text[:at]
        text = text[at:].lstrip()
    yield text


def _linked(text: str, gate: nh3.Cleaner) -> str:
    paragraphs = [_paragraph(one) for one in _PARTING.split(text.strip()) if one.strip()]
    html = "\n".join(paragraphs)
    if not any(len(run) > LONGEST_RUN for run in text.split()):
        html = bleach.linkify(html, callbacks=[_bare], parse_email=True)
    return gate.clean(html)


def _paragraph(text: str) -> str:
    return f"<p>{'<br>'.join(escape(line.strip()) for line in text.strip().splitlines())}</p>"


def _bare(attrs: MutableMapping[Any, str], new: bool = False) -> MutableMapping[Any, str]:
    attrs.pop((None, "rel"), None)
    return attrs


def _capped(text: str) -> str:
    text = text.replace("\r\n", "\n").encode("utf-8", "replace").decode("utf-8")
    raw = text.encode("utf-8")
    return text if len(raw) <= LONGEST else raw[: LONGEST - 3].decode("utf-8", "ignore").rstrip() + "…"
