"""test_reflow_seeds: the shared flattened posts keep every word, get their headings back exactly, and their paragraphs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from importer.reflow import reflow
from tests.importer.test_reflow_words import visible_words

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
NINE_HEADINGS = [
    "Building ChatManager: Taming the Telegram Bot Zoo",
    "The Task at Hand",
    "The Integration Dance",
    "The Educational Moment",
    "From Plan to Reality",
    "Reframing an AI Agent's Memory: From Module to Self",
    "Chasing That Last 1.3%: When Model Architecture Meets Optimizer Reality",
    "Authelia Setup: Securing the Admin Panel Behind the Scenes",
    "Building Trend Analysis: From UI Mockup to Data Layer",
]

pytestmark = [
    pytest.mark.seeds,
    pytest.mark.skipif(not SEEDS.is_dir(), reason="the shared seed documents are not here"),
]


def bodies(start: str) -> list[str]:
    (path,) = SEEDS.glob(f"{start}_*.txt")
    lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    return list(dict.fromkeys(lines[3::2]))


@pytest.mark.parametrize(("start", "posts"), [("002", 9), ("003", 12)])
def test_every_word_is_on_the_page_in_order_and_in_paragraphs(start: str, posts: int) -> None:
    flats = bodies(start)
    assert len(flats) == posts
    for flat in flats:
        html = MARKDOWN.render(reflow(flat).text)
        assert visible_words(html) == re.findall(r"[^\W_]+", flat)
        assert html.count("<p>") >= 4


def test_the_nine_headings_come_back_exactly_and_no_others() -> None:
    found = [
        line.lstrip("# ")
        for start in ("002", "003")
        for flat in bodies(start)
        for line in reflow(flat).text.split("\n")
        if line.startswith("#")
    ]
    assert found == NINE_HEADINGS


def test_the_stray_instructions_stay_as_lists_and_are_reported() -> None:
    reported = [result for flat in bodies("002") if (result := reflow(flat)).notes]
    assert len(reported) == 1
    assert reported[0].text.count("\n- ") == 10
    assert "read like leftover instructions" in reported[0].notes[0]
