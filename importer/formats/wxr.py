"""wxr: what a WordPress export says in its head and in each item, as plain fields; what it means is decided elsewhere."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from importer.formats.feed import REFERENCE as CHARACTER
from importer.formats.feed import TITLE, possible
from importer.formats.plain import folded, title_of_html
from importer.formats.scan import MAX_ATTRIBUTES, harm_of

ROOT = re.compile(r"<rss\b(?P<attributes>[^>]*)>", re.IGNORECASE)
EXPORT = re.compile(r"<rss\b[^>]*wordpress\.org/export/\d", re.IGNORECASE)
KNOWN = ("wp", "dc", "content", "excerpt", "wfw", "media", "atom", "sy", "slash", "georss", "geo", "itunes")
DECLARES = re.compile(r"\bxmlns:([\w-]+)\s*=")
NAMED = re.compile(r"&([a-zA-Z]\w{1,30});")
BARE = re.compile(r"&(?!#\d+;|#x[\da-fA-F]+;|(?:amp|lt|gt|quot|apos);)")
CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)
WRAPPED = re.compile(r"<([a-z]+:?\w+)((?:\s[^<>]*)?)>\s*<!\[CDATA\[(.*?)\]\]>\s*</\1\s*>", re.DOTALL)
START_TAG = re.compile(r"<[^\s<>/!?]+\s([^<>]+)>")
MOST_WORK = 2_000_000_000  # characters looked at in the worst case; more is no export but an attack
BROKEN = "The entry could not be read: its XML is too broken."


@dataclass(frozen=True, slots=True)
class Term:
    """A category, a tag or whatever else sorts posts."""

    taxonomy: str
    slug: str
    name: str
    ident: str = ""
    parent: str = ""  # the parent's slug


@dataclass(frozen=True, slots=True)
class Item:
    """One item: its plain fields by "prefix:name", and what it may hold several of."""

    fields: Mapping[str, str]
    terms: tuple[Term, ...] = ()
    meta: Mapping[str, list[str]] = field(default_factory=dict)  # a name may come several times
    comments: tuple[Mapping[str, str], ...] = ()
    mended: bool = False  # its XML was broken

    def get(self, name: str) -> str:
        return self.fields.get(name, "").strip()

    def last(self, name: str) -> str:
        """What a meta field says in the end."""
        return self.meta.get(name, [""])[-1].strip()


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before the items."""

    fields: Mapping[str, str]
    authors: tuple[Mapping[str, str], ...] = ()
    terms: tuple[Term, ...] = ()


def opening_of(head: str) -> str:
    """A start tag that declares the prefixes that items use: their names alone, for an address here means nothing."""
    root = ROOT.search(head)
    names = dict.fromkeys([*KNOWN, *(DECLARES.findall(root["attributes"]) if root else ())])
    return f"<r {' '.join(f'xmlns:{name}={chr(34)}{name}:{chr(34)}' for name in names if name not in ('xml', 'xmlns'))}>"


def item_of(text: str, opening: str) -> Item | None:
    """The item's fields; None where its XML is beyond repair. Reading it strictly comes first."""
    mended = False
    root = parsed(opening + text)
    if root is None:
        mended = True
        root = parsed(opening + repaired(text))
    if root is None:
        root = parsed(opening + repaired(text), recover=True)
    node = next(iter(root), None) if root is not None else None
    if node is None:
        return None
    item = gathered(node, mended=mended)
    # What is lost in a broken item must not make something public that was not.
    return item if not mended or (item.get("wp:status") and item.get("wp:post_type")) else None


def head_of(text: str) -> Head:
    """The channel's own fields, its authors, categories and tags. What is broken in them is passed over."""
    inside = ROOT.split(text, maxsplit=1)[-1] if ROOT.search(text) else text
    inside = re.sub(r"\A\s*<channel\b[^>]*>", "", inside)
    opening = opening_of(text)
    root = parsed(opening + inside)
    if root is None:
        root = parsed(opening + repaired(inside), recover=True)
    fields: dict[str, str] = {}
    authors, terms = [], []
    for node in root if root is not None else ():
        name = name_of(node)
        if name == "wp:author":
            authors.append(children(node))
        elif name in ("wp:category", "wp:tag", "wp:term"):
            terms.append(term_of(name, children(node)))
        elif not len(node):
            fields.setdefault(name, (node.text or "").strip())
    return Head(fields, tuple(authors), tuple(terms))


