"""test_identity: what is the same entry and what is another one, run after run (cases 30 to 37).

30       here for every format; test_pipeline_again::test_a_second_run_changes_no_row
31       here; test_storing_posts::test_a_shared_guid_and_link_name_nobody_and_that_is_remembered
32       here
33       here; edits of each field: test_storing_edits
34       here; test_identity_aliases
35, 36   here
37       here; test_storing_posts::test_a_file_joins_the_source_that_it_says_it_is
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from blog import publishing
from blog.content import Content
from blog.models import Post, Revision
from importer.models import EntryAlias, ImportedEntry, Source
from tests.battery.test_structure import ATOM, DUMP, JSON
from tests.battery.trial import tried, tried_on
from tests.factories import UserFactory
from tests.importer.documents import item, rows, rss, written
from tests.importer.web_servers import reply, serving

pytestmark = pytest.mark.django_db
TWIN = "<p>The same words about the same thing, in both places, long enough to be told by.</p>"


@pytest.mark.parametrize(
    "document",
    [rss(*(item(n, category=f"C{n}") for n in range(5))), ATOM, JSON, DUMP],
    ids=["rss", "atom", "json", "text"],
)
def test_the_second_and_third_run_change_no_row(tmp_path: Path, document: str) -> None:
    first = tried_on(tmp_path, document)
    before = rows()
    for _ in range(2):
        again = tried_on(tmp_path, document)
        assert (again.status, again.counts) == (0, {"unchanged": first.counts["created"]})
        assert rows() == before


def test_one_guid_on_all_entries_names_none_and_that_is_told(tmp_path: Path) -> None:
    document = rss(*(item(n, guid="tag:the-same", link=f"https://blog.example/{n}") for n in range(20)))
    outcome = tried_on(tmp_path, document)
    assert (outcome.status, outcome.counts) == (0, {"created": 20})
    assert "One id stands on several different entries of this source" in outcome.err
    assert tried_on(tmp_path, document).counts == {"unchanged": 20}


def test_one_guid_one_link_one_title_one_date(tmp_path: Path) -> None:
    """Nothing tells these apart but their words."""
    document = rss(
        *(
            item(
                1,
                f"<p>Words of number {n}, and no others.</p>",
                guid="same",
                link="https://blog.example/same",
            )
            for n in range(10)
        )
    )
    assert tried_on(tmp_path, document).counts == {"created": 10}
    assert tried_on(tmp_path, document).counts == {"unchanged": 10}
    longer = document.replace(
        "<item>", item(1, "<p>New.</p>", guid="same", link="https://blog.example/same") + "<item>", 1
    )
    assert tried_on(tmp_path, longer).counts == {"created": 1, "unchanged": 10}


def test_entries_that_differ_in_nothing_that_names_them(tmp_path: Path) -> None:
    document = rss(*(item(1, guid="same", category=f"Tag {n}") for n in range(3)))
    assert tried_on(tmp_path, document).counts == {"created": 3}
    assert tried_on(tmp_path, document).counts == {"unchanged": 3}


def test_an_entry_whose_every_name_belongs_to_another(tmp_path: Path) -> None:
    """One entry took over the link of a second one, and went back to its own later."""
    one, two = item(1), item(2)
    mixed = item(
        1,
        guid="https://blog.example/1",
        link="https://blog.example/2",
        title="Post 2",
        pubDate="Mon, 01 Jan 2024 10:02:00 GMT",
    )
    tried_on(tmp_path, rss(one))
    tried_on(tmp_path, rss(mixed))
    both = rss(one, item(2, guid=""))
    assert tried_on(tmp_path, both).counts.get("created", 0) <= 1
    assert tried_on(tmp_path, both).counts == {"unchanged": 2}
    assert tried_on(tmp_path, rss(one, two)).status == 0


def test_no_guid_and_no_link(tmp_path: Path) -> None:
    entries = [
        item(n, guid="", link="", pubDate="" if n % 2 else "Mon, 01 Jan 2024 10:00:00 GMT") for n in range(6)
    ]
    untitled = [item(n, guid="", link="", pubDate="", title="") for n in range(6, 9)]
    document = rss(*entries, *untitled)
    assert tried_on(tmp_path, document).counts == {"created": 9}
    before = rows()
    assert tried_on(tmp_path, document).counts == {"unchanged": 9}
    assert rows() == before
    assert tried_on(tmp_path, rss(item(50), *reversed(entries), *untitled)).counts == {
        "created": 1,
        "unchanged": 9,
    }


def test_newer_words_come_in_and_an_edit_here_stays(tmp_path: Path) -> None:
    document = rss(item(1), item(2))
    tried_on(tmp_path, document)
    editor = UserFactory(role="editor")
    edited = Post.objects.get(title="Post 2")
    publishing.save(edited.pk, replace(Content.of(edited), body="<p>What the editor wrote.</p>"), editor)
    newer = document.replace("The text of", "The newer text of")
    outcome = tried_on(tmp_path, newer)
    assert (outcome.status, outcome.counts) == (0, {"updated": 1, "conflict": 1})
    edited.refresh_from_db()
    assert "What the editor wrote." in edited.html
    assert "The newer text" in Post.objects.get(title="Post 1").html
    assert "The newer text" in json.dumps(Revision.objects.get(proposed=True).state)
    assert tried_on(tmp_path, newer).counts == {"unchanged": 2}


@pytest.mark.parametrize(
    ("before", "after", "is_the_same"),
    [
        ("https://blog.example/p/1", "http://blog.example/p/1", True),
        ("https://blog.example/p/1", "  https://blog.example/p/1\n", True),
        ("https://blog.example/p/1", "https://www.moved.example/p/1", True),
        ("https://blog.example/p/a", "https://blog.example/p/A", False),
        ("abc", "ABC", False),
        ("abc", "abd", False),
    ],
)
def test_guids_that_nearly_agree(tmp_path: Path, before: str, after: str, is_the_same: bool) -> None:
    bare: dict[str, str] = {"link": "", "pubDate": ""}
    tried_on(tmp_path, rss(item(1, guid=before, **bare)))
    outcome = tried_on(
        tmp_path, rss(item(1, "<p>Quite other words.</p>", guid=after, title="Another", **bare))
    )
    assert outcome.counts == ({"updated": 1} if is_the_same else {"created": 1})


def test_names_of_any_length(tmp_path: Path) -> None:
    guid, link, title = "g" * 5_000, "https://blog.example/" + "l" * 3_000, "A title of words " * 600
    document = rss(
        item(1, guid=guid, link=link, title=title), item(2, guid=guid + "x", link=link + "x", title=title)
    )
    outcome = tried_on(tmp_path, document)
    assert (outcome.status, outcome.counts) == (0, {"created": 2})
    assert "Its title was longer than 500 characters and was cut." in outcome.warnings
    posts = Post.objects.order_by("pk")
    assert all(len(post.title) <= 500 and len(post.slug) <= 200 and post.origin_url == "" for post in posts)
    assert {len(sha256) for sha256 in EntryAlias.objects.values_list("sha256", flat=True)} == {64}
    assert ImportedEntry.objects.get(post=posts[0]).entry["guid"] == guid
    assert tried_on(tmp_path, document).counts == {"unchanged": 2}


@pytest.mark.parametrize("title", ["今日は", "🙂🙃", "Weekly links", "???", "Привет мир", "ﷺ", "\u202e"])
def test_one_title_twice_on_one_day(tmp_path: Path, client: Client, title: str) -> None:
    outcome = tried_on(
        tmp_path, rss(*(item(n, title=title, pubDate="Mon, 01 Jan 2024 10:00:00 GMT") for n in (1, 2)))
    )
    assert (outcome.status, outcome.counts) == (0, {"created": 2})
    slugs = set(Post.objects.values_list("slug", flat=True))
    assert len(slugs) == 2
    for slug in slugs:
        assert slug.isascii()
        assert client.get(f"/posts/{slug}/").status_code == 200


def test_one_source_by_file_and_by_address(tmp_path: Path, settings: Any) -> None:
    with serving(lambda server, request, out: out.sendall(reply(document.encode()))) as server:
        settings.FETCH_ALLOWED_HOSTS = frozenset((f"127.0.0.1:{server.port}",))
        address = f"http://127.0.0.1:{server.port}/feed.xml"
        own = f'<link xmlns="http://www.w3.org/2005/Atom" rel="self" href="{address}"/>'
        document = rss(item(1), item(2), more=own)
        assert tried(address).counts == {"created": 2}
        assert tried(written(tmp_path, document)).counts == {"unchanged": 2}
        assert tried(address).counts == {"unchanged": 2}
    assert Source.objects.count() == 1


def test_rss_and_atom_of_one_site_make_one_post_each(tmp_path: Path) -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>A blog</title><id>https://blog.example/</id>'
        '<link href="https://blog.example/"/><entry><title>Post 1</title><id>https://blog.example/1</id>'
        '<link href="https://blog.example/1"/><updated>2024-01-01T10:01:00Z</updated>'
        f'<content type="html">{TWIN.replace("<", "&lt;")}</content></entry></feed>'
    )
    assert tried_on(tmp_path, rss(item(1, TWIN)), name="rss.xml").counts == {"created": 1}
    outcome = tried_on(tmp_path, atom, name="atom.xml")
    assert set(outcome.counts) <= {"duplicate", "unchanged", "updated"}
    assert Post.objects.count() == 1
    assert tried_on(tmp_path, rss(item(1, TWIN)), name="rss.xml").counts.get("created") is None
    assert Post.objects.count() == 1


def test_nobodys_self_link_takes_over_another_source(tmp_path: Path) -> None:
    """A file that calls itself by another site's address changes nothing of that site's posts."""
    own = '<link xmlns="http://www.w3.org/2005/Atom" rel="self" href="https://other.example/feed"/>'
    tried_on(tmp_path, rss(item(1)), name="mine.xml")
    evil = rss(item(1, "<p>Taken over.</p>"), link="https://evil.example/", more=own)
    assert tried_on(tmp_path, evil, name="evil.xml").counts == {"created": 1}
    assert "Taken over" not in Post.objects.get(slug="post-1").html
