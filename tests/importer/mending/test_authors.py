"""test_authors: a name that may be somebody known is settled by one click, in the posts that came before too."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from accounts.authors import make_author
from accounts.models import Author
from blog.models import Byline
from importer.models import AuthorMapping, Run
from tests.importer.documents import imported, item, rss, written
from tests.importer.mending.rows import an_editor, listed, only, press, undo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def known(tmp_path: Path) -> Author:
    author = make_author("Иван Петров")
    items = [item(number, dc__creator="I. Petrov") for number in (1, 2)]
    imported(written(tmp_path, rss(*items, item(3, dc__creator="Ada Example"))))
    return author


def test_one_person(client: Client, known: Author) -> None:
    want = only("author")
    assert len(want.posts) == 2
    page = press(an_editor(client), "accept", want)
    assert "“I. Petrov” means “Иван Петров”, in 2 posts." in page
    assert Byline.objects.filter(author=known).count() == 2
    assert listed() == []
    run = Run.objects.latest("pk")
    way = reverse("admin:importer_run_undo", args=[run.pk])
    assert f'<a href="{way}">Undo this</a>' in page
    client.post(way, secure=True)
    assert not Byline.objects.filter(author=known).exists()


def test_two_people(client: Client, known: Author) -> None:
    page = press(an_editor(client), "leave", only("author"))
    assert "“I. Petrov” stays an author of its own." in page
    assert (AuthorMapping.objects.get().action, AuthorMapping.objects.get().proposed) == ("create", False)
    assert listed() == []
    assert not Byline.objects.filter(author=known).exists()
    undo(client)
    assert len(listed("author")) == 1
