"""convert: an HTML body as Markdown, block by block; what Markdown can't say exactly stays HTML, so that the page stays as it was."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from markdownify import MarkdownConverter

from blog.markup import markdown, normal, sanitize, tree
from blog.markup.headingids import NAMED
from blog.markup.ids import slug
from blog.markup.plain import text_of
from blog.markup.rendering import Rendered
from blog.markup.tree import INLINE, Node, elements

HEADINGS = tree.names("h1 h2 h3 h4 h5 h6")
_WRAPPERS = tree.names("div section article main")
# Words for the same thing: Markdown has one of each.
_SAME = {"b": "strong", "i": "em", "del": "s", "strike": "s"}
_ITEMS = tree.names("li td th dd dt blockquote")
_SPECIAL = re.compile(r"[\\`*\[\]<]|(?<!\w)_|_(?!\w)|&(?=#?\w+;)|~(?=~)|!(?=\[)")
# What would begin a heading, a list, a quotation or a listing at the beginning of a line.
_BEGINNING = re.compile(
    r"^(\s*\d{0,9})((?<=\d)[.)](?=\s|$)|(?<!\d)(?:#{1,6}(?=\s|$)|[-+](?=\s|$)|>|=+\s*$|-+\s*$|~~~))"
)
_LANGUAGE = re.compile(r"(?:^|\s)(?:language|lang)-([\w+#.-]+)")
_ICON = 100  # pixels
_OPENING = re.compile(r"<(\w+)")
Shape = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Converted:
    """A body in Markdown, and what did not become Markdown in it."""

    markdown: str
    kept: tuple[tuple[str, int], ...]  # elements that stay HTML, and how many blocks of each
    blocks: int  # of the whole body
    anchors: int  # ids that nothing in the body links to and that Markdown has no place for


class _Writer(MarkdownConverter):
    """markdownify, writing our dialect; every block of it is compared with its HTML afterwards."""

    def __init__(self) -> None:
        super().__init__(
            heading_style="atx",
            bullets="-",
            newline_style="backslash",
            code_language_callback=_language,
            escape_misc=False,
            escape_asterisks=False,
            escape_underscores=False,
        )

    def escape(self, text: str, parent_tags: Collection[str]) -> str:
        if not text or "_noformat" in parent_tags:
            return text
        escaped = _SPECIAL.sub(r"\\\g<0>", text)
        return escaped.replace("|", "\\|") if "td" in parent_tags or "th" in parent_tags else escaped

    def convert_p(self, el: Any, text: str, parent_tags: Collection[str]) -> str:
        lines = [_BEGINNING.sub(r"\1\\\2", line) for line in text.strip("\n").split("\n")]
        return str(super().convert_p(el, "\n".join(lines), parent_tags))  # type: ignore[misc]  # the stub lacks it

    def convert_hN(self, n: int, el: Any, text: str, parent_tags: Collection[str]) -> str:  # noqa: N802  # markdownify's name
        name = el.get("id", "")
        words = f"{text} {{#{name}}}" if NAMED.fullmatch(f"{{#{name}}}") else text
        return str(super().convert_hN(n, el, words, parent_tags))  # type: ignore[misc]  # the stub lacks it

    def as_html(self, el: Any, text: str, parent_tags: Collection[str]) -> str:
        """An inline element without a mark of its own: its tags stay, what is in it is Markdown."""
        given = "".join(f' {key}="{tree.escape(_joined(value))}"' for key, value in el.attrs.items())
        return f"<{el.name}{given}>{text}</{el.name}>"

    convert_abbr = convert_cite = convert_ins = convert_kbd = convert_mark = convert_q = convert_samp = (
        as_html
    )
    convert_small = convert_sub = convert_sup = convert_time = convert_u = convert_var = as_html


def _joined(value: str | list[str]) -> str:
    return value if isinstance(value, str) else " ".join(value)


def _language(el: Any) -> str:
    """What a code block or the code in it says of its language."""
    for one in (el, el.find("code")):
        if one is not None:
            said = _LANGUAGE.search(_joined(one.get("class", "")))
            name = one.get("data-language") or one.get("data-lang") or (said[1] if said else "")
            if name:
                return _joined(name)
    return ""


def amounts(rendered: Rendered) -> dict[str, int]:
    """How much of everything a page shows: what a conversion must not make less of."""
    tags = Counter(_OPENING.findall(rendered.html))
    return {
        "words": rendered.words,
        "headings": len(rendered.outline),
        "links": tags["a"],
        "pictures": len(rendered.images),
        "embeds": rendered.embeds,
        "list items": tags["li"],
        "tables": tags["table"],
        "code blocks": tags["pre"],
    }


def to_markdown(body: str) -> Converted:
    """`body` as Markdown that renders to the same page. Pure; the gate's canonical form is what is read."""
    clean, _ = sanitize.canonical(body)
    root = tree.parse(clean)
    _unwrap_wrappers(root)
    anchors = _drop_idle_ids(root)
    writer, kept, written = _Writer(), Counter[str](), list[str]()
    for block in _blocks(root):
        said = _as_markdown(block, writer)
        if said is None:
            kept[block[0].tag if isinstance(block[0], Node) else "p"] += 1
            said = _as_html(block)
        if said:
            written.append(said)
    return Converted(
        "\n\n".join(written) + "\n" if written else "", tuple(kept.most_common()), len(written), anchors
    )


