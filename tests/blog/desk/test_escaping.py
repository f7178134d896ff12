"""test_escaping: whatever a contributor writes, an editor who opens it runs nothing."""

from __future__ import annotations

import html5lib
import pytest

from blog import publishing
from blog.models import Post
from tests.blog.desk.filling import ADD, SignIn, change, form_of
from tests.factories import UserFactory, an_author

VECTORS = [
    '"><img src=x onerror=alert(1)>',
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "javascript:alert(1)",
    "<svg onload=alert(1)>",
    "{{ 7|add:7 }}{% load x %}",
]
NEVER = {"svg/script", "object", "embed", "base", "math"}


def running(page: str) -> list[str]:
    """Elements and attributes that would run, and that the stock pages do not have."""
    document = html5lib.parse(page, namespaceHTMLElements=False)
    found = []
    for element in document.iter():
        if not isinstance(element.tag, str):
            continue
        data = element.get("type") == "application/json"
        if element.tag in NEVER or (
            element.tag == "script" and not element.get("src") and element.text and not data
        ):
            found.append(element.tag)
        found += [name for name in element.attrib if name.startswith("on")]
        address = (element.get("href") or element.get("src") or "").strip().lower()
        if address.startswith(("javascript:", "data:text")):
            found.append(address)
    return found


@pytest.mark.parametrize("vector", VECTORS)
def test_nothing_of_a_contributor_s_runs_for_an_editor(sign_in: SignIn, vector: str) -> None:
    user = UserFactory(role="contributor", first_name=vector[:100])
    writer = sign_in(user)
    data = form_of(writer, ADD) | {"title": vector, "body": vector, "summary": vector, "cover_alt": vector}
    writer.post(ADD, data | {"seo_title": vector, "slug": vector})
    post = Post.everything.get()
    editor = sign_in("editor", is_superuser=True)
    pages = ["/admin/", "/admin/blog/post/", change(post), f"/admin/blog/post/{post.pk}/revisions/1/"]
    publishing.submit(post.pk, None)
    for address in [*pages, "/admin/blog/post/?q=" + "alert"]:
        page = editor.get(address).content.decode()
        assert running(page) == [], address
    publishing.trash(post.pk, None)
    assert running(editor.get(change(post)).content.decode()) == []


@pytest.mark.parametrize("vector", VECTORS)
def test_nor_of_an_author_s_name(sign_in: SignIn, vector: str) -> None:
    author = an_author(name=vector, bio=vector)
    client = sign_in("editor")
    for address in ("/admin/accounts/author/", f"/admin/accounts/author/{author.pk}/change/", ADD):
        assert running(client.get(address).content.decode()) == []
