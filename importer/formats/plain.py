"""plain: markup to plain text for titles, plain text to markup for bodies; nothing is cleaned here."""

from __future__ import annotations

import html
import re

# In a title these are markup where they come as a pair or stand alone; any other "<" is the author's own.
PAIRED = "a|abbr|b|big|bdi|bdo|cite|code|del|dfn|em|font|i|ins|kbd|mark|p|q|s|samp|small|span|strike|strong|sub|sup|tt|u|var|div|h[1-6]"
PAIR = re.compile(rf"<({PAIRED})(?:\s[^<>]*)?>(.*?)</\1\s*>", re.IGNORECASE | re.DOTALL)
ALONE = re.compile(r"<(?:br|wbr|img|hr)(?:\s[^<>]*)?/?>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
# What a browser never shows; an open one swallows the rest, as it does there.
UNSHOWN = re.compile(r"<(script|style)\b[^<>]*>.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
TAG = re.compile(r"</?[a-z][^<>]*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
MARKUP = re.compile(r"</?[a-z][\w-]*(?:\s[^<>]*)?/?>|&(?:#\d+|#x[\da-f]+|[a-z]\w+);", re.IGNORECASE)
BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def folded(text: str) -> str:
    return " ".join(text.split())


def without_pairs(text: str) -> str:
    """The text without inline markup; passes go on while pairs stand in each other, but never for ever."""
    for _ in range(8):
        text, count = PAIR.subn(r"\2", text)
        if not count:
            break
    for _ in range(3):  # one may stand in an attribute of another
        text, count = ALONE.subn(" ", text)
        if not count:
            break
    return text


def title_of_html(text: str) -> str:
    """A title that is or may be HTML, as plain text: inline tags gone, one level of entities resolved."""
    if len(text) > 5_000:  # no title; not worth the search for pairs
        return folded(html.unescape(text))
    return folded(html.unescape(without_pairs(text)))


def text_of(markup: str) -> str:
    """All text of a piece of markup that is markup for certain."""
    return folded(html.unescape(TAG.sub(" ", UNSHOWN.sub("", markup))))


def looks_like_html(text: str) -> bool:
    return MARKUP.search(text) is not None


def paragraphs(text: str) -> str:
    """Plain text as HTML: blank lines part paragraphs, single line ends are kept."""
    blocks = BLANK_LINES.split(text.replace("\r\n", "\n").replace("\r", "\n").strip())
    return "\n".join(
        f"<p>{html.escape(block, quote=False).replace(chr(10), '<br>')}</p>" for block in blocks if block
    )


def as_html(text: str) -> str:
    """What may be HTML or plain text, as HTML: text of several lines without any markup gets its paragraphs."""
    return text if looks_like_html(text) or "\n" not in text.strip() else paragraphs(text)


def without_controls(text: str) -> tuple[str, int]:
    """The text without NUL, other control characters and lone surrogates, which no database takes; how many there were."""
    return CONTROLS.subn("", text) if CONTROLS.search(text) else (text, 0)
