"""test_structure: documents that attack their reader or break their own rules (cases 21 to 29).

The readers alone: test_feed_attacks, test_feed_broken, test_jsonfeed; bomb and external entity in short:
test_command_bad_sources. Here they meet the whole command with time, memory and connections watched.
"""

from __future__ import annotations

import json
import random
import socket
from itertools import count
from pathlib import Path

import pytest

from blog.models import Post
from importer.models import RunEntry
from tests.battery.measuring import measured
from tests.battery.trial import Outcome, tried_on
from tests.importer.documents import item, rows, rss, written
from tests.work import no_dearer

pytestmark = pytest.mark.django_db
VERSION = "https://jsonfeed.org/version/1.1"
NUMBERS = count(1_000)  # of entries that were never met before


def honest(size: int) -> str:
    """A body of ordinary paragraphs, as long as another one."""
    return "<p>Words and words.</p>" * (size // 23)


def feed(dtd: str, text: str) -> str:
    return (
        f'<?xml version="1.0"?><!DOCTYPE rss [{dtd}]><rss version="2.0"><channel><title>A</title>'
        f"<item><title>{text}</title><description>{text}</description></item></channel></rss>"
    )


LAUGHS = '<!ENTITY a0 "lol">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
QUADRATIC = f'<!ENTITY a "{"a" * 100_000}">'


@pytest.mark.parametrize(
    "document",
    [feed(LAUGHS, "&a9;"), feed(QUADRATIC, "&a;" * 10_000), feed('<!ENTITY a "&a;">', "&a;")],
    ids=["billion laughs", "quadratic", "itself"],
)
def test_a_bomb_of_entities_is_refused_at_once(tmp_path: Path, document: str) -> None:
    outcome = tried_on(tmp_path, document)
    assert outcome.status == 1
    assert "This document defines XML entities of its own" in outcome.err
    fair = rss(item(1, honest(len(document))))
    no_dearer(lambda: tried_on(tmp_path, document), lambda: tried_on(tmp_path, fair), times=4)


def test_a_bomb_costs_no_memory(tmp_path: Path, database: str) -> None:
    ended = measured(database, "import_feed", written(tmp_path, feed(LAUGHS, "&a9;")))
    assert ended.returncode == 1
    assert ended.megabytes < 200


@pytest.fixture
def no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **given: object) -> None:
        pytest.fail("something was connected to")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.usefixtures("no_connection")
@pytest.mark.parametrize(
    "dtd",
    [
        '<!ENTITY x SYSTEM "file://{secret}">',
        '<!ENTITY x PUBLIC "a" "http://127.0.0.1:9/x">',
        '<!ENTITY % y SYSTEM "http://127.0.0.1:9/x.dtd"> %y;',
        '<!entity x system "file://{secret}">',
        '<!ELEMENT a ANY><!-- " --><!ENTITY x SYSTEM "file://{secret}">',
    ],
)
def test_nothing_outside_is_drawn_in(tmp_path: Path, dtd: str) -> None:
    secret = written(tmp_path, "a very secret word", "secret")
    outcome = tried_on(tmp_path, feed(dtd.format(secret=secret), "&x; words"))
    assert "a very secret word" not in outcome.out + outcome.err + str(rows())
    assert outcome.status == 1 or outcome.counts == {"created": 1}


@pytest.mark.usefixtures("no_connection")
def test_an_outer_dtd_and_an_xinclude_are_passed_over(tmp_path: Path) -> None:
    secret = written(tmp_path, "a very secret word", "secret")
    document = (
        f'<?xml version="1.0"?><?xml-stylesheet href="http://127.0.0.1:9/x.xsl"?>'
        f'<!DOCTYPE rss SYSTEM "file://{secret}">'
        + rss(item(1, "<p>Words.</p>"))
        .partition("?>")[2]
        .replace(
            "<item>",
            f'<item><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{secret}" parse="text"/>',
        )
    )
    outcome = tried_on(tmp_path, document)
    assert outcome.counts == {"created": 1}
    assert "a very secret word" not in str(rows())


# -- 24 and 25: deep and wide --------------------------------------------------------------------------