def parsed(text: str, *, recover: bool = False) -> etree._Element | None:
    """The markup, in an element of ours that stands open before it; None where it is not well-formed.

    There is no DTD, no entity and no address in what the parser sees, and its own limits stay on: 256 levels, 10 MB of text.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=recover,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(f"{text}</r>", parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def repaired(text: str) -> str:
    """Broken XML as exports have it: CDATA that ends too early, HTML's entities, bare ampersands, impossible characters."""
    if text.count("<![CDATA[") * len(text) < MOST_WORK:
        text = WRAPPED.sub(closed_once, text)
    pieces = CDATA.split(text)
    return "".join(piece if piece.startswith("<![CDATA[") else escaped(piece) for piece in pieces)


def closed_once(found: re.Match[str]) -> str:
    """An element of CDATA whose text itself holds the mark that ends CDATA."""
    inner = found[3].replace("]]]]><![CDATA[>", "]]>").replace("]]>", "]]]]><![CDATA[>")
    return f"<{found[1]}{found[2]}><![CDATA[{inner}]]></{found[1]}>"


def escaped(text: str) -> str:
    text = CHARACTER.sub(possible, text)
    return BARE.sub("&amp;", NAMED.sub(in_full, text))


def in_full(found: re.Match[str]) -> str:
    """An entity of HTML as the character that it means; XML's own stay."""
    if found[1] in ("amp", "lt", "gt", "quot", "apos"):
        return found[0]
    meant = html.unescape(found[0])
    return found[0] if meant == found[0] else html.escape(meant)


def gathered(node: etree._Element, *, mended: bool) -> Item:
    fields: dict[str, str] = {}
    meta: dict[str, list[str]] = {}
    terms, comments = [], []
    for child in node:
        name = name_of(child)
        if name == "category":
            terms.append(term_on(child))
        elif name == "wp:comment":
            comments.append(children(child))
        elif name == "wp:postmeta":
            given = children(child)
            meta.setdefault(given.get("wp:meta_key", "").strip(), []).append(given.get("wp:meta_value", ""))
        else:
            fields.setdefault(name, child.text or "")
    return Item(fields, tuple(terms), meta, tuple(comments), mended)


def name_of(node: etree._Element) -> str:
    """The element's name with its prefix, as it is written."""
    tag = str(node.tag)
    uri, _, local = tag.rpartition("}")
    return uri[1:] + local if uri else local


def children(node: etree._Element) -> dict[str, str]:
    return {name_of(child): child.text or "" for child in node}


def term_on(node: etree._Element) -> Term:
    """A term as an item carries it. Exports of the first years gave it no taxonomy."""
    name = folded(html.unescape(node.text or ""))
    return Term(str(node.get("domain") or "category"), str(node.get("nicename") or ""), name)


def term_of(kind: str, given: Mapping[str, str]) -> Term:
    """A term as the head lists it: three spellings of the same fields."""
    prefix, name, taxonomy = {
        "wp:category": ("category_", "cat_name", "category"),
        "wp:tag": ("tag_", "tag_name", "post_tag"),
        "wp:term": ("term_", "term_name", given.get("wp:term_taxonomy", "")),
    }[kind]
    slug = given.get(f"wp:{prefix}nicename") or given.get(f"wp:{prefix}slug") or ""
    return Term(
        taxonomy.strip(),
        slug.strip(),
        folded(html.unescape(given.get(f"wp:{name}", ""))),
        given.get("wp:term_id", "").strip(),
        given.get(f"wp:{prefix}parent", "").strip(),
    )


def title_in(text: str) -> str:
    """The title of an item that no parser may see or can read."""
    found = TITLE.search(text, 0, 5_000)
    return title_of_html(found[1]) if found else ""


def harm_to_parser(text: str) -> str:
    """Why an item is kept from the parser, as a clause; "" where it is not."""
    if text.count("=") <= MAX_ATTRIBUTES:
        return ""
    outside = " ".join(piece for piece in CDATA.split(text) if not piece.startswith("<![CDATA["))
    return next(filter(None, map(harm_of, START_TAG.findall(outside))), "")
