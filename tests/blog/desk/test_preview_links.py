"""test_preview_links: a link made at the desk shows an unpublished post to whoever holds it, and to nobody else."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta

from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone

from blog import publishing
from blog.models import Post, PreviewLink
from tests.blog.desk.filling import SignIn, change, move
from tests.factories import UserFactory, a_post


def shared(client: Client, post: Post) -> str:
    """Press the button; the path of the link that was shown."""
    answer = client.post(move(post, "share"))
    said = "".join(str(message) for message in get_messages(answer.wsgi_request))
    found = re.search(r'href="https://masthead\.example(/preview/[^/"]+/)"', said)
    assert found, said
    return found[1]


def test_the_link_shows_the_draft_and_is_kept_by_nobody(sign_in: SignIn) -> None:
    user = UserFactory(role="contributor")
    post = a_post(title="A secret draft", status="draft", user=user)
    answer = Client().get(shared(sign_in(user), post))
    assert "A secret draft" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer["X-Robots-Tag"]


def test_only_a_hash_of_it_is_kept_and_it_is_long(sign_in: SignIn) -> None:
    token = shared(sign_in("editor"), a_post(status="draft")).split("/")[2]
    kept = PreviewLink.objects.get()
    assert kept.token_sha256 == hashlib.sha256(token.encode()).hexdigest()
    assert len(token) >= 43  # 256 bits


def test_one_changed_letter_is_no_link(sign_in: SignIn) -> None:
    path = shared(sign_in("editor"), a_post(status="draft"))
    token = path.split("/")[2]
    for place in (0, len(token) // 2, len(token) - 1):
        other = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        assert Client().get(f"/preview/{other}/").status_code == 404


def test_it_dies_when_it_expires_is_taken_back_or_the_post_is_trashed(sign_in: SignIn) -> None:
    client = sign_in("editor")
    post = a_post(status="draft")
    old = shared(client, post)
    PreviewLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(old).status_code == 404

    taken = shared(client, post)
    assert "1 link is out." in client.get(change(post)).content.decode()
    client.post(move(post, "unshare"))
    assert Client().get(taken).status_code == 404

    thrown = shared(client, post)
    publishing.trash(post.pk, None)
    assert Client().get(thrown).status_code == 404


def test_nobody_shares_anothers_draft(sign_in: SignIn) -> None:
    post = a_post(status="draft")
    for role in ("contributor", "author"):
        sign_in(role).post(move(post, "share"))
    assert not PreviewLink.objects.exists()


def test_a_post_in_the_trash_is_not_shared(sign_in: SignIn) -> None:
    post = a_post(title="Gone")
    publishing.trash(post.pk, None)
    page = sign_in("editor").post(move(post, "share"), follow=True).content.decode()
    assert "“Gone” is in the trash; restore it first." in page
    assert not PreviewLink.objects.exists()
