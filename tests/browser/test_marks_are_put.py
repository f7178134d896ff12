"""test_marks_are_put: what the tools do to a text in Markdown and in HTML; pressed again, they take it back."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.modules import Call, calling

pytestmark = pytest.mark.browser


def applied(call: Call, name: str, text: str, *more: Any) -> str:
    """`text` with its selection between ⟦ and ⟧ (one ⟦⟧ is the caret), and the same after the change."""
    start = text.index("⟦")
    end = text.index("⟧") - 1
    value = text.replace("⟦", "").replace("⟧", "")
    made = call(name, {"value": value, "start": start, "end": end}, *more)
    whole = value[: made["start"]] + made["text"] + value[made["end"] :]
    return str(whole[: made["from"]] + "⟦" + whole[made["from"] : made["to"]] + "⟧" + whole[made["to"] :])


BOLD = [
    ("a ⟦word⟧ b", "a **⟦word⟧** b"),
    ("a **⟦word⟧** b", "a ⟦word⟧ b"),
    ("a ⟦**word**⟧ b", "a ⟦word⟧ b"),
    ("a ⟦word ⟧b", "a **⟦word⟧** b"),
    ("a wo⟦⟧rd b", "a **wo⟦⟧rd** b"),
    ("a **wo⟦⟧rd** b", "a wo⟦⟧rd b"),
    ("a ⟦⟧", "a **⟦⟧**"),
    ("*⟦word⟧*", "***⟦word⟧***"),
    ("***⟦word⟧***", "*⟦word⟧*"),
]
ITALIC = [("**⟦word⟧**", "***⟦word⟧***"), ("***⟦word⟧***", "**⟦word⟧**"), ("*⟦word⟧*", "⟦word⟧")]
CODE = [
    ("a ⟦x⟧", "a `⟦x⟧`"),
    ("a ⟦x`y⟧", "a ``⟦x`y⟧``"),
    ("one\n⟦two\nthree⟧\nfour", "one\n```⟦⟧\ntwo\nthree\n```\nfour"),
]
LINKS = [
    ("a ⟦word⟧ b", "a [word](⟦⟧) b"),
    ("a ⟦⟧", "a [⟦⟧]()"),
    ("a ⟦https://example.org/⟧ b", "a [⟦⟧](https://example.org/) b"),
]
BLOCKS = [
    ("headed", "One\nT⟦⟧wo", "One\n## T⟦⟧wo"),
    ("headed", "## T⟦⟧wo", "### T⟦⟧wo"),
    ("headed", "#### T⟦⟧wo", "T⟦⟧wo"),
    ("listed", "⟦a\nb⟧", "⟦- a\n- b⟧"),
    ("listed", "⟦- a\n- b⟧", "⟦a\nb⟧"),
    ("listed", "⟦1. a\n2. b⟧", "⟦- a\n- b⟧"),
    ("numbered", "⟦a\n\nb⟧", "⟦1. a\n\n2. b⟧"),
    ("numbered", "⟦- a\n- b⟧", "⟦1. a\n2. b⟧"),
    ("quoted", "⟦a\n\nb⟧", "⟦> a\n>\n> b⟧"),
    ("quoted", "⟦> a\n>\n> b⟧", "⟦a\n\nb⟧"),
]


def test_bold_and_slanted(page: Any) -> None:
    call = calling(page, "marks")
    assert [applied(call, "marked", text, "**") for text, _ in BOLD] == [made for _, made in BOLD]
    assert [applied(call, "marked", text, "*") for text, _ in ITALIC] == [made for _, made in ITALIC]


def test_code_and_links(page: Any) -> None:
    call = calling(page, "marks")
    assert [applied(call, "coded", text) for text, _ in CODE] == [made for _, made in CODE]
    assert [applied(call, "linked", text) for text, _ in LINKS] == [made for _, made in LINKS]


def test_headings_lists_and_quotations(page: Any) -> None:
    call = calling(page, "blocks")
    assert [applied(call, name, text) for name, text, _ in BLOCKS] == [made for _, _, made in BLOCKS]


def test_a_table_stands_on_lines_of_its_own(page: Any) -> None:
    call = calling(page, "blocks")
    made = applied(call, "tabled", "Before⟦⟧", "Column", "Cell")
    assert made == "Before\n\n| ⟦Column 1⟧ | Column 2 |\n| --- | --- |\n| Cell | Cell |\n| Cell | Cell |"
