"""highlight: code gets its colours as classes, when it is saved, in the language that its author named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pygments.lexer import Lexer
from pygments.lexers import find_lexer_class_by_name
from pygments.token import STANDARD_TYPES, _TokenType
from pygments.util import ClassNotFound

from blog.markup.plain import verbatim
from blog.markup.tree import Node, ancestors, elements, held

# Some lexers take a time that grows with the square of the text; a longer listing stays uncoloured.
MAX_LISTING = 30_000
MAX_BODY = 300_000
_PLAIN = frozenset({"", "none", "nohighlight", "plain", "plain_text", "plaintext", "text", "txt"})
_NAMED = re.compile(
    r"(?:^|\s)(?:language-|lang-|highlight-source-|brush:\s*)([a-z0-9][a-z0-9+#._-]{0,29})", re.IGNORECASE
)
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
    left = MAX_BODY
    for pre in listings:
        language = pre.attrs.get("data-language", "")
        text = verbatim(pre)
        lexer = _lexer(language) if language and len(text) <= min(left, MAX_LISTING) else None
        if lexer is None or not _only_text(pre):
            continue
        left -= len(text)
        spans = _spans(lexer, text)
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
    near += [node for node, _ in zip(ancestors(pre), range(2), strict=False) if node.tag == "div"]
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
        if node.tag == "code" and not re.fullmatch(
            r"language-[a-z0-9+#._-]{1,30}", node.attrs.get("class", "")
        ):
            node.attrs.pop("class", None)


def _only_text(pre: Node) -> bool:
    """Whether nothing but colours would be lost: links and marks inside a listing stay as they are."""
    return all(node.tag in ("", "br", "code", "span") for node in elements(pre))


@lru_cache(maxsize=128)
def _lexer_class(language: str) -> type[Lexer] | None:
    try:
        return find_lexer_class_by_name(language)
    except ClassNotFound:
        return None


def _lexer(language: str) -> Lexer | None:
    found = _lexer_class(language)
    # A fresh one each time: some lexers keep notes on themselves, and threads share the cache.
    return found(stripnl=False, ensurenl=False) if found else None


def _spans(lexer: Lexer, text: str) -> list[Node | str] | None:
    """The listing as runs of one class each; None when the lexer did not give back every character."""
    spans: list[Node | str] = []
    seen: list[str] = []
    for short, run in _runs(lexer, text):
        seen.append(run)
        spans.append(Node("span", {"class": short}, [run]) if short else run)
    return spans if "".join(seen) == text else None


def _runs(lexer: Lexer, text: str) -> Iterator[tuple[str, str]]:
    last, run = "", ""
    for kind, value in lexer.get_tokens(text):
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
