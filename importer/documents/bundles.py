"""bundles: a source that is many files, a folder or a zip: their names, which never lead out of it, and what refers to which."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Protocol
from urllib.parse import unquote, urlsplit

from importer.errors import EntryRejected

SCHEME = "bundle:"
MOST_FILES = 20_000
MOST_BYTES = 500_000_000  # of all files together, unpacked
MOST_TEXT = 200_000_000  # of all texts together: they are held in memory
MOST_A_TEXT = 20_000_000
MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdx"})
OTHER_SOURCES = frozenset({".xml", ".rss", ".atom", ".rdf", ".json", ".txt"})
# What stands beside posts and is none.
PAPERS = re.compile(
    r"readme|licen[cs]e|copying|changelog|changes|contributing|contributors|code_of_conduct|security|authors|todo"
    r"|pull_request_template|issue_template",
    re.IGNORECASE,
)
LEFT_ASIDE = frozenset({"node_modules", "__MACOSX", "_site"})
HIDDEN_BUT_TELLING = frozenset({".eleventy.js"})
# Where generators keep what they serve from the root of the site.
ROOTS = ("", "static/", "content/", "public/", "assets/", "source/", "src/", "docs/", "_posts/", "_drafts/")


class Members(Protocol):
    """The files of a bundle."""

    @property
    def names(self) -> tuple[str, ...]:
        """Sorted, relative, with "/" between their parts; none is absolute, hidden or has a part “..”."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was left out, in sentences."""

    def size(self, name: str) -> int: ...

    def read(self, name: str) -> bytes:
        """The whole file. Raises EntryRejected with a sentence that names it."""


class Names:
    """Names of members, found at once: all of them, those in a folder, those that end in one file name."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._all = frozenset(names)
        self._in_folder: dict[str, list[str]] = defaultdict(list)
        self._by_last: dict[str, list[str]] = defaultdict(list)
        for name in sorted(self._all):
            folder, last = posixpath.split(name)
            self._in_folder[folder].append(last)
            self._by_last[last].append(name)

    def __contains__(self, name: object) -> bool:
        return name in self._all

    def __bool__(self) -> bool:
        return bool(self._all)

    def in_folder(self, folder: str) -> list[str]:
        """The names, without it, of the files directly in a folder, sorted."""
        return self._in_folder.get(folder, [])

    def ending_in(self, last: str) -> list[str]:
        return self._by_last.get(last, [])


def suffix(name: str) -> str:
    return posixpath.splitext(name)[1].lower()


def is_paper(name: str) -> bool:
    stem = posixpath.splitext(posixpath.basename(name))[0]
    return PAPERS.fullmatch(stem) is not None


def is_shown(name: str) -> bool:
    """Whether a file counts at all: hidden ones and what tools put there do not."""
    *folders, last = name.split("/")
    hidden = any(part.startswith(".") for part in folders)
    hidden = hidden or (last.startswith(".") and last not in HIDDEN_BUT_TELLING)
    return not hidden and LEFT_ASIDE.isdisjoint(folders)


def is_markdown(names: Collection[str]) -> bool:
    """Whether files are one site of Markdown: what else could be a source among them is not the greater part."""
    counted = [name for name in names if not is_paper(name)]
    texts = sum(suffix(name) in MARKDOWN for name in counted)
    if texts and any(name.startswith("_posts/") or "/_posts/" in name for name in counted):
        return True
    return texts > 0 and texts >= sum(suffix(name) in OTHER_SOURCES for name in counted)


def manifest(members: Members) -> bytes:
    """What a bundle holds, a line a file: the digest of each text, the size of everything else.

    Two bundles of the same texts are the same document, whether packed or not.
    """
    return "".join(f"{line}\n" for line in _lines(members)).encode()


def _lines(members: Members) -> Iterator[str]:
    for name in members.names:
        state = str(members.size(name))
        if suffix(name) in MARKDOWN and members.size(name) <= MOST_A_TEXT:
            try:
                state = hashlib.sha256(members.read(name)).hexdigest()
            except EntryRejected:
                state = "unreadable"
        yield f"{state}  {name}"


def base_of(name: str) -> str:
    """What addresses in a member are relative to: the `base_url` of its entry."""
    return f"{SCHEME}/{name}"


def named(reference: str) -> str:
    """The member that `base_of` names; "" for every other address."""
    return reference[len(SCHEME) + 1 :] if reference.startswith(f"{SCHEME}/") else ""


def referred(address: str, base: str, names: Names | Collection[str]) -> str:
    """The member that a relative address in an entry means, "" where it means none.

    `base` is the entry's `base_url` (or "" for an address that names its member itself, as covers do). It is looked
    for beside the entry, then in the places that generators serve from the root of the site, then, where just one
    file has that name, anywhere, as note keepers do.
    """
    if not isinstance(names, Names):
        names = Names(names)  # who asks often makes it once
    wanted = named(address) or _path_of(address)
    if not wanted:
        return ""
    here = posixpath.dirname(named(base))
    rooted = wanted.lstrip("/")
    candidates = [] if wanted.startswith("/") else [posixpath.normpath(posixpath.join(here, wanted))]
    candidates += [posixpath.normpath(root + rooted) for root in ROOTS]
    for candidate in candidates:
        if candidate in names:
            return candidate
    alike = names.ending_in(rooted) if "/" not in wanted else []
    return alike[0] if len(alike) == 1 else ""


def _path_of(address: str) -> str:
    """The path of an address without scheme and host; "" for one with either."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    return "" if parts.scheme or parts.netloc else unquote(parts.path)
