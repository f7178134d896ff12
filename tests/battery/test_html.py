"""test_html: what bodies try, on the page, in the feeds and in lists (cases 42 to 45); the gate alone: tests/blog/markup."""

from __future__ import annotations

import io
import json
from html.parser import HTMLParser
from itertools import count
from pathlib import Path

import feedparser
import html5lib
import pytest
from django.test import Client

from blog.markup.sanitize import for_page
from blog.models import Post, SearchDocument
from tests.battery.trial import tried, tried_on
from tests.importer.documents import item, rss, written
from tests.work import grows_no_faster_than_linear

pytestmark = pytest.mark.django_db

EVIL = {
    "script": "<script>alert(1)</script>",
    "script in a cover": '<img src="x" onerror="alert(1)">',
    "handler": '<p onclick="alert(1)" onmouseover=alert(1)>Words</p>',
    "javascript": '<a href="javascript:alert(1)">a</a><a href=" jAvA\tsCript:alert(1)">b</a><a href="&#106;avascript:alert(1)">c</a>',
    "data": '<a href="data:text/html,<script>alert(1)</script>">a</a><img src="data:text/html;base64,PHNjcmlwdD4=">',
    "vbscript": '<a href="vbscript:msgbox(1)">a</a>',
    "svg": '<svg onload="alert(1)"><script>alert(1)</script><a xlink:href="javascript:alert(1)"><text>t</text></a></svg>',
    "math": '<math href="javascript:alert(1)"><mi xlink:href="javascript:alert(1)">x</mi></math>',
    "style": "<style>*{background:url(javascript:alert(1))}</style><p style=\"background:url('javascript:alert(1)')\">x</p>",
    "refresh": '<meta http-equiv="refresh" content="0;url=https://evil.example/"><base href="https://evil.example/">',
    "form": '<form action="https://evil.example/"><input name=password><button formaction="javascript:alert(1)">x</button></form>',
    "iframe": '<iframe src="https://evil.example/"></iframe><iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "object": '<object data="x.swf"></object><embed src="x.swf"><applet code=x></applet>',
    "link": '<link rel="stylesheet" href="https://evil.example/x.css">',
    "noscript": '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    "template": "<template><script>alert(1)</script></template>",
    "annotation": '<math><annotation-xml encoding="text/html"><svg onload=alert(1)></annotation-xml></math>',
    "mglyph": "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "table": "<table><math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "comment": "<!--><img src=x onerror=alert(1)>--><!-- --!><img src=x onerror=alert(1)> -->",
    "cdata": "<svg><![CDATA[><img src=x onerror=alert(1)>]]></svg>",
    "textarea": "<textarea><p title='</textarea><img src=x onerror=alert(1)>'></textarea>",
    "title": "<title><p title='</title><img src=x onerror=alert(1)>'></title>",
    "xmp": "<xmp><p title='</xmp><img src=x onerror=alert(1)>'></xmp>",
    "select": "<select><template><img src=x onerror=alert(1)></template></select>",
    "clobbering": '<a id="location" name="cookie">x</a><img name="getElementById"><form id="__proto__"></form>',
    "srcset": '<img src="x" srcset="javascript:alert(1) 1x, x 2x">',
    "half": '<img src="x" onerror="alert(1)"',
    "nul": "<scr\0ipt>alert(1)</scr\0ipt>",
    "escaped": "&lt;script&gt;alert(1)&lt;/script&gt;",
}
NEVER = {
    *(
        "script",
        "style",
        "form",
        "input",
        "button",
        "object",
        "embed",
        "applet",
        "meta",
        "base",
        "link",
        "template",
    ),
    *("noscript", "math", "svg", "textarea", "select", "xmp", "title", "noembed", "frame", "frameset"),
}