DEEP = {
    "elements around": ("<a>" * 100_000, 1),
    "elements in an item": (rss("<item><title>Deep</title>" + "<a>" * 100_000 + "</item>", item(2)), 3),
    "divs in a body": (rss(item(1, "<div>" * 200_000 + "words"), item(2)), 3),
    "closed divs in a body": (rss(item(1, "<div>" * 20_000 + "words" + "</div>" * 20_000), item(2)), 3),
    "attributes of an element": (
        rss(
            "<item><title>Wide</title><a " + " ".join(f'b{n}=""' for n in range(20_000)) + "/></item>",
            item(2),
        ),
        3,
    ),
    "attributes in a body": (
        rss(item(1, "<p " + " ".join(f'b{n}=""' for n in range(20_000)) + ">words</p>"), item(2)),
        3,
    ),
    "attributes of the root": (rss(item(1)).replace("<rss ", "<rss " + 'b="" ' * 20_000), 1),
}


@pytest.mark.parametrize("kind", DEEP)
def test_what_is_too_deep_or_too_wide_costs_itself(tmp_path: Path, kind: str) -> None:
    document, status = DEEP[kind]
    outcome = tried_on(tmp_path, document)
    assert outcome.status == status
    if status == 3:
        assert outcome.counts == {"created": 1, "rejected": 1}
        (reason,) = outcome.reasons().values()
        assert "deep" in reason or "attributes" in reason
    fair = rss(item(1, honest(len(document))), item(2))
    no_dearer(lambda: tried_on(tmp_path, document), lambda: tried_on(tmp_path, fair), times=5)


@pytest.mark.parametrize(
    "body",
    [
        "<p>" * 20_000 + "words",
        "<b>" * 400 + "words",
        "<ul><li>" * 240 + "words",
        "<table><tr><td>" * 160 + "words",
        "<blockquote>" * 480 + "words" + "</blockquote>" * 480,
        "<" * 50_000 + " words",
        "&" * 50_000 + " words",
        "<a href='" + "x" * 100_000 + "'>words</a>",
        "<!--" * 10_000 + " words",
        "words " + "(" * 50_000,
        "<pre><code>" + "[" * 50_000 + "</code></pre> words",
        "words<![CDATA[" * 500,
    ],
    ids=range(12),
)
def test_a_body_at_the_edge_is_shown_at_the_cost_of_an_ordinary_one(tmp_path: Path, body: str) -> None:
    def tried_with(body: str) -> Outcome:
        return tried_on(tmp_path, rss(item(next(NUMBERS), body), item(2)))

    outcome = tried_with(body)
    assert outcome.status in (0, 3)
    assert outcome.counts["created"] >= 1
    no_dearer(lambda: tried_with(body), lambda: tried_with(honest(100_000)), times=8)


# -- 26 and 27: broken rules -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "document",
    [
        "<rss><channel><title>A</title><item><title>T</title><foo:bar>x</foo:bar><description>Words.</description></item></channel></rss>",
        '<rss version="7.5"><channel><item><title>T</title><description>Words.</description></item></channel></rss>',
        '<rss version="0.91"><channel><item><title>T</title><description>Words.</description></item></channel></rss>',
        '<rss version="2.0"><item><title>T</title><description>Words.</description></item></rss>',
        "<channel><item><title>T</title><description>Words.</description></item></channel>",
        '<feed xmlns="http://purl.org/atom/ns#" version="0.3"><entry><title>T</title><content>Words.</content></entry></feed>',
        '<feed><entry><title>T</title><content type="html">Words.</content></entry></feed>',
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><item><atom:title>T</atom:title><atom:content>Words.</atom:content></item></channel></rss>',
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel/><item><title>T</title><description>Words.</description></item></rdf:RDF>',
        '<?xml version="1.1"?><rss version="2.0"><channel><item><title>T</title><description>Words.</description></item></channel></rss>',
        "PHP Warning: x in y\n<?xml version='1.0'?><rss version='2.0'><channel><item><title>T</title><description>Words.</description></item></channel></rss>",
        "<RSS VERSION='2.0'><CHANNEL><ITEM><TITLE>T</TITLE><DESCRIPTION>Words.</DESCRIPTION></ITEM></CHANNEL></RSS>",
        "<rss version='2.0'><channel><item><title>T</title><description>Words.</description></item></channel></rss><script>x</script> and more",
        "<rss version='2.0'><channel><item><title>T</title><description>Fish & chips, AT&T, a <br> Words.</description></item></channel></rss>",
        "<rss version='2.0'><channel><item><title>T</title><description><p>Words.<p>More <img src=x.png></description></item></channel></rss>",
    ],
    ids=range(15),
)
def test_feeds_that_break_the_rules_come_in(tmp_path: Path, document: str) -> None:
    outcome = tried_on(tmp_path, document)
    assert (outcome.status, outcome.counts) == (0, {"created": 1})
    post = Post.objects.get()
    assert post.title.startswith("T")
    assert "Words." in post.html


