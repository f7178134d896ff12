"""test_addresses: every public address answers, and nonsense is a 404, never an error."""

from __future__ import annotations

import pytest
from django.test import Client

from blog.models import Post
from tests.factories import AuthorFactory, PageFactory, PostFactory, SeriesFactory

pytestmark = pytest.mark.django_db

FORMS = ("rss", "atom", "json")


@pytest.fixture
def site() -> Post:
    """One post of everything, and one in Russian."""
    series = SeriesFactory(title="Long story")
    PageFactory(title="About")
    anna = AuthorFactory(name="Anna Smith")
    PostFactory(title="Привет", language="ru", authors=[anna], tags=["C++"])
    post: Post = PostFactory(
        title="Hello",
        language="en-GB",
        authors=[anna],
        tags=["C++"],
        series=series,
        published_at="2026-05-07T10:00:00Z",
    )
    return post


LISTS = (
    "/",
    "/tags/",
    "/tags/c-plus-plus/",
    "/authors/",
    "/authors/anna-smith/",
    "/archive/",
    "/archive/2026/",
    "/archive/2026/05/",
    "/series/long-story/",
)
FEEDS = tuple(
    f"{path}feed.{form}"
    for path in ("/", "/tags/c-plus-plus/", "/authors/anna-smith/", "/series/long-story/")
    for form in FORMS
)
OTHERS = (
    "/posts/hello/",
    "/posts/hello.md",
    "/posts/hello.json",
    "/sitemap-index.xml",
    "/sitemap-images.xml",
    "/sitemap-news.xml",
    "/humans.txt",
    "/pages/about/",
    "/search/",
    "/search/?q=hello",
    "/sitemap.xml",
    "/robots.txt",
    "/livez",
    "/readyz",
)


@pytest.mark.parametrize("address", [*LISTS, *FEEDS, *OTHERS])
def test_it_answers(client: Client, site: Post, media_root: object, address: str) -> None:
    assert client.get(address).status_code == 200
    assert client.head(address).status_code == 200


@pytest.mark.parametrize("address", [*LISTS, *FEEDS])
def test_it_answers_under_a_language_that_has_such_posts(client: Client, site: Post, address: str) -> None:
    assert client.get(f"/en{address}").status_code == 200
    assert client.get(f"/en-gb{address}").status_code == 200
    assert client.get(f"/de{address}").status_code == 404


def test_a_language_shows_its_posts_alone(client: Client, site: Post) -> None:
    english, russian = client.get("/en/").text, client.get("/ru/").text
    assert "Hello" in english
    assert "Привет" not in english
    assert "Привет" in russian
    assert "Hello" not in russian


@pytest.mark.parametrize(
    "address",
    [
        "/posts/none/",
        "/posts/none.md",
        "/pages/hello/",
        "/posts/about/",
        "/tags/none/",
        "/authors/none/feed.rss",
        "/series/none/",
        "/archive/1999/",
        "/archive/0000/",
        "/archive/9999/",
        "/archive/2026/13/",
        "/archive/2026/00/",
        "/feed.xml",
        "/preview/none/",
        "/xx-yy-zz/",
        "/posts/%00/",
        "/posts/hello%00/",
        "/%ff%fe/",
        "/tags/c%2b%2b/",
        "/" + "a" * 5000,
        "/static/../config/settings.py",
        "/.git/config",
    ],
)
def test_what_is_not_there_is_a_404(client: Client, site: Post, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "number", ["0", "-1", "abc", "1e3", "01", "2", "1000000000", "٣", "", "%00", "9" * 5000]
)
@pytest.mark.parametrize(
    "path", ["/", "/tags/c-plus-plus/", "/feed.json", "/archive/", "/search/?q=x&", "/sitemap.xml"]
)
def test_a_page_that_no_list_has_is_a_404(client: Client, site: Post, path: str, number: str) -> None:
    address = f"{path}{'' if '?' in path else '?'}page={number}"
    expected = {200, 404} if (path.startswith("/search") and number == "2") else {404}
    assert client.get(address).status_code in expected


def test_page_one_is_the_list_itself(client: Client, site: Post) -> None:
    assert client.get("/?page=1").status_code == 200
    assert '<link rel="canonical" href="https://masthead.example/">' in client.get("/?page=1").text


def test_a_missing_slash_is_added_on_this_site(client: Client, site: Post) -> None:
    assert client.get("/posts/hello")["Location"] == "/posts/hello/"
    assert client.get("/en")["Location"] == "/en/"


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example/x",
        "//evil.example",
        "/%2fevil.example/x",
        "/\\evil.example/",
        "///evil.example/posts/hello",
    ],
)
def test_no_path_leads_to_another_site(client: Client, site: Post, path: str) -> None:
    response = client.get("/", PATH_INFO=path)
    assert response.status_code in (301, 404)
    location = response.headers.get("Location", "/")
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))


@pytest.mark.parametrize("address", ["/", "/posts/hello/", "/feed.rss", "/sitemap.xml"])
def test_only_reading_is_possible(client: Client, site: Post, address: str) -> None:
    for method in ("post", "put", "delete", "patch"):
        assert getattr(client, method)(address).status_code == 405
    assert client.options(address)["Allow"] == "GET, HEAD, OPTIONS"


def test_an_address_of_the_request_is_never_repeated(client: Client, site: Post) -> None:
    for path in (
        "/",
        "/posts/hello/",
        "/feed.rss",
        "/feed.atom",
        "/feed.json",
        "/sitemap.xml",
        "/robots.txt",
    ):
        text = client.get(path, headers={"host": "localhost", "x-forwarded-host": "evil.example"}).text
        assert "localhost" not in text
        assert "evil.example" not in text
        assert "https://masthead.example" in text
