"""reading: what a page says to people: its text, and the attributes that are read out or shown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

SPOKEN = ("title", "aria-label", "placeholder", "alt", "aria-description", "label")
# What is not words of ours: code, what people typed, and data for scripts.
NOT_OURS = ("script", "style", "code", "pre", "textarea", "kbd", "svg", "samp")
_LATIN = re.compile(r"[A-Za-z][A-Za-z'’]*[A-Za-z]")
# Names, formats and keys, which are the same in every language.
NAMES = frozenset(
    [
        "Masthead",
        "Markdown",
        "HTML",
        "RSS",
        "Atom",
        "JSON",
        "Feed",
        "PNG",
        "JPEG",
        "WebP",
        "GIF",
        "AVIF",
        "MB",
        "URL",
        "UTC",
        "POST",
        "SVG",
        "CSP",
        "Ctrl",
        "Shift",
        "Alt",
        "Esc",
        "Tab",
        "Escape",
        "pt",
        "BR",
        "en",
        "ru",
        "English",
        "zip",
        "md",
        "manage",
        "py",
        "import",
        "feed",
        "fetch",
        "media",
        "undo",
        "reset",
        "FILE",
        "URI",
        "https",
        "http",
        "example",
        "org",
        "com",
        "net",
        "feed",
        "xml",
        "user",
        "admin",
        "mail",
        "tags",
        "posts",
        "new",
        "old",
        "name",
        "GMT",
        "Europe",
        "Berlin",
        "Enter",
        "px",
        "Mod",
        "docx",
        "heic",
        "svg",
    ]
)


def words_of(page: str) -> Iterator[str]:
    """Every piece of text that a reader of the page sees or hears."""
    tree = html.fromstring(page)
    for element in tree.iter():
        if not isinstance(element.tag, str):
            continue
        for name in SPOKEN:
            if said := element.get(name):
                yield said
        if element.tag == "input" and element.get("type") in ("submit", "button", "reset"):
            yield element.get("value", "")
        if element.tag == "meta" and element.get("name") == "description":
            yield element.get("content", "")
        foreign = element.get("lang") not in (None, "ru")
        if element.tag not in NOT_OURS and not foreign and element.text:
            yield element.text
        if element.tail:
            yield element.tail


def latin(page: str, *, but: frozenset[str] | set[str] = frozenset()) -> list[str]:
    """The pieces that hold a word in Latin letters which is no name."""
    found = []
    for piece in words_of(page):
        piece = re.sub(
            r"https?://\S+|/[\w./-]+/|\S+@\S+|[\w-]+\.(?:py|md|org|com|png|webp|xml|jpg)", " ", piece
        )
        for said in but:
            piece = piece.replace(said, " ")
        if words := [word for word in _LATIN.findall(piece) if word not in NAMES]:
            found.append(f"{' '.join(piece.split())[:160]}  [{' '.join(words)}]")
    return list(dict.fromkeys(found))
