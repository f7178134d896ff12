"""test_signed_in_readers: who is signed in reads the same bytes as everybody, and no public page sets a cookie."""

from __future__ import annotations

import pytest
from django.core.cache import caches
from django.test import Client

from blog.models import Post
from tests.factories import PageFactory, PostFactory, SeriesFactory, a_user
from tests.security.reading import crawl, said

pytestmark = pytest.mark.django_db

STARTS = (
    "/",
    "/sitemap.xml",
    "/robots.txt",
    "/feed.rss",
    "/feed.atom",
    "/feed.json",
    "/search/?q=post",
    "/posts/a-draft/",
    "/pages/about/",
    "/nothing/here/",
)


@pytest.fixture
def _site() -> None:
    PostFactory(title="A post", authors=["Anna"], tags=["x"], series=SeriesFactory(title="S"))
    PostFactory(title="A draft", status="draft")
    PageFactory(title="About")


@pytest.mark.usefixtures("_site")
@pytest.mark.parametrize("role", ["contributor", "author", "editor", "administrator"])
@pytest.mark.parametrize("kept", [True, False], ids=("kept", "fresh"))
def test_the_same_bytes_and_no_cookie(role: str, kept: bool) -> None:
    editor = Client()
    editor.force_login(a_user(role=role, username="somebody-known", is_superuser=role == "administrator"))
    theirs = crawl(editor, STARTS)
    if not kept:
        caches["pages"].clear()
    everyones = crawl(Client(), STARTS)
    assert theirs.keys() == everyones.keys()
    assert len(theirs) > 20
    for address, answer in theirs.items():
        assert answer.status_code == everyones[address].status_code, address
        assert answer.content == everyones[address].content, address
        assert "somebody-known" not in said(answer), address
        for one in (answer, everyones[address]):
            assert not one.cookies, address
            assert "Cookie" not in one.headers.get("Vary", ""), address


@pytest.mark.usefixtures("_site")
@pytest.mark.parametrize(
    "cookie", ["sessionid=x", "sessionid=" + "a" * 32, "csrftoken=x", "messages=x", "other=x"]
)
def test_a_cookie_of_any_kind_changes_no_word(cookie: str) -> None:
    plain = Client().get("/").content
    answer = Client().get("/", headers={"cookie": cookie})
    assert answer.content == plain
    # What a browser is told to forget may be kept by nobody else on the way.
    assert not answer.cookies or "Cookie" in answer["Vary"]


@pytest.mark.usefixtures("_site")
def test_a_preview_is_kept_by_nobody_and_told_to_nobody() -> None:
    from blog.preview import make_link

    author = a_user(role="editor")
    draft = Post.objects.get(title="A draft")
    address = make_link(draft, author).removeprefix("https://masthead.example")
    answer = Client().get(address)
    assert "A draft" in answer.text
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer["X-Robots-Tag"]
    assert "ETag" not in answer.headers
    assert not answer.cookies
    for at in (len("/preview/"), len(address) // 2, len(address) - 2):
        changed = address[:at] + ("A" if address[at] != "A" else "B") + address[at + 1 :]
        refused = Client().get(changed)
        assert refused.status_code == 404
        assert "A draft" not in said(refused)
    assert "A draft" not in said(Client().get("/"))
