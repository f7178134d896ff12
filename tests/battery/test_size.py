"""test_size: long, many and very many (cases 46 to 48); what one long body does: test_html.

The figures are printed: `pytest -s -m slow tests/battery/test_size.py`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from html import escape
from pathlib import Path

import pytest
from django.test import Client

from accounts.models import Author, User
from blog.models import Post, Tag
from importer.entry import Entry, Rejected
from importer.pipeline import CHUNK, chunks
from importer.preparing.cleaning import MOST_TAGS
from importer.storing.knowing import Candidate
from tests.battery.invariants import broken
from tests.battery.measuring import measured
from tests.battery.trial import tried, tried_on
from tests.importer.documents import item, rss, written
from tests.importer.processes import rows_in
from tests.work import no_dearer

in_process = pytest.mark.django_db  # the others are programs on databases of their own
MEMORY = 300  # megabytes
TAGS = [f"Subject {n}" for n in range(10_000)]


def written_by_the_piece(path: Path, items: Iterator[str]) -> str:
    """A feed too long to be made in memory."""
    head, tail = rss().split("</channel>")
    with path.open("w", encoding="utf-8") as file:
        file.write(head)
        file.writelines(items)
        file.write(f"</channel>{tail}")
    return str(path)


# -- 46: very many entries, a very long file ----------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.postgres
def test_fifty_thousand_entries(tmp_path: Path, postgres: str) -> None:
    number = 50_000
    entries = (
        f"<item><title>Post {n}</title><guid>g{n}</guid></item>" if n % 100 else item(n)
        for n in range(number)
    )
    path = written_by_the_piece(tmp_path / "feed.xml", entries)
    ended = measured(postgres, "import_feed", path, longest=1_200)
    print(
        f"\n{number} entries, {os.path.getsize(path) / 1e6:.1f} MB: {ended.seconds:.0f} s ({ended.cpu:.0f} s of a "
        f"processor), {number / ended.cpu:.0f} a second of it, {ended.megabytes:.0f} MB at most"
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith(f"{number} new\n")
    assert rows_in(postgres, "SELECT count(*), count(DISTINCT slug) FROM blog_post") == [(number, number)]
    assert broken(lambda query: rows_in(postgres, query)) == {}
    assert ended.megabytes < MEMORY


@pytest.mark.slow
@pytest.mark.parametrize("megabytes", [24, 195, 205])
def test_a_file_of_two_hundred_megabytes(tmp_path: Path, database: str, megabytes: int) -> None:
    """Read whole within the memory, or refused with what to do; never half. An export of WordPress' is read as it lies."""
    body = escape("<p>" + "Words of some length, and — as it goes — others 🙂. " * 2_000 + "</p>")
    entries = (
        item(n).replace("The text of", body)
        for n in range(megabytes * 1_000_000 // (len(body.encode()) + 400))
    )
    path = written_by_the_piece(tmp_path / "feed.xml", entries)
    ended = measured(database, "import_feed", path)
    print(
        f"\n{os.path.getsize(path) / 1e6:.0f} MB: status {ended.returncode}, {ended.cpu:.0f} s of a processor, {ended.megabytes:.0f} MB at most"
    )
    assert ended.returncode == (megabytes > 30)
    if ended.returncode:
        assert "is larger than" in ended.stderr
        assert "plit it" in ended.stderr
        assert rows_in(database, "SELECT count(*) FROM blog_post") == [(0,)]
    assert ended.megabytes < MEMORY


def test_long_entries_are_stored_a_few_at_a_time() -> None:
    def arrivals(length: int) -> Iterator[Candidate | Rejected]:
        from datetime import UTC, datetime

        from importer.identity import Named

        for position in range(1, 251):
            yield Candidate(
                Entry(position, "T", "x" * length), Named("d", ()), datetime(2024, 1, 1, tzinfo=UTC)
            )

    assert [len(chunk) for chunk in chunks(arrivals(10))] == [CHUNK, CHUNK, 50]
    assert {len(chunk) for chunk in chunks(arrivals(600_000))} == {2}
    assert sum(len(chunk) for chunk in chunks(arrivals(300_001))) == 250


# -- 47: very many tags and people --------------------------------------------------------------------------


@in_process
def test_an_entry_with_very_many_tags(tmp_path: Path) -> None:
    categories = "".join(f"<category>{tag}</category>" for tag in TAGS[:2_000])
    document = rss(item(1).replace("</item>", f"{categories}</item>"))
    outcome = tried_on(tmp_path, document)
    assert (outcome.status, outcome.counts) == (0, {"created": 1})
    assert f"It has 2000 tags; the first {MOST_TAGS} were kept." in outcome.warnings
    assert Tag.objects.count() == MOST_TAGS
    assert tried_on(tmp_path, document).counts == {"unchanged": 1}


@in_process
def test_an_entry_with_more_tags_than_anybody_means(tmp_path: Path) -> None:
    categories = "".join(f"<category>{tag}</category>" for tag in TAGS * 10)
    document = rss(item(1).replace("</item>", f"{categories}</item>"), item(2))
    outcome = tried_on(tmp_path, document)
    assert (outcome.status, outcome.counts) == (3, {"created": 1, "rejected": 1})
    assert outcome.reasons() == {1: "The entry cannot be read: it has over 2,000 categories."}
    fair = rss(item(3, "<p>Words.</p>" * (len(document) // 13)), item(2))
    no_dearer(lambda: tried_on(tmp_path, document), lambda: tried_on(tmp_path, fair), times=4)


@in_process
@pytest.mark.slow
def test_ten_thousand_tags_and_people_over_a_source(tmp_path: Path, client: Client) -> None:
    entries = [
        item(n, dc__creator=f"Writer Number {n}").replace(
            "</item>",
            "".join(f"<category>{tag}</category>" for tag in TAGS[n * 10 : n * 10 + 10]) + "</item>",
        )
        for n in range(1_000)
    ]
    outcome = tried(written(tmp_path, rss(*entries)))
    assert outcome.counts == {"created": 1_000}
    assert (Tag.objects.count(), Author.objects.count(), User.objects.count()) == (10_000, 1_000, 0)
    assert client.get("/tags/").status_code == 200
    assert client.get("/authors/").status_code == 200


@in_process
@pytest.mark.parametrize(
    "name",
    [
        "x" * 500,
        "a, b",
        'say "hi"',
        "it's",
        "a/b",
        "<b>",
        "&amp;",
        "%",
        "\\",
        ";",
        "🙂",
        "C#",
        "",
        " ",
        "' OR 1=1 --",
        "\u202ex",
    ],
)
def test_odd_tags_and_names(tmp_path: Path, client: Client, name: str) -> None:
    document = rss(item(1, category=name, dc__creator=name), item(2, category=name.upper(), dc__creator=name))
    outcome = tried_on(tmp_path, document)
    assert (outcome.status, outcome.counts) == (0, {"created": 2})
    assert User.objects.count() == 0
    assert all(len(tag.name) <= 100 and len(tag.slug) <= 200 for tag in Tag.objects.all())
    for shown in (*Tag.objects.all(), *Author.objects.all()):
        assert client.get(shown.get_absolute_url()).status_code == 200
    assert tried_on(tmp_path, document).counts == {"unchanged": 2}


@in_process
def test_very_many_people_on_one_entry(tmp_path: Path) -> None:
    names = "; ".join(f"Writer Number {n}" for n in range(5_000))
    outcome = tried_on(tmp_path, rss(item(1, dc__creator=names)))
    assert outcome.status == 0
    assert Post.objects.get().bylines.count() <= 50
    assert User.objects.count() == 0


# -- 48: very many sources ----------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_thousand_sources_in_a_row(tmp_path: Path, database: str) -> None:
    folder = tmp_path / "sources"
    folder.mkdir()
    for n in range(1_000):
        text = rss(
            item(1, f"<p>The words of source {n}.</p>"), link=f"https://s{n}.example/", title=f"Source {n}"
        )
        written(folder, text if n % 10 else "", f"{n:04}.xml")
    few = measured(database, "import_feed", *(str(path) for path in sorted(folder.iterdir())[:100]))
    ended = measured(database, "import_feed", str(folder))
    print(
        f"\n1,000 sources: {ended.cpu:.0f} s of a processor, {ended.megabytes:.0f} MB; 100: {few.megabytes:.0f} MB"
    )
    assert (few.returncode, ended.returncode) == (3, 3), ended.stderr
    assert "810 new, 90 unchanged\n" in ended.stdout
    assert ended.stderr.count("This is an empty source") == 100
    assert rows_in(database, "SELECT count(*) FROM importer_source") == [(900,)]
    assert ended.megabytes < few.megabytes + 30
    assert broken(lambda query: rows_in(database, query)) == {}


@in_process
@pytest.mark.slow
def test_no_file_stays_open(tmp_path: Path) -> None:
    paths = [written(tmp_path, rss(item(1), link=f"https://s{n}.example/"), f"{n}.xml") for n in range(50)]
    tried(*paths[:5])
    before = len(os.listdir("/proc/self/fd"))
    tried(*paths)
    assert len(os.listdir("/proc/self/fd")) <= before
