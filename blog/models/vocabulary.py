"""vocabulary: every word that some post has, as it is spelled: what search mends a misspelled one with."""

from __future__ import annotations

from django.db import models


class SearchWord(models.Model):
    """A word that stood in some post once, public or not: nobody sees it before a public post holds it.

    Not unique: two imports that learn the same words must not wait for each other. What is read of it is made so.
    Postgres adds an index of trigrams where it may, SQLite a table of them (see migrations).
    """

    word = models.CharField(max_length=30, db_index=True)

    def __str__(self) -> str:
        return self.word
