"""markdowns: folders and zips of Markdown for the tests, and what is read from them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from importer.documents.decoding import decode
from importer.entry import Entry, Parsed, Rejected
from importer.fetching import fetch
from importer.formats import choose
from importer.formats.base import Reading
from tests.importer.readings import NOW, document

Files = dict[str, str | bytes]


def folder(where: Path, files: Files) -> Path:
    root = where / "site"
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return root


def packed(files: Files) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return stream.getvalue()


def parsed(where: Path, files: Files, *, base_url: str = "", zone: str = "UTC", encoding: str = "") -> Parsed:
    given = decode(fetch(str(folder(where, files))), encoding)
    return choose(given).read(given, Reading(NOW, base_url=base_url, default_zone=zone))


def entries(where: Path, files: Files, *, base_url: str = "") -> dict[str, Entry]:
    """The entries by the names of their files; none is rejected."""
    found = list(parsed(where, files, base_url=base_url).entries)
    assert [one for one in found if isinstance(one, Rejected)] == []
    return {one.guid: one for one in found if isinstance(one, Entry)}


def one(text: str, name: str = "a.md") -> Entry:
    """The entry of a single file."""
    given = document(text, path=f"/notes/{name}")
    (found,) = choose(given, "markdown").read(given, Reading(NOW)).entries
    assert isinstance(found, Entry), found
    return found


def body(text: str) -> str:
    """The body of a post that says nothing but this."""
    return one(f"---\ntitle: T\n---\n{text}").body
