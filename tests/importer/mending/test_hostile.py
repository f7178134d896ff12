"""test_hostile: what titles, addresses and sentences from outside say is shown at the desk as text, and leads nowhere it should not."""

from __future__ import annotations

import pytest
from django.test import Client

from importer.models import ImportedEntry, Source
from tests.factories import a_post
from tests.importer.mending.rows import address, an_editor, listed, press

pytestmark = pytest.mark.django_db
EVIL = '"><script>alert(1)</script>'


def test_nothing_from_outside_is_markup(client: Client) -> None:
    source = Source.objects.create(key_kind="path", key_value="a", key_sha256="a", location=EVIL, title=EVIL)
    post = a_post(title=f"{EVIL} #1", tags=[EVIL, f"{EVIL}s"], dated=False)
    a_post(title=f"{EVIL} #2", tags=[f"{EVIL} s"], cover_url='https://far.example/"><script>.png')
    ImportedEntry.objects.create(source=source, post=post, digest="d", losses=[EVIL])
    page = an_editor(client).get(address(), secure=True).content.decode()
    assert {want.kind for want in listed()} >= {"picture", "series", "undated", "loss"}
    assert "<script>alert" not in page
    assert "<script>.png" not in page
    assert "<script>alert" not in press(client, "make", listed("series")[0])


def test_only_addresses_of_the_web_are_led_to(client: Client) -> None:
    a_post(body='<img src="ftp://far.example/a.png"><img src="//far.example/b.png">', body_format="html")
    page = an_editor(client).get(address(), secure=True).content.decode()
    assert 'href="ftp:' not in page
    assert 'href="//far' not in page


@pytest.mark.parametrize("subject", ["", "x" * 10_000, "1' OR 1=1", "\0"])
def test_a_forged_subject_mends_nothing(client: Client, subject: str) -> None:
    a_post(dated=False)
    an_editor(client)
    answer = client.post(
        address(), {"act": "leave", "kind": "undated", "subject": subject}, secure=True, follow=True
    )
    assert "That is mended already." in answer.content.decode()
    assert len(listed("undated")) == 1
