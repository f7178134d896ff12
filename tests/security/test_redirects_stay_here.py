"""test_redirects_stay_here: no address of this site sends a reader to a place that its author did not choose."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client, RequestFactory
from django.test.client import ClientHandler

from blog import links, taxonomy
from blog.admin.ways import RedirectForm
from blog.models import Redirect
from tests.factories import AuthorFactory, PostFactory, a_post
from tests.security.reading import SITE

pytestmark = pytest.mark.django_db

# Paths without a last slash, as they stand in the request line.
PATHS = (
    "//evil.example/posts",
    "//evil.example/posts/a-post",
    "//evil.example/%2e%2e",
    "///evil.example/tags",
    "/\\evil.example/tags",
    "/%5Cevil.example/tags",
    "/%2f%2fevil.example/tags",
    "/%09/evil.example/tags",
    "/%0d%0aLocation:%20https://evil.example/tags",
    "/posts//evil.example",
    "/tags/..//evil.example",
    "/https://evil.example",
    "/javascript:steal()",
    "//tags",
    "//posts/a-post",
    "/ru//evil.example/tags",
    "/media//evil.example",
    "/preview//evil.example",
    "/welcome//evil.example",
)
QUERIES = (
    "",
    "?next=https://evil.example/",
    "?url=//evil.example",
    "?page=//evil.example",
    "?q=//evil.example",
)
# What a row of redirects may hold, however it came there.
HOSTILE_ROWS = (
    "//evil.example/x",
    "/\\evil.example/x",
    "javascript:steal()",
    "JaVaScRiPt://example.org/%0asteal()",
    "data:text/html,x",
    "http:evil.example",
    "https:/evil.example",
    "http://[evil",
    "http://",
    "ftp://evil.example/",
    "evil.example",
    "\\\\evil.example",
    "?x",
)


def _asked(path: str) -> Any:
    """The answer to a request line that the test's own client would have tidied first."""
    path, _, query = path.partition("?")
    request = RequestFactory().generic("GET", "/", PATH_INFO=_decoded(path), QUERY_STRING=query)
    handler = ClientHandler()
    handler.load_middleware()
    return handler.get_response(request)


def _decoded(path: str) -> str:
    from urllib.parse import unquote_to_bytes

    return unquote_to_bytes(path).decode("latin-1")


def _leaves(location: str) -> bool:
    """Whether a browser that reads our page would be led elsewhere; it drops tabs and turns backslashes."""
    told = location.replace("\t", "").replace("\n", "").replace("\r", "").replace("\\", "/")
    return urlsplit(urljoin(f"{SITE}/", told)).netloc != urlsplit(SITE).netloc


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("path", PATHS)
def test_a_path_without_its_last_slash(path: str, query: str) -> None:
    PostFactory(title="A post", tags=["x"])
    answer = _asked(path + query)
    assert answer.status_code in (301, 302, 308, 404)
    assert not _leaves(answer.headers.get("Location", "/"))
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("address", HOSTILE_ROWS)
def test_a_row_that_leads_nowhere_good_is_as_if_it_were_not_there(client: Client, address: str) -> None:
    Redirect.objects.create(path="/2019/old/", address=address)
    assert links.follow("/2019/old/") is None
    answer = client.get("/2019/old/")
    assert answer.status_code == 404
    assert "Location" not in answer.headers


def test_a_row_may_lead_to_a_place_that_an_editor_named(client: Client) -> None:
    Redirect.objects.create(path="/2019/old/", address="/tags/?x=1")
    Redirect.objects.create(path="/2019/moved/", address="https://other.example/new")
    assert client.get("/2019/old/")["Location"] == "/tags/?x=1"
    assert client.get("/2019/moved/")["Location"] == "https://other.example/new"


@pytest.mark.parametrize("address", [one for one in HOSTILE_ROWS if not one.startswith("http://")])
def test_the_form_takes_none_of_them(address: str) -> None:
    form = RedirectForm({"path": "/2019/old/", "address": address})
    assert not form.is_valid()


@pytest.mark.parametrize("address", ["http://[x", "https://", "http:///path", "https://[::1"])
def test_what_only_begins_like_an_address_is_refused_with_a_sentence(address: str) -> None:
    form = RedirectForm({"path": "/2019/old/", "address": address})
    assert form.errors["address"] == [
        "Write an address of this site (/posts/new-name/) or one that begins with https://."
    ]


def test_no_parameter_of_an_old_address_becomes_part_of_the_new_one(client: Client) -> None:
    author = AuthorFactory(name="Anna")
    a_post(title="A post", authors=[author])
    author.slug = "anna-two"
    taxonomy.save_author(author)
    answer = client.get("/authors/anna/?next=//evil.example&x=%0d%0aSet-Cookie:a=b")
    assert answer["Location"] == "/authors/anna-two/"


def test_signing_in_leads_to_the_desk_alone(client: Client) -> None:
    from tests.factories import PASSWORD, a_user

    for number, wanted in enumerate(
        (
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "javascript:steal()",
            "\thttps://evil.example",
        )
    ):
        user = a_user(role="author", username=f"writer-{number}")
        answer = Client().post(
            "/admin/login/", {"username": user.username, "password": PASSWORD, "next": wanted}
        )
        assert answer.status_code == 302
        assert answer["Location"] == "/admin/"
