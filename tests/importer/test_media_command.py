"""test_media_command: fetch_media does what waits, says what failed, and refuses what it cannot mean."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.importer.documents import imported, item, last_run, rss, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media_root")]


def fetch(*words: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("fetch_media", *words, stdout=out, stderr=err)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_nothing_to_do_is_said() -> None:
    assert fetch() == (0, "There is nothing to fetch.\n", "")


def test_an_unknown_run_and_folder_are_refused() -> None:
    assert fetch("--run", "77") == (2, "", "There is no import 77. The desk lists them all under “Runs”.\n")
    assert fetch("--media-dir", "nowhere") == (
        2,
        "",
        "--media-dir: “nowhere” is no folder; name the one that holds the pictures.\n",
    )


def test_failures_are_told_and_asked_again_at_once_only_for_their_run(tmp_path: Path) -> None:
    imported(written(tmp_path, rss(item(1, '<p>W</p><img src="http://127.0.0.1:9/a.png" alt="">'))))
    status, out, err = fetch()
    assert (status, out) == (3, "0 stored, 0 were here already, 1 could not be fetched.\n")
    assert err.startswith("Post 1: http://127.0.0.1:9/a.png was not fetched: ")
    assert fetch()[1] == "There is nothing to fetch.\n"
    assert fetch("--run", str(last_run().pk))[0] == 3
