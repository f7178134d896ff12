"""test_checks: the warnings beside the text, and the one wall that editors may build: no picture without words."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from blog import checking, publishing
from blog.errors import NotPossible
from blog.models import Dismissal, Redirect, SiteSettings
from tests.blog.desk.filling import SignIn, change, fresh
from tests.factories import UserFactory, a_post

pytestmark = pytest.mark.django_db


def said(body: str) -> list[str]:
    return [one.sentence for one in checking.advice(body, "markdown") if one.kind == "link"]


def test_dead_links_of_our_own_are_named() -> None:
    a_post(title="Public", slug="public")
    a_post(title="Secret", slug="later", published_at=timezone.now() + timedelta(days=1))
    trashed = a_post(title="Trashed", slug="trashed")
    publishing.trash(trashed.pk, None)
    Redirect.objects.create(path="/old/", address="/posts/public/")
    body = " ".join(
        f"[a {path}]({path})"
        for path in (
            "/posts/public/",
            "/posts/later/",
            "/posts/trashed/",
            "/posts/never/",
            "/old/",
            "/nowhere",
            "/tags/",
        )
    )
    assert said(body) == [
        "The link to /posts/later/ leads to a post that readers can’t see yet.",
        "The link to /posts/trashed/ leads to no post.",
        "The link to /posts/never/ leads to no post.",
        "The link to /nowhere leads nowhere on this site.",
    ]


def test_addresses_of_this_site_are_known_by_its_host(settings: object) -> None:
    settings.SITE_URL = "https://paper.example"  # type: ignore[attr-defined]
    body = "[a](https://paper.example/posts/gone/) [b](https://other.example/posts/gone/) [c](mailto:a@b.example) [d](x/y)"
    assert said(body) == ["The link to /posts/gone/ leads to no post."]


def test_many_links_cost_no_more_queries(django_assert_num_queries: object) -> None:
    for n in range(30):
        a_post(slug=f"post-{n}")
    with django_assert_num_queries(1):  # type: ignore[operator]
        checking.advice(" ".join(f"[link {n}](/posts/post-{n}/)" for n in range(30)), "markdown")


def test_the_warnings_stand_on_the_page_and_are_asked_for_while_typing(sign_in: SignIn) -> None:
    post = a_post(body="![](/media/a.png)")
    client = sign_in("editor")
    assert "A picture has no alternative text." in client.get(change(post)).content.decode()
    answer = client.post("/admin/editor/checks/", {"content": "[here](/posts/never/)"}).json()
    assert answer == {
        "advice": [
            {"kind": "here", "sentence": "A link says “here”: say where it leads instead.", "quote": "here"},
            {
                "kind": "link",
                "sentence": "The link to /posts/never/ leads to no post.",
                "quote": "/posts/never/",
            },
        ]
    }


def test_only_writers_are_answered(client: Client) -> None:
    assert client.post("/admin/editor/checks/", {"content": "x"}, secure=True).status_code == 403


def test_a_warning_is_no_wall() -> None:
    post = a_post(status="draft", body="![](/media/a.png)")
    assert publishing.publish(post.pk, UserFactory(role="editor")).is_public


def test_editors_may_ask_for_words_on_every_picture(sign_in: SignIn) -> None:
    client = sign_in("editor")
    client.post(
        "/admin/blog/sitesettings/1/change/",
        {"require_alt": "on", "responding": "off", "responding_days": "60"},
    )
    assert SiteSettings.current().require_alt
    post = a_post(status="draft", body="![](/media/a.png) ![A cat](/media/b.png)")
    with pytest.raises(NotPossible, match=r"Say what these show: a\.png\."):
        publishing.publish(post.pk, UserFactory(role="editor"))
    assert fresh(post).status == "draft"


def test_a_decorative_picture_needs_no_words() -> None:
    SiteSettings.objects.update_or_create(pk=1, defaults={"require_alt": True})
    post = a_post(status="draft", body="![](/media/line.png)")
    subject = "0" * 32
    Dismissal.objects.create(kind="alt", subject=subject)
    with pytest.raises(NotPossible):
        publishing.publish(post.pk, UserFactory(role="editor"))
    Dismissal.objects.filter(subject=subject).update(
        subject=hashlib.sha256(b"/media/line.png").hexdigest()[:32]
    )
    assert publishing.publish(post.pk, UserFactory(role="editor")).is_public
    assert checking.advice(post.body, "markdown") == []


def test_authors_may_not_change_what_holds_for_the_site(sign_in: SignIn) -> None:
    assert (
        sign_in("author").post("/admin/blog/sitesettings/1/change/", {"require_alt": "on"}).status_code == 403
    )
    assert not SiteSettings.current().require_alt
