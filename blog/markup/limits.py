"""limits: hostile markup is cut down before the parser meets it, so that no body costs more than its length."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from blog.markup.tree import VOID, names

MAX_DEPTH = 100
# The parser opens every unclosed one of these again in each later paragraph, so a few hundred would multiply a body.
MAX_UNCLOSED_FORMATTING = 20
MAX_ATTRIBUTES = 200

_FORMATTING = names("b big code em font i nobr s small strike strong tt u")
_CLOSES_PARAGRAPH = names(
    "address article aside blockquote center details dialog dir div dl fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre section table ul"
)
_CLOSED_BY_NEXT = {
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "option": {"option"},
    "td": {"td", "th"},
    "th": {"td", "th"},
    "tr": {"td", "th", "tr"},
    "tbody": {"td", "th", "tr", "tbody", "thead", "tfoot"},
    "tfoot": {"td", "th", "tr", "tbody", "thead", "tfoot"},
}
_VOID = VOID | {"area", "base", "embed", "link", "meta", "param"}
_START = re.compile(r"<(/?)([a-zA-Z][^\s/>]*+)")
# Quotes mean something after `=` only. Each alternative takes what it can and gives nothing back: one pass.
_REST = re.compile(r"""((?:[^>"'=]++|=\s*+(?:"[^"]*+"|'[^']*+')|["'=])*+)>""")
_NOSCRIPT = re.compile(r"</?noscript[^<>]{0,200}>", re.IGNORECASE)
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class Tamed:
    html: str
    names: Counter[str] = field(default_factory=Counter)  # start tags seen, lower case
    cut: int = 0  # tags taken out, their text kept


@dataclass(slots=True)
class _Count:
    stack: list[str] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    formatting: int = 0


def tame(html: str) -> Tamed:
    """The same markup, without what makes parsers slow: deep nesting, formatting never closed, masses of attributes.

    Ordinary markup comes back as it was, but for lone surrogates (no encoder takes them) and noscript tags
    (what they hold is what a reader without scripts is meant to see).
    """
    html = _NOSCRIPT.sub(" ", _SURROGATE.sub("\ufffd", html))
    tamed = Tamed(html)
    count = _Count()
    pieces: list[str] = []
    done = position = 0
    while (start := _START.search(html, position)) and (rest := _REST.match(html, start.end())):
        position = rest.end()
        name = start[2].lower()
        if not start[1]:
            tamed.names[name] += 1
        kept = _kept(count, name, bool(start[1]))
        if kept and not _crowded(rest[1]):
            if name == "iframe" and not start[1] and html[position - 2] == "/":
                # XHTML's <iframe … /> is only begun for a reader of HTML, which would swallow all that follows.
                pieces += [html[done:position], "</iframe>"]
                done = position
                _close(count, name)
            continue
        pieces += [html[done : start.start()], f"<{start[1]}{name}>" if kept else ""]
        done = position
        tamed.cut += 1
    if pieces:
        tamed.html = "".join([*pieces, html[done:]])
    return tamed


def _crowded(attributes: str) -> bool:
    if len(attributes) < MAX_ATTRIBUTES:
        return False
    return (
        attributes.count("=") > MAX_ATTRIBUTES
        or attributes.count("/") > 25 * MAX_ATTRIBUTES
        or len(attributes.split()) > 10 * MAX_ATTRIBUTES
    )


def _kept(count: _Count, name: str, closing: bool) -> bool:
    if name in _VOID:
        return True
    return _close(count, name) if closing else _open(count, name)


def _close(count: _Count, name: str) -> bool:
    if count.dropped[name]:
        count.dropped[name] -= 1
        return False
    if name in _FORMATTING and count.formatting:
        count.formatting -= 1
    if name in count.stack:
        while count.stack.pop() != name:
            pass
    return True


def _open(count: _Count, name: str) -> bool:
    stack = count.stack
    if stack and stack[-1] == "p" and name in _CLOSES_PARAGRAPH:
        stack.pop()
    closed = _CLOSED_BY_NEXT.get(name)
    while closed and stack and (stack[-1] in closed or stack[-1] == "p"):
        stack.pop()
    if len(stack) >= MAX_DEPTH or (name in _FORMATTING and count.formatting >= MAX_UNCLOSED_FORMATTING):
        count.dropped[name] += 1
        return False
    stack.append(name)
    count.formatting += name in _FORMATTING
    return True
