"""test_ghost_import: a Ghost export imported whole: what is public is public, what was for members is not, twice is once."""

from __future__ import annotations

from pathlib import Path

import pytest

from blog.models import Page, Post
from tests.importer.documents import imported, rows, verdicts, written
from tests.importer.ghosts import ID, export, post

pytestmark = pytest.mark.django_db

ANOTHER, THIRD = ID[:-1] + "2", ID[:-1] + "3"
EXPORT = export(
    post(html="<p>Water rises and falls, twice a day.</p>", meta_title="Tides explained"),
    post(
        id=ANOTHER, slug="secret", title="For members", html="<p>Only for some of us.</p>", visibility="paid"
    ),
    post(id=THIRD, slug="about", title="About", html="<p>Who we are, in a few words.</p>", type="page"),
    users=[{"id": "u1", "name": "Ann Lee", "slug": "ann", "email": "ann@blog.example"}],
    posts_authors=[{"post_id": key, "author_id": "u1", "sort_order": 0} for key in (ID, ANOTHER, THIRD)],
)


def test_what_comes_in(tmp_path: Path) -> None:
    source = written(tmp_path, EXPORT, "blog.ghost.json")
    assert verdicts(imported(source, base_url="https://blog.example/")) == ["created"] * 3
    tides = Post.objects.get(slug="on-tides")
    assert (tides.status, tides.origin_url, tides.seo_title) == (
        "published",
        "https://blog.example/on-tides/",
        "Tides explained",
    )
    assert [byline.author.name for byline in tides.bylines.all()] == ["Ann Lee"]
    assert Post.objects.get(slug="secret").status == "draft"
    assert Page.objects.get().slug == "about"


def test_a_second_run_changes_no_row(tmp_path: Path) -> None:
    source = written(tmp_path, EXPORT, "blog.ghost.json")
    imported(source)
    before = rows()
    assert verdicts(imported(source)) == ["unchanged"] * 3
    assert rows() == before