@pytest.mark.parametrize(
    ("fields", "link"),
    [
        ("<title>T</title><description>Words.", ""),
        ("<title>T<description>Words.</description>", ""),
        ("<title>T</title><description>Words.<link>https://a.example/1</link>", "https://a.example/1"),
        (
            "<title>T</title><description><![CDATA[Words. <title>]]><link>https://a.example/1</link>",
            "https://a.example/1",
        ),
        ("<title>T</title><description><![CDATA[Words. <title> <link>]]></description>", ""),
    ],
)
def test_a_field_that_is_never_closed_loses_nothing(tmp_path: Path, fields: str, link: str) -> None:
    outcome = tried_on(tmp_path, rss(f"<item>{fields}</item>", item(2)))
    assert outcome.counts == {"created": 2}
    post = Post.objects.get(title="T")
    assert ("Words." in post.html, post.origin_url) == (True, link)


# -- 28 and 29: JSON -------------------------------------------------------------------------------------


def json_tried(folder: Path, items: object) -> Outcome:
    return tried_on(folder, json.dumps({"version": VERSION, "title": "A", "items": items}))


def test_good_items_come_in_and_bad_ones_are_listed(tmp_path: Path) -> None:
    items: list[object] = [
        {"id": "1", "title": "One", "content_text": "Words."},
        "a string",
        None,
        {"id": 2, "title": "Two", "content_html": "<p>Words.</p>"},
        {"title": "Three", "content_text": "No id."},
        {"id": "4", "content_html": ["a", "list"]},
        {"id": "5"},
        [],
        {
            "id": {"a": 1},
            "title": 6,
            "content_text": "A number for a title.",
            "tags": "no list",
            "authors": "x",
        },
        {"id": "7", "url": "javascript:alert(1)", "content_text": "Seven.", "date_published": 7, "image": {}},
    ]
    outcome = json_tried(tmp_path, items)
    assert (outcome.status, outcome.counts) == (3, {"created": 5, "rejected": 5})
    assert outcome.reasons() == {
        2: "The item is not an object.",
        3: "The item is not an object.",
        6: "The entry's content_html is not a text.",
        7: "The entry has neither a title nor a text.",
        8: "The item is not an object.",
    }
    assert not Post.objects.exclude(origin_url="").exists()
    assert RunEntry.objects.count() == 10


@pytest.mark.parametrize("items", [None, {}, "x", 7, True])
def test_no_list_of_items(tmp_path: Path, items: object) -> None:
    outcome = json_tried(tmp_path, items)
    assert outcome.status == 1
    assert "This JSON Feed has no list of items" in outcome.err


