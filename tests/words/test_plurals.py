"""test_plurals: numbers and their words agree, in Russian by three forms."""

from __future__ import annotations

import pytest
from django.utils import translation

from blog.templatetags.reading import posts
from importer.verdicts import in_words


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "0 постов"), (1, "1 пост"), (2, "2 поста"), (4, "4 поста"), (5, "5 постов"), (11, "11 постов"),
        (12, "12 постов"), (21, "21 пост"), (22, "22 поста"), (101, "101 пост"), (111, "111 постов"),
    ],
)  # fmt: skip
def test_posts_are_counted_in_russian(number: int, said: str) -> None:
    with translation.override("ru"):
        assert posts(number) == said


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 posts"), (1, "1 post"), (2, "2 posts"), (21, "21 posts")]
)
def test_posts_are_counted_in_english(number: int, said: str) -> None:
    with translation.override("en"):
        assert posts(number) == said


def test_what_an_import_did_is_counted() -> None:
    counts = {"created": 21, "duplicate": 2, "rejected": 5, "updated": 0}
    with translation.override("ru"):
        assert in_words(counts) == "21 новый, 2 повтора, 5 отклонено"
    with translation.override("en"):
        assert in_words(counts) == "21 new, 2 repeats, 5 rejected"
