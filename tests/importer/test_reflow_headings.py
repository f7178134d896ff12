"""test_reflow_headings: a heading ends where its sentence begins, in English and Russian, in title and sentence case."""

from __future__ import annotations

import pytest

from importer.reflow import reflow

CASES = [
    # title case, then a name, an article, a pronoun, a conjunction, emphasis, code, a link
    (
        "## Mending the Old Valve Radio Marta unscrewed the back.",
        "Mending the Old Valve Radio",
        "Marta unscrewed the back.",
    ),
    ("## The Task at Hand The goal was plain.", "The Task at Hand", "The goal was plain."),
    ("## Ink Meets Paper The MK-40 press sat idle.", "Ink Meets Paper", "The MK-40 press sat idle."),
    (
        "## A Walk by the River With the map lost, we went on.",
        "A Walk by the River",
        "With the map lost, we went on.",
    ),
    ("## Two Small Wins When I woke, it rained.", "Two Small Wins", "When I woke, it rained."),
    (
        "## From Shed to Shop The **old-press** project began.",
        "From Shed to Shop",
        "The **old-press** project began.",
    ),
    ("## The Cure `sed` removes the line.", "The Cure", "`sed` removes the line."),
    ("## Using `make` The command builds it.", "Using `make`", "The command builds it."),
    (
        "## Tools [Radio Spares](https://example.org) sells them.",
        "Tools",
        "[Radio Spares](https://example.org) sells them.",
    ),
    ("## Down 1.3%: Why Numbers Lie We counted again.", "Down 1.3%: Why Numbers Lie", "We counted again."),
    (
        "## The Press Room The New York Times once printed here.",
        "The Press Room",
        "The New York Times once printed here.",
    ),
    ("## 2. Going On We go on.", "2. Going On", "We go on."),
    ("## 🚀 Launch Day We sent it off.", "🚀 Launch Day", "We sent it off."),
    # sentence case, questions
    ("## What we learned The plan was too small.", "What we learned", "The plan was too small."),
    ("## Why Does It Matter? Because nobody looks.", "Why Does It Matter?", "Because nobody looks."),
    (
        "## Setting Up the workshop We began with a bench.",
        "Setting Up the workshop",
        "We began with a bench.",
    ),
    ("## Что получилось Мы начали с малого.", "Что получилось", "Мы начали с малого."),
    ("## Поездка в Казань зимой Было холодно.", "Поездка в Казань зимой", "Было холодно."),
    (
        "## Настройка станка Heidelberg Первым делом я снял кожух.",
        "Настройка станка Heidelberg",
        "Первым делом я снял кожух.",
    ),
]


@pytest.mark.parametrize(("flat", "heading", "sentence"), CASES)
def test_the_heading_ends_before_its_first_sentence(flat: str, heading: str, sentence: str) -> None:
    assert reflow(flat).text == f"## {heading}\n\n{sentence}"


def test_levels_are_kept_and_headings_may_follow_each_other() -> None:
    flat = "# Letters from the Shed The year began. ## Winter ### First Frost Pipes burst. ## Spring"
    assert reflow(flat).text.split("\n\n") == [
        "# Letters from the Shed", "The year began.", "## Winter", "### First Frost", "Pipes burst.", "## Spring",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "flat",
    [
        "Write ## before a heading and it grows.",
        "In C # is a mark of the preprocessor. See issue # 5 as well.",
        "We tag such posts #radio and #Repair on the site.",
        "Here is `## Not A Heading The` code in a line.",
    ],
)
def test_a_hash_in_prose_or_code_is_no_heading(flat: str) -> None:
    assert reflow(flat).text == flat


def test_a_mark_whose_heading_cannot_be_told_stays_visible() -> None:
    endless = "## " + " ".join(["Words"] * 80)
    assert reflow(endless).text == "\\" + endless
