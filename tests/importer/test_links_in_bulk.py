"""links in bulk: what many linked posts cost, and that they come out as if each had been written and rendered alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blog.content import Content, prepare
from blog.models import Approval, Post, Revision, SearchDocument, SiteState
from importer.links import joining
from importer.models import ImportedEntry
from tests.factories import a_user
from tests.importer.documents import imported, item, rss, written

pytestmark = pytest.mark.django_db


def blog(number: int, of: str = "") -> str:
    """Posts that each link to the one before, as a feed of a host of its own."""
    return rss(
        *(
            item(
                one,
                f'<p>Words of post {one} that lead <a href="https://{of}blog.example/{one - 1}">back</a> there.</p>',
                title=f"{of}Post {one}",
                link=f"https://{of}blog.example/{one}",
                guid=f"https://{of}blog.example/{one}",
            )
            for one in range(1, number + 1)
        ),
        title=of,
        link=f"https://{of}blog.example/",
    )


def queries(folder: Path, number: int) -> int:
    """How many statements joining the links of so many new posts takes, beside their import."""
    joins: list[int] = []
    join = joining.join

    def counted(run: object) -> int:
        with CaptureQueriesContext(connection) as captured:
            found = join(run)  # type: ignore[arg-type]
        joins.append(len(captured))
        assert found == number - 1
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(joining, "join", counted)
        imported(written(folder, blog(number, f"n{number}."), f"{number}.xml"))
    return joins[0]


def test_forty_cost_what_ten_cost(tmp_path: Path) -> None:
    assert queries(tmp_path, 40) <= queries(tmp_path, 10) + 4


def test_they_are_as_if_each_had_been_rendered(tmp_path: Path) -> None:
    generation = SiteState.objects.get(pk=1).generation
    imported(written(tmp_path, blog(3)))
    assert SiteState.objects.get(pk=1).generation == generation + 2  # one of the chunk's, one of its links'
    for post in Post.objects.filter(title__in=["Post 2", "Post 3"]):
        assert 'href="/posts/post-' in post.body
        anew = prepare(Content.of(post)).rendered
        assert (post.html, post.feed_html) == (anew.html, anew.feed_html)
        assert SearchDocument.objects.get(post=post).text == anew.text
        assert post.revision == 2
        assert Revision.objects.get(post=post, number=2).state["body"] == post.body
        assert ImportedEntry.objects.get(post=post).revision == 2


def test_what_follows_a_text_follows_it(tmp_path: Path) -> None:
    imported(written(tmp_path, rss(item(2, '<p>Leads <a href="https://blog.example/1">back</a> there.</p>'))))
    post = Post.objects.get()
    editor = a_user(role="editor")
    Approval.objects.create(post=post, user=editor, revision=1, digest="of what was approved")
    imported(
        written(
            tmp_path, rss(item(2, '<p>Leads <a href="https://blog.example/1">back</a> there.</p>'), item(1))
        )
    )
    post.refresh_from_db()
    assert 'href="/posts/post-1/"' in post.body
    assert not Approval.objects.filter(post=post).exists()


def test_a_page_that_only_rendering_tells_is_rendered(tmp_path: Path) -> None:
    body = '<p>Leads <a href="https://blog.example/1">back</a> to https://blog.example/1 there.</p>'
    imported(written(tmp_path, rss(item(2, body), item(1))))
    post = Post.objects.get(title="Post 2")
    assert 'href="/posts/post-1/"' in post.html
    assert "to https://blog.example/1 there" in post.html
    assert post.revision == 2
