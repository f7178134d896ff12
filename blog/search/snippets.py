"""snippets: the place in a text that answers a question, escaped, its words marked; one function for both engines."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from blog.search.stems import WORD, fold, stem

WINDOW = 240  # characters
READ = 100_000  # characters of a text that are looked through


def _places(text: str, wanted: Collection[str], beginning: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, stem) of every word whose stem is wanted. Words are stemmed only where their first letters fit."""
    firsts = {word[:2] for word in wanted} | ({beginning[:2]} if beginning else set())
    for word in WORD.finditer(text):
        if word.group()[:2].casefold().replace("ё", "е") not in firsts:
            continue
        folded = fold(word.group())
        if (found := stem(folded)) in wanted:
            yield word.start(), word.end(), found
        elif beginning and folded.startswith(beginning):
            yield word.start(), word.end(), beginning


def _best_start(places: list[tuple[int, int, str]]) -> int:
    """Where the window begins that holds most of the different words, the earliest of them."""
    best, best_count = 0, 0
    for at, (start, _, _) in enumerate(places[:400]):
        inside = {found for begin, end, found in places[at : at + 40] if end <= start + WINDOW}
        if len(inside) > best_count:
            best, best_count = start, len(inside)
    return best


def snippet(text: str, words: Collection[str], beginning: str = "") -> SafeString:
    """About WINDOW characters of `text` around the words of a question, as HTML with `<mark>`; one may be only begun."""
    text = text[:READ]
    wanted = {stem(fold(word)) for word in words}
    places = list(_places(text, wanted, beginning))
    start = max(0, _best_start(places) - 60)
    if start:
        start = text.find(" ", start) + 1
    end = min(len(text), start + WINDOW)
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + 1)
    parts: list[str] = ["… "] if start else []
    at = start
    for begin, finish, _ in places:
        if begin >= start and finish <= end:
            parts += [escape(text[at:begin]), "<mark>", escape(text[begin:finish]), "</mark>"]
            at = finish
    parts.append(escape(text[at:end]))
    if end < len(text):
        parts.append(" …")
    return mark_safe(re.sub(r"\s+", " ", "".join(parts)))
