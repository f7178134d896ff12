"""archives: the pages behind a feed's newest entries, walked to their end or to a bound, and made one document."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from time import monotonic
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from importer.addresses import host_of
from importer.documents.decoding import decode
from importer.entry import Document, Parsed, RawDocument
from importer.errors import SourceUnusable
from importer.fetching.answers import AnswerRefused
from importer.fetching.limits import MEGABYTE, in_words
from importer.formats import choose
from importer.formats.advertised import WebPage
from importer.formats.base import Reading
from importer.options import Options
from importer.reading.older import Gathered

IDLE = 3  # pages in a row that bring nothing new end the walk
FEEDS = ("feed", "jsonfeed")
ABSENT = frozenset((404, 410))  # how WordPress says that there is no such page
PAGED = re.compile(r"wordpress", re.IGNORECASE)
NOTES = 20  # warnings of pages that are told

Fetch = Callable[[str], RawDocument]


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far one import walks."""

    pages: int = 1000
    size: int = 64 * MEGABYTE
    seconds: float = 600.0


USUAL = Bounds()


class PlanEnds(SourceUnusable):
    """A plan holds no further page: that was where it ended."""


@dataclass(frozen=True, slots=True)
class Walking:
    """What a walk is done with."""

    options: Options
    reading: Reading
    fetch: Fetch
    check: Callable[[], object] = lambda: None  # called before each page; may end all of it by raising
    advance: Callable[[int], object] = lambda number: None
    clock: Callable[[], float] = monotonic
    bounds: Bounds = USUAL


@dataclass(slots=True)
class Walk:
    """A walk, from the first page on."""

    way: Walking
    started: float
    hosts: set[str]
    gathered: Gathered = field(default_factory=Gathered)
    pages: list[tuple[str, RawDocument]] = field(
        default_factory=list
    )  # behind the first, as they were asked for
    asked: set[str] = field(default_factory=set)
    said: set[str] = field(default_factory=set)  # digests of the pages' bytes
    size: int = 0
    idle: int = 0
    counts: bool = False  # WordPress: the next page is the next number
    guesses: bool = False  # whether the next page is one at all, the feed does not say
    warnings: list[str] = field(default_factory=list)
    unfinished: bool = False  # more was there than was read

    def over(self, sentence: str, url: str = "") -> str:
        """The walk ends. With an address, it goes on there another time."""
        if url:
            self.unfinished = True
            sentence = f"{sentence} What came before it is taken; “--all --from-page {url}” goes on there."
        self.warnings.append(sentence)
        return ""


def walk(document: Document, parsed: Parsed, way: Walking) -> tuple[Parsed, Walk]:
    """The document with the entries of all pages behind it, newest first; and how the walk went."""
    here = document.raw.final_url
    hosts = {host_of(here), host_of(way.options.from_page)} - {""}
    found = Walk(
        way, way.clock(), hosts, asked={here}, said={document.raw.sha256}, size=len(document.raw.data)
    )
    found.gathered.add(list(parsed.entries))
    newest = len(found.gathered.entries)
    if parsed.format in ("rss", "atom", "rdf", "jsonfeed"):
        address = first_step(parsed, here, found)
        while address and not enough(found):
            address = step(address, found)
    warnings = (*parsed.warnings, *found.warnings)
    return replace(parsed, entries=tuple(found.gathered.entries), newest=newest, warnings=warnings), found


def first_step(parsed: Parsed, here: str, found: Walk) -> str:
    """Where the walk begins; "" where there is nothing behind the document."""
    about = parsed.about
    if not here:
        if about.onward:
            found.over(
                f"This is a file, so its further pages were not asked for; they begin at {about.onward}."
            )
        return ""
    found.counts = not about.onward and PAGED.search(about.generator) is not None
    if found.way.options.from_page:
        return found.way.options.from_page
    if found.counts:
        return paged(here)
    found.guesses = not about.onward
    return about.onward or about.archives


def enough(found: Walk) -> bool:
    """Whether --limit has what it takes."""
    limit = found.way.options.limit
    return limit is not None and len(found.gathered.entries) >= limit


