"""sanitize: the one allow-list, and the gate that everything foreign goes through last."""

from __future__ import annotations

import re

import nh3
from pygments.token import STANDARD_TYPES

from blog.markup.limits import Tamed, tame
from blog.markup.tree import names

ID_PREFIX = "at-"

_INLINE = names(
    "a abbr b bdi bdo br cite code del dfn em i img ins kbd mark q rp rt ruby s samp small span"
    " strong sub sup time u var wbr"
)
_BLOCKS = names(
    "audio blockquote caption col colgroup dd details div dl dt figcaption figure h2 h3 h4 h5 h6 hr"
    " li ol p pre section source summary table tbody td tfoot th thead tr track ul video"
)
PAGE_TAGS = _INLINE | _BLOCKS

# What the first pass keeps only so that `normal` can turn it into something of the list above.
_PASSING = names(
    "acronym address applet article aside big button canvas center data dialog dir fieldset font footer form h1 header"
    " hgroup iframe input label legend main menu map meter nav nobr object optgroup option output picture"
    " progress search select strike tt"
)
_GONE_WITH_TEXT = {"script", "style", "template"}

_GENERIC = {
    "id",
    "lang",
    "dir",
    "title",
    "role",
    "aria-label",
    "aria-labelledby",
    "aria-describedby",
    "aria-details",
}
_ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href"},
    "audio": {"src", "controls", "preload"},
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"cite", "datetime"},
    "details": {"open"},
    "img": {"src", "alt", "width", "height"},
    "ins": {"cite", "datetime"},
    "li": {"value"},
    "ol": {"start", "reversed", "type"},
    "pre": {"data-language"},
    "q": {"cite"},
    "source": {"src", "type"},
    "td": {"colspan", "rowspan", "headers", "abbr"},
    "th": {"colspan", "rowspan", "headers", "abbr", "scope"},
    "time": {"datetime"},
    "track": {"src", "kind", "srclang", "label"},
    "video": {"src", "poster", "width", "height", "controls", "preload"},
}
_FIRST_ONLY: dict[str, set[str]] = {
    "a": {"name"},
    "col": {"align"},
    "iframe": {"src", "title", "width", "height", "data-src"},
    "img": {"data-src", "data-lazy-src", "data-original", "srcset", "data-srcset"},
    "input": {"type", "checked"},
    "td": {"align", "style"},
    "th": {"align", "style"},
}
# Ours alone: whatever a body says of these is gone after the first pass.
_OURS: dict[str, dict[str, set[str]]] = {
    "div": {"tabindex": {"0"}},
    "img": {"loading": {"lazy"}, "decoding": {"async"}},
    "pre": {"tabindex": {"0"}},
}
_OURS_FREE: dict[str, set[str]] = {
    "figure": {"data-embed"},
    "img": {"srcset", "sizes"},  # `normal` takes a body's own off every picture
    "span": {"data-embed"},
}
_FRAME: dict[str, set[str]] = {
    "iframe": {"src", "title", "width", "height", "allowfullscreen", "loading", "referrerpolicy"}
}

ROLES = frozenset(
    {"doc-noteref", "doc-backlink", "doc-endnotes", "doc-endnote", "doc-footnote", "note", "region", "img"}
)
TOKEN_CLASSES = frozenset(short for short in STANDARD_TYPES.values() if short)
_ALIGN = {"align-left", "align-center", "align-right"}
CLASSES: dict[str, set[str]] = {
    "a": {"footnote-backref", "footnote-ref"},
    "div": {"table-scroll"},
    "figure": {"embed", "absent-picture"},
    "h2": {"subtitle"},
    "hr": {"footnotes-sep"},
    "li": {"task", "footnote-item"},
    "ol": {"footnotes-list"},
    "p": {"alt"},
    "pre": {"highlight", "diagram"},
    "section": {"footnotes"},
    "span": {*TOKEN_CLASSES, "absent-picture", "alt", "embed", "task-mark"},
    "sup": {"footnote-ref"},
    "td": _ALIGN,
    "th": _ALIGN,
    "ul": {"tasks"},
}
SCHEMES = {"http", "https", "mailto"}


def _merged(*tables: dict[str, set[str]]) -> dict[str, set[str]]:
    merged: dict[str, set[str]] = {}
    for table in tables:
        for tag, allowed in table.items():
            merged[tag] = merged.get(tag, set()) | allowed
    return merged


# Where a block stands in its text: let through while somebody writes, and in no page that is kept.
_LINED: dict[str, set[str]] = {"*": {"data-line"}}


def _first(*more: dict[str, set[str]]) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(PAGE_TAGS | _PASSING),
        clean_content_tags=_GONE_WITH_TEXT,
        attributes=_merged(_ATTRIBUTES, _FIRST_ONLY, {"*": _GENERIC | {"class"}}, *more),
        url_schemes=SCHEMES,
        link_rel=None,
    )


# Smaller copies of a picture of ours, as `pictures` writes them.
_COPIES = re.compile(r"(?:(?:https?://[\w.:-]+)?/[\w./%-]+ [0-9]{1,5}w(?:, |$))+")


def _only_copies(tag: str, attribute: str, value: str) -> str | None:
    return value if attribute != "srcset" or _COPIES.fullmatch(value) else None


def _last(tags: frozenset[str], attributes: dict[str, set[str]]) -> nh3.Cleaner:
    return nh3.Cleaner(
        attribute_filter=_only_copies if "srcset" in attributes["img"] else None,
        tags=set(tags),
        clean_content_tags=_GONE_WITH_TEXT,
        # A code element's class is its language; `highlight` lets nothing else through to here.
        attributes=_merged(attributes, {"*": _GENERIC, "code": {"class"}}),
        tag_attribute_values=_OURS,
        allowed_classes=CLASSES,
        url_schemes=SCHEMES,
        link_rel="noopener",
    )


_FIRST, _FIRST_LINED = _first(), _first(_LINED)
_PAGE = _last(PAGE_TAGS, _merged(_ATTRIBUTES, _OURS_FREE))
_PAGE_LINED = _last(PAGE_TAGS, _merged(_ATTRIBUTES, _OURS_FREE, _LINED))
_FEED = _last(PAGE_TAGS | {"iframe"}, _merged(_ATTRIBUTES, _FRAME))

_HARMLESS_URL = re.compile(r"(?:https?:|mailto:|[^:]*$|[^:/?#]*[/?#])", re.IGNORECASE)
_STRIPPED = re.compile(r"[\x00-\x20\x7f]")


def canonical(html: str, *, lines: bool = False) -> tuple[str, Tamed]:
    """First pass: well-formed, lower case, without scripts; not yet what a page may show."""
    tamed = tame(html)
    first = _FIRST_LINED if lines else _FIRST
    clean = first.clean(tamed.html)
    # Badly nested tags can make a tree that, once written, is read as another one. A few rounds settle it.
    for _ in range(3):
        before, clean = clean, first.clean(clean)
        if clean == before:
            break
    return clean, tamed


def for_page(html: str, *, lines: bool = False) -> str:
    """The last pass before a page: what comes out is shown as it is."""
    return (_PAGE_LINED if lines else _PAGE).clean(html)


def for_feed(html: str) -> str:
    """The last pass before a feed: as for a page, and the iframes that `embeds` has rebuilt, empty."""
    return _FEED.clean(html)


def harmless_url(url: str) -> bool:
    """Whether an address is http, https, mailto or relative."""
    return bool(_HARMLESS_URL.match(_STRIPPED.sub("", url)))