def _unwrap_wrappers(root: Node) -> None:
    """Boxes around everything, of the page that the text came from, mean nothing here."""
    for node in elements(root):
        parent = tree.above(node)
        if node.tag in _WRAPPERS and not node.attrs and (parent is None or parent is root):
            tree.unwrap(node)


def _drop_idle_ids(root: Node) -> int:
    """Ids go where nothing leads to them, and where the heading would get the same one anyway."""
    linked = {
        node.attrs["href"].partition("#")[2] for node in elements(root) if "#" in node.attrs.get("href", "")
    }
    dropped = 0
    for node in elements(root):
        name = node.attrs.get("id")
        if name is None or name in linked:
            continue
        own = node.tag in HEADINGS
        if own and name == slug(text_of(node)):
            del node.attrs["id"]
        elif not own:
            del node.attrs["id"]
            dropped += 1
    return dropped


def _blocks(root: Node) -> Iterator[list[Node | str]]:
    """The body's blocks; words that stand in none are one together."""
    loose: list[Node | str] = []
    for child in tree.through(root):
        if isinstance(child, str) or child.tag in INLINE or child.tag in ("br", "img"):
            loose.append(child)
            continue
        if _says_something(loose):
            yield loose
        loose = []
        yield [child]
    if _says_something(loose):
        yield loose


def _says_something(nodes: list[Node | str]) -> bool:
    return any(isinstance(node, Node) or node.strip() for node in nodes)


def _as_html(block: list[Node | str]) -> str:
    """The block as a block of HTML in Markdown: no blank line in it, for that would end it."""
    html = "".join(tree.serialise(Node("", None, [node])) for node in block).strip()
    if not isinstance(block[0], Node) or block[0].tag in INLINE or block[0].tag in ("br", "img"):
        html = f"<p>{html}</p>"
    return re.sub(r"\n(?=[ \t]*\n)", "&#10;", html) if "<pre" in html else re.sub(r"\n\s*\n", "\n", html)


def _as_markdown(block: list[Node | str], writer: _Writer) -> str | None:
    """The block in Markdown, or None where that would show something else."""
    html = "".join(tree.serialise(Node("", None, [node])) for node in block)
    if isinstance(block[0], str) or block[0].tag in INLINE or block[0].tag in ("br", "img"):
        html = f"<p>{html.strip()}</p>"
    said: str = writer.convert(html).strip("\n")
    return said if shape(markdown.to_html(said)) == shape(html) else None


def shape(html: str) -> Shape:
    """What a reader gets of HTML, to be compared: elements and words, without what white space and spelling differ in."""
    clean, _ = sanitize.canonical(html)
    root = tree.parse(clean)
    normal.normalise(root)
    return _shape(root, verbatim=False)


def _shape(node: Node, *, verbatim: bool) -> Shape:
    found: list[Any] = []
    for child in tree.through(node):
        if isinstance(child, str):
            text = child if verbatim else re.sub(r"\s+", " ", child)
            if found and isinstance(found[-1], str):
                text = found.pop() + text
            found.append(text)
        else:
            found.append(_named(child, verbatim=verbatim or child.tag == "pre"))
    return tuple(found if verbatim else _trimmed(found, node.tag))


def _named(node: Node, *, verbatim: bool) -> Shape:
    inside = _shape(node, verbatim=verbatim)
    if node.tag == "img" and _is_large(node):
        node.attrs = {key: value for key, value in node.attrs.items() if key not in ("width", "height")}
    if node.tag in _ITEMS and len(inside) >= 1 and inside[0][0:1] == ("p",):
        inside = (*inside[0][2:], *inside[1:])  # a tight list and a loose one say the same
    if verbatim and inside and isinstance(inside[-1], str):
        inside = (*inside[:-1], inside[-1].rstrip("\n"))
    return _SAME.get(node.tag, node.tag), tuple(sorted(node.attrs.items())), *inside


def _is_large(node: Node) -> bool:
    """A picture that fills the measure is shown so whatever its numbers say; an icon's numbers keep it small."""
    return all(int(node.attrs.get(side, "100")) >= _ICON for side in ("width", "height"))


def _trimmed(found: list[Any], tag: str) -> list[Any]:
    """White space at the edges of blocks is nothing."""
    block = tag not in INLINE
    kept = []
    for at, one in enumerate(found):
        if isinstance(one, str) and block:
            before, after = found[at - 1] if at else None, found[at + 1] if at + 1 < len(found) else None
            one = one.lstrip() if before is None or _is_block(before) else one
            one = one.rstrip() if after is None or _is_block(after) else one
        if one != "":
            kept.append(one)
    return kept


def _is_block(one: Any) -> bool:
    return isinstance(one, tuple) and one[0] not in INLINE and one[0] != "img"
