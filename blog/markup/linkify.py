"""linkify: plain text that people type about themselves and their tags becomes safe HTML with live links."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any

import bleach
import nh3

from blog.markup.tree import escape

# The linker's time grows with the square of hostile text.
LONGEST = 10_000
_GATE = nh3.Cleaner(
    tags={"a", "br", "p"},
    attributes={"a": {"href"}},
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener",
)


def linkify(text: str) -> str:
    """Escaped, in paragraphs, with its addresses as links; 10,000 bytes at most, cut with an ellipsis."""
    paragraphs = re.split(r"\n\s*\n", _capped(text).strip())
    return "\n".join(_paragraph(one.strip()) for one in paragraphs if one.strip())


def _paragraph(text: str) -> str:
    lines = "<br>".join(escape(line.strip()) for line in text.split("\n"))
    return _GATE.clean(f"<p>{bleach.linkify(lines, callbacks=[_bare], parse_email=True)}</p>")


def _bare(attrs: MutableMapping[Any, str], new: bool = False) -> MutableMapping[Any, str]:
    attrs.pop((None, "rel"), None)
    return attrs


def _capped(text: str) -> str:
    text = text.replace("\r\n", "\n").encode("utf-8", "replace").decode("utf-8")
    raw = text.encode("utf-8")
    return text if len(raw) <= LONGEST else raw[: LONGEST - 3].decode("utf-8", "ignore").rstrip() + "…"
