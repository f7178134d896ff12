"""test_names_doubted: a new name that may be somebody known makes its own author and waits for an editor; nobody is merged."""

from __future__ import annotations

from pathlib import Path

import pytest

from accounts.authors import make_author
from accounts.models import Author
from importer.models import AuthorMapping, Source
from importer.names.doubts import likeness
from importer.runs import undoing
from tests.importer.documents import imported, item, last_run, rss, written


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Иван Петров", "Ivan Petrov"),
        ("И. Петров", "Иван Петров"),
        ("И. Петров", "Ivan Petrov"),
        ("Петров И.", "Ivan Petrov"),
        ("Петров Иван", "Ivan Petrov"),
        ("Дмитрий Образцов", "Dmitry Obraztsov"),
        ("Алексей Сергеев", "Alexey Sergeyev"),
        ("Ю. Образцова", "Юлия Образцова"),
        ("J. R. Example", "John Example"),
    ],
)
def test_may_be_one_person(one: str, other: str) -> None:
    assert likeness(one, other)
    assert likeness(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Иван Петров", "Пётр Иванов"),
        ("А. Петров", "Иван Петров"),
        ("Иван Петров", "Игорь Петров"),
        ("Petrov", "Ivan Petrov"),
        ("Ada Example", "Ada Sample"),
        ("!!!", "???"),
    ],
)
def test_are_two(one: str, other: str) -> None:
    assert not likeness(one, other)


@pytest.mark.django_db
def test_a_doubtful_name_is_its_own_author_and_a_proposal(tmp_path: Path) -> None:
    known = make_author("Иван Петров")
    imported(written(tmp_path, rss(item(1, dc__creator="I. Petrov"), item(2, dc__creator="Иван Петров"))))
    assert set(Author.objects.values_list("name", flat=True)) == {"Иван Петров", "I. Petrov"}
    row = AuthorMapping.objects.get()
    assert (row.name, row.action, row.author, row.proposed) == ("I. Petrov", "map", known, True)
    assert row.source == Source.objects.get()


@pytest.mark.django_db
def test_two_spellings_in_one_document(tmp_path: Path) -> None:
    imported(written(tmp_path, rss(item(1, dc__creator="Ivan Petrov"), item(2, dc__creator="Иван Петров"))))
    assert AuthorMapping.objects.count() == 1


@pytest.mark.django_db
def test_what_an_editor_decided_is_not_asked_again(tmp_path: Path) -> None:
    make_author("Иван Петров")
    path = written(tmp_path, rss(item(1, dc__creator="Ivan Petrov")))
    imported(path)
    AuthorMapping.objects.update(proposed=False, action="create", author=None)
    undoing.undo(last_run())
    imported(path)
    assert list(AuthorMapping.objects.values_list("action", "proposed")) == [("create", False)]


@pytest.mark.django_db
def test_undoing_takes_the_question_back(tmp_path: Path) -> None:
    make_author("Иван Петров")
    imported(written(tmp_path, rss(item(1, dc__creator="Ivan Petrov"))))
    undoing.undo(last_run())
    assert not AuthorMapping.objects.exists()
    assert Author.objects.count() == 1
