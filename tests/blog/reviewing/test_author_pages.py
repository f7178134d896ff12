"""test_author_pages: an author's page is seen from the desk before readers find it, and a life while it is typed."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from tests.factories import a_post, a_user, an_author

pytestmark = pytest.mark.django_db


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_an_author_without_posts_has_a_page_at_the_desk_alone() -> None:
    author = an_author(name="New Guest", bio="Writes at https://example.org/ about roads.")
    a_post(title="Secret", status="draft", authors=[author])
    shown = as_(a_user(role="editor")).get(f"/admin/accounts/author/{author.pk}/preview/").content.decode()
    assert "Readers find this page once a post is published under the name." in shown
    assert '<a href="https://example.org/" rel="noopener">' in shown
    assert "Secret" not in shown
    assert Client().get("/authors/new-guest/").status_code == 404


def test_with_posts_it_is_the_page_that_readers_see() -> None:
    author = an_author(name="Anna Petrova")
    a_post(title="On roads", authors=[author])
    shown = (
        as_(a_user(role="contributor")).get(f"/admin/accounts/author/{author.pk}/preview/").content.decode()
    )
    assert "This is the page that readers see." in shown
    assert "On roads" in shown
    assert "This is the page" not in Client().get("/authors/anna-petrova/").content.decode()


def test_a_life_is_shown_as_its_page_will_show_it() -> None:
    client = as_(a_user(role="editor"))
    answer = client.post("/admin/accounts/author/bio/", {"bio": "One <script>.\n\nhttps://example.org/"})
    assert "<p>One &lt;script&gt;.</p>" in answer.content.decode()
    assert '<a href="https://example.org/" rel="noopener">' in answer.content.decode()
    assert client.get("/admin/accounts/author/bio/").status_code == 405


def test_the_form_leads_to_the_page_and_the_invitations() -> None:
    author = an_author()
    page = as_(a_user(role="editor")).get(f"/admin/accounts/author/{author.pk}/change/").content.decode()
    assert f"/admin/accounts/author/{author.pk}/preview/" in page
    assert f"/admin/accounts/author/{author.pk}/invitations/" in page
