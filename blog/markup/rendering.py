"""rendering: a body becomes everything that pages, feeds and search need of it, in one pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from blog.markup import embeds, highlight, ids, markdown, normal, pictures, sanitize, scrollers, tree
from blog.markup import outline as outlines
from blog.markup.excerpt import excerpt_of
from blog.markup.limits import Tamed
from blog.markup.outline import Heading
from blog.markup.pictures import BodyImage, Known, Stored, none_known
from blog.markup.plain import count_words, text_of
from blog.markup.said import in_language
from blog.markup.tree import Node

BodyFormat = Literal["html", "markdown"]


@dataclass(frozen=True, slots=True)
class Rendered:
    """What one body gives."""

    html: str  # for our pages: safe, highlighted, nothing remote
    feed_html: str  # for feeds: players are iframes, pictures are images, headings keep their levels
    outline: tuple[Heading, ...]
    own_contents: bool  # the body brings its own contents list: the page makes no second one
    text: str  # visible plain text, white space folded, code included
    excerpt: str  # from the first real paragraph, at most 300 characters
    words: int
    images: tuple[BodyImage, ...]
    shown: tuple[int, ...]  # ids of our pictures in it
    embeds: int
    warnings: tuple[str, ...]  # what the result lacks, as sentences
    before: str = ""  # the body as HTML, as it came to the gate: nothing to be shown


def render(
    body: str,
    body_format: BodyFormat,
    *,
    own_urls: Sequence[str] = (),
    media_prefix: str = "/media/",
    known: Known = none_known,
    lines: bool = False,
    language: str = "",
) -> Rendered:
    """Render a body once, when it is saved.

    `own_urls` are the addresses this post has or had, so that links to them stay on the page; pictures whose
    address begins with `media_prefix` are ours to show, and `known` says more of them. With `lines`, for a preview
    alone, the blocks of a Markdown body say on which of its lines they began (`data-line`); nothing else differs.
    The few words of ours in it are in `language`, the text's own.
    """
    with in_language(language):
        return _rendered(body, body_format, own_urls, media_prefix, known, lines=lines)


def _rendered(
    body: str,
    body_format: BodyFormat,
    own_urls: Sequence[str],
    media_prefix: str,
    known: Known,
    *,
    lines: bool,
) -> Rendered:
    lines = lines and body_format == "markdown"
    source = markdown.to_html(body, lines=lines) if body_format == "markdown" else body
    clean, tamed = sanitize.canonical(source, lines=lines)
    root = tree.parse(clean)
    warnings = _losses(tamed)
    normal.normalise(root)
    outlines.mark_subtitle(root)
    taken = ids.prefix_all(root)
    headings = outlines.headings_of(root)
    outlines.name_headings(headings, taken)
    own = ids.own_keys(own_urls)
    contents = outlines.contents_lists(root, len(headings), own)
    warnings += ids.mend_links(root, own, headings)
    players, lost_players = embeds.rebuild(root)
    listings = highlight.prepare(root)
    text = text_of(root)
    excerpt = excerpt_of(root, frozenset(contents))
    images = pictures.pictures(root, media_prefix)
    stored = known({image.src for image in images if image.local})
    levels = outlines.levels(headings)
    if any(heading.tag == "h1" for heading in headings):
        outlines.relevel(headings, levels)
    _demote_empty_headings(root)
    feed_html = sanitize.for_feed(tree.serialise(root))
    outlines.relevel(headings, levels)
    outline = outlines.outline(headings, levels)
    return Rendered(
        html=_page(root, listings, media_prefix, stored, lines=lines),
        feed_html=feed_html,
        outline=outline,
        own_contents=any(outlines.leads_somewhere(listing) for listing in contents),
        text=text,
        excerpt=excerpt,
        words=count_words(text),
        images=images,
        shown=tuple(sorted({one.image for one in stored.values()})),
        embeds=players,
        warnings=(*warnings, *lost_players),
        before=source,
    )


def plain_text(html: str) -> str:
    """The visible text of any HTML, white space folded."""
    clean, _ = sanitize.canonical(html)
    root = tree.parse(clean)
    normal.normalise(root)
    return text_of(root)


def _page(
    root: Node, listings: list[Node], media_prefix: str, stored: Mapping[str, Stored], *, lines: bool
) -> str:
    highlight.colour(listings)
    embeds.panels(root, media_prefix)
    pictures.dress(root, media_prefix, stored)
    scrollers.add(root)
    return sanitize.for_page(tree.serialise(root), lines=lines)


def _demote_empty_headings(root: Node) -> None:
    """A heading without words is a stop on the way of those who jump from heading to heading, to nothing."""
    for node in tree.elements(root):
        if outlines.HEADING.fullmatch(node.tag) and not text_of(node):
            node.tag = "div"
            node.attrs.pop("class", None)


_LOST = {
    "applet": "An applet was left out.",
    "embed": "An embedded object was left out.",
    "form": "A form was taken apart: its text stays, its fields are gone.",
    "math": "A formula in MathML was left out.",
    "object": "An embedded object was left out.",
    "script": "A script was left out.",
    "svg": "A drawing in SVG was left out.",
}


def _losses(tamed: Tamed) -> list[str]:
    names: Counter[str] = tamed.names
    found = [
        sentence + (f" ({names[name]} times)" if names[name] > 1 else "")
        for name, sentence in _LOST.items()
        if names[name]
    ]
    if tamed.cut:
        found.append(
            f"{tamed.cut} tags were taken out: they were nested too deeply or held too many attributes."
        )
    return found
