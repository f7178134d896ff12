"""test_moved_here: a blog's former self: its subscribers see nothing twice, its addresses lead here, and nothing points back."""

from __future__ import annotations

from pathlib import Path

import feedparser
import pytest
from django.test import Client, override_settings

from blog.models import Image, Post, Redirect
from importer.links.moving import lead_pictures
from importer.models import ImportedEntry, MediaItem, Source
from tests.importer.documents import command, imported, item, rows, rss, verdicts, written

pytestmark = pytest.mark.django_db
OLD = "https://blog.example"


def old_feed(*more: str) -> str:
    canonical = f'<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="canonical" href="{OLD}/1"/>'
    first = item(1, guid=f"{OLD}/?p=1").replace("</item>", f"{canonical}</item>")
    return rss(first, item(2, guid="urn:x:two"), item(3, guid="3"), *more)


class Reader:
    """A subscriber's program: what it has shown once, by id, it never shows again."""

    def __init__(self) -> None:
        self.seen: set[str] = set()

    def new(self, feed: bytes) -> list[str]:
        entries = feedparser.parse(feed).entries
        fresh = [str(entry.title) for entry in entries if entry.id not in self.seen]
        self.seen |= {entry.id for entry in entries}
        return fresh


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_a_subscriber_sees_nothing_twice(tmp_path: Path, client: Client, form: str) -> None:
    reader = Reader()
    assert len(reader.new(old_feed().encode())) == 3
    imported(written(tmp_path, old_feed()), moved_here=True)
    assert reader.new(client.get(f"/feed.{form}").content) == []
    imported(written(tmp_path, old_feed(item(4))))
    assert reader.new(client.get(f"/feed.{form}").content) == ["Post 4"]


def test_the_json_feed_keeps_the_ids_too(tmp_path: Path, client: Client) -> None:
    imported(written(tmp_path, old_feed()), moved_here=True)
    found = client.get("/feed.json").json()["items"]
    assert {one["id"] for one in found} == {f"{OLD}/?p=1", "urn:x:two", "3"}


def test_nothing_points_to_the_old_host(tmp_path: Path, client: Client) -> None:
    imported(written(tmp_path, old_feed()), moved_here=True)
    page = client.get("/posts/post-1/").content.decode()
    assert '<link rel="canonical" href="https://masthead.example/posts/post-1/">' in page
    assert OLD not in page
    assert f'href="{OLD}' not in client.get("/feed.atom").content.decode()


def test_without_the_mark_ids_are_ours_and_the_source_is_asked_for_its_canonical(
    tmp_path: Path, client: Client
) -> None:
    imported(written(tmp_path, old_feed()))
    assert all(post.uid.startswith("tag:masthead.example,") for post in Post.objects.all())
    page = client.get("/posts/post-1/").content.decode()
    assert f'<link rel="canonical" href="{OLD}/1">' in page
    assert "First published at" in page
    assert (
        '<link rel="canonical" href="https://masthead.example/posts/post-2/">'
        in client.get("/posts/post-2/").text
    )
    assert not Redirect.objects.exists()


def test_ids_that_several_entries_share_are_not_kept(tmp_path: Path) -> None:
    imported(
        written(tmp_path, rss(item(1, guid="same"), item(2, guid="same"), item(3, guid="own"))),
        moved_here=True,
    )
    kept = set(Post.objects.values_list("uid", flat=True))
    assert "same" not in kept
    assert len(kept) == 3


def test_an_id_that_a_post_here_has_is_not_given_again(tmp_path: Path) -> None:
    imported(written(tmp_path, rss(item(1, guid="own"))), moved_here=True)
    other = rss(item(2, guid="own"), title="Another", link="https://other.example/")
    report = imported(written(tmp_path, other, "other.xml"), moved_here=True)
    assert verdicts(report) == ["created"]
    assert Post.objects.filter(uid="own").count() == 1


def test_old_addresses_lead_here(tmp_path: Path, client: Client) -> None:
    imported(written(tmp_path, old_feed()), moved_here=True)
    for asked, target in {
        "/1": "/posts/post-1/",
        "/1/": "/posts/post-1/",
        "/?p=1": "/posts/post-1/",
        "/2": "/posts/post-2/",
    }.items():
        answer = client.get(asked)
        assert (answer.status_code, answer.headers.get("Location")) == (301, target), asked


