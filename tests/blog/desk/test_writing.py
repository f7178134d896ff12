"""test_writing: the page of a post: cheap to open however long the text, its preview counted, its tools fit for what is written."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blog import markup
from blog.models import Post
from tests.blog.desk.filling import ADD, SignIn, change, form_of, fresh
from tests.factories import SeriesFactory, a_post, an_author

PREVIEW = "/admin/editor/preview/?counted=1"
LONG = "Some *words* of a [long](https://example.org/) text, again and again.\n\n" * 1450


def test_a_long_post_opens_with_few_queries(sign_in: SignIn) -> None:
    assert len(LONG) > 100_000
    authors = [an_author() for _ in range(3)]
    post = a_post(body=LONG, authors=authors, tags=["A", "B"], series=SeriesFactory())
    client = sign_in("editor")
    client.get(change(post))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = client.get(change(post))
    assert page.status_code == 200
    assert len(asked) <= 15, "\n".join(query["sql"][:120] for query in asked.captured_queries)


def test_the_counted_preview_says_what_the_page_would(sign_in: SignIn) -> None:
    text = "## One\n\nTwo words\n\n## Two\n\n## Three\n\n" + "word " * 460
    answer = sign_in("author").post(PREVIEW, {"content": text}).json()
    page = markup.render(text, "markdown")
    assert re.sub(r' data-line="\d+"', "", answer["html"]) == page.html
    assert answer["contents"] == [[2, "at-one", "One"], [2, "at-two", "Two"], [2, "at-three", "Three"]]
    assert (answer["words"], answer["minutes"]) == (page.words, 2)
    assert answer["counted"] == f"{page.words} words · 2 min"


def test_where_two_headings_stand_no_contents_are_listed(sign_in: SignIn) -> None:
    answer = sign_in("author").post(PREVIEW, {"content": "## One\n\n## Two"}).json()
    assert answer["contents"] == []
    assert answer["counted"] == "2 words · 1 min"


@pytest.mark.parametrize(("body_format", "table"), [("markdown", True), ("html", False)])
def test_tools_fit_what_is_written(sign_in: SignIn, body_format: str, table: bool) -> None:
    post = a_post(body="<p>One</p>", body_format=body_format)
    page = sign_in("editor").get(change(post)).content.decode()
    assert ('data-tool="table"' in page) is table
    assert 'data-tool="bold"' in page


def test_a_title_is_one_line(sign_in: SignIn) -> None:
    client = sign_in("author")
    client.post(ADD, form_of(client, ADD) | {"title": "One \r\n two", "body": "B"})
    assert Post.objects.get().title == "One two"


def test_a_title_that_was_not_touched_is_no_change(sign_in: SignIn) -> None:
    post = a_post(title="One  two", body="B")
    client = sign_in("editor")
    client.post(change(post), form_of(client, change(post)))
    assert (fresh(post).title, fresh(post).revision) == ("One  two", post.revision)


def test_the_frame_begins_with_the_head_of_the_post_and_runs_nothing(sign_in: SignIn) -> None:
    post = a_post(title="A <b>title</b>", summary='So "short"', body="B", authors=[an_author(name="Anna")])
    page = sign_in("editor").get(change(post)).content.decode()
    frame = re.search(r'<iframe[^>]*class="preview-frame"[^>]*>', page)
    assert frame is not None
    assert 'sandbox="allow-same-origin"' in frame[0]  # no allow-scripts
    inside = html.unescape(frame[0].partition('srcdoc="')[2])
    assert "A &lt;b&gt;title&lt;/b&gt;" in inside
    assert "So &quot;short&quot;" in inside
    assert "Anna" in inside
    assert "<script" not in inside


def test_scripts_find_their_words_in_the_page(sign_in: SignIn) -> None:
    page: Any = sign_in("editor").get(ADD).content.decode()
    words = json.loads(html.unescape(page.partition('data-words="')[2].partition('"')[0]))
    assert words["column"] == "Column"
    assert all(words.values())


def test_the_settings_lead_to_what_stands_below(sign_in: SignIn) -> None:
    page = sign_in("editor").get(change(a_post())).content.decode()
    foot = page.partition('class="drawer-foot"')[2].partition("</aside>")[0]
    places = re.findall(r'href="#([\w-]+)"', foot)
    assert len(places) == 3
    assert all(f'id="{place}"' in page for place in places)
