"""excerpt: a post's summary is its first real paragraph."""

from __future__ import annotations

import re
from collections.abc import Container

from blog.markup.plain import WORD, text_of
from blog.markup.tree import Node, ancestors, elements, held

LONGEST = 300
_LOOKED_AT = 2_000
_CODE_LIKE = re.compile(
    r"import\b.*\bfrom\b\s*[\"'“”‘’].*|(?:import|export|const|let|var|require|using|package)\b[^.!?]*[;{}(]\s*|#include\b.*"
    r"|from\s+[\w.]+\s+import\b.*|<\?php.*|(?:\$|>>>)\s.*",
    re.DOTALL,
)
_ENDS_SENTENCE = re.compile(r"[.!?…。！？][\"'”’»)\]\s\W]*$")
_COMPONENT = re.compile(r"<([A-Z]\w{0,60})\s+\w+=[^<>]{0,400}>")
_ASIDE = frozenset({"blockquote", "dd", "details", "figcaption", "figure", "li", "pre", "table"})


def excerpt_of(root: Node, contents: Container[Node] = ()) -> str:
    """Plain text, at most 300 characters, cut at a word; empty when the body has no text at all.

    Real is a paragraph of prose. Code pasted as text, captions, a lone link, a line of emoji are not; when there
    is nothing better, the first paragraph with words has to do, then the first words of any kind.
    """
    second_best = ""
    blocks = [node for node in elements(root) if node.tag in ("p", "div", "section", "li", "blockquote")]
    for node in blocks:
        if node.tag == "p" and not any(above.tag in _ASIDE for above in ancestors(node)):
            text = _tidy(text_of(node)[:_LOOKED_AT])
            if _is_prose(text) and not _is_trimming(node):
                return shorten(text)
            if not second_best and WORD.search(text) and not _CODE_LIKE.fullmatch(text):
                second_best = text
    return shorten(second_best or _any_words(root, contents))


def shorten(text: str, longest: int = LONGEST) -> str:
    """The beginning of a text, cut after a whole word, with an ellipsis when there was more."""
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    head = text[: longest - 1]
    if not text[longest - 1].isspace() and " " in head:
        head = head.rpartition(" ")[0]
    return head.rstrip(" ,;:—–-") + "…"


def _tidy(text: str) -> str:
    """Without the tags of page components that some bodies carry as text; their words stay."""
    for name in {match[1] for match in _COMPONENT.finditer(text)}:
        text = re.sub(rf"<{name}\s[^<>]{{0,400}}>|</{name}>", "", text)
    return " ".join(text.split())


def _is_prose(text: str) -> bool:
    words = len(WORD.findall(text))
    if _CODE_LIKE.fullmatch(text):
        return False
    return words >= 8 or (words >= 4 and bool(_ENDS_SENTENCE.search(text[-40:])))


def _is_trimming(node: Node) -> bool:
    """A paragraph that is only a link, a picture with its caption, a piece of code, or an emphasised line without a stop."""
    inside = held(node)
    if any(isinstance(one, Node) and one.tag == "img" for one in inside[:1]):
        return True
    if len(inside) != 1 or not isinstance(inside[0], Node):
        return False
    only = inside[0]
    return only.tag in ("a", "code", "img") or (
        only.tag in ("em", "i", "small") and not _ENDS_SENTENCE.search(text_of(only)[-40:])
    )


def _any_words(root: Node, contents: Container[Node]) -> str:
    for node in root.children:
        if isinstance(node, str):
            text = " ".join(node.split())
        elif (
            node in contents or node.attrs.get("class") == "subtitle" or node.tag in ("h2", "h3", "h4", "pre")
        ):
            continue
        else:
            text = text_of(node)
        if WORD.search(text):
            return text
    return text_of(root)
