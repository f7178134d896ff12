"""textdump: read a plain text that holds many posts, say which shape it has, refuse what has none."""

from __future__ import annotations

import re
from datetime import datetime

from importer.dates import read_date
from importer.entry import About, Document, Entry, Parsed, Person, Rejected
from importer.errors import SourceUnusable
from importer.formats.base import Format, Reading
from importer.formats.lookalikes import is_markup_or_data, no_posts, no_text
from importer.formats.textshapes import SHAPES, Draft, Found, Shape, Unfit
from importer.reflow import reflow

_BEGINNING = 4000  # characters that recognition looks at
_ACCEPTED = (
    "A text dump has a title line and a body line in turn, or blocks parted by rulers (---) or blank lines "
    "with the title in the first line, or a “Title:” header before each body."
)
_NAMES = re.compile(r"\s*(?:[,;&]|(?<=\s)(?:and|и)(?=\s))\s*")
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV|PhD|MD)\.?\Z")
_EMAIL = re.compile(r"\s*<([^<>\s]+@[^<>\s]+)>")


class TextDump:
    """Plain text; asked last, because nearly everything is text."""

    name = "text"

    def recognises(self, document: Document) -> bool:
        beginning = document.text[:_BEGINNING].lstrip("\ufeff")
        return bool(beginning.strip()) and "\x00" not in beginning and not is_markup_or_data(beginning)

    def read(self, document: Document, reading: Reading) -> Parsed:
        name = document.raw.location or "The text"
        text = document.text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        if reason := no_text(text, name):
            raise SourceUnusable(reason)
        shape, found = _shape(text.split("\n"), name)
        entries = tuple(_entry(draft, n, reading) for n, draft in enumerate(found.drafts, start=1))
        if not any(isinstance(entry, Entry) for entry in entries):
            raise SourceUnusable(f"{name} holds titles but no texts: there is nothing to import.")
        about = About(title=" ".join(found.heading[0].split()) if found.heading else "")
        return Parsed("text", about, entries, shape=_in_words(shape, found))


TEXT_DUMP: Format = TextDump()


def _shape(lines: list[str], name: str) -> tuple[Shape, Found]:
    """The first shape that fits, or the refusal with the reason of the one that came nearest."""
    nearest = Unfit("")
    looked = False
    for shape in SHAPES:
        if not shape.explicit and not looked:
            looked = True
            if reason := no_posts(lines, name):
                raise SourceUnusable(reason)
        fitted = shape.fit(lines)
        if isinstance(fitted, Found):
            return shape, fitted
        if fitted.near > nearest.near:
            nearest = fitted
    why = f": {nearest.reason}" if nearest.reason else ""
    raise SourceUnusable(f"No posts can be told apart in {name}{why}. {_ACCEPTED}")


def _in_words(shape: Shape, found: Found) -> str:
    heading = " and ".join(f"“{_cut(line)}”" for line in found.heading)
    after = f", after the heading {heading}" if heading else ""
    count = len(found.drafts)
    return f"{shape.words}{after} ({count} post{'s' if count != 1 else ''})"


def _cut(line: str) -> str:
    return line if len(line) <= 60 else line[:59].rstrip() + "…"


def _entry(draft: Draft, position: int, reading: Reading) -> Entry | Rejected:
    title = " ".join(draft.title.lstrip("#").split())
    if not draft.body.strip():
        return Rejected(position, title, f"The post in line {draft.line} has a title but no text.")
    body = reflow(draft.body)
    published, doubts = _published(draft.fields.get("date", ()), reading)
    return Entry(
        position=position,
        title=title,
        body=body.text,
        body_format="markdown",
        authors=tuple(person for listed in draft.fields.get("author", ()) for person in people(listed)),
        tags=_tags(draft.fields.get("tags", ())),
        published=published,
        warnings=(*doubts, *body.notes),
    )


def _published(written: tuple[str, ...], reading: Reading) -> tuple[datetime | None, tuple[str, ...]]:
    moment, doubt = read_date(" ".join(written), now=reading.now, zone=reading.default_zone)
    return moment, (doubt,) if doubt else ()


def people(listed: str) -> tuple[Person, ...]:
    """The people of one author line, in order: "A, B and C", "И. Петров и Anna Smith", "A <a@example.org>"."""
    found: list[Person] = []
    for part in _NAMES.split(listed):
        email = _EMAIL.search(part)
        name = " ".join(_EMAIL.sub("", part).split())
        if found and _SUFFIX.match(name):
            found[-1] = Person(f"{found[-1].name}, {name}", found[-1].email)
        elif name:
            found.append(Person(name, email[1] if email else ""))
    return tuple(found)


def _tags(listed: tuple[str, ...]) -> tuple[str, ...]:
    """The tags of the tag lines, each once; hashes in front are dropped, and part tags where commas do not."""
    found: dict[str, str] = {}
    for line in listed:
        parts = re.split(r"[,;]", line) if re.search(r"[,;]", line) else re.split(r"\s+(?=#)", line)
        for part in parts:
            tag = " ".join(part.strip().removeprefix("#").split())
            if tag:
                found.setdefault(tag.casefold(), tag)
    return tuple(found.values())
