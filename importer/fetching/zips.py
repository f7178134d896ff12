"""zips: a zip archive as one source, read in memory and never unpacked to disk; bombs and bad names stay outside."""

from __future__ import annotations

import io
import re
import stat
import zlib
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from importer.documents.bundles import MOST_BYTES, MOST_FILES, is_markdown, is_shown, manifest
from importer.entry import RawDocument
from importer.errors import EntryRejected, SourceUnusable
from importer.fetching.limits import in_words

MAGIC = b"PK\x03\x04"
LISTED = b"PK\x01\x02"  # begins each line of the archive's list
MOST_RATIO = 200  # of all files together; text packs to a tenth at best
PIECE = 1 << 16
SMALL = 20_000_000  # below this, no ratio is an attack
UTF8_FLAG, LOCKED_FLAG = 0x800, 0x1
CYRILLIC_WORD = re.compile(r"[А-Яа-яЁё]{3}")  # one letter alone would be a western accent
# A folder of one of these names means something; any other that holds everything is only the archive's own.
TELLING = frozenset(
    {"_posts", "_drafts", "content", "posts", "blog", "src", "source", "static", "docs", "notes"}
)


class ZipMembers:
    """The files of an archive. Raises SourceUnusable for one that is a trap."""

    def __init__(self, data: bytes) -> None:
        # Counted before the list is made: each of its lines would become an object.
        if data.count(LISTED) > 2 * MOST_FILES:
            raise SourceUnusable(
                f"This zip archive holds over {MOST_FILES:,} files; split it into smaller ones."
            )
        try:
            self._archive = ZipFile(io.BytesIO(data))
        except (BadZipFile, ValueError, NotImplementedError, OSError) as problem:
            raise SourceUnusable(
                "This is a zip archive that is damaged or cut off; get it again."
            ) from problem
        self._unsafe = self._links = 0
        self._files = self._kept(len(data))

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(sorted(self._files))

    @property
    def warnings(self) -> tuple[str, ...]:
        told = (
            (self._links, "a symbolic link", "symbolic links"),
            (self._unsafe, "a name that leads out of the archive", "names that lead out of the archive"),
        )
        return tuple(
            f"{'One file was' if count == 1 else f'{count} files were'} left out: {one if count == 1 else many}."
            for count, one, many in told
            if count
        )

    def size(self, name: str) -> int:
        return self._files[name].file_size

    def read(self, name: str) -> bytes:
        if name not in self._files:
            raise EntryRejected(f"{name} is not in this archive.")
        try:
            return b"".join(self._pieces(name))
        except (BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as problem:
            raise EntryRejected(f"{name} cannot be read: it is damaged in the archive.") from problem

    def _pieces(self, name: str) -> Iterator[bytes]:
        """The file in small pieces: read at once, one that lies about its size would be unpacked whole."""
        with self._archive.open(self._files[name]) as file:
            while piece := file.read(PIECE):
                yield piece

    def _kept(self, packed: int) -> dict[str, ZipInfo]:
        files = [info for info in self._archive.infolist() if not info.is_dir()]
        refuse_traps(files, packed)
        found: dict[str, ZipInfo] = {}
        for info in files:
            name = safe_name(true_name(info))
            if not name:
                self._unsafe += 1
            elif stat.S_ISLNK(info.external_attr >> 16):
                self._links += 1
            elif is_shown(name):
                found[name] = info
        top = common_top(found)
        return {name[len(top) :]: info for name, info in found.items()}


def refuse_traps(files: list[ZipInfo], packed: int) -> None:
    if len(files) > MOST_FILES:
        raise SourceUnusable(f"This zip archive holds over {MOST_FILES:,} files; split it into smaller ones.")
    total = sum(info.file_size for info in files)
    if total > MOST_BYTES:
        raise SourceUnusable(
            f"This zip archive unpacks to more than {in_words(MOST_BYTES)} and was not read."
        )
    if total > SMALL and total > MOST_RATIO * packed:
        raise SourceUnusable("This zip archive unpacks to far more than any text would and was not read.")
    if any(info.flag_bits & LOCKED_FLAG for info in files):
        raise SourceUnusable("This zip archive is locked with a password. Unpack it and import the folder.")
    if any(info.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for info in files):
        raise SourceUnusable("This zip archive is packed in a rare way. Unpack it and import the folder.")


def true_name(info: ZipInfo) -> str:
    """The name as its maker wrote it: old programs used the code page of their system and did not say which."""
    if info.flag_bits & UTF8_FLAG:
        return info.orig_filename
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.orig_filename
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        russian = raw.decode("cp866", "replace")
    return russian if CYRILLIC_WORD.search(russian) else info.orig_filename


def safe_name(name: str) -> str:
    """The name with "/" between its parts; "" for one that leads out or cannot be shown."""
    name = name.replace("\\", "/")
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if name.startswith("/") or ".." in parts or not name.isprintable() or re.match(r"[A-Za-z]:", name):
        return ""
    return "/".join(parts)


def common_top(names: dict[str, ZipInfo]) -> str:
    """The one folder that everything stands in and that says nothing, with its slash; else ""."""
    tops = {name.partition("/")[0] if "/" in name else "" for name in names}
    top = tops.pop() if len(tops) == 1 else ""
    return f"{top}/" if top and top not in TELLING else ""


def bundled(raw: RawDocument) -> RawDocument:
    """The document with its members where it is a zip of Markdown; every other one as it is. Raises SourceUnusable."""
    if not raw.data.startswith(MAGIC):
        return raw
    members = ZipMembers(raw.data)
    return replace(raw, data=manifest(members), members=members) if is_markdown(members.names) else raw
