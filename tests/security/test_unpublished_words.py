"""test_unpublished_words: not one word of an unpublished post stands on a public surface, in a header, a count or a name."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from accounts.authors import make_author
from blog import publishing, taxonomy
from blog.content import Content
from blog.models import NavigationLink, Page, Post, Redirect
from tests.factories import PageFactory, PostFactory, SeriesFactory, TagFactory, a_post, a_series, an_author
from tests.security.reading import STARTS, crawl, said

pytestmark = pytest.mark.django_db

TOKEN = re.compile("xyzzy|plugh", re.IGNORECASE)
NOW = timezone.now()
HIDDEN: dict[str, dict[str, Any]] = {
    "draft": {"status": "draft"},
    "draft-with-a-date": {"status": "draft", "published_at": NOW - timedelta(days=3)},
    "review": {"status": "review"},
    "returned-to-review": {"status": "review", "published_at": NOW - timedelta(days=3)},
    "scheduled": {"published_at": NOW + timedelta(days=30)},
    "withdrawn": {"status": "withdrawn", "published_at": NOW - timedelta(days=3)},
    "withdrawal-due": {"published_at": NOW - timedelta(days=3), "withdraw_at": NOW - timedelta(seconds=2)},
    "trashed": {"trashed_at": NOW - timedelta(seconds=2)},
    "trashed-draft": {"status": "draft", "trashed_at": NOW - timedelta(seconds=2)},
}
LANGUAGES = dict(zip(HIDDEN, ("fr", "de", "es", "it", "pt-BR", "zh-Hant", "fi", "cs", "pl"), strict=True))


def _plant(name: str, shared: dict[str, Any]) -> Post:
    """A hidden post that shares what the public one has, and brings words of its own in every field."""
    tag = TagFactory(name=f"Plugh {name} subject", description=f"plugh description {name}")
    author = an_author(
        name=f"Plugh {name} writer", bio=f"plugh life {name}", website="https://plugh.example/"
    )
    post = a_post(
        title=f"Xyzzy {name}",
        slug=f"xyzzy-{name}",
        summary=f"xyzzy summary {name}",
        body=f"## Xyzzy heading\n\nxyzzy common words {name}\n\n![xyzzy alt](/media/aa/00112233aabbccdd.webp)",
        seo_title=f"Xyzzy shown {name}",
        seo_description="xyzzy described",
        cover_url="https://xyzzy.example/cover.png",
        cover_alt="xyzzy cover",
        origin_url="https://xyzzy.example/post",
        language=LANGUAGES[name],
        authors=[shared["author"], author],
        tags=["Shared", tag],
        series=shared["series"],
        series_position=1,
        **HIDDEN[name],
    )
    PostFactory(
        title=f"Xyzzy alone {name}",
        authors=[],
        series=SeriesFactory(title=f"Plugh {name} story"),
        **HIDDEN[name],
    )
    page = PageFactory(title=f"Xyzzy page {name}", slug=f"xyzzy-page-{name}", **HIDDEN[name])
    NavigationLink.objects.create(label=f"xyzzy {name}", page=page)
    Redirect.objects.create(path=f"/posts/old-{name}/", post=post)
    return post


@pytest.fixture
def planted() -> dict[str, Post]:
    shared = {"author": an_author(name="Anna"), "series": a_series(title="Shared story")}
    for number in (1, 2):
        PostFactory(
            title=f"Public {number}",
            body="common words",
            authors=[shared["author"]],
            tags=["Shared"],
            series=shared["series"],
            series_position=number * 5,
            language="en",
        )
    return {name: _plant(name, shared) for name in HIDDEN}


def _known_addresses(name: str) -> list[str]:
    language = LANGUAGES[name].lower()
    lists = [
        f"tags/plugh-{name}-subject/",
        f"authors/plugh-{name}-writer/",
        f"series/plugh-{name}-story/",
    ]
    feeds = [f"{one}feed.{form}" for one in (*lists, "") for form in ("rss", "atom", "json")]
    return [
        f"/posts/xyzzy-{name}/",
        f"/posts/xyzzy-{name}",
        f"/posts/xyzzy-{name}.md",
        f"/posts/xyzzy-alone-{name}/",
        f"/posts/old-{name}/",
        f"/pages/xyzzy-page-{name}/",
        *(f"/{one}" for one in (*lists, *feeds) if one and not one.startswith("feed.")),
        *(f"/{language}/{one}" for one in ("", "tags/", "authors/", "archive/", *lists, *feeds)),
        f"/{language}/tags/shared/",
        f"/{language}/authors/anna/",
        f"/{language}/series/shared-story/",
        f"/{language}/archive/{NOW.year}/",
    ]


def test_who_follows_every_link_reads_none_of_it(client: Client, planted: dict[str, Post]) -> None:
    answers = crawl(
        client, (*STARTS, "/search/?q=common", "/search/?q=shared+words", f"/archive/{NOW.year}/")
    )
    assert len(answers) > 25
    assert [address for address, answer in answers.items() if TOKEN.search(said(answer))] == []
    links = " ".join(answers)
    for language in LANGUAGES.values():
        assert f"/{language.lower()}/" not in links
        assert f"/{language.split('-')[0]}/" not in links


@pytest.mark.parametrize("name", HIDDEN)
def test_who_knows_an_address_gets_the_answer_for_one_that_never_was(
    client: Client, planted: dict[str, Post], name: str
) -> None:
    for address in _known_addresses(name):
        answer = client.get(address, follow=True)
        assert answer.status_code == 404, address
        text = said(answer).lower()
        assert "ETag" not in answer.headers
        # The page repeats the words of the address that was asked for, as it does for any other.
        never = client.get(
            address.replace("xyzzy", "yzzyx").replace("plugh", "hgulp").replace("old-", "dlo-"), follow=True
        )
        text = text.replace("xyzzy", "yzzyx").replace("plugh", "hgulp").replace('"old ', '"dlo ')
        assert text == said(never).lower(), address


@pytest.mark.parametrize("name", HIDDEN)
def test_searching_for_it_finds_what_searching_for_nothing_finds(
    client: Client, planted: dict[str, Post], name: str
) -> None:
    for words in (
        f"xyzzy {name}",
        f"plugh {name} writer",
        '"xyzzy heading"',
        "plugh",
        "xyzzy cover",
        "subject story",
    ):
        answer: Any = client.get("/search/", {"q": words})
        assert "Nothing was found" in answer.text, words
        assert "/posts/" not in answer.text


def test_counts_are_of_what_can_be_read(client: Client, planted: dict[str, Post]) -> None:
    pages: dict[str, Any] = {
        path: client.get(path) for path in ("/tags/", "/authors/", "/archive/", "/search/?q=common")
    }
    for path, page in pages.items():
        assert re.findall(r"(\d+) posts?\b", page.text) == ["2"], path
    first: Any = client.get("/posts/public-1/")
    assert "Part 1 of 2" in first.text
    assert first.text.count("Public 2") == client.get("/posts/public-1/").text.count("Public 2") > 0


def test_the_next_page_is_offered_for_what_can_be_read(client: Client) -> None:
    for number in range(20):
        PostFactory(title=f"Public {number}", tags=["t"], authors=["Anna"])
    for number in range(5):
        PostFactory(title=f"Xyzzy {number}", tags=["t"], authors=["Anna"], status="draft")
    for path in ("/", "/tags/t/", "/authors/anna/", "/feed.rss", "/feed.atom", "/feed.json"):
        assert "page=2" not in said(client.get(path)), path
        assert client.get(f"{path}?page=2").status_code == 404, path


def test_each_verb_that_hides_hides_at_once(client: Client) -> None:
    """From the pages that are kept already, too."""
    for verb in ("withdraw", "trash", "schedule"):
        post = a_post(title=f"Xyzzy {verb}", tags=["Plugh"], authors=["Plugh writer"], language="fr")
        PostFactory(title=f"Public {verb}", language="en")
        assert any(TOKEN.search(said(answer)) for answer in crawl(client).values())
        match verb:
            case "withdraw":
                publishing.withdraw(post.pk, None)
            case "trash":
                publishing.trash(post.pk, None)
            case "schedule":
                publishing.schedule(post.pk, None, timezone.now() + timedelta(days=1))
        assert [path for path, answer in crawl(client).items() if TOKEN.search(said(answer))] == [], verb
        assert client.get("/fr/").status_code == 404


def test_a_revision_that_is_only_proposed_or_old_is_read_by_nobody(client: Client) -> None:
    post = a_post(title="Public", body="Old xyzzy words.", tags=["Plugh"], authors=["Anna"])
    standing = Content.of(post)
    publishing.save(post.pk, replace(standing, body="New words.", tags=("Fine",)), None)
    publishing.propose(
        post.pk, replace(standing, title="Xyzzy title", body="plugh", slug="xyzzy"), None, reason="xyzzy"
    )
    assert [path for path, answer in crawl(client).items() if TOKEN.search(said(answer))] == []
    assert client.get("/posts/xyzzy/").status_code == 404
    assert client.get("/tags/plugh/").status_code == 404
    assert "Nothing was found" in client.get("/search/?q=xyzzy").text


def test_a_hidden_post_gives_a_shared_tag_no_name(client: Client) -> None:
    """The most-used spelling is shown, of those that readers can see."""
    PostFactory(title="Public", tags=["python"])
    for number in range(3):
        PostFactory(title=f"Xyzzy {number}", tags=["PYTHON"], status="draft")
    assert "PYTHON" not in client.get("/tags/").text


def test_a_renamed_author_or_tag_tells_no_unpublished_name(client: Client) -> None:
    author = make_author("Xyzzy secret")
    a_post(title="A draft", authors=[author], status="draft")
    author.slug = "xyzzy-new"
    taxonomy.save_author(author)
    answer = client.get("/authors/xyzzy-secret/", follow=True)
    assert answer.status_code == 404


def test_saving_a_draft_leaves_every_kept_page_as_it_was(client: Client) -> None:
    PostFactory(title="Public")
    draft = a_post(title="Xyzzy", status="draft", tags=["plugh"])
    before = {path: client.get(path)["ETag"] for path in ("/", "/tags/", "/feed.rss", "/sitemap.xml")}
    publishing.save(draft.pk, Content("Xyzzy again", body="xyzzy", tags=("plugh", "plugh two")), None)
    publishing.submit(draft.pk, None)
    assert {path: client.get(path)["ETag"] for path in before} == before


def test_files_of_a_hidden_page_lead_nowhere(client: Client) -> None:
    hidden = PageFactory(title="Xyzzy", status="draft")
    NavigationLink.objects.create(page=hidden, place="footer")
    NavigationLink.objects.create(page=PageFactory(title="Imprint"), place="footer")
    text = client.get("/").text
    assert "Imprint" in text
    assert "Xyzzy" not in text
    caches["pages"].clear()
    Page.objects.get(title="Imprint")
    assert "Xyzzy" not in client.get("/").text
