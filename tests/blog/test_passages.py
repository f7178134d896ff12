"""test_passages: changes of different places come together; what clashes is one passage, with what each side wanted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.passages import Agreed, Clash, chosen, is_whole, passages, together
from tests.work import no_dearer

BASE = "The first paragraph.\n\nThe second, with more. It has two sentences.\n\n- one\n- two\n- three\n\nThe end.\n"


@pytest.mark.parametrize(
    ("theirs", "mine"),
    [
        pytest.param(("first", "1st"), ("The end", "An end"), id="paragraphs far apart"),
        pytest.param(("first", "1st"), ("second", "2nd"), id="paragraphs side by side"),
        pytest.param(("- one", "- 1"), ("- two", "- 2"), id="lines side by side"),
        pytest.param(
            ("with more", "with less"), ("two sentences", "2 sentences"), id="sentences of one paragraph"
        ),
        pytest.param(
            ("The end.", "The end.\n\nAnd more."), ("The first", "A first"), id="an end and a beginning"
        ),
        pytest.param(("- one\n", ""), ("three", "3"), id="a line taken away and another mended"),
        pytest.param(
            ("- three\n", "- three\n- four\n"),
            ("- two\n", "- 2\n"),
            id="a line added and its neighbour mended",
        ),
    ],
)
def test_changes_of_different_places_come_together(theirs: tuple[str, str], mine: tuple[str, str]) -> None:
    both = BASE.replace(*theirs).replace(*mine)
    assert together(BASE, BASE.replace(*theirs), BASE.replace(*mine)) == both
    assert together(BASE, BASE.replace(*mine), BASE.replace(*theirs)) == both


def test_words_of_one_sentence_come_together_where_they_stand_apart() -> None:
    base = "Early in the morning we walked along the river until the sun stood high above the town"
    theirs, mine = base.replace("Early", "Late"), base.replace("town", "city")
    assert together(base, theirs, mine) == theirs.replace("town", "city")


def test_words_beside_each_other_clash_as_one_sentence() -> None:
    base = "Before. The quick brown fox jumps over the dog. After."
    found = passages(base, base.replace("quick", "slow"), base.replace("brown", "red"))
    assert found == [
        Agreed("Before."),
        Clash(
            " The quick brown fox jumps over the dog.",
            " The slow brown fox jumps over the dog.",
            " The quick red fox jumps over the dog.",
        ),
        Agreed(" After."),
    ]


def test_two_paragraphs_added_at_one_place_clash() -> None:
    found = passages(BASE, BASE + "\nTheirs.\n", BASE + "\nMine.\n")
    assert [passage for passage in found if isinstance(passage, Clash)] != []


def test_the_same_change_on_both_sides_is_no_clash() -> None:
    theirs = BASE.replace("first", "1st")
    assert together(BASE, theirs, theirs.replace("end", "close")) == theirs.replace("end", "close")


@pytest.mark.parametrize("blank", ["\n", "\n\n", "  \n", " "])
def test_white_space_at_the_ends_of_lines_never_clashes(blank: str) -> None:
    changed = BASE.replace("The end.", "The very end.")
    assert together(BASE, changed, BASE + blank) is not None
    assert "The very end." in (together(BASE, changed, BASE.rstrip() + blank) or "")
    assert "The very end." in (together(BASE, BASE.rstrip() + blank, changed) or "")
    assert together(BASE, BASE.rstrip() + blank, BASE.rstrip()) is not None


@pytest.mark.parametrize(
    ("base", "both"),
    [
        ("A b.\n\nC d.\n", "Theirs.\n\nMine.\n\nC d.\n"),
        ("C d.\n\nA b.", "C d.\n\nTheirs.\n\nMine."),
        ("C d. A b. E f.", "C d. Theirs. Mine. E f."),
    ],
)
def test_both_texts_of_a_clash_are_two_paragraphs_or_two_sentences(base: str, both: str) -> None:
    found = passages(base, base.replace("A b.", "Theirs."), base.replace("A b.", "Mine."))
    chosen_both = [
        passage.text if isinstance(passage, Agreed) else passage.both(whole=is_whole(found, place))
        for place, passage in enumerate(found)
    ]
    assert "".join(chosen_both) == both


LINES = st.lists(st.sampled_from(["a.\n", "b. c.\n", "d\n", "\n", "e f g h i j k.\n"]), max_size=8).map(
    "".join
)


@given(LINES, LINES)
def test_where_one_side_changed_nothing_the_other_is_taken(base: str, changed: str) -> None:
    assert together(base, base, changed) == changed
    assert together(base, changed, base) == changed


OWN = st.lists(
    st.sampled_from(["a.\n", "b. c.\n", "own\n", "e f own h i j k.\n", "b. Own.\n"]), max_size=8
).map("".join)


@given(LINES, OWN, OWN)
def test_no_new_word_is_lost(base: str, theirs: str, mine: str) -> None:
    theirs = theirs.replace("own", "theirs").replace("Own", "Theirs")
    found = passages(base, theirs, mine)
    assert chosen(found).lower().count("own") == mine.lower().count("own")
    shown = " ".join(p.text if isinstance(p, Agreed) else p.theirs for p in found)
    assert shown.lower().count("theirs") == theirs.lower().count("theirs")


def test_one_line_over_and_over_costs_no_more_than_a_text() -> None:
    hostile = ["same\n" * 4000, "same\n" * 3990 + "theirs\n", "mine\n" + "same\n" * 3000]
    text = "".join(f"Line {n} of the text.\n" for n in range(4000))
    innocent = [text, text.replace("Line 7 ", "Theirs "), text.replace("Line 3000 ", "Mine ")]
    no_dearer(lambda: passages(*hostile), lambda: passages(*innocent), times=40)
