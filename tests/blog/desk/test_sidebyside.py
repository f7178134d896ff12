"""test_sidebyside: every word of both texts stands in the comparison, changes read as people make them, and work stays bounded."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.admin.aligning import blocks
from blog.admin.sidebyside import Row, marked, rows
from tests.work import grows_no_faster_than_linear

LINES = st.lists(st.text(alphabet="ab é.", max_size=12), max_size=12)


def unfolded(found: list[Row]) -> list[Row]:
    return [one for row in found for one in (row.folded or (row,))]


def said(row: Row, side: str) -> str:
    return "".join(piece.text for piece in getattr(row, side))


@given(st.lists(st.integers(0, 4), max_size=40), st.lists(st.integers(0, 4), max_size=40))
def test_blocks_make_the_new_of_the_old(a: list[int], b: list[int]) -> None:
    x = y = 0
    for kind, i, j, k, m in blocks(a, b):
        assert (i, k) == (x, y)
        assert (a[i:j] == b[k:m]) is (kind == "equal")
        x, y = j, m
    assert (x, y) == (len(a), len(b))


@given(LINES, LINES)
def test_both_texts_can_be_read_back(old: list[str], new: list[str]) -> None:
    found = unfolded(rows("\n".join(old), "\n".join(new)))
    for side, lines in (("old", old), ("new", new)):
        told = [said(row, side) for row in found if getattr(row, side)]
        assert told == [line for line in "\n".join(lines).splitlines() if line.strip()]


def test_the_words_that_changed_are_marked_alone() -> None:
    (row,) = rows("A slow and quiet morning.", "A quick and quiet evening.")
    assert [piece.text for piece in row.old if piece.marked] == ["slow", "morning"]
    assert [piece.text for piece in row.new if piece.marked] == ["quick", "evening"]


def test_words_changed_one_after_the_other_are_one_change() -> None:
    old, new = marked("It was a dark stormy night.", "It was one bright clear night.")
    assert [piece.text for piece in old if piece.marked] == ["a dark stormy"]
    assert [piece.text for piece in new if piece.marked] == ["one bright clear"]


def test_a_paragraph_put_between_leaves_the_others_beside_their_likes() -> None:
    old = "The first one is about rivers.\n\nThe second one is about hills and their names."
    new = "The first one is about slow rivers.\n\nSomething else entirely stands here.\n\nThe second one is about hills and all their names."
    assert [row.kind for row in rows(old, new)] == ["changed", "added", "changed"]


def test_what_stays_the_same_is_folded_but_for_its_edges() -> None:
    lines = [f"Paragraph {number} of many." for number in range(20)]
    changed = [*lines[:10], "Another one here, unlike the rest.", *lines[11:]]
    found = rows("\n\n".join(lines), "\n\n".join(changed))
    assert [row.kind for row in found] == ["folded", "same", "removed", "added", "same", "folded"]
    assert (len(found[0].folded), len(found[-1].folded)) == (9, 8)


HOSTILE = {
    "one long line of one word": lambda n: ("a " * (n // 2), "a b " * (n // 4)),
    "one long line of other words": lambda n: (
        " ".join(map(str, range(n // 6))),
        " ".join(map(str, range(n // 6, n // 3))),
    ),
    "lines alike": lambda n: ("a\n" * (n // 2), "b\na\n" * (n // 4)),
    "words in disorder": lambda n: (
        " ".join(random.Random(1).choices("abcdefgh", k=n // 2)),
        " ".join(random.Random(2).choices("abcdefgh", k=n // 2)),
    ),
    "paragraphs in disorder": lambda n: (
        "\n".join(random.Random(3).sample([f"line {x} of it" for x in range(n // 15)], n // 15)),
        "\n".join(random.Random(4).sample([f"line {x} of it" for x in range(n // 15)], n // 15)),
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_work_grows_with_the_length_alone(name: str) -> None:
    grows_no_faster_than_linear(lambda pair: rows(*pair), HOSTILE[name], small=10_000, large=100_000, slack=3)
