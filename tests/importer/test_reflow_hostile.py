"""test_reflow_hostile: the work on a text grows with its length, whatever it is made of."""

from __future__ import annotations

import pytest

from importer.reflow import reflow
from tests.work import grows_no_faster_than_linear

UNITS = (
    "a", ".", "! ", "- ", "- A ", ": - A ", "1. A 2. B ", "## ", "## A b ", "*", "* ", "**a ", "`", "` `` ", "(", "( a ", '"', '" a ',
    "<", "<a", "<!--", "|", "|-| ", "| a | |-| ", "> ", "> A ", "A. > A ", "Foo bar baz. ", "😄 ", "A. 😄 ", "[", "](", "--- ",
    "A. --- ", "_a", "«а ", "Why? ", "\u00a0", "\\", "\\`", "Word ", "## Word Word Word ", "A: - B: - C ", "```a b``` ", " ",
)  # fmt: skip


def text_of(unit: str, size: int) -> str:
    return "x" + (unit * (size // len(unit) + 1))[:size] + "x"


@pytest.mark.parametrize("unit", UNITS)
def test_the_same_again_and_again_takes_linear_work(unit: str) -> None:
    grows_no_faster_than_linear(reflow, lambda size: text_of(unit, size), small=4_000, large=64_000)


def test_a_megabyte_of_everything_takes_linear_work() -> None:
    everything = " ".join(unit * 40 for unit in UNITS)
    grows_no_faster_than_linear(
        reflow, lambda size: text_of(everything, size), small=125_000, large=1_000_000
    )