class Body(HTMLParser):
    """What a browser would find in a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.bad: list[str] = []
        self.feed(html)
        tree = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
        for element in tree.iter():
            if isinstance(element.tag, str):
                self.look(element.tag, dict(element.attrib))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.look(tag, {name: value or "" for name, value in attrs})

    def executable(self) -> list[str]:
        """What of it runs: a page of ours has forms and pictures of its own."""
        return [
            bad for bad in self.bad if bad.startswith("on") or "script:" in bad or bad in ("srcdoc", "object")
        ]

    def look(self, tag: str, given: dict[str, str]) -> None:
        if tag.lower() in NEVER:
            self.bad.append(tag)
        for name, value in given.items():
            plain = "".join(value.split()).lower()
            if name.startswith("on") or name in ("style", "srcdoc", "formaction"):
                self.bad.append(name)
            if plain.startswith(("javascript:", "vbscript:", "data:")):
                self.bad.append(value)
        if tag == "iframe" and "evil.example" in given.get("src", ""):
            self.bad.append("iframe")


def body_of_page(client: Client, post: Post) -> str:
    page = client.get(post.get_absolute_url()).content.decode()
    assert "e-content" in page
    return page.partition("e-content")[2].partition(">")[2].partition("</article>")[0]


@pytest.mark.parametrize("kind", EVIL)
def test_nothing_runs_and_the_words_stay(tmp_path: Path, client: Client, kind: str) -> None:
    evil = EVIL[kind]
    entry = item(
        1,
        f"<p>Words before it.</p>{evil}",
        title=f"Post {evil} 1",
        description=evil,
        category=evil[:90],
        dc__creator=f"{evil[:150]} x",
    )
    assert tried_on(tmp_path, rss(entry)).counts == {"created": 1}
    post = Post.objects.get()
    assert "Words before it." in post.html
    in_json = json.loads(client.get("/feed.json").content)["items"][0]["content_html"]
    for shown in (post.html, post.feed_html, in_json, body_of_page(client, post)):
        assert Body(shown).bad == []
    for address in ("/", post.get_absolute_url(), "/tags/", "/authors/", "/search/?q=words", "/archive/"):
        page = client.get(address).content.decode()
        assert Body(page.partition("<main")[2]).executable() == []
    for feed in ("/feed.rss", "/feed.atom"):
        read = feedparser.parse(io.BytesIO(client.get(feed).content), sanitize_html=False)
        assert not read["bozo"]
        assert Body(read["entries"][0]["content"][0]["value"]).bad == []


@pytest.mark.parametrize("kind", EVIL)
def test_cleaning_again_changes_nothing(kind: str) -> None:
    once = for_page(EVIL[kind])
    assert Body(once).bad == []
    assert for_page(once) == once


# -- 44: relative addresses ------------------------------------------------------------------------------

RELATIVE = (
    '<p>Words <a href="../other">a</a> <a href="/root">b</a> <a href="//cdn.example/x">c</a> <a href="?q=1">d</a>'
    ' <a href="#here">e</a> <img src="pic.png" alt="A thing" srcset="pic.png 1x, big.png 2x"></p><h2 id="here">Here</h2>'
)


def addresses(post: Post) -> str:
    return post.html + post.feed_html


@pytest.mark.parametrize(
    ("document", "options", "base"),
    [
        (rss(item(1, RELATIVE)), (), "https://blog.example"),
        (rss(item(1, RELATIVE, link="")), (), "https://blog.example"),
        (
            rss(item(1, RELATIVE, link="", guid="x"), link=""),
            ("--base-url", "https://given.example/a/b"),
            "https://given.example",
        ),
        (
            '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://based.example/x/"><title>A</title><id>a</id><entry xml:base="y/">'
            f'<title>T</title><id>b</id><content type="html">{RELATIVE.replace("&", "&amp;").replace("<", "&lt;")}</content></entry></feed>',
            (),
            "https://based.example",
        ),
    ],
    ids=["item link", "channel link", "given", "xml:base"],
)
def test_relative_addresses_become_absolute(
    tmp_path: Path, document: str, options: tuple[str, ...], base: str
) -> None:
    assert tried_on(tmp_path, document, *options).counts == {"created": 1}
    post = Post.objects.get()
    assert f'href="{base}/root"' in post.html
    assert 'href="https://cdn.example/x"' in post.html
    assert f"{base}/" in post.body.partition("<img")[2]
    assert 'href="../other"' not in addresses(post)
    assert 'src="pic.png"' not in addresses(post)


def test_without_any_base_it_is_told(tmp_path: Path) -> None:
    outcome = tried_on(tmp_path, rss(item(1, RELATIVE, link="", guid="x"), link=""))
    assert outcome.counts == {"created": 1}
    assert "--base-url says it." in outcome.warnings


# -- 45: long bodies ---------------------------------------------------------------------------------------

SENTENCE = "A sentence of several words about nothing much, number {}. "


def long_body(size: int, *, words: bool) -> str:
    if not words:
        return "<p>" + "x" * size + "</p>"
    return "".join(f"<p>{SENTENCE.format(n)}word{n} other{n * 7}</p>" for n in range(size // 85))


@pytest.mark.parametrize("words", [True, False], ids=["words", "one word"])
def test_a_long_body_is_stored_whole_and_found(tmp_path: Path, client: Client, words: bool) -> None:
    outcome = tried_on(tmp_path, rss(item(1, long_body(2_400_000, words=words)), item(2)))
    assert (outcome.status, outcome.counts) == (0, {"created": 2})
    post = Post.objects.get(title="Post 1")
    assert len(post.html) > 2_000_000
    assert SearchDocument.objects.filter(post=post).exists()
    assert client.get(post.get_absolute_url()).status_code == 200
    assert "Post 1" in client.get("/search/?q=Post").content.decode()


@pytest.mark.parametrize("words", [True, False], ids=["words", "one word"])
def test_the_work_on_a_body_grows_with_its_length(tmp_path: Path, words: bool) -> None:
    numbers = count(1)  # an entry that was met before would cost next to nothing

    def imported(body: str) -> None:
        assert tried_on(tmp_path, rss(item(next(numbers), body))).counts == {"created": 1}

    grows_no_faster_than_linear(
        imported, lambda size: long_body(size, words=words), small=50_000, large=400_000
    )


@pytest.mark.slow
@pytest.mark.parametrize("words", [True, False], ids=["words", "one word"])
def test_a_body_of_twenty_megabytes_is_stored_or_refused_by_a_stated_rule(
    tmp_path: Path, words: bool
) -> None:
    path = written(tmp_path, rss(item(1, long_body(20_000_000, words=words)), item(2)))
    outcome = tried(path)
    assert outcome.counts in ({"created": 2}, {"created": 1, "rejected": 1})
    assert all("MB" in reason or "characters" in reason for reason in outcome.reasons().values())
