"""test_merging: two changes come together where they touch different places, and are refused where they meet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.merging import blocks, merge_names, merge_texts, sentences

BASE = "<p>One is here.</p><p>Two is here.</p><p>Three is here.</p><p>Four is here.</p>"


def test_changes_in_different_paragraphs_come_together() -> None:
    mine, theirs = BASE.replace("One", "1"), BASE.replace("Four", "4")
    assert merge_texts(BASE, mine, theirs) == BASE.replace("One", "1").replace("Four", "4")


def test_changes_in_different_sentences_of_one_line_come_together() -> None:
    base = "First it was so. Then it was not. After that nobody knew. In the end it was."
    mine, theirs = base.replace("First", "At first"), base.replace("the end", "May")
    assert merge_texts(base, mine, theirs) == base.replace("First", "At first").replace("the end", "May")


def test_a_paragraph_added_there_and_another_mended_here() -> None:
    mine, theirs = BASE.replace("One", "1"), BASE + "<p>Five is new.</p>"
    assert merge_texts(BASE, mine, theirs) == BASE.replace("One", "1") + "<p>Five is new.</p>"


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        (BASE.replace("Two is", "2 is"), BASE.replace("Two is", "II is")),
        (BASE.replace("<p>Two is here.</p>", ""), BASE.replace("Two is", "II is")),
        (BASE.replace("Two", "2"), BASE.replace("Three", "3")),
        (BASE + "<p>Mine.</p>", BASE + "<p>Theirs.</p>"),
    ],
)
def test_changes_that_meet_do_not(mine: str, theirs: str) -> None:
    assert merge_texts(BASE, mine, theirs) is None


def test_the_same_change_on_both_sides_is_one() -> None:
    changed = BASE.replace("Two", "2")
    assert merge_texts(BASE, changed, changed) == changed
    assert merge_texts(BASE, changed, changed.replace("Four", "4")) == changed.replace("Four", "4")


@given(st.text(alphabet="ab.\n !<p>/", max_size=60))
def test_pieces_give_the_text_back(text: str) -> None:
    assert "".join(blocks(text)) == text
    assert "".join(sentences(text)) == text


@given(*[st.lists(st.sampled_from(["a.\n", "b.\n", "c.\n"]), max_size=8).map("".join)] * 2)
def test_where_one_side_changed_nothing_the_other_is_taken(base: str, changed: str) -> None:
    assert merge_texts(base, changed, base) == changed
    assert (merge_texts(base, base, changed) or "").rstrip("\n") == changed.rstrip("\n")


@pytest.mark.parametrize("end", ["\n", "\r\n\r\n"])
def test_line_breaks_after_the_last_line_are_no_change(end: str) -> None:
    base = "One is here.\n\nTwo is here."
    newer = base.replace("Two", "2")
    assert merge_texts(base, base + end, newer) == newer + end
    assert merge_texts(base + end, base, newer + end) == newer
    assert merge_texts(base, newer, base + end) == newer


def test_names_added_and_taken_away_on_either_side() -> None:
    assert merge_names(("a", "b", "c"), ("a", "c", "mine"), ("a", "b", "theirs")) == ("a", "mine", "theirs")
