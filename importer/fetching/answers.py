"""answers: what an answer's status and headers mean, and the sentence for every one that brings no document."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from importer.entry import RawDocument
from importer.errors import SourceUnusable
from importer.fetching.addresses import shown

REDIRECTS = frozenset((301, 302, 303, 307, 308))
PERMANENT = frozenset((301, 308))
NOT_MODIFIED = 304
_WHOLE = frozenset((200, 203))
_LONGEST_MARK = 1_000
_LONGEST_WAIT = 366 * 24 * 3600

_MEANINGS = {
    204: "it answers that there is nothing there (204). Check the address.",
    206: "it sends only a part of the document (206). Tell its owner.",
    304: "it answers that nothing has changed (304) though nothing is known of it yet. Try again later.",
    400: "it does not understand the request (400). Check the address.",
    401: "it asks for a password (401). Sign in with a browser, save the document and import the file.",
    402: "it asks for payment (402). Save the document with a browser and import the file.",
    403: "it does not let us in (403). Save the document with a browser and import the file.",
    404: "there is nothing at this address (404). Check the spelling.",
    406: "it does not offer a feed at this address (406). Check the address.",
    408: "it gave up waiting (408). Try again later.",
    410: "it is gone for good (410). Take it off your list.",
    429: "it has been asked too often (429).",
    451: "it may not be shown here for legal reasons (451).",
    500: "it has broken down (500).",
    502: "the server behind it does not answer (502).",
    503: "it is closed for the moment (503).",
    504: "the server behind it is too slow (504).",
}


class AnswerRefused(SourceUnusable):
    """The server answered, but with no document; polling reads the status and when to come back."""

    def __init__(self, sentence: str, status: int, retry_after: int | None) -> None:
        super().__init__(sentence)
        self.status = status
        self.retry_after = retry_after  # seconds


@dataclass(frozen=True, slots=True)
class Fetched:
    """What one address gave: the document, and what is needed to ask again politely."""

    raw: RawDocument  # without bytes where nothing was modified
    etag: str = ""  # to be sent back with the next question, as it came
    last_modified: str = ""
    not_modified: bool = False
    retry_after: int | None = None  # seconds
    cache_max_age: int | None = None  # seconds for which asking again is pointless
    moved_to: str = ""  # where it now lives for good; empty unless every hop up to there was permanent


def refuse_unless_whole(url: str, status: int, headers: Mapping[str, str]) -> None:
    """Raise AnswerRefused, with a sentence, for every status that brings no whole document."""
    if status in _WHOLE:
        return
    wait = retry_after(headers)
    if status in _MEANINGS:
        meaning = _MEANINGS[status]
    elif 500 <= status <= 599:
        meaning = f"it has broken down ({status})."
    elif 300 <= status <= 399:
        meaning = f"it answers with a redirect that leads nowhere ({status}). Tell its owner."
    else:
        meaning = f"it answers with status {status}. Open the address in a browser to see why."
    if wait is not None:
        meaning = f"{meaning} It asks to be left alone for {duration(wait)}."
    elif status == 429 or status >= 500:
        meaning = f"{meaning} Try again later."
    raise AnswerRefused(f"{shown(url)} was not fetched: {meaning}", status, wait)


def retry_after(headers: Mapping[str, str]) -> int | None:
    """Seconds to wait, from either form of the header."""
    value = headers.get("retry-after", "").strip()
    if re.fullmatch(r"[0-9]{1,10}", value):
        return min(int(value), _LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(value).timestamp()
    except (TypeError, ValueError, OverflowError):
        return None
    return min(max(0, round(moment - time.time())), _LONGEST_WAIT)


def max_age(headers: Mapping[str, str]) -> int | None:
    """Cache-Control's max-age in seconds; 0 where the answer forbids keeping it."""
    wishes = headers.get("cache-control", "").lower()
    if re.search(r"(?<![a-z-])no-(store|cache)(?![a-z-])", wishes):
        return 0
    found = re.search(r'(?<![a-z-])max-age\s*=\s*"?([0-9]{1,10})', wishes)
    return min(int(found.group(1)), _LONGEST_WAIT) if found else None


def mark(headers: Mapping[str, str], name: str) -> str:
    """An ETag or Last-Modified worth sending back: one line, not overlong."""
    value = headers.get(name, "").strip()
    return value if len(value) <= _LONGEST_MARK and value.isprintable() else ""


def duration(seconds: int) -> str:
    """A wait in the unit a person would use."""
    for unit, size in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= 2 * size:
            return f"{round(seconds / size)} {unit}s"
    return "1 second" if seconds == 1 else f"{seconds} seconds"
