"""conftest: a site that takes comments, a post on it, and who writes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from django.test import Client

if TYPE_CHECKING:
    from accounts.models import User
    from blog.models import Post, Response, SiteSettings

Say = Callable[..., "Response"]


@pytest.fixture
def site() -> SiteSettings:
    from blog import taxonomy
    from blog.models import SiteSettings

    return taxonomy.save_settings(SiteSettings(responding="all"))


@pytest.fixture
def writer() -> User:
    from tests.factories import a_user

    return a_user(role="author", first_name="Vera", author=True, name="Vera Writes")


@pytest.fixture
def post(site: SiteSettings, writer: User) -> Post:
    from tests.factories import a_post

    return a_post(title="The way", user=writer, body="A text about roads, long enough.")


@pytest.fixture
def say(post: Post) -> Say:
    """Say something under the post, as a reader; `status=` is what the desk decides of it at once."""

    from blog import responses
    from tests.factories import a_user

    def said(text: str = "Which roads?", *, status: str = "", **given: object) -> Response:
        name, email = str(given.pop("name", "Boris")), str(given.pop("email", ""))
        made = responses.respond(post.pk, name, email, text, **given)  # type: ignore[arg-type]
        if status:
            responses.judge(made.pk, a_user(role="editor"), status)
            made.refresh_from_db()
        return made

    return said


@pytest.fixture
def at_the_desk() -> Callable[[User], Client]:
    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in
