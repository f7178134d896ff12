"""test_comparing: nothing of either text is missing from a comparison but unchanged lines, whose number is said."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from blog.admin.comparing import LINES_AT_MOST, compare

LINES = st.lists(st.text(alphabet="ab é.", max_size=12), max_size=12)


@given(LINES, LINES)
def test_both_texts_can_be_read_back(old: list[str], new: list[str]) -> None:
    was, now, left_out = [], [], 0
    for line in compare("\n".join(old), "\n".join(new)):
        text = "".join(piece.text for piece in line.pieces)
        if line.kind == "gap":
            left_out += int(text)
        if line.kind in ("same", "removed"):
            was.append(text)
        if line.kind in ("same", "added"):
            now.append(text)
    assert len(was) + left_out == len("\n".join(old).splitlines())
    assert len(now) + left_out == len("\n".join(new).splitlines())
    assert [line for line in "\n".join(old).splitlines() if line not in was] == [] or left_out


def test_a_giant_text_is_shown_whole_at_once() -> None:
    old = "\n".join(str(number) for number in range(LINES_AT_MOST))
    lines = compare(old, old + "\nmore")
    assert {line.kind for line in lines} == {"removed", "added"}


def test_long_lines_are_not_compared_word_by_word() -> None:
    removed, added = compare("a " * 5000, "b " * 5000)
    assert (len(removed.pieces), len(added.pieces)) == (1, 1)
