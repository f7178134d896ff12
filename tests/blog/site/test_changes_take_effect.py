"""test_changes_take_effect: scheduled changes of a live post appear at their second on every surface, with no worker and no write."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog import changes, publishing, taxonomy
from blog.content import BylineSpec, Content
from blog.models import Changes, NavigationLink, Post, SearchDocument, TaggedPost
from tests.blog.site.moments import MOMENT, Clock
from tests.factories import AuthorFactory, PageFactory, PostFactory, SeriesFactory, a_post

pytestmark = pytest.mark.django_db

# What each surface says of the post only before, and only after.
BEFORE, AFTER = "Aardvark", "Zanzibar"
OLD_ALONE = (
    "/posts/old-address/",
    "/posts/old-address.md",
    "/tags/old-subject/",
    "/tags/old-subject/feed.rss",
    "/authors/old-writer/",
    "/authors/old-writer/feed.json",
    "/series/old-story/",
    "/search/?q=aardvark",
)
NEW_ALONE = (
    "/fr/",
    "/posts/new-address/",
    "/posts/new-address.md",
    "/tags/new-subject/",
    "/tags/new-subject/feed.rss",
    "/authors/new-writer/",
    "/authors/new-writer/feed.json",
    "/series/new-story/",
    "/search/?q=zanzibar",
)
BOTH = ("/", "/archive/2026/", "/feed.rss", "/feed.atom", "/feed.json")


@pytest.fixture(autouse=True)
def _an_hour_before(clock: Clock) -> None:
    clock(-3600)


def _planted(older: str = "") -> Post:
    """`older`: an address that the post had before."""
    PostFactory(title="Another", language="en", published_at=MOMENT - timedelta(days=3))
    post = a_post(
        title="Aardvark title",
        slug=older or "old-address",
        body="Aardvark text.",
        language="en",
        authors=[AuthorFactory(name="Old Writer")],
        tags=["Old subject"],
        series=SeriesFactory(title="Old story"),
        published_at=MOMENT - timedelta(days=1),
    )
    if older:
        post = publishing.save(post.pk, replace(Content.of(post), slug="old-address"), None)
    coming = replace(
        Content.of(post),
        title="Zanzibar title",
        slug="new-address",
        body="Zanzibar text.",
        language="fr",
        bylines=(BylineSpec(AuthorFactory(name="New Writer").pk),),
        tags=("New subject",),
        series=SeriesFactory(title="New story").pk,
    )
    changes.save(post.pk, coming, None, base=post.revision)
    changes.schedule(post.pk, None, MOMENT)
    return post


def _text(client: Client, address: str) -> str:
    response = client.get(address)
    return response.text if response.status_code == 200 else ""


@pytest.mark.parametrize("kept", [True, False], ids=("kept", "fresh"))
def test_every_surface_flips_at_the_moment(client: Client, clock: Clock, kept: bool) -> None:
    _planted()
    for seconds, come in ((-1, False), (-0.001, False), (0, True), (1, True), (86_400, True)):
        clock(seconds)
        if not kept:
            caches["pages"].clear()
        shown, hidden = (AFTER, BEFORE) if come else (BEFORE, AFTER)
        for address in (*BOTH, *(NEW_ALONE if come else OLD_ALONE)):
            assert shown in _text(client, address), (seconds, address)
        for address in (*BOTH, *OLD_ALONE, *NEW_ALONE, "/tags/", "/authors/", "/sitemap.xml", "/en/"):
            assert hidden not in _text(client, address), (seconds, address)
        assert ("new-subject" in _text(client, "/tags/")) is come
        assert ("old-subject" in _text(client, "/tags/")) is not come
        assert ("new-address" in _text(client, "/sitemap.xml")) is come
        assert ("old-address" in _text(client, "/sitemap.xml")) is not come


def test_no_surface_says_a_word_of_what_is_to_come(client: Client, clock: Clock) -> None:
    post = a_post(title="Live", published_at=MOMENT - timedelta(days=1))
    token = "quokka"
    coming = replace(Content.of(post), title="Quokka", body="quokka", slug="quokka", tags=("quokka",))
    changes.save(post.pk, coming, None, base=1, why="quokka")
    for scheduled in (False, True):
        if scheduled:
            changes.schedule(post.pk, None, MOMENT, correction="quokka")
        for address in (
            "/",
            "/posts/live/",
            "/posts/live.md",
            "/feed.rss",
            "/feed.json",
            "/sitemap.xml",
            "/tags/",
        ):
            response = client.get(address)
            assert response.status_code == 200
            assert token not in (response.text + str(response.headers)).casefold(), address
        for address in ("/posts/quokka/", "/posts/quokka.md", "/tags/quokka/", "/tags/quokka/feed.rss"):
            assert client.get(address).status_code == 404, address
        assert "Nothing was found" in client.get("/search/?q=quokka").text


def test_reading_writes_nothing_before_or_after(client: Client, clock: Clock) -> None:
    _planted()
    for seconds in (-1, 1):
        clock(seconds)
        with CaptureQueriesContext(connection) as queries:
            for address in (*BOTH, *OLD_ALONE, *NEW_ALONE):
                client.get(address)
        assert {query["sql"].lstrip(" (\n").split()[0].upper() for query in queries} <= {"SELECT"}


def test_pages_cost_no_more_queries(client: Client, clock: Clock) -> None:
    _planted()
    asked: dict[int, list[int]] = {}
    for seconds in (-1, 1):
        clock(seconds)
        asked[seconds] = []
        for address in ("/", "/feed.rss", "/posts/old-address/" if seconds < 0 else "/posts/new-address/"):
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            asked[seconds].append(len(queries))
    assert asked[1] == asked[-1]


def test_a_page_is_fresh_until_the_moment_at_most(client: Client, clock: Clock) -> None:
    _planted()
    tags = []
    for seconds, fresh in ((-60, 5), (-2.5, 2), (-0.5, 0), (0, 5)):
        clock(seconds)
        answer = client.get("/")
        assert answer["Cache-Control"] == f"public, max-age={fresh}", seconds
        tags.append(answer["ETag"])
    assert len(set(tags)) == 2
    assert tags[-1] != tags[0]
    assert client.get("/", headers={"if-none-match": tags[0]}).status_code == 200
    assert client.get("/", headers={"if-none-match": tags[-1]}).status_code == 304


def test_the_old_address_leads_to_the_new_one(client: Client, clock: Clock) -> None:
    _planted("older")
    clock(1)
    assert client.get("/posts/older/").headers["Location"] == "/posts/new-address/"
    assert client.get("/posts/old-address.md").headers["Location"] == "/posts/new-address.md"
    assert client.get("/posts/old-address/", follow=True).redirect_chain[-1][0] == "/posts/new-address/"
    changes.take_over_due()
    assert client.get("/posts/older/").headers["Location"] == "/posts/new-address/"
    assert client.get("/posts/old-address/").headers["Location"] == "/posts/new-address/"


def test_the_menu_follows_a_page(client: Client, clock: Clock) -> None:
    page = PageFactory(title="About us", published_at=MOMENT - timedelta(days=1))
    taxonomy.save_navigation(NavigationLink(page=page))
    changes.save(page.pk, replace(Content.of(page), title="Who we are", slug="who"), None, base=1)
    changes.schedule(page.pk, None, MOMENT)
    assert 'href="/pages/about-us/"' in client.get("/").text
    clock(0)
    text = client.get("/").text
    assert 'href="/pages/who/"' in text
    assert "Who we are" in text
    assert "About us" not in text
    assert client.get("/pages/who/").status_code == 200


def test_a_post_that_is_withdrawn_meanwhile_stays_withdrawn(client: Client, clock: Clock) -> None:
    post = _planted()
    publishing.withdraw(post.pk, None)
    clock(1)
    assert client.get("/posts/new-address/").status_code == 404
    assert client.get("/posts/old-address/").status_code == 404
    publishing.publish(post.pk, None)
    assert AFTER in client.get("/posts/new-address/").text


@pytest.mark.parametrize("verb", ["withdraw", "trash", "leave"])
def test_what_takes_the_post_away_takes_its_changes_away(client: Client, clock: Clock, verb: str) -> None:
    """After the moment too, while nobody has made them the post's own."""
    post = _planted()
    if verb == "leave":
        publishing.schedule_withdrawal(post.pk, None, MOMENT + timedelta(seconds=10))
    clock(5)
    assert client.get("/posts/new-address/").status_code == 200
    if verb == "leave":
        clock(10)
    else:
        getattr(publishing, verb)(post.pk, None)
    for address in ("/posts/new-address/", "/posts/old-address/"):
        assert client.get(address).status_code == 404
    assert AFTER not in client.get("/feed.rss").text
    assert BEFORE not in client.get("/feed.rss").text


