"""test_sames: tags that may be one word are proposed; those that only look so are left alone."""

from __future__ import annotations

import pytest

from accounts.slugs import slug_of
from blog.models.tag import tag_key
from importer.mending.sames import Name, sames


def proposed(*names: str) -> list[tuple[str, str, str]]:
    """(what would go, what stays, why); the first name has the most posts."""
    rows = [Name(pk, tag_key(name), len(names) - pk) for pk, name in enumerate(names)]
    return [(names[one.gone], names[one.kept], one.why) for one in sames(rows, slug_of)]


@pytest.mark.parametrize(
    ("kept", "gone", "why"),
    [
        ("agent", "agents", "spelling"),
        ("Machine Learning", "machine-learning", "spelling"),
        ("GPT-4", "gpt4", "spelling"),
        ("Node.js", "NodeJS", "spelling"),
        ("libraries", "library", "spelling"),
        ("boxes", "box", "spelling"),
        ("Claude", "Сlaude", "spelling"),  # the second begins with a Cyrillic letter
        ("нейросеть", "нейросети", "spelling"),
        ("модель", "модели", "spelling"),
        ("робот", "роботы", "spelling"),
        ("ёлка", "елка", "spelling"),
        ("prompt", "промпт", "alphabet"),
        ("Machine Learning", "ML", "short"),
        ("ии", "искусственный интеллект", "short"),
        ("JavaScript", "js", "short"),
    ],
)
def test_the_one_used_less_would_go(kept: str, gone: str, why: str) -> None:
    assert proposed(kept, gone) == [(gone, kept, why)]


@pytest.mark.parametrize(
    "pair",
    [
        ("C", "C++"),
        ("C", "C#"),
        ("C++", "C#"),
        ("new", "news"),
        ("physic", "physics"),
        ("Python 3.5", "Python 35"),
        ("1-2", "12"),
        ("код", "кот"),
        ("rust", "trust"),
        ("clas", "class"),
        ("bu", "bus"),
        ("мир", "мира и лада"),
        ("a", "apple"),
    ],
)
def test_different_words_stay_apart(pair: tuple[str, str]) -> None:
    assert proposed(*pair) == []


def test_each_pair_once_and_around_the_most_used() -> None:
    assert proposed("agents", "agent", "AGENT-S") == [
        ("agent", "agents", "spelling"),
        ("AGENT-S", "agents", "spelling"),
    ]


def test_many_tags_cost_no_square() -> None:
    from tests.work import grows_no_faster_than_linear

    grows_no_faster_than_linear(
        lambda rows: list(sames(rows, slug_of)),
        lambda number: [Name(pk, f"subject number {pk} of {pk * 7}", 1) for pk in range(number)],
        small=300,
        large=3000,
    )
