"""test_other_letters: the wrong keyboard and the other alphabet lead to the word that was meant."""

from __future__ import annotations

import pytest

from blog.search.layouts import other_layout
from blog.search.transliteration import transliterations


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ghbdtn", "привет"),
        ("Ghbdtn", "Привет"),
        ("ыуфкср", "search"),
        ("j,kfrj", "облако"),
        ("[jhjij", "хорошо"),
        ("привет", "ghbdtn"),
        ("приветhello", ""),
        ("123", ""),
        ("", ""),
    ],
)
def test_the_other_layout(typed: str, meant: str) -> None:
    assert other_layout(typed) == meant


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("privet", "привет"),
        ("привет", "privet"),
        ("moskva", "москва"),
        ("yandex", "яндекс"),
        ("khoroshiy", "хороший"),
        ("horoshij", "хороший"),
        ("shchuka", "щука"),
        ("elka", "елка"),
        ("докер", "doker"),
        ("трансформер", "transformer"),
        ("жизнь", "zhizn"),
        ("чехов", "chehov"),
    ],
)
def test_the_other_alphabet(word: str, meant: str) -> None:
    assert meant in transliterations(word)


@pytest.mark.parametrize("word", ["", "x1", "приветhello", "été", "日本", "42"])
def test_what_is_of_neither_alphabet_stays(word: str) -> None:
    assert transliterations(word) == ()


def test_few_ways_of_writing_are_tried() -> None:
    assert len(transliterations("yjhcx" * 12)) <= 3
    assert len(transliterations("йхцщюя" * 10)) <= 4
