"""expected: what the files of a folder expect of their reading, held against our entries; what differs is told by rule."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from importer.documents.decoding import decode
from importer.entry import About, Document, Entry, RawDocument, Rejected
from importer.errors import ImportProblem
from importer.formats import choose
from importer.formats.base import Reading
from tests.corpora.expectations import Expectation, headers, stated
from tests.corpora.rules import RULES, Case, same

HERE = "http://127.0.0.1:8097/"  # where the documents believe to be served
NOTHING_IN_IT = "The entry has neither a title nor a text."
END = re.compile(r"</(?:\w+:)?(?:item|entry)>", re.IGNORECASE)
SELF_CLOSED = re.compile(r"<(item\b[^<>]*)/>", re.IGNORECASE)
NOW = datetime(2026, 1, 1, tzinfo=UTC)  # what years can be depends on it


@dataclass
class Told:
    """How many files state an expectation, and what became of them."""

    files: int = 0
    held: int = 0
    explained: Counter[str] = field(default_factory=Counter)  # files by the rule that explains them
    failed: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        return (self.held + self.explained.total()) / self.files if self.files else 1.0

    def lines(self) -> Iterator[str]:
        explained = self.explained.total()
        yield (
            f"{self.files} files state what they expect of a title, link, id, date or content: {self.held} hold, "
            f"{explained} are explained by a rule, {len(self.failed)} are not ({self.share:.1%} hold or are explained)."
        )
        yield ""
        for name, number in self.explained.most_common():
            yield f"- {number} × {name}: {RULES[name].sentence}"
        for line in self.failed:
            yield f"- not explained: {line}"


def tell(folder: Path, files: Iterable[str]) -> Told:
    """What the files among these that state expectations came to."""
    told = Told()
    for file in files:
        if not file.endswith((".xml", ".json")):
            continue
        if found := cases((folder / file).read_bytes(), file):
            told.files += 1
            judge(file, found, told)
    return told


def judge(file: str, found: list[Case], told: Told) -> None:
    """A file holds if all its expectations hold, and is explained if those that don't are."""
    off = [case for case in found if not same(case)]
    if not off:
        told.held += 1
        return
    rules = [next((name for name, rule in RULES.items() if rule.explains(case)), "") for case in off]
    if all(rules):
        told.explained[rules[0]] += 1
        return
    case = off[rules.index("")]
    told.failed.append(
        f"{file}: {case.expected.name} wanted {str(case.expected.wanted)[:100]!r}, got {str(case.got)[:100]!r} {case.trouble}"
    )


def served(data: bytes, file: str) -> tuple[RawDocument, dict[str, str]]:
    """The document as its comment wants it to be served, and the headers."""
    wanted = headers(data.decode("latin-1"))
    raw = RawDocument(file, data, final_url=HERE, content_type=wanted.get("content-type", ""))
    return raw, wanted


def cases(data: bytes, file: str) -> list[Case]:
    """What we read where the document expects something; the trouble, as a sentence, where we read nothing."""
    raw, wanted = served(data, file)
    try:
        document = decode(raw)
    except ImportProblem as problem:
        expected = stated(data.decode("utf-8", "replace"))
        return [Case(one, None, str(problem), wanted, data, base=HERE) for one in expected]
    return [with_title(case_of(one, document, wanted), document) for one in stated(document.text)]


def case_of(expected: Expectation, document: Document, wanted: dict[str, str]) -> Case:
    case = Case(expected, None, "", wanted, document.raw.data, base=HERE)
    try:
        parsed = choose(document).read(document, Reading(NOW))
        entries = list(parsed.entries)
    except ImportProblem as problem:
        return replace(case, trouble=str(problem))
    if expected.index is None:
        return replace(case, got=of_feed(parsed.about, expected.name))
    if expected.index >= len(entries):
        return replace(case, trouble="There is no such entry.")
    entry = entries[expected.index]
    if isinstance(entry, Rejected):
        return replace(case, trouble=entry.reason)
    return replace(case, got=of_entry(entry, expected.name), entry=entry)


def with_title(case: Case, document: Document) -> Case:
    """The case of an entry that has nothing in it, with what we read once each such entry has a title."""
    if case.trouble != NOTHING_IN_IT:
        return case
    text = SELF_CLOSED.sub(r"<\1><title>A title</title></item>", document.text)
    text = END.sub(r"<title>A title</title>\g<0>", text)
    given = decode(replace(document.raw, data=text.encode(), content_type="application/xml; charset=utf-8"))
    return replace(case, titled=case_of(case.expected, given, {}).got)


def of_feed(about: About, name: str) -> str:
    return {"title": about.title, "link": about.site_url, "id": about.ident}[name]


def of_entry(entry: Entry, name: str) -> str | datetime | None:
    fields: dict[str, str | datetime | None] = {
        "title": entry.title,
        "link": entry.link,
        "id": entry.guid,
        "published": entry.published,
        "created": entry.published,
        "updated": entry.updated,
        "summary": entry.summary or entry.body,
        "content": entry.body,
    }
    return fields[name]
