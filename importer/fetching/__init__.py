"""fetching: the bytes behind a location (a file, standard input, a web address), or a sentence why they cannot be had."""

from __future__ import annotations

import os
import sys
from typing import BinaryIO

from importer.entry import RawDocument
from importer.errors import SourceUnusable
from importer.fetching.addresses import scheme_of, without_password
from importer.fetching.answers import AnswerRefused, Fetched
from importer.fetching.connecting import Resolver, system_resolver
from importer.fetching.files import STANDARD_INPUT, folder_files, read_file, read_stdin
from importer.fetching.folders import is_markdown_folder, read_folder
from importer.fetching.limits import USUAL, Limits
from importer.fetching.web import FEEDS, read_url
from importer.fetching.zips import bundled

__all__ = [
    "FEEDS",
    "AnswerRefused",
    "Fetched",
    "Limits",
    "Resolver",
    "fetch",
    "is_url",
    "named",
    "read_file",
    "read_stdin",
    "read_url",
    "sources",
    "system_resolver",
]


def sources(location: str) -> list[str]:
    """The sources behind one location: a folder's files, anything else as it stands. Raises SourceUnusable.

    Asked location by location, so that an unusable one costs only itself. A folder of Markdown is one source.
    """
    if (
        location == STANDARD_INPUT
        or is_url(location)
        or not _is_folder(location)
        or is_markdown_folder(location)
    ):
        return [location]
    return folder_files(location)


def fetch(
    location: str,
    *,
    limits: Limits = USUAL,
    resolver: Resolver = system_resolver,
    allowed_hosts: frozenset[str] = frozenset(),
    stdin: BinaryIO | None = None,
    user_agent: str = "Masthead",
) -> RawDocument:
    """The bytes behind one source. Raises SourceUnusable, with a sentence that names cause and remedy."""
    if location == STANDARD_INPUT:
        return bundled(read_stdin(stdin if stdin is not None else _own_stdin(), limits=limits))
    if is_url(location):
        found = read_url(
            location, limits=limits, resolver=resolver, allowed_hosts=allowed_hosts, user_agent=user_agent
        )
        return bundled(found.raw)
    if not location:
        raise SourceUnusable("The source has no name. Give a file, a folder, - or a web address.")
    if _is_folder(location) and is_markdown_folder(location):
        return read_folder(location)
    return bundled(read_file(location, limits=limits))


def named(location: str) -> str:
    """A location as it may be shown and kept: an address loses its password."""
    return without_password(location) if is_url(location) else location


def is_url(location: str) -> bool:
    """Whether a location is meant as a web address, usable or not: `ftp://…` and `data:…` are, `notes: a.txt` is not."""
    scheme = scheme_of(location)
    if not scheme:
        return False
    if location.strip()[len(scheme) + 1 :].startswith("//"):
        return True
    # One letter is a drive; a file may have a colon in its name.
    return len(scheme) > 1 and " " not in location and not _exists(location)


def _own_stdin() -> BinaryIO | None:
    return sys.stdin.buffer if sys.stdin is not None else None


def _is_folder(location: str) -> bool:
    try:
        return os.path.isdir(location)
    except ValueError:  # a NUL in the name; reading it will say so
        return False


def _exists(location: str) -> bool:
    try:
        return os.path.lexists(location)
    except ValueError:
        return False