ODD = {
    "a key twice": (
        '{"version": "%s", "items": [{"id": "1", "id": "2", "content_text": "Words."}]}',
        0,
        "twice",
    ),
    "too deep": ("[" * 10_000 + "]" * 10_000, 1, ""),
    "too deep inside": (
        '{"version": "%s", "items": [{"id": "1", "content_text": "Words.", "x": '
        + '{"a":' * 10_000
        + "1"
        + "}" * 10_000
        + "}]}",
        1,
        "nested too deep",
    ),
    "not a number": (
        '{"version": "%s", "items": [{"id": NaN, "content_text": "Words."}]}',
        0,
        "NaN is not a number",
    ),
    "infinite": ('{"version": "%s", "items": [{"id": -Infinity, "content_text": "Words."}]}', 0, "Infinity"),
    "huge": (
        '{"version": "%s", "items": [{"id": 1' + "0" * 400 + ', "content_text": "Words."}]}',
        0,
        "300 digits",
    ),
    "huge float": ('{"version": "%s", "items": [{"id": 1e400, "content_text": "Words."}]}', 0, ""),
    "a comma too many": (
        '{"version": "%s", "items": [{"id": "1", "content_text": "Words."},]}',
        1,
        "not valid JSON",
    ),
    "comments": ('{"version": "%s", /* x */ "items": []}', 1, "not valid JSON"),
    "more behind": ('{"version": "%s", "items": []} and more', 1, "not valid JSON"),
}


@pytest.mark.parametrize("kind", ODD)
def test_json_that_is_odd(tmp_path: Path, kind: str) -> None:
    document, status, says = ODD[kind]
    outcome = tried_on(tmp_path, document.replace("%s", VERSION))
    assert outcome.status == status
    assert says in outcome.err
    assert Post.objects.count() == (status == 0)


# -- and whatever chance makes of a document -----------------------------------------------------------------

ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://b.example/"><title>B</title><id>urn:b</id>'
    + "".join(
        f'<entry><title type="html">T &lt;b&gt;{n}&lt;/b&gt;</title><id>urn:{n}</id><link href="/{n}"/><author><name>Ada {n}</name>'
        f'</author><category term="c{n}"/><updated>2024-01-0{n}T00:00:00Z</updated>'
        f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Words {n}</p><pre>x &lt; y</pre></div></content></entry>'
        for n in (1, 2, 3)
    )
    + "</feed>"
)
JSON = json.dumps(
    {
        "version": VERSION,
        "title": "A",
        "authors": [{"name": "Ada"}],
        "items": [
            {
                "id": str(n),
                "title": f"T{n}",
                "content_html": f"<p>Words {n}</p>",
                "tags": ["a", "b"],
                "date_published": "2024-01-01T00:00:00Z",
            }
            for n in (1, 2, 3)
        ],
    }
)
DUMP = "".join(
    f"Title: A post {n}\nDate: 2024-01-0{n}\nTags: a, b\n\nThe words of post {n}. ## More Words are here.\n\n"
    for n in (1, 2, 3)
)
WHOLE = (rss(item(1, category="x"), item(2), item(3)), ATOM, JSON, DUMP)
THROWN_IN = (
    "<",
    ">",
    "&",
    "]]>",
    "<![CDATA[",
    "<!--",
    '"',
    "\x00",
    "</item>",
    "<item>",
    "\ud800",
    "{",
    "}",
    "\\",
    "&#0;",
    "é",
    "\r",
    "<a " * 9,
)


def mangled(seed: int) -> str:
    chance = random.Random(seed)
    text = chance.choice(WHOLE)
    for _ in range(chance.randint(1, 6)):
        a, b = sorted(chance.randrange(len(text) + 1) for _ in range(2))
        b = min(b, a + 200)
        match chance.randrange(4):
            case 0:
                text = text[:a] + text[b:]
            case 1:
                text = text[:b] + text[a:]
            case 2:
                text = text[:a] + chance.choice(THROWN_IN) + text[a:]
            case _:
                text = text[:a] + text[a:b][::-1] + text[b:]
    return text


@pytest.mark.parametrize("start", range(0, 240, 20))
def test_chance_breaks_nothing(tmp_path: Path, start: int) -> None:
    for seed in range(start, start + 20):
        data = mangled(seed).encode("utf-8", "surrogatepass")
        outcome = tried_on(tmp_path, data, name=f"source-{seed}")
        assert outcome.status in (0, 1, 3), seed
        if outcome.counts.get("created"):
            again = tried_on(tmp_path, data, name=f"source-{seed}")
            assert not set(again.counts) & {"created", "updated"}, (seed, again.counts)
