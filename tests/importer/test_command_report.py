"""test_command_report: the summary in plain words, and the report that other programs read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from importer.deciding import VERDICTS
from tests.importer.documents import command, item, last_run, rss, written

pytestmark = pytest.mark.django_db
PICTURE = '<p>Words and a picture.</p><img src="https://x.example/a.jpg" alt="A thing">'


def reported(folder: Path, *words: str) -> dict[str, Any]:
    command(*words, "--report", str(folder / "report.json"))
    found: dict[str, Any] = json.loads((folder / "report.json").read_text())
    return found


def test_the_report_is_what_the_contract_says(tmp_path: Path) -> None:
    cut = rss(item(1), item(1), item(2, PICTURE + "<script>x</script>"), item(3))
    path = written(tmp_path, cut[: cut.index("number 3")])
    report = reported(tmp_path, path)
    assert list(report) == ["run", "seconds", "sources"]
    assert report["run"] == last_run().pk
    (source,) = report["sources"]
    assert list(source) == [
        *("source", "format", "entries", "created", "updated", "unchanged", "duplicate", "kept", "conflict"),
        *("buried", "rejected", "warnings", "losses", "media", "items"),
    ]
    assert (source["source"], source["format"], source["entries"]) == (path, "rss", 4)
    assert (source["created"], source["duplicate"], source["rejected"]) == (2, 1, 1)
    assert source["media"] == {"found": 1, "stored": 0, "reused": 0, "failed": 1}
    assert source["losses"] == ["Entry 3, “Post 2”: A script was left out."]
    assert source["items"][0] == {
        "position": 1,
        "title": "Post 1",
        "verdict": "created",
        "reason": "New.",
        "url": "https://masthead.example/posts/post-1/",
    }


def test_the_verdicts_always_add_up_to_the_entries(tmp_path: Path) -> None:
    cut = rss(*(item(n) for n in range(5)), item(1), "<item/>", item(9))
    path = written(tmp_path, cut[: cut.index("number 9")])
    for options in ((), ("--dry-run",), ("--limit", "3"), ("--strict",)):
        (source,) = reported(tmp_path, path, *options)["sources"]
        assert sum(source[verdict] for verdict in VERDICTS) == source["entries"] == len(source["items"])


def test_an_unusable_source_is_in_the_report_with_its_sentence(tmp_path: Path) -> None:
    good, bad = written(tmp_path, rss(item(1))), str(tmp_path / "missing.xml")
    first, second = reported(tmp_path, bad, good)["sources"]
    assert first["error"].startswith(f"{bad} cannot be read: there is no such file.")
    assert (first["entries"], second["created"]) == (0, 1)
    assert "error" not in second


def test_the_report_replaces_an_older_one_and_leaves_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    path = written(tmp_path, rss(item(1)))
    reported(folder, path)
    assert reported(folder, path)["sources"][0]["unchanged"] == 1
    assert [one.name for one in folder.iterdir()] == ["report.json"]


def test_the_summary_is_in_plain_words(tmp_path: Path) -> None:
    path = written(tmp_path, rss(item(1), item(1), item(2, PICTURE)))
    ended = command(path)
    assert ended.status == 0
    assert ended.err == ""
    lines = ended.out.splitlines()
    assert lines[:3] == [
        "2 new, 1 repeat",
        "1 picture could not be fetched (see https://masthead.example/admin/importer/mediaitem/?status__exact=failed)",
        "The site: https://masthead.example/",
    ]
    assert lines[3] == f"This run: https://masthead.example/admin/importer/run/{last_run().pk}/change/"


def test_notes_and_losses_are_named_in_the_summary(tmp_path: Path) -> None:
    feed = rss(item(1, title=""), item(2, "<p>Words.</p><script>x()</script>"))
    lines = command(written(tmp_path, feed)).out.splitlines()
    assert lines[:3] == [
        "2 new",
        "1 entry carries a note; the run has it.",
        "1 thing could not be brought over as it was; the run says what.",
    ]


def test_undoing_is_named_only_where_there_is_such_a_command(tmp_path: Path) -> None:
    from django.core.management import get_commands

    out = command(written(tmp_path, rss(item(1)))).out
    assert (f"undo_import {last_run().pk}" in out) == ("undo_import" in get_commands())


def test_a_folder_is_its_files_as_separate_sources(tmp_path: Path) -> None:
    for name in ("b", "a"):
        written(
            tmp_path, rss(item(1, f"<p>Words of {name}.</p>"), link=f"https://{name}.example/"), f"{name}.xml"
        )
    ended = command(str(tmp_path))
    assert ended.out.splitlines()[:3] == [f"{tmp_path}/a.xml: 1 new", f"{tmp_path}/b.xml: 1 new", "2 new"]


def test_a_dry_run_says_that_it_is_a_plan(tmp_path: Path) -> None:
    assert command(written(tmp_path, rss(item(1))), "--dry-run").out.startswith("Planned: 1 new\n")


def test_what_a_source_calls_itself_cannot_write_lines_of_its_own(tmp_path: Path) -> None:
    ended = command(
        written(tmp_path, rss(item(1, "<p> </p>", title="", link="evil\x1b[31m\nX: y", guid="g")))
    )
    assert "\x1b" not in ended.err + ended.out
    assert all(line.startswith(str(tmp_path)) for line in ended.err.splitlines())
