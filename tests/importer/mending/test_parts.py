"""test_parts: titles that number themselves are the parts of one series, in their order."""

from __future__ import annotations

import pytest

from importer.mending.parts import Titled, part_of, proposals


@pytest.mark.parametrize(
    ("title", "part"),
    [
        ("DEVLOG #3", ("DEVLOG", 3)),
        ("DEVLOG #12: The boss fight", ("DEVLOG", 12)),
        ("Building a bot, Part 2 of 5", ("Building a bot", 2)),
        ("Building a bot (part 2)", ("Building a bot", 2)),
        ("Building a bot — Part IV: Voice", ("Building a bot", 4)),
        ("Building a bot. Part two", ("Building a bot", 2)),
        ("Как я писал бота. Часть 3", ("Как я писал бота", 3)),
        ("Как я писал бота: третья часть", ("Как я писал бота", 3)),
        ("Дневник № 7", ("Дневник", 7)),
        ("Compilers (2/5)", ("Compilers", 2)),
        ("Weekly links, issue 41", ("Weekly links", 41)),
        ("«Дом», глава 1", ("Дом»", 1)),
    ],
)
def test_a_part_says_its_name_and_number(title: str, part: tuple[str, int]) -> None:
    assert part_of(title) == part


@pytest.mark.parametrize(
    "title",
    [
        "",
        "#1",
        "Part 2: The build",
        "Why C# 8 matters",
        "A party of 5",
        "The first part of my plan",
        "GPT-4 and friends",
        "Python 3.11 is out",
        "Results for 2/5 of readers",
        "Released: version 2",
    ],
)
def test_other_titles_are_no_parts(title: str) -> None:
    assert part_of(title) is None


def titled(*titles: str, series: int | None = None) -> list[Titled]:
    return [Titled(pk, title, series) for pk, title in enumerate(titles, 1)]


def test_two_parts_make_a_series_in_their_order() -> None:
    (one,) = proposals(titled("Bot, part 2", "Something else", "Bot: Part 1"))
    assert (one.name, one.parts, one.series) == ("Bot", ((1, 3), (2, 1)), None)


def test_one_part_alone_makes_none() -> None:
    assert list(proposals(titled("Bot, part 2", "Bot", "Cat, part 2", "Bot, part 2"))) == []


def test_where_a_number_comes_twice_they_are_counted_through() -> None:
    (one,) = proposals(titled("Bot #1", "Bot #2", "Bot #2", "Bot #3"))
    assert one.parts == ((1, 1), (2, 2), (3, 3), (4, 4))


def test_what_stands_in_a_series_is_not_proposed_again_but_a_new_part_is() -> None:
    old = titled("Bot #1", "Bot #2", series=7)
    assert list(proposals(old)) == []
    (one,) = proposals([*old, Titled(9, "Bot #3", None)])
    assert (one.parts, one.series) == (((3, 9),), 7)


def test_long_and_strange_titles_cost_little() -> None:
    from tests.work import no_dearer

    hostile = "part " * 2000 + "#" * 2000
    no_dearer(
        lambda: [part_of(hostile) for _ in range(50)],
        lambda: [part_of("part " * 60) for _ in range(50)],
        times=4,
    )
