"""web: one address on the web, fetched with every hop checked and every byte and second counted."""

from __future__ import annotations

import io
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from urllib3.response import HTTPResponse

from importer.entry import RawDocument
from importer.errors import SourceUnusable
from importer.fetching import answers
from importer.fetching.addresses import Target, follow, read_address, refuse_unless_public, shown
from importer.fetching.answers import Fetched
from importer.fetching.connecting import Answer, Resolver, connection_to, resolve, system_resolver
from importer.fetching.limits import USUAL, Deadline, Limits
from importer.fetching.troubles import EXPECTED, as_sentence, incomplete, too_large
from importer.fetching.unpacking import ACCEPTED, unpack

FEEDS = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.8, text/plain;q=0.5, */*;q=0.1"
)
_BLOCK = 1 << 16


@dataclass(frozen=True, slots=True)
class _Way:
    """How to go: what stays the same from hop to hop."""

    limits: Limits
    deadline: Deadline
    resolver: Resolver
    allowed_hosts: frozenset[str]
    trust: ssl.SSLContext | None


@dataclass(frozen=True, slots=True)
class _Arrival:
    """One answer whose body is still to be read."""

    target: Target
    response: HTTPResponse
    answer: Answer


def read_url(
    url: str,
    *,
    limits: Limits = USUAL,
    resolver: Resolver = system_resolver,
    allowed_hosts: frozenset[str] = frozenset(),
    user_agent: str = "Masthead",
    accept: str = FEEDS,
    etag: str = "",
    last_modified: str = "",
    trust: ssl.SSLContext | None = None,
) -> Fetched:
    """What stands at an http(s) address. Raises SourceUnusable (AnswerRefused for a status) with a sentence.

    `allowed_hosts` names hosts, as `host` or `host:port`, that may be private. `etag` and `last_modified` are what
    an earlier answer from this very address said. `trust` replaces the system's certificate authorities.
    """
    way = _Way(limits, Deadline(limits.seconds), resolver, allowed_hosts, trust)
    headers = {
        "User-Agent": _plain(user_agent),
        "Accept": accept,
        "Accept-Encoding": ACCEPTED,
        "Connection": "close",
    }
    marks = _conditions(etag, last_modified)
    first = target = read_address(url)
    seen, moved_to, for_good = {target.url}, "", True
    while True:
        # Another host's marks mean nothing to this one, and would tell it what was read elsewhere.
        asked = marks if target.host == first.host else {}
        with _arrival(target, headers | asked, way) as arrival:
            if arrival.response.status not in answers.REDIRECTS:
                return _fetched(url, arrival, way, moved_to, bool(asked))
            for_good = for_good and arrival.response.status in answers.PERMANENT
            target = _next_target(arrival, seen, limits)
        moved_to = target.url if for_good else moved_to


def _plain(text: str) -> str:
    """What a header can carry of a text: a site's address may be written in any alphabet."""
    return "".join(char for char in text if char.isascii() and char.isprintable())


def _conditions(etag: str, last_modified: str) -> dict[str, str]:
    conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in conditions.items() if value and value.isprintable()}


@contextmanager
def _arrival(target: Target, headers: dict[str, str], way: _Way) -> Iterator[_Arrival]:
    """Look up, check, connect, ask; everything is closed afterwards and every failure becomes a sentence."""
    try:
        addresses = resolve(target, way.resolver, way.deadline)
        refuse_unless_public(target, addresses, way.allowed_hosts)
        connection = connection_to(
            target, addresses, way.deadline, body_bytes=way.limits.url_bytes, trust=way.trust
        )
    except EXPECTED as problem:
        raise as_sentence(problem, target, way.limits) from problem
    try:
        connection.request(
            "GET", target.resource, headers=headers, preload_content=False, decode_content=False
        )
        response = connection.getresponse()
        try:
            yield _Arrival(target, response, connection.answer)
        finally:
            response.close()
    except EXPECTED as problem:
        raise as_sentence(problem, target, way.limits) from problem
    finally:
        connection.close()


def _next_target(arrival: _Arrival, seen: set[str], limits: Limits) -> Target:
    """Where a redirect leads, noted in `seen`."""
    location = arrival.response.headers.get("location", "")
    if not location:
        answers.refuse_unless_whole(arrival.target.url, 300, {})
    onward = follow(arrival.target, location)
    where = shown(arrival.target.url)
    if onward.url in seen:
        raise SourceUnusable(f"{where} was not fetched: its redirects lead in a circle. Check the address.")
    if len(seen) > limits.redirects:
        raise SourceUnusable(
            f"{where} was not fetched: more than {limits.redirects} redirects follow each other. "
            "Give the address that they end at."
        )
    seen.add(onward.url)
    return onward


def _fetched(location: str, arrival: _Arrival, way: _Way, moved_to: str, conditional: bool) -> Fetched:
    headers = arrival.response.headers
    unchanged = conditional and arrival.response.status == answers.NOT_MODIFIED
    if not unchanged:
        answers.refuse_unless_whole(arrival.target.url, arrival.response.status, headers)
    raw = RawDocument(
        location=location,
        data=b"" if unchanged else _body(arrival, way),
        final_url=arrival.target.url,
        content_type=headers.get("content-type", "")[:500],
    )
    return Fetched(
        raw,
        etag=answers.mark(headers, "etag"),
        last_modified=answers.mark(headers, "last-modified"),
        not_modified=unchanged,
        retry_after=answers.retry_after(headers),
        cache_max_age=answers.max_age(headers),
        moved_to=moved_to,
    )


def _body(arrival: _Arrival, way: _Way) -> bytes:
    """The whole unpacked body. Stops at the cap, whichever of wire and unpacked bytes reaches it first."""
    announced = arrival.response.length_remaining
    if announced is not None and announced > way.limits.url_bytes:
        raise too_large(arrival.target, way.limits)
    gathered = io.BytesIO()
    encodings = arrival.response.headers.get("content-encoding", "")
    for block in unpack(_wire(arrival, way), encodings, way.deadline):
        if gathered.tell() + len(block) > way.limits.url_bytes:
            raise too_large(arrival.target, way.limits)
        gathered.write(block)
    if arrival.answer.spare:
        raise incomplete(arrival.target)
    return gathered.getvalue()


def _wire(arrival: _Arrival, way: _Way) -> Iterator[bytes]:
    while block := arrival.response.read(_BLOCK, decode_content=False):
        if arrival.response.tell() > way.limits.url_bytes:
            raise too_large(arrival.target, way.limits)
        yield block
