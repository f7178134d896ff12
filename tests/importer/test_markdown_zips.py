"""test_markdown_zips: a zip of Markdown is read in memory; bombs, links, bad names and locks stay outside."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from importer.documents.decoding import decode
from importer.entry import Entry, RawDocument
from importer.errors import EntryRejected, SourceUnusable
from importer.fetching import zips
from importer.fetching.zips import ZipMembers, bundled
from importer.formats import choose
from importer.formats.base import Reading
from tests.importer.markdowns import Files, packed
from tests.importer.readings import NOW


def document(data: bytes) -> RawDocument:
    return bundled(RawDocument("notes.zip", data, path="/notes.zip"))


def names(data: bytes) -> tuple[str, ...]:
    return ZipMembers(data).names


def archive(fill: Callable[[zipfile.ZipFile], None]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        fill(made)
    return stream.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(SourceUnusable) as caught:
        ZipMembers(data)
    return str(caught.value)


def test_a_zip_is_one_source_of_its_posts() -> None:
    given = decode(
        document(packed({"site/_posts/2024-05-01-a.md": "---\ntitle: A\n---\nBody.", "site/a.png": b"x"}))
    )
    (found,) = choose(given).read(given, Reading(NOW)).entries
    assert isinstance(found, Entry)
    assert (found.guid, found.title, found.body) == ("_posts/2024-05-01-a.md", "A", "Body.")


def test_a_zip_of_something_else_is_refused_as_before() -> None:
    raw = document(packed({"word/document.xml": "<w/>"}))
    assert raw.members is None
    with pytest.raises(SourceUnusable, match=r"^This is a zip archive or an office document; unpack it"):
        decode(raw)


def test_the_one_folder_around_everything_does_not_count_unless_it_means_something() -> None:
    assert names(packed({"site/a.md": "x", "site/b/c.md": "y"})) == ("a.md", "b/c.md")
    assert names(packed({"_posts/a.md": "x"})) == ("_posts/a.md",)


def test_names_that_lead_out_links_and_hidden_files_are_left_out() -> None:
    def fill(made: zipfile.ZipFile) -> None:
        for name in (
            "a.md",
            "../b.md",
            "/c.md",
            "d/../../e.md",
            "C:\\f.md",
            "g\\h.md",
            "__MACOSX/i.md",
            ".j.md",
        ):
            made.writestr(name, "x")
        link = zipfile.ZipInfo("link.md")
        link.external_attr = 0o120777 << 16
        made.writestr(link, "/etc/passwd")

    members = ZipMembers(archive(fill))
    assert members.names == ("a.md", "g/h.md")
    assert members.warnings == (
        "One file was left out: a symbolic link.",
        "4 files were left out: names that lead out of the archive.",
    )


@pytest.mark.parametrize(
    ("encoding", "name"), [("cp866", "Приливы.md"), ("utf-8", "Приливы.md"), ("cp437", "é.md")]
)
def test_names_of_old_programs_are_read_right(encoding: str, name: str) -> None:
    stand_in = "x" * len(name.encode(encoding))
    data = packed({stand_in: "text"}).replace(stand_in.encode(), name.encode(encoding))
    members = ZipMembers(data)
    assert members.names == (name,)
    assert members.read(name) == b"text"


def test_a_bomb_of_one_file_is_refused() -> None:
    data = archive(lambda made: made.writestr("a.md", b"\0" * 60_000_000))
    assert refusal(data) == "This zip archive unpacks to far more than any text would and was not read."


def test_more_than_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zips, "MOST_BYTES", 1_000_000)
    data = archive(lambda made: made.writestr("a.md", bytes(range(256)) * 4_000))
    assert refusal(data) == "This zip archive unpacks to more than 1 MB and was not read."


def test_a_file_that_lies_about_its_size_is_not_unpacked() -> None:
    data = archive(lambda made: made.writestr("a.md", b"\0" * 50_000_000))
    lying = data.replace(struct.pack("<L", 50_000_000), struct.pack("<L", 10))
    members = ZipMembers(lying)
    tracemalloc.start()
    with pytest.raises(EntryRejected, match=r"^a\.md cannot be read: it is damaged in the archive\.$"):
        members.read("a.md")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000


def test_too_many_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zips, "MOST_FILES", 3)
    few: Files = {f"{number}.md": "x" for number in range(4)}
    many: Files = {f"{number}.md": "x" for number in range(7)}
    for files in (few, many):
        assert refusal(packed(files)) == "This zip archive holds over 3 files; split it into smaller ones."


def test_a_cut_zip_is_refused() -> None:
    assert (
        refusal(packed({"a.md": "x" * 999})[:-30])
        == "This is a zip archive that is damaged or cut off; get it again."
    )


def test_a_locked_zip_is_refused() -> None:
    data = bytearray(packed({"a.md": "x"}))
    listed = data.index(b"PK\x01\x02")
    data[6] |= 1
    data[listed + 8] |= 1
    assert (
        refusal(bytes(data)) == "This zip archive is locked with a password. Unpack it and import the folder."
    )


def test_a_rare_packing_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_BZIP2) as made:
        made.writestr("a.md", "x")
    assert (
        refusal(stream.getvalue())
        == "This zip archive is packed in a rare way. Unpack it and import the folder."
    )


def test_a_damaged_file_costs_itself(tmp_path: Path) -> None:
    data = packed({"a.md": "one " * 50, "b.md": "Fine."})
    place = data.index(b"a.md") + 6
    given = decode(document(data[:place] + b"\xff\xff" + data[place + 2 :]))
    bad, good = choose(given).read(given, Reading(NOW)).entries
    assert getattr(bad, "reason", "") == "a.md cannot be read: it is damaged in the archive."
    assert isinstance(good, Entry)
