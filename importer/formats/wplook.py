"""wplook: the first look over a WordPress export: what its posts refer to, and what does not become a post."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from importer.documents.decoding import pieces
from importer.entry import Document
from importer.formats import wxr
from importer.formats.plain import folded
from importer.formats.shortcodes import Attachment
from importer.formats.wpentry import KINDS, is_answer, is_approved, is_entry, is_no_category
from importer.formats.wxr import Head, Item, Term
from importer.formats.wxrparts import Part, Splitter

MOST_PATTERNS = 5_000_000  # characters of texts that several posts share
CUT_OFF = "The entry is incomplete: the document ends in the middle of it. Get the export again."
TAXONOMIES = frozenset(
    {"category", "post_tag", "tag", "author", "language", "series", "post_format", "nav_menu"}
)


def read_item(part: Part, opening: str) -> tuple[Item | None, str]:
    """The item, or why there is none."""
    if not part.complete:
        return None, CUT_OFF
    if part.too_long:
        return None, "The entry cannot be read: it is longer than 20 million characters."
    if harm := wxr.harm_to_parser(part.text):
        return None, f"The entry cannot be read: {harm}."
    item = wxr.item_of(part.text, opening)
    return item, "" if item else wxr.BROKEN


@dataclass(slots=True)
class Found:
    """What the first look brought to light."""

    head: Head = field(default_factory=lambda: Head({}))
    opening: str = ""
    closed: bool = True
    attachments: dict[str, Attachment] = field(default_factory=dict)
    patterns: dict[str, str] = field(default_factory=dict)
    room: int = MOST_PATTERNS
    terms: dict[tuple[str, str], Term] = field(default_factory=dict)
    creators: dict[str, None] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)
    taxonomies: Counter[str] = field(default_factory=Counter)
    comments: Counter[str] = field(default_factory=Counter)


def looked_over(document: Document) -> Found:
    found = Found()
    splitter = Splitter()
    for part in splitter.parts(pieces(document)):
        if part.is_head:
            found.head, found.opening = wxr.head_of(part.text), wxr.opening_of(part.text)
        elif (item := read_item(part, found.opening)[0]) is not None:
            note(item, found)
    found.closed = splitter.closed
    return found


def note(item: Item, found: Found) -> None:
    """Remember what other items may refer to, and count what does not become an entry."""
    kind = item.get("wp:post_type")
    if is_entry(item):
        note_entry(item, found)
    elif kind == "attachment":
        found.attachments[item.get("wp:post_id")] = attachment_of(item)
    elif kind == "wp_block":
        text = item.get("content:encoded")
        found.room -= len(text)
        if found.room >= 0:
            found.patterns[item.get("wp:post_id")] = text
    else:
        found.left_out["trash" if kind in KINDS else kind] += 1


def note_entry(item: Item, found: Found) -> None:
    found.creators.setdefault(folded(item.get("dc:creator")))
    for term in item.terms:
        if term.taxonomy in ("category", "post_tag", "tag") and term.slug and not is_no_category(term):
            found.terms.setdefault((term.taxonomy, term.slug), term)
        elif term.taxonomy not in TAXONOMIES:
            found.taxonomies[term.taxonomy] += 1
    for comment in item.comments:
        kind = "others" if not is_answer(comment) else "kept" if is_approved(comment) else "refused"
        found.comments[kind] += 1


def attachment_of(item: Item) -> Attachment:
    order = item.get("wp:menu_order")
    return Attachment(
        url=item.get("wp:attachment_url") or item.get("guid"),
        alt=folded(item.last("_wp_attachment_image_alt")),
        caption=item.get("excerpt:encoded"),
        parent=item.get("wp:post_parent"),
        order=int(order) if order.isdecimal() and len(order) < 10 else 0,
    )
