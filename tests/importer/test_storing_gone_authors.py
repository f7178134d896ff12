"""test_storing_gone_authors: somebody who is deleted between our look and our commit costs neither the chunk nor the entry."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings

from accounts.authors import make_author
from accounts.models import Author
from blog.models import Byline
from importer.storing import posts
from tests.importer.documents import imported, item, rss, verdicts, written

# SQLite lets nobody else write while a chunk is stored.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
DELETE = "WITH names AS (DELETE FROM accounts_authoralias WHERE author_id = %(pk)s) DELETE FROM accounts_author WHERE id = %(pk)s"


def deleted_elsewhere(author: Author) -> None:
    """Through a connection of somebody else's, at once."""
    place = settings.DATABASES["default"]
    with psycopg.connect(
        host=place["HOST"], dbname=place["NAME"], user=place["USER"], autocommit=True
    ) as connection:
        assert connection.execute(DELETE, {"pk": author.pk}).rowcount == 1


def test_they_are_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ada, bob = make_author("Ada Example"), make_author("Bob Example")
    turns: list[int] = []
    # Ada goes while the chunk is stored, so it is done again entry by entry; Bob goes when his own has its turn.
    going = {1: ada, 3: bob}
    real = posts.create

    def create(deeds: Sequence[Any], *args: Any, **given: Any) -> Any:
        made = real(deeds, *args, **given)
        turns.append(len(made))
        if gone := going.pop(len(turns), None):
            deleted_elsewhere(gone)
        return made

    monkeypatch.setattr(posts, "create", create)
    report = imported(
        written(
            tmp_path, rss(item(1, dc__creator="Ada Example"), item(2, dc__creator="Bob Example"), item(3))
        )
    )
    assert turns == [3, 1, 1, 1, 1]
    assert verdicts(report) == ["created"] * 3
    assert not Author.objects.filter(pk__in=[ada.pk, bob.pk]).exists()
    assert Byline.objects.count() == 3
