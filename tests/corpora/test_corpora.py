"""test_corpora: the command that imports foreign documents twice ends well, and says plainly when there are none."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.bench_import import ROOT

CORPORA = ROOT.parent / "shared" / "corpora"
GROUPS = ("feedparser", "jsonfeed", "miniflux", "movabletype", "wordpress")


def corpora(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.bench.bench_corpora", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )


@pytest.mark.slow
@pytest.mark.skipif(not CORPORA.is_dir(), reason="the shared corpora of foreign documents are not here")
def test_a_sample_of_every_corpus_comes_in_twice_without_a_traceback_or_a_change() -> None:
    ended = corpora("../shared/corpora", "--every", "12")
    assert ended.returncode == 0, ended.stdout[-3000:] + ended.stderr[-3000:]
    assert "No traceback; no second run changed anything." in ended.stdout
    for group in GROUPS:
        assert f"| {group} |" in ended.stdout


def test_a_folder_that_is_not_there_is_said_in_a_sentence(tmp_path: Path) -> None:
    ended = corpora(str(tmp_path / "none"))
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == (
        f"There is no folder {tmp_path / 'none'}, so nothing was imported; name the folder of documents to import.\n"
    )


def test_an_expectation_that_fails_unexplained_fails_the_command(tmp_path: Path) -> None:
    (tmp_path / "one.xml").write_text(
        "<!--\nExpect: not bozo and entries[0]['title'] == 'Another'\n-->"
        "<rss version='2.0'><channel><item><title>One</title></item></channel></rss>"
    )
    ended = corpora(str(tmp_path))
    assert ended.returncode == 1, ended.stderr
    assert "one.xml: title wanted 'Another', got 'One'" in ended.stdout
    assert "Only 0.0% of the stated expectations hold or are explained; 99% is the least." in ended.stdout
    assert "| . | 1 | 1 | 1 | 0 | 0 | 0 | 0 | 0 |" in ended.stdout