def test_taking_over_changes_nothing_that_readers_see(client: Client, clock: Clock) -> None:
    post = _planted()
    clock(60)
    addresses = (*BOTH, *NEW_ALONE, "/sitemap.xml", "/tags/", "/authors/")
    seen = {address: client.get(address).text for address in addresses}
    assert changes.take_over_due() == 1
    assert changes.take_over_due() == 0
    assert {address: client.get(address).text for address in addresses} == seen
    assert not Changes.objects.exists()
    assert Post.rows.count() == Post.everything.count()
    assert SearchDocument.objects.count() == Post.everything.count()
    assert TaggedPost.objects.filter(content_object=post).count() == 1
    last = Post.everything.get(pk=post.pk).revisions.all()[0]
    assert (last.reason, last.created_at) == ("changes published as scheduled", MOMENT)


def test_any_verb_takes_over_what_is_due_first(clock: Clock) -> None:
    post = _planted()
    clock(60)
    publishing.save(post.pk, replace(Content.of(post), summary="Added."), None, base=1)
    saved = Post.everything.get(pk=post.pk)
    assert (saved.title, saved.summary, saved.slug) == ("Zanzibar title", "Added.", "new-address")
    assert [one.reason for one in saved.revisions.all()][:2] == ["saved", "changes published as scheduled"]


def test_feeds_keep_the_id_and_tell_of_the_update(client: Client, clock: Clock) -> None:
    _planted()

    def item() -> dict[str, str]:
        found: dict[str, str] = client.get("/feed.json").json()["items"][0]
        return found

    before = item()
    clock(0)
    after = item()
    assert after["id"] == before["id"]
    assert after["date_published"] == before["date_published"]
    assert datetime.fromisoformat(after["date_modified"]) == MOMENT


def test_nothing_of_a_successor_is_left_when_its_post_is_deleted(clock: Clock) -> None:
    post = _planted()
    publishing.trash(post.pk, None)
    publishing.purge(post.pk, None)
    assert Post.rows.count() == 1
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM blog_stems")
            assert cursor.fetchone() == (1,)
