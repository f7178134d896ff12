"""conftest: people at the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from accounts.models import User
    from tests.blog.desk.filling import SignIn


@pytest.fixture
def sign_in(db: None) -> SignIn:
    """A client signed in as a user, or as a new user of a role."""
    from django.test import Client

    from tests.factories import UserFactory

    def signed_in(who: User | str, **given: Any) -> Client:
        user = UserFactory(role=who, **given) if isinstance(who, str) else who
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in
