"""rules: why a reading may differ from what a document expects of it; each rule has a name, a sentence and a test."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

import feedparser
import html5lib

from importer.entry import Entry
from tests.corpora.expectations import Expectation

TAG = re.compile(r"<[^<>]*>")
LAID = re.compile(r"</?(?:p|br)\s*/?>")
ADDRESS = re.compile(r"""(\s(?:href|src|cite|action|longdesc|data|xlink:href)=)(["'])\s*(.*?)\s*\2""")


@dataclass(frozen=True)
class Case:
    """One expectation and what we read instead."""

    expected: Expectation
    got: str | datetime | None
    trouble: str = ""  # why nothing was read, as the operator is told
    headers: Mapping[str, str] | None = None  # under which the document wants to be served
    data: bytes = b""
    entry: Entry | None = None
    titled: str | datetime | None = None  # what we read once an empty entry has been given a title
    base: str = ""  # the address that the document came from

    @property
    def texts(self) -> tuple[str, str] | None:
        """What was wanted and what came, where both are texts."""
        wanted, got = self.expected.wanted, self.got
        return (wanted, got) if isinstance(wanted, str) and isinstance(got, str) else None


@dataclass(frozen=True)
class Rule:
    sentence: str
    explains: Callable[[Case], bool]


def same(case: Case) -> bool:
    """Whether the expectation holds as it stands; only white space at the ends and its amount is no difference."""
    if texts := case.texts:
        return alike(*texts)
    return case.got is not None and case.expected.wanted == case.got


def alike(one: str, other: str) -> bool:
    return one.split() == other.split()


# -- the tests -------------------------------------------------------------------------------------


def is_empty_entry(case: Case) -> bool:
    if case.titled is None:
        return False
    given = replace(case, got=case.titled, titled=None)
    return same(given) or any(rule.explains(given) for rule in RULES.values())


def is_picture_for_title(case: Case) -> bool:
    wanted = case.expected.wanted
    return (
        case.got is None
        and case.expected.name == "title"
        and isinstance(wanted, str)
        and not TAG.sub("", wanted).strip()
    )


def is_refused_for_entities(case: Case) -> bool:
    return "defines XML entities of its own" in case.trouble


def is_title_as_text(case: Case) -> bool:
    texts = case.texts
    return bool(
        texts and case.expected.name == "title" and alike(html.unescape(TAG.sub("", texts[0])), texts[1])
    )


def is_text_in_paragraphs(case: Case) -> bool:
    texts = case.texts
    return bool(
        texts
        and texts[1].startswith("<p>")
        and alike(html.unescape(LAID.sub(" ", texts[1])), texts[0])
        and case.expected.name in ("summary", "content")
    )


def is_same_markup(case: Case) -> bool:
    texts = case.texts
    return bool(texts and case.expected.name in ("summary", "content") and tree(texts[0]) == tree(texts[1]))


def is_resolved_later(case: Case) -> bool:
    """Whether the addresses made absolute with the base that the entry carries give what was wanted."""
    texts = case.texts
    if not texts or case.entry is None:
        return False
    return tree(resolved(texts[1], case.entry.base_url)) == tree(texts[0])


def is_sanitiser_off(case: Case) -> bool:
    """Whether the same parser says what we say, and with its sanitiser on what was wanted."""
    texts = case.texts
    if not texts or not case.data:
        return False
    shipped, bare = (parsed(case, sanitize=True), parsed(case, sanitize=False))
    return (
        shipped is not None
        and bare is not None
        and alike(shipped, texts[0])
        and tree(resolved(bare, case.base)) == tree(resolved(texts[1], case.base))
    )


def is_by_content_location(case: Case) -> bool:
    """Whether the header that HTTP no longer counts would make the difference."""
    texts, headers = case.texts, case.headers or {}
    if not texts or "content-location" not in headers:
        return False
    there = urljoin(case.base, headers["content-location"])
    if texts[0] == urljoin(there, texts[1].removeprefix(case.base)):
        return True
    elsewhere = texts[1].replace(case.base, urljoin(there, "/"))
    return alike(elsewhere, texts[0]) or tree(resolved(elsewhere, there)) == tree(texts[0])


def is_id_as_written(case: Case) -> bool:
    texts, headers = case.texts, case.headers or {}
    return bool(
        texts
        and case.expected.name == "id"
        and texts[0]
        in (
            urljoin(case.base, texts[1]),
            urljoin(headers.get("content-location", case.base), texts[1]),
        )
    )


def is_other_field(case: Case) -> bool:
    """Whether what was wanted of one text is our other text: the body is the longer of the two."""
    texts = case.texts
    return bool(
        texts
        and case.entry
        and case.expected.name in ("summary", "content")
        and any(
            alike(html.unescape(LAID.sub(" ", one)), texts[0])
            for one in (case.entry.summary, case.entry.body)
            if one
        )
    )


def is_unstated_link(case: Case) -> bool:
    return case.expected.name == "link" and case.got == "" and b"<link" not in case.data


RULES: dict[str, Rule] = {
    "title is text": Rule("a title is plain text here, so its markup is resolved", is_title_as_text),
    "empty entry": Rule(
        "an entry without title, text and media is rejected; given a title, it reads as expected",
        is_empty_entry,
    ),
    "picture for title": Rule(
        "an entry whose title is a picture and that has nothing else is rejected as empty",
        is_picture_for_title,
    ),
    "text in paragraphs": Rule("plain text becomes paragraphs of HTML", is_text_in_paragraphs),
    "same markup": Rule("the same HTML, spelt in another way", is_same_markup),
    "addresses later": Rule(
        "a body's relative addresses are resolved when it is cleaned, against the base it carries",
        is_resolved_later,
    ),
    "sanitiser off": Rule(
        "the text is kept as written and cleaned later by the one gate; the parser's own sanitiser is off",
        is_sanitiser_off,
    ),
    "content-location": Rule(
        "the header Content-Location is no base of relative addresses (RFC 7231, appendix B)",
        is_by_content_location,
    ),
    "id as written": Rule("an id is a name and is never resolved", is_id_as_written),
    "longer is body": Rule("of two texts the longer one is the body", is_other_field),
    "entities refused": Rule("a document that defines entities is refused whole", is_refused_for_entities),
    "no link": Rule("a link that the document does not state is not made up", is_unstated_link),
}


# -- what the tests stand on -----------------------------------------------------------------------


def tree(markup: str) -> str:
    """The markup as a browser reads it, written out in one way."""
    fragment = html5lib.parseFragment(markup, treebuilder="etree", namespaceHTMLElements=False)
    written = html5lib.serialize(
        fragment, tree="etree", alphabetical_attributes=True, quote_attr_values="always"
    )
    return " ".join(written.split())


def resolved(markup: str, base: str) -> str:
    return ADDRESS.sub(lambda found: f'{found[1]}"{urljoin(base, html.unescape(found[3]))}"', markup)


def parsed(case: Case, *, sanitize: bool) -> str | None:
    """What the same parser makes of the field, with its sanitiser on or off."""
    found: Any = feedparser.parse(
        io.BytesIO(case.data),
        response_headers=dict(case.headers or {}),
        sanitize_html=sanitize,
        resolve_relative_uris=sanitize,
    )
    try:
        for key in case.expected.path:
            found = found[key]
    except (KeyError, IndexError):
        return None
    return found if isinstance(found, str) else None