def step(address: str, found: Walk) -> str:
    """Read one page; where the next one is, or "" at the end."""
    if reason := bound(address, found):
        return found.over(reason, address)
    if host_of(address) not in found.hosts:
        return found.over(
            f"The next page, {address}, is on another host than the source, so it was not asked for.", address
        )
    if address in found.asked:
        return found.over(f"The pages lead in a circle: {address} was read before, so the walk ended there.")
    found.way.check()
    found.asked.add(address)
    try:
        raw = found.way.fetch(address)
        page = read(raw, found)
    except PlanEnds:
        return ""
    except AnswerRefused as problem:
        if found.counts and problem.status in ABSENT:
            return ""
        return failed(address, problem, found)
    except WebPage as problem:
        if found.guesses and not found.pages:
            return found.over(
                f"The feed names an archive at {address}, which is a web page and was not read."
            )
        return "" if found.counts else failed(address, problem, found)
    except SourceUnusable as problem:
        return failed(address, problem, found)
    return taken(address, raw, page, found)


def taken(address: str, raw: RawDocument, page: Parsed, found: Walk) -> str:
    """A page that was read goes with the others; where the next one is."""
    if host_of(raw.final_url or address) not in found.hosts:
        return found.over(f"The next page, {address}, leads to another host, so it was not read.", address)
    says = hashlib.sha256(raw.data).hexdigest()
    if says in found.said:
        circle = (
            f"The pages lead in a circle: {address} says what a page before it said, so the walk ended there."
        )
        return "" if found.counts else found.over(circle)
    fresh = found.gathered.add(list(page.entries))
    found.said.add(says)
    found.size += len(raw.data)
    # Only a plan keeps what it was made from; a long archive would be in memory twice.
    found.pages.append((address, raw if found.way.options.dry_run else replace(raw, data=b"")))
    found.way.advance(1)
    note(page.warnings, found)
    found.idle = 0 if fresh else found.idle + 1
    onward = paged(address) if found.counts else page.about.onward
    if onward and found.idle and (found.counts or found.idle == IDLE):
        circle = f"The last {IDLE} pages brought nothing new, so the walk ended before {onward}."
        return "" if found.counts else found.over(circle)
    return onward


def read(raw: RawDocument, found: Walk) -> Parsed:
    """A page as a feed. Raises SourceUnusable."""
    document = decode(raw, found.way.options.encoding)
    form = choose(document, found.way.options.format)
    if form.name not in FEEDS or raw.members is not None:
        raise SourceUnusable("It is no feed.")
    parsed = form.read(document, found.way.reading)
    return replace(parsed, warnings=(*document.warnings, *parsed.warnings))


def bound(address: str, found: Walk) -> str:
    """The bound that is reached, as a sentence; "" for none."""
    bounds, pages = found.way.bounds, len(found.pages) + 1
    if pages >= bounds.pages:
        return f"{pages:,} pages were read, which is as many as one import takes; the next is {address}."
    if found.size >= bounds.size:
        return f"Over {in_words(bounds.size)} were read, which is as much as one import takes; the next page is {address}."
    if found.way.clock() - found.started > bounds.seconds:
        return f"{pages} pages took over {bounds.seconds / 60:g} minutes, which is as long as one import walks; the next is {address}."
    return ""


def failed(address: str, problem: SourceUnusable, found: Walk) -> str:
    why = str(problem)
    where = "" if address in why else f" {address}:"
    return found.over(
        f"After {pages_in_words(len(found.pages) + 1)} the next could not be read.{where} {why}", address
    )


def pages_in_words(number: int) -> str:
    return "1 page" if number == 1 else f"{number} pages"


def note(sentences: Iterable[str], found: Walk) -> None:
    """What is to know of a page, once."""
    place = len(found.pages) + 1
    for sentence in sentences:
        known = any(one.endswith(f": {sentence}") for one in found.warnings)
        if not known and len(found.warnings) < NOTES:
            found.warnings.append(f"Page {place}: {sentence}")


def paged(address: str) -> str:
    """The address of the page after this one, as WordPress counts."""
    parts = urlsplit(address)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    number = next(
        (int(value) for name, value in pairs if name == "paged" and value.isdecimal() and len(value) < 7), 1
    )
    kept = [(name, value) for name, value in pairs if name != "paged"]
    return urlunsplit(
        parts._replace(query=urlencode([*kept, ("paged", str(max(number, 1) + 1))]), fragment="")
    )
