"""test_storing_posts: where a new post stands, who its authors are, and what ties it to its entry."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from accounts.models import Author, User
from blog.content import Content
from blog.models import Post, Tag
from importer.models import AmbiguousAlias, EntryAlias, ImportedEntry, Source
from importer.states import entry_from
from importer.storing.knowing import edited_fields
from tests.importer.documents import imported, item, only, rss, verdicts, written

pytestmark = pytest.mark.django_db
TWIN = "<p>The same words in both places, so that they are told to be one.</p>"


def test_a_post_says_what_the_entry_said(tmp_path: Path) -> None:
    imported(written(tmp_path, rss(item(1, "<p>Words.</p>", category="Python"))))
    post = Post.objects.get()
    assert (post.title, post.slug, post.html, post.body_format) == (
        "Post 1",
        "post-1",
        "<p>Words.</p>",
        "html",
    )
    assert (post.status, post.published_at, post.dated) == (
        "published",
        datetime(2024, 1, 1, 10, 1, tzinfo=UTC),
        True,
    )
    assert (post.language, post.origin_url, post.canonical_url) == ("en-US", "https://blog.example/1", "")
    assert [byline.author.name for byline in post.bylines.all()] == ["Ada Example"]
    assert [tag.name for tag in Tag.objects.all()] == ["Python"]


def test_nothing_just_imported_counts_as_edited(tmp_path: Path) -> None:
    odd = item(2, title="x " * 400, category="#Tag", dc__creator="Ada Example and Bob Sample")
    imported(written(tmp_path, rss(item(1), odd, item(3, pubDate=""))))
    for row in ImportedEntry.objects.select_related("post"):
        assert row.post is not None
        assert edited_fields(Content.of(row.post), row.marks) == frozenset()


def test_the_entry_is_kept_whole(tmp_path: Path) -> None:
    imported(written(tmp_path, rss(item(1, "<p>Words.<script>x</script></p>", category="Python"))))
    entry = entry_from(ImportedEntry.objects.get().entry)
    assert entry.body == "<p>Words.<script>x</script></p>"
    assert entry.published == datetime(2024, 1, 1, 10, 1, tzinfo=UTC)
    assert (entry.tags, entry.authors[0].name) == (("Python",), "Ada Example")


def test_authors_are_made_once_and_never_as_logins(tmp_path: Path) -> None:
    imported(
        written(
            tmp_path, rss(item(1), item(2, dc__creator="ADA  EXAMPLE"), item(3, dc__creator="Bob Sample"))
        )
    )
    assert sorted(Author.objects.values_list("name", flat=True)) == ["Ada Example", "Bob Sample"]
    assert not User.objects.exists()


def test_who_stands_in_where_nobody_is_named(tmp_path: Path) -> None:
    feed = rss(item(1, dc__creator=""))
    report = imported(written(tmp_path, feed))
    assert Author.objects.get().name == "A blog"
    assert only(report).warnings == [
        "Nobody is named as the author; the posts carry the name “A blog”. --author gives another."
    ]
    assert not only(imported(written(tmp_path, feed), author="Ada Example")).warnings


DRAFT = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:app="http://www.w3.org/2007/app"><title>A</title><id>a</id>'
    "<entry><title>Unfinished</title><id>b</id><updated>2024-01-01T00:00:00Z</updated>"
    "<app:control><app:draft>yes</app:draft></app:control><content>Some words.</content></entry></feed>"
)


@pytest.mark.parametrize("document", [rss(item(1)), DRAFT])
@pytest.mark.parametrize("status", ["published", "draft", "review"])
def test_the_operators_word_on_the_status_is_the_last(tmp_path: Path, document: str, status: str) -> None:
    imported(written(tmp_path, document), status=status)
    assert Post.objects.get().status == status


def test_what_the_source_calls_a_draft_stays_one(tmp_path: Path) -> None:
    imported(written(tmp_path, DRAFT))
    assert Post.objects.get().status == "draft"


def test_a_future_date_stays_scheduled(tmp_path: Path) -> None:
    moment = (timezone.now() + timedelta(days=30)).replace(microsecond=0)
    imported(written(tmp_path, rss(item(1, pubDate=f"{moment:%a, %d %b %Y %H:%M:%S +0000}"))))
    post = Post.objects.get()
    assert (post.published_at, post.is_scheduled, post.is_public) == (moment, True, False)


def test_a_draft_without_a_date_has_none(tmp_path: Path) -> None:
    imported(written(tmp_path, rss(item(1, pubDate=""))), status="draft")
    post = Post.objects.get()
    assert (post.published_at, post.dated) == (None, True)


def test_a_shared_guid_and_link_name_nobody_and_that_is_remembered(tmp_path: Path) -> None:
    feed = written(
        tmp_path, rss(*(item(n, guid="same", link="https://blog.example/undefined/") for n in (1, 2, 3)))
    )
    assert verdicts(imported(feed)) == ["created"] * 3
    assert set(Post.objects.values_list("origin_url", "canonical_url")) == {("", "")}
    assert sorted(AmbiguousAlias.objects.values_list("kind", flat=True)) == ["guid", "link"]
    assert not Source.objects.get().trusts_ids
    assert not EntryAlias.objects.filter(kind__in=["guid", "link"]).exists()
    # One of them alone looks as good as any; only the memory says that its names mean nothing.
    alone = written(tmp_path, rss(item(9, guid="same", link="https://blog.example/undefined/")))
    assert verdicts(imported(alone)) == ["created"]


def test_a_post_from_another_source_is_linked_not_made_again(tmp_path: Path) -> None:
    imported(written(tmp_path, rss(item(1, TWIN)), "one.xml"))
    other = rss(
        item(1, TWIN, guid="else", link="https://copy.example/1"), link="https://copy.example/", title="Copy"
    )
    report = imported(written(tmp_path, other, "two.xml"))
    assert verdicts(report) == ["duplicate"]
    assert only(report).items[0].reason == (
        "A post with the same title and text came from another source; the entry is linked to it."
    )
    post = Post.objects.get()
    assert list(ImportedEntry.objects.order_by("pk").values_list("post", "shared")) == [
        (post.pk, False),
        (post.pk, True),
    ]
    assert verdicts(imported(written(tmp_path, other, "two.xml"))) == ["unchanged"]


def test_only_its_own_source_updates_a_shared_post(tmp_path: Path) -> None:
    imported(written(tmp_path, rss(item(1, TWIN)), "one.xml"))
    other = rss(item(1, TWIN, guid="else"), link="https://copy.example/", title="Copy")
    imported(written(tmp_path, other, "two.xml"))
    assert verdicts(imported(written(tmp_path, other.replace("The same", "Other"), "two.xml"))) == [
        "unchanged"
    ]
    assert Post.objects.get().html == TWIN


def test_a_file_joins_the_source_that_it_says_it_is(tmp_path: Path) -> None:
    own = '<link xmlns="http://www.w3.org/2005/Atom" rel="self" href="https://blog.example/feed.xml"/>'
    imported(written(tmp_path, rss(item(1), more=own), "monday.xml"))
    assert verdicts(imported(written(tmp_path, rss(item(1), item(2), more=own), "tuesday.xml"))) == [
        "unchanged",
        "created",
    ]
    assert Source.objects.count() == 1


def test_repeats_inside_one_document_are_made_once(tmp_path: Path) -> None:
    report = imported(written(tmp_path, rss(item(1), item(1), item(2), item(1))))
    assert verdicts(report) == ["created", "duplicate", "created", "duplicate"]
    assert only(report).items[3].reason == "The same as entry 1 of this document, word for word."


def test_equal_titles_get_addresses_of_their_own(tmp_path: Path) -> None:
    imported(written(tmp_path, rss(*(item(n, title="Weekly links") for n in (1, 2)), item(3, title="🙂"))))
    slugs = sorted(Post.objects.values_list("slug", flat=True))
    assert slugs[:2] == ["weekly-links", "weekly-links-2"]
    assert slugs[2]
