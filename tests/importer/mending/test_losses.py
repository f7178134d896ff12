"""test_losses: what an import could not bring is shown once, and ticked off; other losses than were seen come again."""

from __future__ import annotations

import pytest
from django.test import Client

from importer.models import ImportedEntry, Source
from tests.factories import a_post
from tests.importer.mending.rows import address, an_editor, listed, only, press, undo

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry() -> ImportedEntry:
    source = Source.objects.create(key_kind="path", key_value="a", key_sha256="a", location="a")
    return ImportedEntry.objects.create(
        source=source,
        post=a_post(title="Poorer"),
        digest="d",
        losses=["A table is missing.", "A table is missing."],
    )


def test_it_is_shown_with_its_post_and_ticked_off(client: Client, entry: ImportedEntry) -> None:
    page = an_editor(client).get(address(), secure=True).content.decode()
    assert page.count("<li>A table is missing.</li>") == 1
    assert "Poorer" in page
    press(client, "leave", only("loss"))
    assert listed() == []
    undo(client)
    assert len(listed("loss")) == 1


def test_another_loss_comes_again(client: Client, entry: ImportedEntry) -> None:
    press(an_editor(client), "leave", only("loss"))
    ImportedEntry.objects.update(losses=["A picture is missing."])
    assert only("loss").about["sentences"] == ["A picture is missing."]


def test_the_loss_of_a_post_that_is_gone_needs_nobody(entry: ImportedEntry) -> None:
    from blog import publishing

    assert entry.post is not None
    publishing.trash(entry.post.pk, None)
    assert listed() == []
