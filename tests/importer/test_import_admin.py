"""test_import_admin: editors see what was imported, what became of every entry and why; nobody changes it by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from importer.models import ImportedEntry, RunEntry, Source
from tests.factories import UserFactory
from tests.importer.documents import imported, item, last_run, rss, written

pytestmark = pytest.mark.django_db
MODELS = ("source", "run", "runentry", "importedentry")


@pytest.fixture
def run(tmp_path: Path) -> None:
    cut = rss(item(1), item(1), item(2, title="<script>alert(1)</script>"), item(3))
    imported(written(tmp_path, cut[: cut.index("number 3")]))


def signed_in(client: Client, role: str | None) -> Client:
    client.force_login(UserFactory(role=role) if role else UserFactory(is_staff=True, is_superuser=True))
    return client


def page(client: Client, view: str, *args: object, **query: Any) -> str:
    response = client.get(reverse(f"admin:importer_{view}", args=args), query, secure=True)
    assert response.status_code == 200, response
    return response.content.decode()


@pytest.mark.usefixtures("run")
def test_an_editor_reads_what_became_of_every_entry(client: Client) -> None:
    signed_in(client, "editor")
    text = page(client, "run_change", last_run().pk)
    assert "2 new, 1 repeat, 1 rejected" in text
    for verdict in ("2 created", "1 duplicate", "1 rejected"):
        assert f">{verdict}</a>" in text
    entries = page(client, "runentry_changelist", run__id__exact=last_run().pk, verdict__exact="rejected")
    assert "3. Post 3" not in entries
    assert "4. Post 3" in entries
    assert "The entry is incomplete" in entries


@pytest.mark.usefixtures("run")
def test_nothing_from_outside_is_markup_there(client: Client) -> None:
    signed_in(client, "editor")
    pages = [page(client, f"{model}_changelist") for model in MODELS]
    pages.append(page(client, "importedentry_change", ImportedEntry.objects.latest("pk").pk))
    assert not any("<script>alert(1)" in text for text in pages)
    assert any("&lt;script&gt;alert(1)" in text for text in pages)


@pytest.mark.usefixtures("run")
def test_every_page_stands(client: Client) -> None:
    signed_in(client, "editor")
    newest: dict[str, Any] = {
        "source": Source.objects.get(),
        "run": last_run(),
        "runentry": RunEntry.objects.latest("pk"),
        "importedentry": ImportedEntry.objects.latest("pk"),
    }
    for model, row in newest.items():
        page(client, f"{model}_changelist")
        page(client, f"{model}_change", row.pk)


@pytest.mark.usefixtures("run")
@pytest.mark.parametrize("role", ["editor", "administrator", None])
@pytest.mark.parametrize("model", MODELS)
def test_nothing_is_added_changed_or_deleted_by_hand(client: Client, role: str | None, model: str) -> None:
    signed_in(client, role)
    assert client.get(reverse(f"admin:importer_{model}_add"), secure=True).status_code == 403
    pk = RunEntry.objects.latest("pk").pk if model == "runentry" else 1
    row = {"source": Source, "importedentry": ImportedEntry}.get(model)
    pk = row._base_manager.latest("pk").pk if row else (pk if model == "runentry" else last_run().pk)
    for action in ("change", "delete"):
        address = reverse(f"admin:importer_{model}_{action}", args=[pk])
        assert client.post(address, {"post": "yes"}, secure=True).status_code == 403


@pytest.mark.usefixtures("run")
@pytest.mark.parametrize("role", ["contributor", "author"])
@pytest.mark.parametrize("model", MODELS)
def test_who_only_writes_sees_nothing_of_imports(client: Client, role: str, model: str) -> None:
    signed_in(client, role)
    assert client.get(reverse(f"admin:importer_{model}_changelist"), secure=True).status_code == 403


@pytest.mark.parametrize("model", MODELS)
def test_lists_cost_the_same_however_long_they_are(client: Client, tmp_path: Path, model: str) -> None:
    signed_in(client, "editor")
    counts = []
    for size in (2, 30):
        imported(written(tmp_path, rss(*(item(n) for n in range(size)))))
        page(client, f"{model}_changelist")
        with CaptureQueriesContext(connection) as queries:
            page(client, f"{model}_changelist")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


@pytest.mark.usefixtures("run")
def test_the_pages_hold_no_script_or_style_of_their_own(client: Client) -> None:
    import re

    signed_in(client, "editor")
    for text in (page(client, "run_change", last_run().pk), page(client, "runentry_changelist")):
        assert not re.search(r"<style|\sstyle=|\son\w+=", text)
        inline = [
            one for one in re.findall(r"<script([^>]*)>", text) if "src=" not in one and "json" not in one
        ]
        assert not inline


def test_old_runs_keep_what_they_changed_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from importer.runs import recording

    monkeypatch.setattr(recording, "RUNS_KEPT_WHOLE", 2)
    feed = written(tmp_path, rss(item(1), item(1)))
    for _ in range(4):
        imported(feed)
    kept = list(RunEntry.objects.order_by("pk").values_list("verdict", flat=True))
    assert kept == ["created", "unchanged", "duplicate", "unchanged", "duplicate"]
