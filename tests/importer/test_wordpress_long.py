"""test_wordpress_long: an export of 200 MB is walked through three times with little memory, and nothing of it is missing."""

from __future__ import annotations

import json
import os
from hashlib import sha256
from pathlib import Path

import pytest

from importer.documents.decoding import decode
from importer.errors import SourceUnusable
from importer.fetching.files import read_file
from importer.formats import choose
from importer.formats.base import Reading
from tests.battery.measuring import run_measured
from tests.importer.readings import NOW
from tests.importer.wxr_files import long_export, post, wxr

READ = """
import json, sys, time
from datetime import UTC, datetime
from importer.documents.decoding import decode
from importer.fetching.files import read_file
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
    ended = run_measured("-c", READ, str(path), longest=240, environment=dict(os.environ))
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
    assert document.raw.kept is None
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
