"""tree: HTML in the gate's canonical form as a small tree, and back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice


def names(words: str) -> frozenset[str]:
    """Names of elements, told apart by spaces: tables of them stay readable."""
    return frozenset(words.split())


VOID = names("br col hr img input source track wbr")
INLINE = names(
    "a abbr b bdi bdo cite code del dfn em i ins kbd mark q rb rp rt ruby s samp small span strong"
    " sub sup time u var wbr"
)

_ATTRIBUTE = re.compile(r' ([^\s="]+)="([^"]*)"')
# Characters that XML (our feeds) refuses, and the carriage return, which a second parsing would turn into a newline.
_UNWANTED = {**dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF], ""), 13: "\n"}


class Node:
    """One element. A node whose tag is empty stands for its children alone (the root is one)."""

    __slots__ = ("attrs", "children", "parent", "tag")

    def __init__(
        self, tag: str, attrs: dict[str, str] | None = None, children: list[Node | str] | None = None
    ) -> None:
        self.tag = tag
        self.attrs = attrs if attrs is not None else {}
        self.children: list[Node | str] = []
        self.parent: Node | None = None
        for child in children or ():
            self.append(child)

    def append(self, child: Node | str) -> None:
        if isinstance(child, Node):
            child.parent = self
        self.children.append(child)

    def classes(self) -> list[str]:
        return self.attrs.get("class", "").split()

    def add_class(self, name: str) -> None:
        if name not in self.classes():
            self.attrs["class"] = " ".join([*self.classes(), name])


def parse(canonical: str) -> Node:
    """The tree of what nh3 wrote: balanced, lower case, every attribute quoted, every other `<` and `>` escaped.

    What an iframe holds is the one thing nh3 leaves unescaped; it is dropped here.
    """
    root = Node("")
    top = root
    before, *chunks = canonical.split("<")
    _append_text(top, before)
    for chunk in chunks:
        if top.tag == "iframe" and not chunk.startswith("/iframe>"):
            continue
        tag, _, text = chunk.partition(">")
        top = (top.parent or root) if tag.startswith("/") else _open(top, tag)
        if top.tag != "iframe":
            _append_text(top, text)
    return root


def _open(top: Node, tag: str) -> Node:
    name, space, rest = tag.partition(" ")
    attrs = {key: _plain(value) for key, value in _ATTRIBUTE.findall(space + rest)} if rest else {}
    node = Node(name, attrs)
    top.append(node)
    return top if name in VOID else node


def _append_text(top: Node, text: str) -> None:
    if text:
        top.children.append(_plain(text))


def _plain(text: str) -> str:
    text = text.translate(_UNWANTED) if not text.isprintable() else text
    if "&" not in text:
        return text
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&nbsp;", "\xa0")
    return text.replace("&amp;", "&")


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def serialise(node: Node) -> str:
    """The tree as HTML that parses back to the same tree."""
    out: list[str] = []
    _write(node, out)
    return "".join(out)


def _write(node: Node, out: list[str]) -> None:
    if node.tag:
        attrs = "".join([f' {key}="{escape(value)}"' for key, value in node.attrs.items()])
        out.append(f"<{node.tag}{attrs}>")
        if node.tag in VOID:
            return
    begin = len(out)
    for child in node.children:
        if isinstance(child, Node):
            _write(child, out)
        else:
            out.append(escape(child))
    if node.tag == "pre":
        _strip_first_newline(out, begin)
    if node.tag:
        out.append(f"</{node.tag}>")


def _strip_first_newline(out: list[str], begin: int) -> None:
    """Parsers take one newline after `<pre>` for themselves, each time; with none left, nothing is lost."""
    for at in range(begin, len(out)):
        out[at] = out[at].lstrip("\n")
        if out[at]:
            break


def elements(node: Node) -> list[Node]:
    """Every element below `node`, in the page's order; a list, so that the tree may be changed on the way."""
    found: list[Node] = []
    waiting = [node]
    while waiting:
        one = waiting.pop()
        found.append(one)
        if (
            one.children
        ):  # asked a dozen times of every tree: what is no element is told from one the quick way
            waiting += [child for child in one.children[::-1] if child.__class__ is not str]  # type: ignore[misc]
    del found[0]
    return found


def above(node: Node) -> Node | None:
    """The element that `node` stands in; the root counts as one, unwrapped elements do not."""
    parent = node.parent
    while parent is not None and not parent.tag and parent.parent is not None:
        parent = parent.parent
    return parent


def holder(node: Node) -> Node:
    """As `above`, for a node that is known to stand in something."""
    return above(node) or Node("")


def ancestors(node: Node) -> Iterator[Node]:
    parent = above(node)
    while parent is not None:
        yield parent
        parent = above(parent)


def unwrap(node: Node) -> None:
    """Leave the node's children in its place: the element just stops being written."""
    node.tag = ""
    node.attrs = {}


def replace(node: Node, *others: Node | str) -> None:
    """Put `others` where `node` stands. Nothing is moved, so that thousands of these stay cheap."""
    unwrap(node)
    node.children = []
    for other in others:
        node.append(other)


def drop(node: Node) -> None:
    replace(node)


def held(node: Node) -> list[Node | str]:
    """The children that count: blank text is skipped, unwrapped elements are looked through."""
    return [child for child in through(node) if isinstance(child, Node) or child.strip()]


def holds_only(parent: Node, node: Node) -> bool:
    """Whether `node` is all that `parent` holds. Looks at a few children at most, however many there are."""
    few = list(islice(through(parent), 10))
    return len(few) < 10 and [one for one in few if isinstance(one, Node) or one.strip()] == [node]


def through(node: Node) -> Iterator[Node | str]:
    """The children, those of unwrapped elements in their place."""
    for child in node.children:
        if isinstance(child, str) or child.tag:
            yield child
        else:
            yield from through(child)
