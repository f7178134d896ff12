"""movabletype: the text exports of Movable Type and TypePad, entry by entry."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from importer.addresses import absolute
from importer.dates import read_date
from importer.entry import About, BodyFormat, Comment, Document, Entry, Parsed, Person, Rejected
from importer.errors import SourceUnusable
from importer.formats.autop import autop
from importer.formats.base import Format, Reading
from importer.formats.plain import folded, title_of_html
from importer.formats.scan import MAX_ITEMS, harm_in

EXPORT = re.compile(
    r"^(?:TITLE|AUTHOR|BASENAME|DATE):[^\n]*\n(?:[A-Z][A-Z ]*:[^\n]*\n){0,60}?-----\nBODY:[ \t]*$",
    re.MULTILINE,
)
BEGINNING = 200_000
ENTRY_END = re.compile(r"^--------[ \t]*$", re.MULTILINE)
SECTIONS = ("BODY", "EXTENDED BODY", "EXCERPT", "KEYWORDS", "COMMENT", "PING")
SECTION_END = re.compile(
    rf"^-----[ \t]*\n+(?:(?={'|'.join(f'{name}:' for name in SECTIONS)})|\Z)|^-----[ \t]*\Z", re.MULTILINE
)
FIELD = re.compile(r"([A-Z][A-Z ]*):[ \t]*(.*)")
TAG = re.compile(r"\s*(?:\"([^\"]*)\"|'([^']*)'|([^,]+))\s*(?:,|\Z)")
DATE = re.compile(r"\A(\d\d?)/(\d\d?)/(\d{4})\s+(.*)")
STATUSES: Mapping[str, Literal["draft", "review", "published"]] = {
    "": "published",
    "publish": "published",
    "future": "published",
    "draft": "draft",
    "review": "review",
}
MARKDOWN = frozenset({"markdown", "markdown_with_smartypants"})
AS_IT_IS = frozenset({"0", "richtext", "blockeditor", "block_editor", "none"})
BREAKS = frozenset({"", "1", "__default__", "convert_breaks", "wysiwyg"})


class MovableTypeFormat:
    """Answers to "text" like any other text that holds posts."""

    name = "text"

    def recognises(self, document: Document) -> bool:
        return EXPORT.search(lines(document.text[:BEGINNING])) is not None

    def read(self, document: Document, reading: Reading) -> Parsed:
        """The entries in document order; most exports begin with the newest."""
        parts = list(entry_texts(lines(document.text)))
        if len(parts) > MAX_ITEMS:
            raise SourceUnusable(
                f"This document holds over {MAX_ITEMS:,} entries; split it into smaller ones."
            )
        entries = tuple(
            entry_of(text, position, reading, complete=complete)
            for position, (text, complete) in enumerate(parts, start=1)
        )
        warnings = list(told(entries, parts))
        return Parsed("movabletype", About(), entries, warnings=tuple(warnings))


MOVABLE_TYPE: Format = MovableTypeFormat()


@dataclass(slots=True)
class Fields:
    """One entry's fields by name, each with all its values, and its sections in order."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    sections: list[tuple[str, str]] = field(default_factory=list)

    def get(self, name: str) -> str:
        return next(iter(self.fields.get(name, ())), "").strip()

    def section(self, name: str) -> str:
        return next((text for kind, text in self.sections if kind == name), "")


def lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")


def entry_texts(text: str) -> Iterator[tuple[str, bool]]:
    """The text of each entry, and whether its end was seen."""
    at = 0
    for end in ENTRY_END.finditer(text):
        if text[at : end.start()].strip():
            yield text[at : end.start()], True
        at = end.end()
    if text[at:].strip():
        yield text[at:], False


def fields_of(text: str) -> Fields:
    """The parts between the rulers. A ruler that no section follows is the author's own."""
    pieces, at = [], 0
    for end in SECTION_END.finditer(text):
        pieces.append(text[at : end.start()])
        at = end.end()
    head, *rest = [*pieces, text[at:]]
    found = Fields(header(head)[0])
    for piece in rest:
        name, colon, inner = piece.partition(":")
        if colon and name in SECTIONS:
            found.sections.append((name, inner.strip("\n")))
    return found


def header(text: str) -> tuple[dict[str, list[str]], str]:
    """The lines "NAME: value" that a text begins with, and the text after them."""
    found: dict[str, list[str]] = {}
    rest = text.lstrip("\n").split("\n")
    while rest and (line := FIELD.fullmatch(rest[0])):
        found.setdefault(line[1], []).append(line[2].strip())
        rest.pop(0)
    return found, "\n".join(rest)


