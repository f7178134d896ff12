"""test_wordpress_long: an export of 200 MB is walked through three times with little memory, and nothing of it is missing."""

from __future__ import annotations

import gzip
import json
import os
import tempfile
from hashlib import sha256
from pathlib import Path

import pytest

from importer.documents.decoding import decode
from importer.documents.spooling import spooled
from importer.entry import RawDocument
from importer.errors import SourceUnusable
from importer.fetching import Limits
from importer.fetching.files import read_file, read_stdin
from importer.formats import choose
from importer.formats.base import Reading
from tests.battery.measuring import run_measured
from tests.importer.readings import NOW
from tests.importer.wxr_files import long_export, post, wxr

READ = """
import json, sys, time
from datetime import UTC, datetime
from importer.documents.decoding import decode
from importer.fetching.files import read_file, read_stdin
from importer.formats import choose
from importer.formats.base import Reading
started = time.process_time()
document = decode(read_file(sys.argv[1]))
parsed = choose(document).read(document, Reading(datetime(2026, 11, 20, tzinfo=UTC)))
walks = []
for _ in range(2):
    begun = time.process_time()
    count = sum(1 for entry in parsed.entries if entry.cover and len(entry.body) > 2000)
    walks.append((count, time.process_time() - begun))
print(json.dumps({"walks": walks, "seconds": time.process_time() - started}))
"""


@pytest.mark.slow
def test_two_hundred_megabytes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "long.xml"
    posts = long_export(path, 200_000_000)
    ended = run_measured("-c", READ, str(path), longest=600, environment=dict(os.environ))
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    (first, _), (second, seconds) = told["walks"]
    with capsys.disabled():
        size = path.stat().st_size / 1e6
        print(
            f"\n{size:.0f} MB, {posts} posts: {ended.megabytes:.0f} MB of memory, {posts / seconds:.0f} entries a second of processor time, {told['seconds']:.0f} s in all"
        )
    assert (first, second) == (posts, posts)
    assert ended.megabytes < 150


def long_file(folder: Path, *more: str) -> Path:
    path = folder / "export.xml"
    path.write_text(wxr(*(post("x" * 1_000_000, title=f"Post {number}") for number in range(21)), *more))
    return path


def test_a_long_export_stays_in_its_file(tmp_path: Path) -> None:
    raw = read_file(str(long_file(tmp_path, post("The last. Ω", title="End"))))
    document = decode(raw)
    assert raw.kept is not None
    assert len(raw.data) == 1 << 20
    entries = choose(document).read(document, Reading(NOW)).entries
    assert [len(list(entries)), [one.title for one in entries][-1]] == [22, "End"]
    assert raw.sha256 == sha256((tmp_path / "export.xml").read_bytes()).hexdigest()


def test_one_in_another_encoding_is_read_all_the_same(tmp_path: Path) -> None:
    path = long_file(tmp_path, post("Прилив", title="Вода"))
    path.write_bytes(path.read_text().replace('encoding="UTF-8"', 'encoding="windows-1251"').encode("cp1251"))
    document = decode(read_file(str(path)))
    assert len(document.raw.data) == 1 << 20
    assert [one.title for one in choose(document).read(document, Reading(NOW)).entries][-1] == "Вода"


def test_a_change_while_it_is_read(tmp_path: Path) -> None:
    path = long_file(tmp_path)
    document = decode(read_file(str(path)))
    entries = choose(document).read(document, Reading(NOW)).entries
    with path.open("a") as file:
        file.write("<!-- more -->")
    with pytest.raises(SourceUnusable, match=r"^This file was changed while it was being read\. Wait"):
        list(entries)


def test_another_format_is_refused(tmp_path: Path) -> None:
    document = decode(read_file(str(long_file(tmp_path))))
    with pytest.raises(
        SourceUnusable, match=r"^This is a WordPress export; import it with --format wordpress\.$"
    ):
        choose(document, "text")


HASTY = Limits(held_bytes=2_000_000)


