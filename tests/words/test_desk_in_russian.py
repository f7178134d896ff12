"""test_desk_in_russian: whoever chose Russian meets no English word on any page of the desk."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from blog.models import Post
from tests.blog.desk import matrix
from tests.factories import UserFactory
from tests.words.reading import latin

pytestmark = pytest.mark.django_db

# What people typed: the names of what the matrix makes.
TYPED = {
    "Another's",
    "Own",
    "Writer Number",
    "writer number",
    "Subject",
    "Series",
    "another-s",
    "Somebody",
    "Teal",
    "English",
    "Tags",
    "Page number",
    "Post number",
    "A reader",
    "Words.",
    "The first paragraph of the text",
    "long enough",
    "False",
    "True",
}
TYPED_NUMBERED = re.compile(r"(?:user|subject|series|writer-number|page)-\d+|Page \d+|tag:[^\s<]+")


def test_no_page_of_the_desk_speaks_english(client: Client) -> None:
    user = UserFactory(is_superuser=True, is_staff=True, language="ru", first_name="Анна", last_name="Ким")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    found: dict[str, list[str]] = {}
    seen = 0
    for shown, address in matrix.addresses(matrix.things(user)):
        if address.endswith("/preview/"):  # the readers' page, in the language of the site
            continue
        answer = client.get(address)
        if answer.status_code != 200 or "text/html" not in answer.get("Content-Type", ""):
            continue
        seen += 1
        page = TYPED_NUMBERED.sub(" ", answer.content.decode())
        if said := latin(page, but=TYPED):
            found[shown] = said
    assert seen > 50
    assert not found, "\n".join(f"{shown}: {piece}" for shown, said in found.items() for piece in said)
    assert Post.objects.exists()
