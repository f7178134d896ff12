"""test_encodings: the right letters, whatever bytes they came in (cases 13 to 20); decoding alone: test_decoding_encodings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from blog.models import Post
from tests.battery.trial import tried, tried_on
from tests.importer.documents import item, rss, written
from tests.importer.web_servers import reply, serving

pytestmark = pytest.mark.django_db
RUSSIAN = "Сегодня мы говорим о том, как собака нашла дорогу домой"
FRENCH = "L’été, un garçon naïf dînait à Besançon près de l’hôtel"


def feed(title: str, *, declared: str = "") -> str:
    document = rss(item(1, f"<p>{title}. {title}.</p>", title=title), title=title)
    return document.replace('encoding="UTF-8"', f'encoding="{declared}"' if declared else "")


def one_post() -> Post:
    post: Post = Post.objects.get()
    return post


def came_whole(title: str) -> None:
    post = one_post()
    assert post.title == title
    assert f"{title}. {title}." in post.html
    assert "\ufffd" not in post.title + post.html + post.summary


@pytest.mark.parametrize(
    ("encoding", "declared", "title"),
    [
        ("utf-8-sig", "UTF-8", FRENCH),
        ("utf-8-sig", "", RUSSIAN),
        ("utf-16", "UTF-16", RUSSIAN),
        ("utf-16-le", "UTF-16", FRENCH),
        ("utf-16-be", "UTF-16", RUSSIAN),
        ("utf-16-be", "UTF-8", FRENCH),
        ("utf-32", "", RUSSIAN),
        ("cp1251", "windows-1251", RUSSIAN),
        ("koi8-r", "KOI8-R", RUSSIAN),
        ("cp866", "ibm866", RUSSIAN),
        ("cp1252", "windows-1252", FRENCH),
        ("iso8859-15", "ISO-8859-15", "Un œuf à 2 €, Noël"),
        ("gb18030", "GB2312", "今天我们说说狗是怎样找到回家的路的"),
        ("shift_jis", "Shift_JIS", "今日は犬がどうやって家に帰ったかを話します"),
        ("euc-jp", "EUC-JP", "今日は犬がどうやって家に帰ったかを話します"),
        ("iso-2022-jp", "ISO-2022-JP", "今日は犬がどうやって家に帰ったかを話します"),
        ("big5", "Big5", "今天我們說說狗是怎樣找到回家的路的"),
        ("euc-kr", "EUC-KR", "오늘 우리는 개가 집을 찾은 이야기를 합니다"),
        ("cp1254", "ISO-8859-9", "Bugün köpeğin yolu nasıl bulduğunu, şımarık çocuğu anlatıyoruz"),
        ("iso8859-2", "ISO-8859-2", "Zażółć gęślą jaźń"),
        ("cp1253", "windows-1253", "Σήμερα μιλάμε για τον σκύλο"),
    ],
)
def test_the_text_is_exact(tmp_path: Path, encoding: str, declared: str, title: str) -> None:
    title = title.replace("’", "'") if encoding.startswith("iso8859") else title
    outcome = tried_on(tmp_path, feed(title, declared=declared).encode(encoding))
    assert (outcome.status, outcome.err) == (0, "")
    came_whole(title)


@pytest.mark.parametrize(
    ("encoding", "declared", "title"),
    [
        ("cp1252", "UTF-8", "Un été à Besançon"),
        ("cp1252", "", "Un été à Besançon"),
        ("cp1251", "UTF-8", RUSSIAN),
        ("cp1251", "", RUSSIAN),
        ("koi8-r", "", RUSSIAN),
    ],
)
def test_a_wrong_or_missing_label_is_found_out_and_told(
    tmp_path: Path, encoding: str, declared: str, title: str
) -> None:
    outcome = tried_on(tmp_path, feed(title, declared=declared).encode(encoding))
    assert outcome.status == 0
    assert "If letters look wrong, import it again with --encoding." in outcome.err
    came_whole(title)


def test_the_operator_knows_better(tmp_path: Path) -> None:
    data = feed(RUSSIAN, declared="windows-1252").encode("cp1251")
    outcome = tried_on(tmp_path, data, "--encoding", "windows-1251")
    assert outcome.status == 0
    came_whole(RUSSIAN)


def test_an_order_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    outcome = tried_on(tmp_path, feed(FRENCH).encode("cp1252"), "--encoding", "utf-8")
    assert outcome.status == 1
    assert "This source is not in utf-8: byte " in outcome.err


def test_an_order_that_nobody_knows_is_a_mistake_of_usage(tmp_path: Path) -> None:
    outcome = tried_on(tmp_path, rss(item(1)), "--encoding", "martian")
    assert (outcome.status, outcome.report) == (2, {})
    assert outcome.err.startswith("“martian” is not an encoding known here")


@pytest.mark.parametrize("label", ["x-martian", "base64", "utf-7", "rot13", "unicode_escape", "�"])
def test_a_label_that_no_document_can_have(tmp_path: Path, label: str) -> None:
    outcome = tried_on(tmp_path, feed(RUSSIAN, declared=label))
    assert outcome.status == 0
    came_whole(RUSSIAN)


def test_an_unknown_label_over_bytes_that_need_one_is_told(tmp_path: Path) -> None:
    outcome = tried_on(tmp_path, feed(RUSSIAN, declared="x-martian").encode("cp1251"))
    assert outcome.status == 0
    assert "“x-martian” is no encoding known here." in outcome.err
    came_whole(RUSSIAN)


@pytest.mark.parametrize(
    ("encoding", "declared", "header"),
    [
        ("utf-8", "UTF-8", "text/xml; charset=iso-8859-1"),
        ("utf-8", "windows-1251", "text/xml; charset=utf-8"),
        ("cp1251", "windows-1251", "text/xml; charset=iso-8859-1"),
        ("cp1251", "windows-1251", "text/xml; charset=utf-8"),
    ],
)
def test_file_and_address_give_the_same_text_whatever_the_server_says(
    tmp_path: Path, settings: Any, encoding: str, declared: str, header: str
) -> None:
    data = feed(RUSSIAN, declared=declared).encode(encoding)
    with serving(reply(data, "200 OK", f"Content-Type: {header}")) as server:
        settings.FETCH_ALLOWED_HOSTS = frozenset((f"127.0.0.1:{server.port}",))
        assert tried(f"http://127.0.0.1:{server.port}/feed").counts == {"created": 1}
    came_whole(RUSSIAN)
    assert tried(written(tmp_path, data)).counts == {"duplicate": 1}


def test_where_server_and_document_contradict_each_other_it_is_told(settings: Any) -> None:
    data = feed(RUSSIAN, declared="windows-1251").encode("koi8-r")
    with serving(reply(data, "200 OK", "Content-Type: text/xml; charset=koi8-r")) as server:
        settings.FETCH_ALLOWED_HOSTS = frozenset((f"127.0.0.1:{server.port}",))
        outcome = tried(f"http://127.0.0.1:{server.port}/feed")
    assert "The server says koi8-r, the document says cp1251; it was read as koi8-r." in outcome.err
    came_whole(RUSSIAN)


# -- 19 and 20: entities, and characters at the edge -----------------------------------------------------


@pytest.mark.parametrize(
    ("written_as", "shown"),
    [
        ("Salt &amp;amp; pepper", "Salt & pepper"),
        ("Salt &amp; pepper", "Salt & pepper"),
        ("Salt &nbsp;and&mdash;pepper", "Salt and—pepper"),
        ("Salt &eacute;t&#233; &#x1F600;", "Salt été 😀"),
        ("Salt & pepper & co", "Salt & pepper & co"),
        ("2 &lt; 3 &amp;lt; 4", "2 < 3 < 4"),
        ("<![CDATA[Salt &amp; pepper]]>", "Salt & pepper"),
        ("&unknown; salt", "&unknown; salt"),
    ],
)
def test_entities_in_a_title(tmp_path: Path, written_as: str, shown: str) -> None:
    document = rss(item(1)).replace("Post 1", written_as)
    outcome = tried_on(tmp_path, document)
    assert (outcome.status, outcome.counts) == (0, {"created": 1})
    assert " ".join(one_post().title.split()) == shown


def test_entities_that_xml_does_not_know_in_a_body(tmp_path: Path) -> None:
    document = rss("<item><title>One</title><description>A&nbsp;b &hellip; &copy; c</description></item>")
    assert tried_on(tmp_path, document).counts == {"created": 1}
    assert one_post().excerpt.replace("\xa0", " ") == "A b … © c"


EDGES = {
    "emoji": "A family 👨‍👩‍👧‍👦 and a flag 🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "right to left": "שלום עולם وهذا نص عربي",
    "direction marks": "evil\u202egnp.exe\u2066 end",
    "combining": "Z" + "\u0300\u0301\u0302" * 30 + "algo",
    "astral": "𝕳𝖊𝖑𝖑𝖔 𠜎𠜱",
    "decomposed": "Cafe\u0301",
}


@pytest.mark.parametrize("kind", EDGES)
def test_what_unicode_holds_comes_through_page_and_feed(tmp_path: Path, client: Client, kind: str) -> None:
    text = EDGES[kind]
    outcome = tried_on(tmp_path, rss(item(1, f"<p>{text} in words.</p>", title=text)))
    assert (outcome.status, outcome.counts) == (0, {"created": 1})
    post = one_post()
    assert post.title == text
    page = client.get(post.get_absolute_url())
    assert page.status_code == 200
    assert text in page.content.decode()
    (entry,) = json.loads(client.get("/feed.json").content)["items"]
    assert (entry["title"], f"{text} in words." in entry["content_html"]) == (text, True)


@pytest.mark.parametrize("part", ["title", "content_html", "content_text", "id", "summary", "tags"])
def test_a_lone_surrogate_in_json_is_taken_out(tmp_path: Path, client: Client, part: str) -> None:
    entry: dict[str, Any] = {"id": "1", "title": "A title", "content_html": "<p>Some words.</p>"}
    entry[part] = ["a \ud800 tag"] if part == "tags" else "a \ud800 b \udfff c"
    document = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [entry]})
    outcome = tried_on(tmp_path, document)
    assert (outcome.status, outcome.counts) == (0, {"created": 1})
    assert client.get(one_post().get_absolute_url()).status_code == 200
    assert tried_on(tmp_path, document).counts == {"unchanged": 1}


def test_characters_that_are_none_are_taken_out(tmp_path: Path, client: Client) -> None:
    outcome = tried_on(tmp_path, rss(item(1, "<p>A\ufffe \uffff \ufdd0 b</p>", title="A\uffff title")))
    assert outcome.counts == {"created": 1}
    assert one_post().title == "A title"
    assert client.get("/feed.rss").status_code == 200