def rather_long(folder: Path) -> Path:
    """Longer than HASTY holds in memory."""
    path = folder / "export.xml"
    path.write_text(
        wxr(*(post("x" * 1_000_000, title=f"Post {n}") for n in range(3)), post("Прилив. Ω", title="Вода"))
    )
    return path


def titles(raw: RawDocument, encoding: str = "") -> list[str]:
    document = decode(raw, encoding)
    assert document.raw.kept is not None
    return [one.title for one in choose(document).read(document, Reading(NOW)).entries]


def test_one_that_comes_through_a_pipe_is_not_held_in_memory(tmp_path: Path) -> None:
    path = rather_long(tmp_path)
    with path.open("rb") as stream:
        raw = read_stdin(stream, limits=HASTY)
    assert len(raw.data) == 1 << 20
    assert raw.sha256 == sha256(path.read_bytes()).hexdigest()
    assert titles(raw)[-1] == "Вода"


def test_one_that_is_packed_is_unpacked_beside_memory(tmp_path: Path) -> None:
    path = rather_long(tmp_path)
    packed = tmp_path / "export.xml.gz"
    packed.write_bytes(gzip.compress(path.read_bytes(), 1))
    raw = read_file(str(packed), limits=HASTY)
    assert len(raw.data) <= 1 << 20
    assert titles(raw)[-1] == "Вода"
    with packed.open("rb") as stream:
        assert titles(read_stdin(stream, limits=HASTY))[-1] == "Вода"


@pytest.mark.parametrize(("encoding", "said"), [("cp1251", ""), ("koi8-r", "koi8-r")])
def test_one_in_another_encoding_is_not_held_in_memory(tmp_path: Path, encoding: str, said: str) -> None:
    path = rather_long(tmp_path)
    label = "windows-1251" if encoding == "cp1251" else "UTF-8"
    path.write_bytes(
        path.read_text().replace('encoding="UTF-8"', f'encoding="{label}"').encode(encoding, "ignore")
    )
    assert titles(read_file(str(path), limits=HASTY), said)[-1] == "Вода"


def test_a_packed_one_that_grows_without_end_is_refused(tmp_path: Path) -> None:
    packed = tmp_path / "export.xml.gz"
    packed.write_bytes(gzip.compress(wxr(post(" " * 3_000_000)).encode(), 1))
    with pytest.raises(
        SourceUnusable, match=r"^This gzip file unpacks to more than 2 MB and was not read\.$"
    ):
        read_file(str(packed), limits=Limits(file_bytes=2_000_000, held_bytes=1_000_000))


def test_no_room_for_the_copy_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full = open("/dev/full", "r+b", buffering=0)  # noqa: SIM115  # whoever asked for it closes it
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda **given: full)
    with pytest.raises(
        SourceUnusable, match=r"\(no space left on device\)\. Make room, or name another folder in"
    ):
        spooled([b"x"])


@pytest.mark.slow
@pytest.mark.parametrize("way", ["piped", "packed", "windows-1251"])
def test_a_long_one_that_comes_otherwise_takes_as_little_memory(tmp_path: Path, way: str) -> None:
    path = tmp_path / "long.xml"
    posts = long_export(path, 60_000_000)
    if way == "packed":
        path.write_bytes(gzip.compress(path.read_bytes(), 1))
    elif way != "piped":
        path.write_bytes(
            path.read_bytes().replace(b'"UTF-8"', b'"windows-1251"', 1).decode().encode("cp1251", "ignore")
        )
    script = (
        READ.replace("read_file(sys.argv[1])", 'read_stdin(open(sys.argv[1], "rb"))')
        if way == "piped"
        else READ
    )
    ended = run_measured("-c", script, str(path), longest=600, environment=dict(os.environ))
    assert ended.returncode == 0, ended.stderr
    assert [count for count, _ in json.loads(ended.stdout)["walks"]] == [posts, posts]
    assert ended.megabytes < 150
