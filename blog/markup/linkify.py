"""linkify: plain text that people type about themselves and their tags becomes safe HTML with live links."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any

import bleach
import nh3

from blog.markup.tree import escape

# The linker's time grows with the square of the text, and of the longest run without a space.
LONGEST = 10_000
LONGEST_RUN = 300
_GATE = nh3.Cleaner(
    tags={"a", "br", "p"},
    attributes={"a": {"href"}},
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener",
)


def linkify(text: str) -> str:
    """Escaped, in paragraphs, with its addresses as links; 10,000 bytes at most, cut with an ellipsis."""
    text = _capped(text).strip()
    paragraphs = [_paragraph(one) for one in re.split(r"\n\s*\n", text) if one.strip()]
    html = "\n".join(paragraphs)
    if not any(len(run) > LONGEST_RUN for run in text.split()):
        html = bleach.linkify(html, callbacks=[_bare], parse_email=True)
    return _GATE.clean(html)


def _paragraph(text: str) -> str:
    return f"<p>{'<br>'.join(escape(line.strip()) for line in text.strip().splitlines())}</p>"


def _bare(attrs: MutableMapping[Any, str], new: bool = False) -> MutableMapping[Any, str]:
    attrs.pop((None, "rel"), None)
    return attrs


def _capped(text: str) -> str:
    text = text.replace("\r\n", "\n").encode("utf-8", "replace").decode("utf-8")
    raw = text.encode("utf-8")
    return text if len(raw) <= LONGEST else raw[: LONGEST - 3].decode("utf-8", "ignore").rstrip() + "…"
