"""test_links_made_ours: links between imported posts lead to each other here, whichever came first; edits and strangers are left."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from blog import publishing
from blog.content import Content
from blog.models import Post, Revision
from importer.links.rewriting import addresses_in, led
from importer.models import ImportedEntry
from importer.runs.undoing import find, undo
from tests.importer.documents import imported, item, rows, rss, verdicts, written


def here(address: str) -> str | None:
    return "/posts/x/" if address.startswith("https://a.example/x") else None


@pytest.mark.parametrize(
    ("body", "body_format", "changed"),
    [
        (
            '<p><a class="y" href="https://a.example/x">x</a></p>',
            "html",
            '<p><a class="y" href="/posts/x/">x</a></p>',
        ),
        ("<a href=https://a.example/x>x</a>", "html", '<a href="/posts/x/">x</a>'),
        ("<a href='https://a.example/x?a=1&amp;b=2'>x</a>", "html", '<a href="/posts/x/">x</a>'),
        ('<img src="https://a.example/x"><a href="https://b.example/x">x</a>', "html", None),
        ("<p>https://a.example/x</p>", "html", None),
        ("[x](https://a.example/x)", "markdown", "[x](/posts/x/)"),
        ('[x](<https://a.example/x> "A title")', "markdown", '[x](/posts/x/ "A title")'),
        ("[x][1]\n\n[1]: https://a.example/x 'T'\n", "markdown", "[x][1]\n\n[1]: /posts/x/ 'T'\n"),
        ("See <https://a.example/x>.", "markdown", "See [https://a.example/x](/posts/x/)."),
        ('<a href="https://a.example/x">x</a>', "markdown", '<a href="/posts/x/">x</a>'),
        ("`[x](https://a.example/x)` and ``a ` [x](https://a.example/x)``", "markdown", None),
        ("```\n[x](https://a.example/x)\n```\n", "markdown", None),
        ("~~~\n[x](https://a.example/x)\n", "markdown", None),
        ("a ` b [x](https://a.example/x)", "markdown", "a ` b [x](/posts/x/)"),
    ],
)
def test_a_link_in_a_body(body: str, body_format: str, changed: str | None) -> None:
    assert led(body, body_format, here) == (changed or body)


def test_hostile_bodies_take_no_time() -> None:
    for body in (
        "[" * 100_000,
        "](" * 50_000,
        "`" * 100_001,
        "` `` " * 20_000,
        "<a " * 50_000,
        "](((((" * 20_000,
        "[a]: " * 30_000,
    ):
        addresses_in(body, "markdown")
        addresses_in(body, "html")


def linking(to: str, number: int = 1, **fields: str) -> str:
    return item(number, f'<p>Words that lead <a href="{to}">there</a> and some more.</p>', **fields)


def body_of(number: int) -> str:
    return str(Post.objects.get(title=f"Post {number}").body)


@pytest.mark.django_db
def test_posts_of_one_run(tmp_path: Path) -> None:
    file = written(tmp_path, rss(linking("http://www.blog.example/2/?utm_source=x#part"), item(2)))
    imported(file)
    assert 'href="/posts/post-2/#at-part"' in body_of(1)
    assert 'href="/posts/post-2/#at-part"' in Post.objects.get(title="Post 1").html
    assert list(Revision.objects.filter(post__title="Post 1").values_list("reason", flat=True)) == [
        "links made ours",
        "imported",
    ]
    before = rows()
    assert verdicts(imported(file)) == ["unchanged", "unchanged"]
    assert rows() == before


@pytest.mark.django_db
def test_a_post_that_came_before_what_it_leads_to(tmp_path: Path) -> None:
    imported(written(tmp_path, rss(linking("https://blog.example/2"))))
    assert "https://blog.example/2" in body_of(1)
    updated = Post.objects.get(title="Post 1").updated_at
    imported(written(tmp_path, rss(linking("https://blog.example/2"), item(2))))
    assert 'href="/posts/post-2/"' in body_of(1)
    assert Post.objects.get(title="Post 1").updated_at == updated


@pytest.mark.django_db
def test_newer_text_of_the_source_is_no_conflict_and_is_joined_again(tmp_path: Path) -> None:
    imported(written(tmp_path, rss(linking("https://blog.example/2"), item(2))))
    newer = item(1, '<p>Newer words lead <a href="https://blog.example/2">there</a>.</p>')
    assert verdicts(imported(written(tmp_path, rss(newer, item(2))))) == ["updated", "unchanged"]
    assert body_of(1) == '<p>Newer words lead <a href="/posts/post-2/">there</a>.</p>'


@pytest.mark.django_db
def test_a_text_edited_here_is_left(tmp_path: Path) -> None:
    imported(written(tmp_path, rss(linking("https://blog.example/2"))))
    post = Post.objects.get()
    publishing.save(
        post.pk, replace(Content.of(post), body=post.body + "<p>Ours.</p>"), None, base=post.revision
    )
    imported(written(tmp_path, rss(linking("https://blog.example/2"), item(2))))
    assert "https://blog.example/2" in body_of(1)


@pytest.mark.django_db
def test_a_post_in_the_trash_and_one_that_readers_cannot_see_are_not_led_to(tmp_path: Path) -> None:
    imported(written(tmp_path, rss(item(2)), "two.xml"), status="draft")
    imported(written(tmp_path, rss(item(3)), "two.xml"))
    publishing.trash(Post.objects.get(title="Post 3").pk, None)
    both = '<p><a href="https://blog.example/2">2</a> <a href="https://blog.example/3">3</a> and words.</p>'
    imported(written(tmp_path, rss(item(1, both)), "two.xml"))
    assert body_of(1) == both


@pytest.mark.django_db
def test_links_between_sources(tmp_path: Path) -> None:
    imported(written(tmp_path, rss(item(2), title="Two")))
    imported(
        written(
            tmp_path,
            rss(linking("https://blog.example/2"), title="One", link="https://other.example/"),
            "other.xml",
        )
    )
    assert 'href="/posts/post-2/"' in body_of(1)


@pytest.mark.django_db
def test_nobody_takes_over_another_sites_addresses(tmp_path: Path) -> None:
    stolen = item(2, link="https://bank.example/", guid="x")
    imported(written(tmp_path, rss(stolen, link="https://evil.example/"), "evil.xml"))
    imported(written(tmp_path, rss(linking("https://bank.example/"))))
    assert "https://bank.example/" in body_of(1)


@pytest.mark.django_db
def test_a_link_to_the_post_itself(tmp_path: Path) -> None:
    imported(written(tmp_path, rss(linking("https://blog.example/1"))))
    assert 'href="/posts/post-1/"' in body_of(1)


@pytest.mark.django_db
def test_what_undo_needs_is_kept(tmp_path: Path) -> None:
    imported(written(tmp_path, rss(linking("https://blog.example/2"))))
    second = imported(written(tmp_path, rss(linking("https://blog.example/2"), item(2))))
    assert second.run is not None
    undo(find(second.run))
    assert "https://blog.example/2" in body_of(1)
    assert ImportedEntry.objects.get().revision == Post.objects.get().revision
