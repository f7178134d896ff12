"""test_cleaning_people: bylines that hold several names are split, names that only look like it are not."""

from __future__ import annotations

import pytest

from importer.entry import Person
from importer.preparing.bylines import names_in, people


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Ada Example", ["Ada Example"]),
        ("Ada Example and Bob Sample", ["Ada Example", "Bob Sample"]),
        ("Ada Example, Bob Sample and Cy Third", ["Ada Example", "Bob Sample", "Cy Third"]),
        ("Ada Example, Bob Sample, and Cy Third", ["Ada Example", "Bob Sample", "Cy Third"]),
        ("И. Петров и Anna Smith", ["И. Петров", "Anna Smith"]),
        ("Ada Example & Bob Sample", ["Ada Example", "Bob Sample"]),
        ("И. Петров при участии Анны Смит", ["И. Петров", "Анны Смит"]),
        ("Ada Example with Bob Sample", ["Ada Example", "Bob Sample"]),
        ("Ada; Bob", ["Ada", "Bob"]),
        ("by Ada Example", ["Ada Example"]),
        ("Ada Example, Jr. and Bob Sample", ["Ada Example, Jr.", "Bob Sample"]),
    ],
)
def test_several_people(written: str, names: list[str]) -> None:
    assert names_in(written) == names


@pytest.mark.parametrize(
    "name",
    [
        "Smith, John",
        "Barnes and Noble",
        "Evenings with Ada",
        "Simon & Garfunkel",
        "Ada Example, PhD",
        "Borisov AI",
        "Иван Андреев",
        "The team and friends of it",
    ],
)
def test_one_name(name: str) -> None:
    assert names_in(name) == [name]


def test_everyone_once_and_an_address_for_one_person_only() -> None:
    found = people((Person("Ada Example and Bob Sample", "both@blog.example"), Person("ada example")))
    assert found == (Person("Ada Example"), Person("Bob Sample"))


@pytest.mark.parametrize(
    "written",
    [
        "Ada <ada@blog.example>, Bob Sample <BOB@blog.example>",
        "ada@blog.example (Ada), bob@blog.example (Bob Sample)",
        "Ada (ada@blog.example) and Bob Sample <mailto:bob@blog.example>",
    ],
)
def test_an_address_beside_each_name(written: str) -> None:
    found = people((Person(written),))
    assert found == (Person("Ada", "ada@blog.example"), Person("Bob Sample", "bob@blog.example"))


def test_an_address_beside_one_name() -> None:
    assert people((Person("Ada Example <ada@blog.example>"),)) == (Person("Ada Example", "ada@blog.example"),)
    assert people((Person("Ada (not here)"),)) == (Person("Ada (not here)"),)
