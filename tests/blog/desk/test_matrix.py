"""test_matrix: who is answered what at every address of the desk; the table beside this file is what was agreed on.

A row says what a GET and a POST are answered: the `page`, the way to the door (`login`), a change or a way back
to a list (`moved`), or a refusal's number. `moved` for another's post is the way to the front page: it is not told apart
from one that does not exist. `REWRITE_MATRIX=1 pytest tests/blog/desk/test_matrix.py` writes the table anew: read what it changes.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.contrib import admin

from tests.blog.desk import matrix

AGREED = Path(__file__).with_name("matrix.txt")


@pytest.mark.django_db
def test_everybody_is_answered_as_agreed(media_root: Any) -> None:
    found = matrix.table({role: matrix.column(role) for role in matrix.ROLES})
    if os.environ.get("REWRITE_MATRIX"):
        AGREED.write_text(found, encoding="utf-8")
    assert found.splitlines() == AGREED.read_text(encoding="utf-8").splitlines()


def test_the_table_names_every_model_of_the_desk() -> None:
    agreed = AGREED.read_text(encoding="utf-8")
    for model in admin.site._registry:
        assert f"GET {model._meta.app_label}/{model._meta.model_name}/ " in agreed
