"""test_reflow_hostile: the work on a text grows with its length, whatever it is made of."""

from __future__ import annotations

import time

import pytest

from importer.reflow import reflow

UNITS = (
    "a", ".", "! ", "- ", "- A ", ": - A ", "1. A 2. B ", "## ", "## A b ", "*", "* ", "**a ", "`", "` `` ", "(", "( a ", '"', '" a ',
    "<", "<a", "<!--", "|", "|-| ", "| a | |-| ", "> ", "> A ", "A. > A ", "Foo bar baz. ", "😄 ", "A. 😄 ", "[", "](", "--- ",
    "A. --- ", "_a", "«а ", "Why? ", "\u00a0", "\\", "\\`", "Word ", "## Word Word Word ", "A: - B: - C ", "```a b``` ", " ",
)  # fmt: skip


def seconds(unit: str, size: int) -> float:
    text = "x" + (unit * (size // len(unit) + 1))[:size] + "x"
    began = time.process_time()
    reflow(text)
    return time.process_time() - began


@pytest.mark.parametrize("unit", UNITS)
def test_eight_times_the_text_takes_no_more_than_linear_work_and_some(unit: str) -> None:
    small = min(seconds(unit, 4_000) for _ in range(2))
    assert seconds(unit, 32_000) < 8 * small * 3 + 0.1


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS)
def test_a_megabyte_is_done_in_seconds(unit: str) -> None:
    assert seconds(unit, 1_000_000) < 40
