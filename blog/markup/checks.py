"""checks: what a careful reader of the manuscript would point at: pictures without words, jumping headings, links that say nothing; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from blog.markup import markdown, sanitize, tree
from blog.markup.ids import in_page_links, prefix_all
from blog.markup.outline import HEADING, headings_of, name_headings
from blog.markup.pictures import says_nothing
from blog.markup.plain import WORD, text_of
from blog.markup.rendering import BodyFormat
from blog.markup.tree import Node, ancestors, elements

Kind = Literal["alt", "heading", "here", "anchor", "script", "paragraph"]
LONG_PARAGRAPH = 200  # words; a screen of a phone holds about 90
MOST = 50  # findings of one kind: beyond, one stops reading

# What a link says that says nothing of where it leads.
_EMPTY_WORDS = frozenset(
    (
        "here", "click here", "link", "this", "this link", "more", "read more", "details",
        "тут", "здесь", "сюда", "ссылка", "ссылке", "по ссылке", "эта ссылка", "этой ссылке", "вот", "подробнее",
        "далее", "читать далее", "нажмите здесь",
    )
)  # fmt: skip
_VERBATIM = tree.names("code pre kbd samp var")
# Letters of the two alphabets that look alike: a word of both that could be of one is a slip of the keyboard.
_LATIN, _CYRILLIC = "aceopxyABCEHKMOPTXY", "асеорхуАВСЕНКМОРТХУ"
_ALIKE = frozenset(_LATIN + _CYRILLIC)
_IS_LATIN, _IS_CYRILLIC = re.compile(r"[A-Za-z]"), re.compile(r"[\u0400-\u04ff]")
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at. `quote` stands in the text as it is written, so that an editor can be led there."""

    kind: Kind
    quote: str
    detail: str = (
        ""  # the heading's levels ("2 4"), a paragraph's words, a word's letters of the other alphabet
    )


@dataclass(frozen=True, slots=True)
class Checked:
    findings: tuple[Finding, ...]
    links: tuple[str, ...] = field(
        default=()
    )  # where the links lead that are no fragments; whether those stand is asked elsewhere


def check(body: str, body_format: BodyFormat) -> Checked:
    """What to look at in a body, in the order of the kinds; never more than MOST of a kind."""
    clean, _ = sanitize.canonical(markdown.to_html(body) if body_format == "markdown" else body)
    root = tree.parse(clean)
    nodes = elements(root)
    found = [
        *_first(_pictures(nodes)),
        *_first(_jumps(nodes)),
        *_first(_idle_words(nodes)),
        *_first(_lost_anchors(root)),
        *_first(_mixed_words(root)),
        *_first(_long_paragraphs(nodes)),
    ]
    hrefs = (node.attrs.get("href", "") for node in nodes if node.tag == "a")
    return Checked(
        tuple(found), tuple(dict.fromkeys(href for href in hrefs if href and not href.startswith("#")))
    )


def _first(findings: Iterator[Finding]) -> Iterator[Finding]:
    seen: set[Finding] = set()
    for finding in findings:
        if finding not in seen:
            seen.add(finding)
            yield finding
        if len(seen) == MOST:
            return


def _pictures(nodes: list[Node]) -> Iterator[Finding]:
    for node in nodes:
        if node.tag == "img" and node.attrs.get("src") and says_nothing(node.attrs.get("alt", "")):
            yield Finding("alt", node.attrs["src"], node.attrs.get("alt", "").strip())


def _jumps(nodes: list[Node]) -> Iterator[Finding]:
    before = 0
    for node in nodes:
        if not HEADING.fullmatch(node.tag) or not text_of(node):
            continue
        level = int(node.tag[1])
        if before and level > before + 1:
            yield Finding("heading", _quote(text_of(node)), f"{before} {level}")
        before = level


def _idle_words(nodes: list[Node]) -> Iterator[Finding]:
    for node in nodes:
        if node.tag != "a" or not node.attrs.get("href"):
            continue
        said = text_of(node)
        if said.strip(" .,:;!…»›→>").casefold() in _EMPTY_WORDS:
            yield Finding("here", said, node.attrs["href"])


def _lost_anchors(root: Node) -> Iterator[Finding]:
    headings = headings_of(root)
    name_headings(headings, prefix_all(root))
    for _, fragment, target in in_page_links(root, frozenset(), headings):
        if target is None:
            yield Finding("anchor", f"#{fragment}")


def _mixed_words(root: Node) -> Iterator[Finding]:
    for text in _prose(root):
        if _IS_CYRILLIC.search(text) and _IS_LATIN.search(text):
            for word in _LETTERS.findall(text):
                strange = _of_the_other_alphabet(word)
                if strange:
                    yield Finding("script", word, strange)


def _of_the_other_alphabet(word: str) -> str:
    """The letters that a slip put there: those of the alphabet that the word has fewer of, if all of them have a double."""
    latin, cyrillic = _IS_LATIN.findall(word), _IS_CYRILLIC.findall(word)
    if not latin or not cyrillic:
        return ""
    fewer, more = (latin, cyrillic) if len(latin) <= len(cyrillic) else (cyrillic, latin)
    if not _ALIKE.issuperset(fewer):
        fewer = more
    return "".join(dict.fromkeys(fewer)) if _ALIKE.issuperset(fewer) else ""


def _prose(node: Node) -> Iterator[str]:
    waiting: list[Node | str] = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif one.tag not in _VERBATIM:
            waiting += reversed(one.children)


def _long_paragraphs(nodes: list[Node]) -> Iterator[Finding]:
    for node in nodes:
        if node.tag != "p" or any(above.tag == "pre" for above in ancestors(node)):
            continue
        text = text_of(node)
        words = len(WORD.findall(text))
        if words > LONG_PARAGRAPH:
            yield Finding("paragraph", _quote(text), str(words))


def _quote(text: str) -> str:
    return text if len(text) <= 60 else text[:60].rsplit(" ", 1)[0]
