"""highlight: code gets its colours as classes, when it is saved, in the language that its author named."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from functools import lru_cache
from time import thread_time

from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class, get_all_lexers
from pygments.token import STANDARD_TYPES, _TokenType

from blog.markup.plain import verbatim
from blog.markup.tree import Node, ancestors, elements, held

logger = logging.getLogger(__name__)

# Nearly every lexer has some text for which its time grows with the square of the length: what is longer, or
# takes longer, stays uncoloured. Real listings need a few milliseconds.
MAX_LISTING = 30_000
MAX_SECONDS = 1.0  # of processor time, for all listings of a body
# One pattern can take minutes over a long line or a run of blank ones, and no clock is looked at inside a pattern.
_UNFIT = re.compile(r"\s{100}|[^\n]{1000}")
# While somebody writes, the same listings are asked for with every key.
SEEN = 200  # listings
_seen: dict[tuple[str, str], list[tuple[str, str]]] = {}
_PLAIN = frozenset({"", "none", "nohighlight", "plain", "plain_text", "plaintext", "text", "txt"})
_NAMED = re.compile(
    r"(?:^|\s)(?:language-|lang-|highlight-source-|brush:\s*)([a-z0-9][a-z0-9+#._-]{0,29})", re.IGNORECASE
)
_LANGUAGE_CLASS = re.compile(r"language-[a-z0-9+#._-]{1,30}")
_BOX = re.compile("[\u2500-\u257f]")


def prepare(root: Node) -> list[Node]:
    """Every listing of the body, with its language written where pages and feeds look for it."""
    listings = [node for node in elements(root) if node.tag == "pre"]
    for pre in listings:
        language = _language(pre)
        for code in held(pre):
            if isinstance(code, Node) and code.tag == "code":
                code.attrs["class"] = f"language-{language}" if language else ""
        pre.attrs.pop("data-language", None)
        if language not in _PLAIN:
            pre.attrs["data-language"] = language
        elif len(_BOX.findall(verbatim(pre))) > 2:
            pre.add_class("diagram")
    _clear_other_code(root)
    return listings


def colour(listings: list[Node]) -> None:
    deadline = thread_time() + MAX_SECONDS
    for pre in listings:
        language = pre.attrs.get("data-language", "")
        text = verbatim(pre)
        fit = len(text) <= MAX_LISTING and not _UNFIT.search(text) and _only_text(pre)
        lexer = _lexer(language) if language and fit else None
        spans = _spans(lexer, text, deadline) if lexer else None
        if spans is not None:
            pre.add_class("highlight")
            holder = _code_of(pre)
            holder.children = []
            for span in spans:
                holder.append(span)


def _language(pre: Node) -> str:
    own = pre.attrs.get("data-language", "")
    if own and _NAMED.match("lang-" + own):
        return own.lower()
    near = [_code_of(pre), pre]
    near += [node for node, _ in zip(ancestors(pre), range(4), strict=False) if node.tag in ("code", "div")]
    for node in near:
        if named := _NAMED.search(node.attrs.get("class", "")):
            return named[1].lower()
    return ""


def _code_of(pre: Node) -> Node:
    inside = held(pre)
    only = inside[0] if len(inside) == 1 else None
    return only if isinstance(only, Node) and only.tag == "code" else pre


def _clear_other_code(root: Node) -> None:
    """A class on code is its language or nothing."""
    for node in elements(root):
        if node.tag == "code" and not _LANGUAGE_CLASS.fullmatch(node.attrs.get("class", "")):
            node.attrs.pop("class", None)


def _only_text(pre: Node) -> bool:
    """Whether nothing but colours would be lost: links and marks inside a listing stay as they are."""
    return all(node.tag in ("", "br", "code", "span") for node in elements(pre))


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Every alias that pygments knows itself. Looking up an unknown one there would search all plugins, each time."""
    return {alias: name for name, aliases, _, _ in get_all_lexers(plugins=False) for alias in aliases}


@lru_cache(maxsize=256)
def _lexer_class(name: str) -> type[Lexer] | None:
    return find_lexer_class(name)


def _lexer(language: str) -> Lexer | None:
    name = _names().get(language)
    found = _lexer_class(name) if name else None
    # A fresh one each time: some lexers keep notes on themselves, and threads share the cache.
    return found(stripnl=False, ensurenl=False) if found else None


def _spans(lexer: Lexer, text: str, deadline: float) -> list[Node | str] | None:
    """The listing as runs of one class each; None when time ran out, the lexer failed or a character is missing."""
    key = (lexer.name, text)
    runs = _seen.pop(key, None)
    if runs is None:
        runs = _read(lexer, text, deadline)
        if runs is None:
            return None
    _seen[key] = runs  # the newest stands last
    while len(_seen) > SEEN:
        _seen.pop(next(iter(_seen)), None)
    return [Node("span", {"class": short}, [run]) if short else run for short, run in runs]


def _read(lexer: Lexer, text: str, deadline: float) -> list[tuple[str, str]] | None:
    try:
        runs = list(_runs(lexer, text, deadline))
    except Exception:
        # Hundreds of lexers by hundreds of hands: a listing that trips one is worth showing without colours.
        logger.warning("The %s lexer failed; its listing stays without colours.", lexer.name, exc_info=True)
        return None
    return runs if "".join(run for _, run in runs) == text else None


def _runs(lexer: Lexer, text: str, deadline: float) -> Iterator[tuple[str, str]]:
    last, run = "", ""
    for kind, value in lexer.get_tokens(text):
        if thread_time() > deadline:
            return
        short = "" if value.isspace() else _short(kind)
        if short == last:
            run += value
            continue
        if run:
            yield last, run
        last, run = short, value
    if run:
        yield last, run


@lru_cache(maxsize=512)
def _short(kind: _TokenType) -> str:
    while kind not in STANDARD_TYPES and kind.parent is not None:
        kind = kind.parent
    return STANDARD_TYPES.get(kind, "")