def entry_of(text: str, position: int, reading: Reading, *, complete: bool) -> Entry | Rejected:
    given = fields_of(text)
    title = title_of_html(given.get("TITLE"))
    if not complete and not given.sections:
        return Rejected(
            position,
            title,
            "The entry is incomplete: the document ends in the middle of it. Get the export again.",
        )
    body, body_format, doubts = body_of(given)
    if not (title or body):
        return Rejected(position, given.get("BASENAME"), "The entry has neither a title nor a text.")
    if body_format == "html" and (harm := harm_in(body)):
        return Rejected(position, title, f"The entry's HTML cannot be shown: {harm}.")
    published, warning = moment_of(given.get("DATE"), reading)
    status, why = status_of(given, dated=published is not None)
    cut_off = (
        "" if complete else "The document ends without the ruler that ends an entry; this one may be cut off."
    )
    return Entry(
        position=position,
        title=title,
        body=body,
        body_format=body_format,
        link=absolute(given.get("UNIQUE URL"), reading.base_url),
        base_url=absolute(given.get("UNIQUE URL"), reading.base_url) or reading.base_url,
        slug=given.get("BASENAME"),
        summary=given.section("EXCERPT").strip(),
        authors=(Person(folded(given.get("AUTHOR"))),) if given.get("AUTHOR") else (),
        tags=tags_of(given),
        published=published,
        status=status,
        comments=tuple(comments_of(given, reading)),
        warnings=tuple(filter(None, (warning, why, *doubts, cut_off))),
    )


def body_of(given: Fields) -> tuple[str, BodyFormat, list[str]]:
    """The body with what follows "read more", as the entry's text format says it is to be read."""
    text = "\n\n".join(filter(None, (given.section(name).strip() for name in ("BODY", "EXTENDED BODY"))))
    how = given.get("CONVERT BREAKS").lower()
    if how in MARKDOWN:
        return text, "markdown", []
    if how in AS_IT_IS:
        return text, "html", []
    doubts = (
        []
        if how in BREAKS or not text
        else [f"Its text is written in “{how[:40]}”, which is not read here; its lines were kept."]
    )
    return autop(text), "html", doubts


def status_of(given: Fields, *, dated: bool) -> tuple[Literal["draft", "review", "published"], str]:
    """Where it stands here, and why if that is not where it stood."""
    stood = given.get("STATUS")
    if stood.lower() == "future" and not dated:
        return "draft", "It was to be published at a date that cannot be read, so it is a draft here."
    if stood.lower() in STATUSES:
        return STATUSES[stood.lower()], ""
    return "draft", f"It had the status “{stood[:60]}” there, so it is a draft here."


def moment_of(text: str, reading: Reading) -> tuple[datetime | None, str]:
    """A date, which is written the American way, the month first; else what is wrong with it."""
    turned = DATE.sub(r"\3-\1-\2 \4", text.strip())
    moment, warning = read_date(turned, now=reading.now, zone=reading.default_zone)
    return moment, warning.replace(turned, text.strip())


def tags_of(given: Fields) -> tuple[str, ...]:
    """Categories, the primary one first, then tags; keywords where there are no tags."""
    named = [*given.fields.get("PRIMARY CATEGORY", ()), *given.fields.get("CATEGORY", ())]
    listed = given.get("TAGS") or ", ".join(given.section("KEYWORDS").split("\n"))
    named += [next(filter(None, found.groups()), "") for found in TAG.finditer(listed)]
    tags = {name.casefold(): name for name in reversed([title_of_html(name) for name in named]) if name}
    return tuple(
        dict.fromkeys(tags[key] for key in (title_of_html(name).casefold() for name in named) if key in tags)
    )


def comments_of(given: Fields, reading: Reading) -> Iterator[Comment]:
    """What readers wrote. Of them, nothing but the name is taken."""
    for kind, text in given.sections:
        if kind == "COMMENT":
            said, words = header(text)
            date = next(iter(said.get("DATE", ())), "")
            name = folded(next(iter(said.get("AUTHOR", ())), ""))
            yield Comment(words.strip(), name, moment_of(date, reading)[0])


def told(entries: tuple[Entry | Rejected, ...], parts: list[tuple[str, bool]]) -> Iterator[str]:
    kept = sum(len(entry.comments) for entry in entries if isinstance(entry, Entry))
    if kept:
        what = "1 comment is" if kept == 1 else f"{kept} comments are"
        yield f"{what} shown under the posts, with name, date and text; nobody can answer them."
    pings = sum(text.count("\n-----\nPING:\n") for text, _ in parts)
    if pings:
        yield (
            "1 ping of another site was left out."
            if pings == 1
            else f"{pings} pings of other sites were left out."
        )
