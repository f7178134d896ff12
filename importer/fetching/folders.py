"""folders: a folder with all below it as one source; links are not followed, and nothing outside is ever read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from importer.documents.bundles import MOST_BYTES, MOST_FILES, is_markdown, is_shown, manifest
from importer.entry import RawDocument
from importer.errors import EntryRejected, SourceUnusable
from importer.fetching.limits import in_words


class FolderMembers:
    """The files of a folder as they stood when it was looked through."""

    def __init__(self, folder: str) -> None:
        self._root = os.path.abspath(folder)
        self._links = 0
        self._sizes = self._looked_through()

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(sorted(self._sizes))

    @property
    def warnings(self) -> tuple[str, ...]:
        if not self._links:
            return ()
        links = "1 symbolic link was" if self._links == 1 else f"{self._links} symbolic links were"
        return (f"{links} not followed.",)

    def size(self, name: str) -> int:
        return self._sizes[name]

    def read(self, name: str) -> bytes:
        if name not in self._sizes:
            raise EntryRejected(f"{name} is not in this folder.")
        flags = (
            os.O_RDONLY
            | getattr(os, "O_NOFOLLOW", 0)
            | getattr(os, "O_CLOEXEC", 0)
            | getattr(os, "O_NONBLOCK", 0)
        )
        try:
            with open(os.open(os.path.join(self._root, name), flags), "rb") as file:
                if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    raise EntryRejected(f"{name} is not a file any more.")
                data = file.read(MOST_BYTES + 1)
        except OSError as problem:
            reason = (problem.strerror or "no reason given").rstrip(".").lower()
            raise EntryRejected(f"{name} cannot be read: {reason}.") from problem
        if len(data) > MOST_BYTES:
            raise EntryRejected(f"{name} is larger than {in_words(MOST_BYTES)}.")
        return data

    def _looked_through(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for name, size in self._files():
            found[name] = size
            if len(found) > MOST_FILES:
                raise SourceUnusable(
                    f"{self._root} holds over {MOST_FILES:,} files. Import the folders in it one by one."
                )
        return found

    def _files(self) -> Iterator[tuple[str, int]]:
        for name, size in below(self._root):
            if size is None:
                self._links += 1
            else:
                yield name, size


def below(root: str) -> Iterator[tuple[str, int | None]]:
    """Names and sizes of the files below a folder; no size for a link. A folder in it that may not be read costs itself."""
    waiting = [""]
    while waiting:
        inside = waiting.pop()
        try:
            items = list(os.scandir(os.path.join(root, inside)))
        except OSError as problem:
            if not inside:
                raise SourceUnusable(
                    f"{root} cannot be read: {problem.strerror}. Check the path."
                ) from problem
            continue
        for item in items:
            name = f"{inside}/{item.name}" if inside else item.name
            folder = item.is_dir(follow_symlinks=False)
            if not name.isprintable() or not is_shown(f"{name}/" if folder else name):
                continue
            if item.is_symlink():
                yield name, None
            elif folder:
                waiting.append(name)
            elif item.is_file(follow_symlinks=False):
                yield name, item.stat(follow_symlinks=False).st_size


def is_markdown_folder(folder: str) -> bool:
    """Whether a folder is one site of Markdown. One that cannot be looked through is none: reading it says why."""
    try:
        return is_markdown([name for name, size in islice(below(folder), MOST_FILES) if size is not None])
    except SourceUnusable:
        return False


def read_folder(folder: str) -> RawDocument:
    """A folder as one document. Raises SourceUnusable."""
    members = FolderMembers(folder)
    return RawDocument(location=folder, data=manifest(members), path=os.path.abspath(folder), members=members)
