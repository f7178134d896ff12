"""test_spelling: what a slip of the finger makes of a word, in bounded steps."""

from __future__ import annotations

import pytest

from blog.search.spelling import LONGEST, mendable, nearest, one_slip_away, slips
from tests.work import calls


@pytest.mark.parametrize(
    ("one", "other", "number"),
    [
        ("lamp", "lamp", 0),
        ("lamp", "lmap", 1),
        ("lamp", "lamps", 1),
        ("lamp", "amp", 1),
        ("lamp", "limp", 1),
        ("трансформер", "транфсормер", 1),
        ("observability", "obesrvabilty", 2),
        ("lamp", "horse", 3),
        ("a", "abcdef", 3),
    ],
)
def test_slips_are_counted(one: str, other: str, number: int) -> None:
    assert slips(one, other) == number == slips(other, one)


def test_every_single_slip_is_thought_of() -> None:
    near = one_slip_away("лампа")
    assert {"лмапа", "лампы", "ламп", "лампаа", "алампа", "блампа"} <= near
    assert "лампа" not in near


def test_the_nearest_stands_first_and_two_slips_want_a_longer_word() -> None:
    assert nearest("modle", ["modern", "model", "mode", "yodle", "zebra"])[0] == "model"
    assert nearest("obesrvabilty", ["observability", "zebra"]) == ["observability"]
    assert nearest("lmpa", ["plum", "lamp"]) == []


def test_what_is_too_short_too_long_or_no_word_is_left_alone() -> None:
    assert [word for word in ("abc", "abcd", "a" * 24, "a" * 25, "ab12", "") if mendable(word)] == [
        "abcd",
        "a" * 24,
    ]


def test_the_work_has_bounds() -> None:
    assert len(one_slip_away("щ" * LONGEST)) < 1_700
    longest = "".join(chr(ord("а") + at) for at in range(LONGEST))
    assert calls(lambda: slips(longest, longest[::-1])) < 2_000
