"""test_hostile_parameters: whatever stands in an address or a parameter, the answer is a page or a 4xx, for little work and few queries."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from blog.search import search
from blog.search.snippets import snippet
from tests.factories import PostFactory, SeriesFactory
from tests.work import grows_no_faster_than_linear, no_dearer

pytestmark = pytest.mark.django_db

PAGES = (
    "1000000000",
    "99999",
    "99999999999999999999999999",
    "-1",
    "0",
    "00",
    "01",
    "1.0",
    "1e3",
    "0x10",
    "+1",
    " 1",
    "1 ",
    "1%0a",
    "%00",
    "1%00",
    "\u0661",
    "\uff11",
    "NaN",
    "None",
    "last",
    "",
    "'",
    "1'--",
    "1;DROP TABLE blog_post",
    "1 OR 1=1",
    "9" * 20_000,
    "%ff",
    "%ed%a0%80",
)
LISTS = (
    "/",
    "/en/",
    "/tags/x/",
    "/authors/anna/",
    "/series/s/",
    "/archive/",
    "/archive/2026/",
    "/feed.rss",
    "/tags/x/feed.atom",
    "/authors/anna/feed.json",
    "/series/s/feed.rss",
    "/sitemap.xml",
    "/search/",
)
ADDRESSES = (
    "/archive/99999/",
    "/archive/0000/",
    "/archive/0001/",
    "/archive/9999/",
    "/archive/9999/12/",
    "/archive/1900/01/",
    "/archive/9000/12/",
    "/archive/2026/13/",
    "/archive/2026/00/",
    "/archive/2026/1/",
    "/archive/-2026/",
    "/archive/\u0662\u0660\u0662\u0666/",
    "/archive/2026/\u0660\u0665/",
    "/posts/%00/",
    "/posts/a%00b/",
    "/posts/..%2f..%2fetc/",
    "/posts/" + "a" * 3000 + "/",
    "/posts/" + "a" * 3000 + ".md",
    "/posts/\u0430\u0431\u0432/",
    "/posts/%ff%fe/",
    "/posts/%ed%a0%80/",
    "/posts/'%20OR%201=1--/",
    "/tags/" + "a-" * 1500 + "/",
    "/tags/%27/",
    "/authors/%0d%0aX:y/",
    "/" + "en-" + "-".join(["abcdefgh"] * 200) + "/",
    "/" + "aa-" * 900 + "a/",
    "/zz-zz-zz/tags/",
    "/feed.xml",
    "/feed.rss/",
    "/tags//feed.rss",
    "/preview/%00/",
    "/preview/" + "A" * 3000 + "/",
    "/preview/%f0%9f%92%a9/",
    "/welcome/%00/",
    "/welcome/" + "A" * 3000 + "/",
    "/media/%00",
    "/media/" + "a/" * 1500 + "00112233.webp",
    "/media/" + "a" * 3000 + ".webp",
    "/" + "%28" * 900 + "/",
    "/" + "%22" * 900 + "/",
    "/" + "%cc%81" * 400 + "/",
    "/" + "a/" * 450 + "/",
    "/" + "." * 900 + "/",
    "/%%%/",
    "/%/",
    "/?%00=%00&page=2&page=x",
)
LONG = 100_000  # characters
QUESTIONS = (
    "(" * LONG,
    '"' * LONG,
    "&" * LONG,
    "<" * LONG,
    "/" * LONG,
    "*" * LONG,
    "\u0301" * LONG,
    "a\u0301" * (LONG // 2),
    "a " * (LONG // 2),
    "a" * LONG,
    "\ufdfa" * LONG,  # one character that normalises to eighteen
    '"a ' * (LONG // 3),
    "«" * LONG,
    "\u202e" * LONG,
    "я" * LONG,
    "\U0001f469\u200d" * (LONG // 2),
)
SYNTAX = (
    "' OR '1'='1",
    "'; DROP TABLE blog_post; --",
    '" OR rowid > 0 --',
    "title : x",
    "{title names} : x",
    "^x",
    "x*",
    "NEAR(x y, 5)",
    "NEAR(",
    "AND",
    "OR OR OR",
    "NOT",
    "NOT x",
    "x AND",
    "( x",
    "x )",
    '"',
    '""',
    '"" ""',
    '"x',
    "-y",
    "- -",
    "x & y | !z <-> w:*",
    ":*",
    "\\",
    "x\\' y",
    "%",
    "_",
    "x%s",
    "%(x)s",
    "{0}",
    "\x00x",
    "x\x00y",
    "\x1a",
    "\ud7ff\ue000\uffff",
    "ß ŉ ǰ ΐ ﬃ İ ı",
    "\u00aa \u00b2 \u2460 \u0e33 \u1160",
    "1e999 -0 ½",
)
DEAREST = 20  # times the work of the plain first page, for any address that fits into one line of a request
MOST_QUERIES = 14


@pytest.fixture(autouse=True)
def _site() -> None:
    PostFactory(
        title="Words",
        body="some words of the text",
        tags=["x"],
        authors=["Anna"],
        series=SeriesFactory(title="S"),
        language="en",
    )


def _ask(client: Client, address: str, **headers: str) -> Any:
    """The answer, which is none of our failures and cost few queries."""
    with CaptureQueriesContext(connection) as queries:
        answer: Any = client.get(address, headers=headers)
    assert answer.status_code in (200, 301, 302, 400, 404), (answer.status_code, address[:200])
    assert len(queries) <= MOST_QUERIES, address[:200]
    return answer


def _ask_cheaply(client: Client, address: str, **headers: str) -> Any:
    """The same, of an answer that costs little more work than the first page."""
    answer = _ask(client, address, **headers)
    no_dearer(lambda: client.get(address, headers=headers), lambda: client.get("/"), times=DEAREST)
    return answer


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page[:20])
def test_the_page_of_a_list(client: Client, page: str) -> None:
    for path in LISTS:
        answer = _ask_cheaply(client, f"{path}?q=words&page={page}")
        if path != "/search/" or page != "99999":  # beyond the last page of search stands the last
            assert answer.status_code in (400, 404), (path, page[:20])


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address[:30])
def test_an_address(client: Client, address: str) -> None:
    answer = _ask_cheaply(client, address)
    assert "Set-Cookie" not in answer.headers or address.startswith("/welcome")


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: ascii(question[:5]))
def test_a_question_of_a_hundred_thousand_signs(client: Client, question: str) -> None:
    answer = _ask(client, f"/search/?q={quote(question)}")
    assert answer.status_code == 200
    assert len(answer.content) < 40_000
    grows_no_faster_than_linear(
        lambda asked: client.get(f"/search/?q={asked}"),
        lambda size: quote(question[:size]),
        small=LONG // 10,
        large=LONG,
    )


@pytest.mark.parametrize("question", SYNTAX, ids=ascii)
def test_a_question_in_an_engines_own_language(client: Client, question: str) -> None:
    """Every sign of it is a sign, nothing more: the post is found by its words alone."""
    answer = _ask(client, f"/search/?q={quote(question.encode('utf-8', 'surrogatepass'))}")
    assert answer.status_code == 200
    beside = _ask(client, f"/search/?q={quote(f'words {question}'.encode('utf-8', 'surrogatepass'))}")
    assert beside.status_code == 200
    assert 'href="/posts/words/"' in beside.text


def test_every_character_there_is_can_be_asked_for() -> None:
    """Sixty at a time, through both ends of the basic plane and into the astral ones."""
    points = [*range(1, 0xD800), *range(0xE000, 0x10000), *range(0x1F300, 0x1F700), *range(0xE0000, 0xE0080)]
    for start in range(0, len(points), 6000):
        text = "".join(map(chr, points[start : start + 6000 : 97]))
        assert search(text).total >= 0
        assert search(f'"{text}" words').total >= 0


@pytest.mark.parametrize("signs", ["(", "<", "&", '"', "a", "a ", "\u0301", "ß", "\ufdfa"], ids=ascii)
def test_snippets_of_long_texts_are_short_and_take_linear_work(signs: str) -> None:
    def made(text: str) -> str:
        return snippet(text, ["a", "ss", "words"])

    def text_of(size: int) -> str:
        return signs * (size // len(signs))

    assert len(made(text_of(LONG))) < 5000
    grows_no_faster_than_linear(made, text_of, small=LONG // 10, large=LONG)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("if-none-match", '"' * 8000),
        ("if-none-match", "W/" * 4000),
        ("if-none-match", ", ".join(['W/"x"'] * 1000)),
        ("if-modified-since", "Thu, 99 Xyz 99999 99:99:99 GMT"),
        ("accept-encoding", "gzip;q=0." + "0" * 8000),
        ("accept-encoding", "gzip " * 1600),
        ("accept-encoding", "gzip;" + " " * 8000),
        ("accept", "text/html;" * 800),
        ("cookie", "a=b; " * 1600),
        ("cookie", "sessionid=" + "x" * 8000),
        ("cookie", 'sessionid="\\777\\x00"; csrftoken=; =;;'),
        ("x-forwarded-for", "1.2.3.4, " * 900),
        ("range", "bytes=0-0,-1,99999999999999999999-"),
        ("content-length", "x"),
        ("content-type", "multipart/form-data"),
    ],
)
def test_a_header(client: Client, name: str, value: str) -> None:
    for path in ("/", "/posts/words/", "/feed.rss", "/search/?q=words", "/nothing/here/"):
        assert _ask_cheaply(client, path, **{name.replace("-", "_"): value}).status_code in (200, 404), path


def test_more_parameters_than_a_form_has(client: Client) -> None:
    for path in ("/", "/search/", "/feed.rss", "/nothing/here/"):
        assert _ask_cheaply(client, path + "?" + "a=1&" * 3000).status_code in (200, 400, 404)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_another_method_is_no_failure_and_changes_nothing(client: Client, method: str) -> None:
    for path in (
        "/",
        "/posts/words/",
        "/posts/words.md",
        "/feed.rss",
        "/search/",
        "/sitemap.xml",
        "/sitemap-index.xml",
        "/sitemap-news.xml",
        "/robots.txt",
        "/livez",
    ):
        answer = getattr(client, method)(path)
        assert answer.status_code in (200, 204, 403, 405), path
        assert method in ("options",) or answer.status_code in (403, 405), path


def test_an_old_address_of_any_length_is_looked_up_in_few_queries(client: Client) -> None:
    for length in (999, 1000, 1001, 3000):
        assert _ask_cheaply(client, "/" + "a" * length + "/").status_code == 404
        assert _ask(client, "/x/?" + "a" * length).status_code == 404