def test_a_second_run_changes_no_row(tmp_path: Path) -> None:
    file = written(tmp_path, old_feed())
    imported(file, moved_here=True)
    before, ways = rows(), list(Redirect.objects.values())
    imported(file)
    assert rows() == before
    assert list(Redirect.objects.values()) == ways
    assert Source.objects.get().moved_here


def test_an_editors_redirect_and_a_posts_own_address_stay(tmp_path: Path, client: Client) -> None:
    Redirect.objects.create(path="/1", address="/archive/")
    own = item(5, link=f"{OLD}/posts/post-2/", guid="5")
    imported(written(tmp_path, old_feed(own)), moved_here=True)
    assert client.get("/1").headers["Location"] == "/archive/"
    assert not Redirect.objects.filter(path="/posts/post-2/").exists()


@override_settings(ALLOWED_HOSTS=["www.blog.example", "testserver"])
def test_a_source_at_a_host_of_ours_leads_here_without_the_mark(tmp_path: Path, client: Client) -> None:
    imported(written(tmp_path, old_feed()))
    assert client.get("/1").headers["Location"] == "/posts/post-1/"


def test_places_and_pictures_of_a_wordpress_site(tmp_path: Path, client: Client) -> None:
    wordpress = """<?xml version="1.0"?><rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"
      xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
      xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"><channel>
      <title>Old</title><link>https://blog.example</link><wp:wxr_version>1.2</wp:wxr_version>
      <wp:base_site_url>https://blog.example</wp:base_site_url><wp:base_blog_url>https://blog.example</wp:base_blog_url>
      <wp:author><wp:author_id>1</wp:author_id><wp:author_login>ada</wp:author_login><wp:author_display_name>Ada Example</wp:author_display_name></wp:author>
      <wp:category><wp:term_id>3</wp:term_id><wp:category_nicename>food-slow</wp:category_nicename><wp:cat_name>Slow Food</wp:cat_name></wp:category>
      <item><title>A post</title><link>https://blog.example/2024/05/a-post/</link><dc:creator>ada</dc:creator>
      <guid isPermaLink="false">https://blog.example/?p=12</guid><content:encoded><![CDATA[<p>Some words.</p>]]></content:encoded>
      <wp:post_id>12</wp:post_id><wp:post_date_gmt>2024-05-01 10:00:00</wp:post_date_gmt><wp:post_name>a-post</wp:post_name>
      <wp:status>publish</wp:status><wp:post_type>post</wp:post_type><category domain="category" nicename="food-slow">Slow Food</category></item>
      </channel></rss>"""
    Image.objects.create(
        file="images/ab/x.webp",
        sha256="a" * 64,
        width=1,
        height=1,
        source_url=f"{OLD}/wp-content/uploads/2024/05/cat.jpg",
    )
    imported(written(tmp_path, wordpress), moved_here=True)
    leads = {
        "/2024/05/a-post/": "/posts/a-post/",
        "/?p=12": "/posts/a-post/",
        "/category/food-slow/": "/tags/slow-food/",
        "/author/ada/": "/authors/ada-example/",
        "/feed/": "/feed.rss",
        "/wp-content/uploads/2024/05/cat-300x200.jpg": "/media/images/ab/x.webp",
    }
    for asked, target in leads.items():
        assert client.get(asked).headers.get("Location") == target, asked


def test_the_commands_word(tmp_path: Path) -> None:
    assert command(written(tmp_path, old_feed()), "--moved-here").status == 0
    assert Post.objects.filter(uid="urn:x:two").exists()


def test_what_was_fetched_is_led_to_by_every_size_it_had(tmp_path: Path, client: Client) -> None:
    imported(written(tmp_path, old_feed()), moved_here=True)
    source, image = (
        Source.objects.get(),
        Image.objects.create(file="images/ab/x.webp", sha256="a" * 64, width=1, height=1),
    )
    MediaItem.objects.create(
        imported=ImportedEntry.objects.filter(source=source)[0],
        kind=MediaItem.Kind.PICTURE,
        url=f"{OLD}/content/images/cat.jpg",
        url_sha256="b" * 64,
        others=[f"{OLD}/content/images/size/w600/cat.jpg", "https://elsewhere.example/cat.jpg"],
        status=MediaItem.Status.STORED,
        image=image,
    )
    lead_pictures([source])
    for asked in ("/content/images/cat.jpg", "/content/images/size/w600/cat.jpg"):
        assert client.get(asked).headers.get("Location") == "/media/images/ab/x.webp"
    assert client.get("/cat.jpg").status_code == 404
