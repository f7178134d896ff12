"""test_import_pages: an editor uploads a file, reads the plan, carries it out, looks at it and undoes it, without a script."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.authors import name_key
from accounts.models import Author
from blog import publishing
from blog.content import Content
from blog.models import Post
from importer.desk import importpages
from importer.models import AuthorMapping, Run, RunDocument, Source
from tests.factories import UserFactory, the_site_stands
from tests.importer.documents import item, last_run, rss

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    the_site_stands()
    client.force_login(UserFactory(role="editor"), backend="django.contrib.auth.backends.ModelBackend")
    return client


def at(view: str, *args: object) -> str:
    return reverse(f"admin:importer_run_{view}", args=args)


def uploaded(client: Client, *items: str, name: str = "feed.xml", **fields: str) -> Any:
    file = SimpleUploadedFile(name, rss(*items).encode())
    return client.post(at("import"), {"file": file} | fields, secure=True, follow=True)


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer
    return str(answer.content.decode())


def plain(page: str) -> str:
    """What a page says, without its marks."""
    return re.sub(r"<[^<>]*>", "", page)


def post_to(client: Client, view: str, *args: object) -> str:
    return text(client.post(at(view, *args), secure=True, follow=True))


def page(client: Client, view: str, *args: object) -> str:
    return text(client.get(at(view, *args), secure=True))


def test_an_upload_becomes_a_plan_and_nothing_else(editor: Client) -> None:
    shown = text(uploaded(editor, item(1), item(2)))
    assert "2 created" in shown
    assert "1. Post 1" in shown
    assert not Post.everything.exists()
    run = Run.objects.get()
    assert run.dry_run
    assert run.user is not None


def test_the_plan_is_carried_out_and_undone_by_buttons(editor: Client) -> None:
    uploaded(editor, item(1), item(2), status="draft")
    shown = post_to(editor, "plan", last_run().pk)
    assert "Imported: 2 new." in shown
    assert "Undo this import" in shown
    assert set(Post.everything.values_list("status", flat=True)) == {"draft"}
    asked = page(editor, "undo", last_run().pk)
    assert "2 posts removed" in asked
    assert Post.everything.count() == 2
    assert "is undone: 2 posts removed" in post_to(editor, "undo", last_run().pk)
    assert not Post.everything.exists()


def test_a_long_import_is_undone_at_the_server(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    uploaded(editor, item(1), item(2))
    post_to(editor, "plan", last_run().pk)
    monkeypatch.setattr(importpages, "MOST_UNDONE", 1)
    shown = text(editor.get(at("undo", last_run().pk), secure=True, follow=True))
    assert f"more than a page undoes. At the server: manage.py undo_import {last_run().pk}." in shown
    post_to(editor, "undo", last_run().pk)
    assert Post.everything.count() == 2


def test_the_plan_of_an_update_shows_what_would_change(editor: Client) -> None:
    uploaded(editor, item(1, "<p>A slow morning.</p>"))
    post_to(editor, "plan", last_run().pk)
    shown = text(uploaded(editor, item(1, "<p>A quick morning.</p>", title="Newer title")))
    assert "<del>slow</del>" in shown
    assert "<ins>quick</ins>" in shown
    assert "1 updated" in shown


def test_the_plan_of_an_update_shows_who_and_what_it_is_filed_under(editor: Client) -> None:
    uploaded(editor, item(1, category="Slow Food"))
    post_to(editor, "plan", last_run().pk)
    shown = text(uploaded(editor, item(1, category="Quick Food", dc__creator="Ivan Petrov and Ada Example")))
    assert "<h3>Bylines</h3>" in shown
    assert "Ivan Petrov" in plain(shown)
    assert "and Ada" not in plain(shown)
    assert "<h3>Tags</h3>" in shown
    assert "Quick" in shown
    assert not Author.objects.filter(name="Ivan Petrov").exists()


def test_the_plan_shows_bylines_as_the_table_of_names_has_them(editor: Client) -> None:
    uploaded(editor, item(1))
    post_to(editor, "plan", last_run().pk)
    author = Author.objects.create(name="Ivan Petrov", slug="ivan-petrov")
    source = Source.objects.get()
    AuthorMapping.objects.create(
        source=source, key=name_key("I. P."), name="I. P.", action="map", author=author
    )
    shown = plain(text(uploaded(editor, item(1, dc__creator="I. P."))))
    assert "Ivan Petrov" in shown
    assert "I. P." not in shown


def test_the_plan_of_a_merge_shows_what_will_be_proposed(editor: Client) -> None:
    first = "<p>One of them.</p>\n<p>Two of them.</p>\n<p>Three of them.</p>"
    uploaded(editor, item(1, first))
    post_to(editor, "plan", last_run().pk)
    post = Post.objects.get()
    publishing.save(post.pk, replace(Content.of(post), body=first.replace("One", "Our one")), None)
    shown = text(uploaded(editor, item(1, first.replace("Three", "Their three"))))
    assert "this would wait as a proposal" in shown
    assert "<ins>Their three</ins>" in shown
    assert "<del>Our" not in shown


def test_nothing_of_a_document_is_markup_in_the_plan(editor: Client) -> None:
    shown = text(uploaded(editor, item(1, title="<script>alert(1)</script>")))
    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;alert(1)" in shown
    assert not re.search(r"<style|\sstyle=|\son\w+=", shown)


def test_what_somebody_edited_between_plan_and_apply_is_refused(editor: Client) -> None:
    uploaded(editor, item(1))
    post_to(editor, "plan", last_run().pk)
    uploaded(editor, item(1, "<p>Newer words.</p>"))
    post = Post.objects.get()
    publishing.save(post.pk, replace(Content.of(post), body="<p>Ours.</p>"), None)
    post_to(editor, "plan", last_run().pk)
    assert last_run().entries.get().verdict == "rejected"
    assert Post.objects.get().body == "<p>Ours.</p>"


def test_an_unreadable_file_is_told_beside_the_field(editor: Client) -> None:
    file = SimpleUploadedFile("photo.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 50)
    shown = text(editor.post(at("import"), {"file": file}, secure=True))
    assert "errorlist" in shown
    assert "picture" in shown.lower() or "PNG" in shown


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Choose a file or give an address, one of the two."),
        ({"address": "ftp://example.org/feed"}, "Write an address that begins with https:// or http://."),
    ],
)
def test_a_form_that_names_no_source_says_so(editor: Client, fields: dict[str, str], said: str) -> None:
    assert said in text(editor.post(at("import"), fields, secure=True))
    assert not Run.objects.exists()


def test_a_file_that_is_too_large_is_refused(editor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importpages, "LARGEST_UPLOAD", 10)
    assert "larger than 20 MB" in text(uploaded(editor, item(1)))
    assert not Run.objects.exists()


def test_what_takes_too_long_for_a_page_goes_on_with_the_same_button(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importer.pipeline.CHUNK", 1)
    uploaded(editor, item(1), item(2), item(3))
    plan = Run.objects.get(dry_run=True).pk
    moments = iter([0.0, 0.0, 0.0, *[99.0] * 20])
    monkeypatch.setattr(importpages, "monotonic", lambda: next(moments))
    shown = post_to(editor, "plan", plan)
    assert "goes on" in shown
    done = Post.everything.count()
    assert 0 < done < 3
    monkeypatch.undo()
    post_to(editor, "plan", plan)
    assert Post.everything.count() == 3


def test_a_plan_is_seen_as_readers_would_and_by_editors_alone(editor: Client, client: Client) -> None:
    uploaded(editor, item(1, "<p>Words of the first.</p>"), item(2))
    plan = last_run()
    answer = editor.get(at("preview", plan.pk), secure=True)
    shown = text(answer)
    assert "no-store" in answer["Cache-Control"]
    assert "Post 1" in shown
    assert "Ada Example" in shown
    way = at("preview_post", plan.pk, plan.entries.get(position=1).pk)
    assert way in shown
    assert "Words of the first." in text(editor.get(way, secure=True))
    assert not Post.everything.exists()
    assert Client().get(way, secure=True).status_code == 302


def test_imported_drafts_are_seen_before_they_are_published(editor: Client) -> None:
    uploaded(editor, item(1, "<p>Words of the draft.</p>"), status="draft")
    post_to(editor, "plan", last_run().pk)
    run = last_run()
    assert "Post 1" in page(editor, "preview", run.pk)
    assert "Words of the draft." in page(editor, "preview_post", run.pk, run.entries.get().pk)


@pytest.mark.parametrize("role", ["contributor", "author"])
def test_who_only_writes_imports_nothing(client: Client, role: str) -> None:
    client.force_login(UserFactory(role=role), backend="django.contrib.auth.backends.ModelBackend")
    for view, args in (("import", ()), ("proposals", ()), ("plan", (1,)), ("undo", (1,)), ("preview", (1,))):
        assert client.get(at(view, *args), secure=True).status_code == 403
        assert client.post(at(view, *args), secure=True).status_code == 403


def test_buttons_work_only_from_our_own_forms() -> None:
    the_site_stands()
    client = Client(enforce_csrf_checks=True)
    client.force_login(UserFactory(role="editor"), backend="django.contrib.auth.backends.ModelBackend")
    for view, args in (("import", ()), ("plan", (1,)), ("undo", (1,)), ("proposal", (1, 1))):
        assert client.post(at(view, *args), secure=True).status_code == 403


def test_what_is_kept_of_an_upload_goes_with_its_run(editor: Client) -> None:
    uploaded(editor, item(1))
    assert RunDocument.objects.get().data is not None
    Run.objects.get().delete()
    assert not RunDocument.objects.exists()
