"""test_list: the list stands in the order of what mending gains, asks few questions, counts to zero, and knows its scope."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from blog import publishing
from blog.content import Content, Prepared, prepare
from blog.models import Post
from blog.writing import new_post
from importer.mending.counting import left
from importer.mending.looking import wants
from importer.mending.scope import Scope
from importer.models import Run
from tests.factories import a_post, the_site_stands
from tests.importer.documents import imported, item, rss, written
from tests.importer.mending.rows import address, an_editor, listed, press

pytestmark = pytest.mark.django_db
AWAY = "![A fox](https://far.example/a.png)"
LIST_QUERIES = 10
Counts = Callable[..., AbstractContextManager[Any]]


def text_of(client: Client, **query: object) -> str:
    return str(client.get(address(**query), secure=True).content.decode())


def test_what_gains_most_stands_first() -> None:
    for _ in range(10):
        a_post()  # the home page is full
    old = {"published_at": "2020-01-01T00:00:00Z"}
    a_post(title="Unseen", status="draft", body=AWAY.replace("/a", "/unseen"))
    a_post(title="Old", body=AWAY.replace("/a", "/old"), **old)
    for number in range(2):
        a_post(title=f"Twice {number}", body=AWAY.replace("/a", "/twice"), **old)
    a_post(title="Undated", dated=False, **old)
    a_post(title="Newest", body=AWAY.replace("/a", "/newest"))
    order = [want.posts[0].title.partition(" ")[0] for want in listed()]
    assert order == ["Newest", "Twice", "Old", "Undated", "Unseen"]


def test_the_rule_stands_on_the_page(client: Client) -> None:
    a_post(dated=False)
    assert "What gains most stands first" in text_of(an_editor(client))


def test_nothing_left_is_said_calmly(client: Client) -> None:
    a_post()
    page = text_of(an_editor(client))
    assert "Nothing left to mend." in page
    assert "<button" not in page.split('id="content-main"')[1].split("</main>")[0]


def test_one_kind_alone(client: Client) -> None:
    a_post(title="No date", dated=False)
    a_post(title="No picture", body=AWAY)
    page = text_of(an_editor(client), kind="undated").split('id="mends"')[1]
    assert "No date" in page
    assert "No picture" not in page


def test_a_run_and_a_source_have_lists_of_their_own(client: Client, tmp_path: Path) -> None:
    for name in ("one", "two"):
        body = f'<p>Words of {name}, enough.</p><img src="https://far.example/{name}.png" alt="A fox">'
        feed = rss(
            item(1, body, guid=name, link=f"https://{name}.example/1"), link=f"https://{name}.example/"
        )
        imported(written(tmp_path, feed, f"{name}.xml"), no_media=True)
    first, second = Run.objects.order_by("pk")
    assert [want.name for want in wants(Scope(run=first))] == ["https://far.example/one.png"]
    source = second.sources.get()
    assert [want.name for want in wants(Scope(source=source))] == ["https://far.example/two.png"]
    an_editor(client)
    change = client.get(reverse("admin:importer_run_change", args=[first.pk]), secure=True).content.decode()
    assert f'href="{address(run=first.pk)}"' in change
    of_source = client.get(reverse("admin:importer_source_change", args=[source.pk]), secure=True)
    assert f'href="{address(source=source.pk)}"' in of_source.content.decode()
    page = text_of(client, run=first.pk)
    assert "one.png" not in page.split('id="mends"')[0]
    assert "two.png" not in page


@pytest.mark.parametrize("query", [{"run": 99}, {"source": 99}, {"run": "x"}, {"run": "9" * 30}])
def test_a_scope_that_is_not_there(client: Client, query: dict[str, object]) -> None:
    assert an_editor(client).get(address(**query), secure=True).status_code == 404


def test_a_button_that_is_not_there(client: Client) -> None:
    answer = an_editor(client).post(
        address(), {"act": "purge", "kind": "undated", "subject": "1"}, secure=True
    )
    assert answer.status_code == 404


def test_nothing_to_undo_is_said(client: Client) -> None:
    assert "There is nothing to take back any more." in press(an_editor(client), "undo")


def much_to_mend(number: int) -> None:
    """Posts that each lack a picture, words for another and a place in a series; the text is rendered once."""
    the_site_stands()
    body = "![](/media/images/NUMBER.webp)\n\n![A fox](https://far.example/NUMBER.png)"
    base = prepare(Content("Post", body=body))
    rows: list[tuple[Post, Prepared]] = []
    for count in range(number):
        tags = ("subject" if count % 2 else "subjects", f"tag {count % 50} of many")
        title = f"Saga {count // 3} #{count}"
        page = base.rendered.feed_html.replace("NUMBER", str(count))
        content = replace(base.content, title=title, body=body.replace("NUMBER", str(count)), tags=tags)
        prepared = Prepared(content, replace(base.rendered, feed_html=page))
        stands: dict[str, Any] = {"status": "published", "published_at": timezone.now()}
        rows.append((new_post(prepared, kind="post", user=None, **stands), prepared))
    for start in range(0, number, 500):
        publishing.create_many(rows[start : start + 500], None)


@pytest.mark.parametrize("number", [20, 60])
def test_however_many_posts_the_questions_stay_the_same(
    number: int, django_assert_num_queries: Counts
) -> None:
    much_to_mend(number)
    with django_assert_num_queries(LIST_QUERIES):
        found = wants(Scope())
    assert Counter(want.kind for want in found)["picture"] == number


@pytest.mark.slow
def test_five_thousand_posts(django_assert_num_queries: Counts) -> None:
    much_to_mend(5000)
    with django_assert_num_queries(LIST_QUERIES):
        found = wants(Scope())
    counts = Counter(want.kind for want in found)
    assert counts == {"picture": 5000, "alt": 5000, "series": 1667, "tags": 1}


def test_the_count_follows_every_change_and_reads_the_list_only_then(
    client: Client, django_assert_num_queries: Counts
) -> None:
    first, _ = a_post(title="Bot #1", dated=False), a_post(title="Bot #2")
    assert left() == 2
    with django_assert_num_queries(1):
        assert left() == 2
    an_editor(client)
    for want in listed():
        press(client, "leave", want)
    assert left() == 0
    publishing.save(first.pk, Content("Bot #1", AWAY), None)
    assert left() == 1


def test_the_desks_front_page_says_how_much_is_left(client: Client) -> None:
    a_post(dated=False)
    front = an_editor(client).get("/admin/", secure=True).content.decode()
    assert f'<a href="{address()}"><strong>1</strong> thing wants mending</a>' in front
    press(client, "leave-all", kind="undated")
    assert address() not in client.get("/admin/", secure=True).content.decode()
    an_editor(client, "author")
    a_post(dated=False)
    assert address() not in client.get("/admin/", secure=True).content.decode()
