"""test_queries: of a table of questions nearly all find first what they mean: 95 in 100 on Postgres, 90 on SQLite."""

from __future__ import annotations

from pathlib import Path

import pytest

import importer
from tests.blog.search.tables import enough_right
from tests.importer.documents import SEEDS, imported, needs_seeds

SAMPLES = Path(importer.__file__).parent / "samples"

pytestmark = pytest.mark.django_db


@needs_seeds
@pytest.mark.seeds
def test_forty_questions_over_the_seeds() -> None:
    imported(*map(str, sorted(SEEDS.glob("*.txt"))), author="Borisov AI", no_media=True)
    right, wrong, number = enough_right("queries_over_seeds.txt")
    assert number == 40
    assert right, wrong


def test_questions_over_the_samples() -> None:
    imported(*map(str, sorted(SAMPLES.glob("*.*"))), no_media=True)
    right, wrong, number = enough_right("queries_over_samples.txt")
    assert number == 20
    assert right, wrong
