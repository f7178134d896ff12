"""test_import_pages_feeds: an address that is a web page shows its feeds at the desk, and one click makes the plan of one."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.test import Client

from blog.models import Post
from importer.models import Run
from tests.factories import UserFactory, the_site_stands
from tests.importer.archives import page as feed_page
from tests.importer.archives import pages
from tests.importer.documents import last_run
from tests.importer.test_import_pages import at, post_to, text
from tests.importer.test_web_pages_followed import offer, web_page
from tests.importer.web_servers import Server

pytestmark = pytest.mark.django_db
PAGE = web_page(offer("/feed", "A &lt;b&gt;blog&lt;/b&gt; > RSS"), offer("/atom.xml", kind="atom"))


@pytest.fixture
def editor(client: Client) -> Client:
    the_site_stands()
    client.force_login(UserFactory(role="editor"), backend="django.contrib.auth.backends.ModelBackend")
    return client


def sent(client: Client, server: Server, settings: Any, path: str, **fields: str) -> str:
    settings.FETCH_ALLOWED_HOSTS = frozenset({f"127.0.0.1:{server.port}"})
    said = {"address": f"http://127.0.0.1:{server.port}{path}"} | fields
    return text(client.post(at("import"), said, secure=True, follow=True))


def test_the_feeds_are_shown_and_one_click_reads_one(editor: Client, settings: Any) -> None:
    with pages({"/": PAGE, "/feed": feed_page(2, 1)}) as server:
        shown = sent(editor, server, settings, "/", status="draft")
        assert "This is a web page with feeds" in shown
        buttons = re.findall(r'<button type="submit" name="feed" value="([^"]*)"', shown)
        assert [html.unescape(one).rpartition("/")[2] for one in buttons] == ["feed", "atom.xml"]
        assert "A &lt;b&gt;blog&lt;/b&gt; &gt; RSS (RSS)" in shown
        assert not Post.everything.exists()
        assert server.paths() == ["/"]
        shown = sent(editor, server, settings, "/", status="draft", feed=html.unescape(buttons[0]))
        assert "2 created" in shown
    assert last_run().locations[0].endswith("/feed")
    post_to(editor, "plan", last_run().pk)
    assert set(Post.everything.values_list("status", flat=True)) == {"draft"}


def test_a_page_without_feeds_is_refused_beside_the_field(editor: Client, settings: Any) -> None:
    with pages({"/": web_page()}) as server:
        shown = sent(editor, server, settings, "/")
    assert "This is a web page, not a feed." in shown
    assert "errorlist" in shown


@pytest.mark.parametrize("feed", ["javascript:alert(1)", "file:///etc/passwd", "http://10.0.0.1/feed"])
def test_what_is_chosen_is_held_to_the_rules_of_every_address(
    editor: Client, settings: Any, feed: str
) -> None:
    with pages({"/": PAGE}) as server:
        shown = sent(editor, server, settings, "/", feed=feed)
        assert server.paths() == []
    assert "errorlist" in shown


def test_the_whole_archive_is_read_where_it_is_asked_for(editor: Client, settings: Any) -> None:
    with pages({"/feed": feed_page(2, onward="/2"), "/2": feed_page(1)}) as server:
        assert "2 created" in sent(editor, server, settings, "/feed", all_pages="on")
        plan = Run.objects.latest("pk").pk
    assert "Imported: 2 new." in post_to(editor, "plan", plan)
