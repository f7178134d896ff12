"""test_desk_pages: every page of the desk loads without a refused script or style, fits a phone, and axe finds nothing serious."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.base import ContentFile
from PIL import Image as Pillow

from blog import claiming, comments, images, preview, publishing
from blog.content import Content
from blog.models import NavigationLink, Post, Redirect, Tag
from tests.browser.desk import sign_in
from tests.factories import PageFactory, SeriesFactory, UserFactory, a_post, an_author, the_site_stands

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LOOKS = [(1280, "light"), (390, "dark")]


def furnish() -> list[str]:
    """A desk with something on it; the addresses to look at."""
    the_site_stands()
    out = BytesIO()
    Pillow.new("RGB", (60, 40), "teal").save(out, "PNG")
    image = images.store(ContentFile(out.getvalue(), "p.png"), None, "A field")  # type: ignore[arg-type]
    author = an_author(name="Anna Petrova", bio="Writes.")
    series = SeriesFactory()
    post = a_post(
        title="On the slow morning",
        body="One.\n\n## Two\n\n```python\nprint()\n```\n",
        authors=[author, "Boris Smith"],
        tags=["Travel", "C++"],
        series=series,
        cover=image,
    )
    publishing.save(post.pk, replace(Content.of(post), body="One and more."), None)
    trashed = a_post(title="Gone")
    publishing.trash(trashed.pk, None)
    page = PageFactory(title="About")
    link = NavigationLink.objects.create(label="Tags", address="/tags/")
    redirect = Redirect.objects.create(path="/old/", address="/new/")
    user = UserFactory()
    comments.comment(post.pk, UserFactory(role="editor"), 0, "Which one?")
    preview.make_link(post, UserFactory(role="editor"), label="For Boris", may_comment=True)
    invited = claiming.invite(author, UserFactory(role="editor")).removeprefix("https://masthead.example")
    return [
        f"/admin/blog/post/{post.pk}/comments/",
        f"/admin/blog/post/{post.pk}/links/",
        "/admin/blog/deed/",
        f"/admin/accounts/author/{author.pk}/invitations/",
        f"/admin/accounts/author/{author.pk}/preview/",
        invited,
        "/admin/mail/",
        "/admin/",
        "/admin/blog/post/",
        "/admin/blog/post/?status=trash",
        "/admin/blog/post/add/",
        f"/admin/blog/post/{post.pk}/change/",
        f"/admin/blog/post/{trashed.pk}/change/",
        f"/admin/blog/post/{post.pk}/delete/",
        f"/admin/blog/post/{post.pk}/revisions/",
        f"/admin/blog/post/{post.pk}/revisions/1/",
        f"/admin/blog/post/{post.pk}/since/1/",
        "/admin/editor/signed-in/",
        "/admin/blog/page/",
        f"/admin/blog/page/{page.pk}/change/",
        "/admin/blog/image/",
        f"/admin/blog/image/{image.pk}/change/",
        f"/admin/blog/image/{image.pk}/delete/",
        "/admin/blog/image/add/",
        f"/admin/blog/tag/{Tag.objects.all()[0].pk}/change/",
        f"/admin/blog/series/{series.pk}/change/",
        "/admin/blog/navigationlink/",
        f"/admin/blog/navigationlink/{link.pk}/change/",
        f"/admin/blog/redirect/{redirect.pk}/change/",
        f"/admin/accounts/author/{author.pk}/change/",
        "/admin/accounts/user/",
        "/admin/accounts/user/add/",
        f"/admin/accounts/user/{user.pk}/change/",
        f"/admin/accounts/user/{user.pk}/password/",
    ]


def serious(page: Any) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']}: {rule['nodes'][0]['target']}"
        for rule in found
        if rule["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_every_page_loads_whole(
    chromium: Browser, live_server: Any, media_root: Path, width: int, scheme: Any
) -> None:
    addresses = furnish()
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    sign_in(context, live_server, UserFactory(role="administrator", first_name="Anna"))
    troubles: list[str] = []
    for address in addresses:
        page: Any = context.new_page()
        said: list[str] = []
        page.on(
            "console",
            lambda message, said=said: said.append(message.text) if message.type == "error" else None,
        )
        page.on("pageerror", lambda error, said=said: said.append(str(error)))
        answer = page.goto(live_server.url + address, wait_until="networkidle")
        assert answer is not None
        if answer.status != 200:
            troubles.append(f"{address}: {answer.status}")
        troubles += [f"{address}: {line}" for line in said]  # before axe, which writes styles of its own
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if wide > 0:
            troubles.append(f"{address}: {wide} px wider than the window")
        troubles += [f"{address}: {trouble}" for trouble in serious(page)]
        page.close()
    context.close()
    assert troubles == []


def test_the_door_loads_whole(page: Any, page_errors: list[str], live_server: Any) -> None:
    the_site_stands()
    page.goto(live_server.url + "/admin/login/", wait_until="networkidle")
    assert page_errors == []
    assert serious(page) == []
    for _ in range(10):
        page.fill("#id_username", "nobody")
        page.fill("#id_password", "wrong")
        page.click("input[type=submit]")
    assert page.inner_text("h1") == "Too many tries"
    assert serious(page) == []


def test_a_post_is_written_whole_without_a_script(chromium: Browser, live_server: Any) -> None:
    the_site_stands()
    an_author(name="Anna Petrova")
    context = chromium.new_context(java_script_enabled=False)
    sign_in(context, live_server, UserFactory(role="editor"))
    page = context.new_page()
    page.goto(live_server.url + "/admin/blog/post/add/")
    page.fill("#id_title", "Without a script")
    page.fill("#id_body", "Some *text*.")
    page.fill("#id_byline_rows-0-author", "Anna Petrova")
    page.fill("#id_tag_names", "One, Two")
    page.click("button[value=publish]")
    assert "“Without a script” is published." in page.inner_text(".messagelist")
    context.close()
    post = Post.everything.get()
    assert post.is_public
    assert [tagging.spelling for tagging in post.taggings.all()] == ["One", "Two"]
    assert [byline.author.name for byline in post.bylines.all()] == ["Anna Petrova"]
