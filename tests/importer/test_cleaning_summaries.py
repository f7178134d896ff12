"""test_cleaning_summaries: what only looks like a summary is none; a real one stays, as plain text."""

from __future__ import annotations

import pytest

from importer.preparing.summaries import Repeats, judged
from tests.importer.documents import an_entry

TEXT = "The first sentence of the text says this. The second one says that, and goes on for a while."


def judge(summary: str, text: str = TEXT, repeats: Repeats | None = None) -> str:
    return judged(an_entry(summary=summary), text, repeats or Repeats())


@pytest.mark.parametrize(
    "summary",
    [
        "The first sentence of the text says this.",
        "The first sentence of the text says this. The second one sa…",
        "The first sentence of the text says this. The second [&hellip;]",
        "<p>The first sentence of the <b>text</b> says this. <a href='x'>Continue reading →</a></p>",
        "The first sentence of the text says this. Читать далее",
        "A title",
        "https://blog.example/1",
        "import Sidenote from '../components/Sidenote.tsx';",
        "...",
        "   ",
    ],
)
def test_no_summary(summary: str) -> None:
    assert judge(summary) == ""


@pytest.mark.parametrize(
    ("summary", "becomes"),
    [
        ("What this is <em>really</em> about.", "What this is really about."),
        ("In short: that.", "In short: that."),
        ("What it is. The post A title appeared first on A blog.", "What it is."),
        ("Import taxes from 2024 on, explained.", "Import taxes from 2024 on, explained."),
    ],
)
def test_a_summary(summary: str, becomes: str) -> None:
    assert judge(summary) == becomes


def test_what_stands_on_different_entries_says_nothing_of_either() -> None:
    repeats = Repeats()
    repeats.add(an_entry(summary="A blog post by undefined"), "one")
    repeats.add(an_entry(summary="A blog post by undefined."), "other")
    assert judge("A blog post by undefined", repeats=repeats) == ""


def test_the_same_entry_twice_is_no_repetition() -> None:
    repeats = Repeats()
    for _ in range(2):
        repeats.add(an_entry(summary="In short: that."), "one")
    assert judge("In short: that.", repeats=repeats) == "In short: that."
