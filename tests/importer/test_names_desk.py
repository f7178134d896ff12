"""test_names_desk: an editor decides at the desk whom a source's names mean, sees what that changes, and does and undoes it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.authors import make_author
from accounts.models import Author
from blog.models import Byline, Post
from importer.models import AuthorMapping, Run, Source, TagMapping
from tests.factories import UserFactory
from tests.importer.documents import imported, item, rss, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(tmp_path: Path) -> Source:
    make_author("Иван Петров")
    items = [item(1, dc__creator="I. Petrov", category="js"), item(2, dc__creator="Bob <b>", category="js")]
    imported(written(tmp_path, rss(*items, item(3, dc__creator="I. Petrov"))))
    return Source.objects.get()


def at_desk(client: Client, role: str = "editor") -> Client:
    client.force_login(UserFactory(role=role), backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(source: Source, end: str = "") -> str:
    return reverse(f"admin:importer_source_names{end}", args=[source.pk])


def page(client: Client, url: str) -> str:
    answer = client.get(url, secure=True)
    assert answer.status_code == 200
    return answer.content.decode()


def post(client: Client, url: str, **given: Any) -> Any:
    return client.post(url, given, secure=True, follow=True)


def one_name(key: str, action: str, value: str = "", own: str = "") -> dict[str, str]:
    return {"person_key": key, "person_action": action, "person_value": value, "own": own}


def test_names_are_listed_with_their_posts_the_doubtful_first(client: Client, source: Source) -> None:
    text = page(at_desk(client), address(source)).split("<table", 1)[1]
    first, second = text.index("I. Petrov"), text.index("Bob &lt;b&gt;")
    assert first < second
    assert "may be Иван Петров" in text
    assert "<td>2</td>" in text
    assert "<b>" not in text


def test_the_source_says_how_many_are_in_doubt(client: Client, source: Source) -> None:
    text = page(at_desk(client), reverse("admin:importer_source_change", args=[source.pk]))
    assert f'<a href="{address(source)}">Whom its names mean: 1 in doubt</a>' in text


def test_saving_the_page_as_it_is_decides_nothing(client: Client, source: Source) -> None:
    post(at_desk(client), address(source), **one_name("i. petrov", "later", "Иван Петров"))
    row = AuthorMapping.objects.get()
    assert (row.proposed, TagMapping.objects.count()) == (True, 0)


def test_saving_offers_to_apply_it_and_undo_takes_it_back(client: Client, source: Source) -> None:
    known = Author.objects.get(name="Иван Петров")
    answer = post(at_desk(client), address(source), **one_name("i. petrov", "map", "Иван Петров"))
    assert answer.redirect_chain[-1][0] == address(source, "_apply")
    text = answer.content.decode()
    assert "Apply to 2 imported posts" in text
    assert not Byline.objects.filter(author=known).exists()
    after = post(client, address(source, "_apply")).content.decode()
    assert "2 posts say now what the table says." in after
    assert Byline.objects.filter(author=known).count() == 2
    run = Run.objects.latest("pk")
    assert run.user is not None
    post(client, reverse("admin:importer_run_undo", args=[run.pk]))
    assert not Byline.objects.filter(author=known).exists()


def test_tags_are_renamed(client: Client, source: Source) -> None:
    given = {"tag_key": "js", "tag_action": "map", "tag_value": " JavaScript "}
    post(at_desk(client), address(source), **given)
    row = TagMapping.objects.get()
    assert (row.name, row.action, row.to_name) == ("js", "map", "JavaScript")
    post(client, address(source, "_apply"))
    assert Post.objects.filter(taggings__tag__name="JavaScript").count() == 2


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (one_name("i. petrov", "map", "Nobody Such"), "“I. Petrov”: there is no author “Nobody Such” here."),
        (
            one_name("i. petrov", "default"),
            "Name the source&#x27;s own author first: “I. Petrov” is to mean it.",
        ),
        (one_name("i. petrov", "later", own="Nobody Such"), "there is no author “Nobody Such” here."),
        ({"tag_key": "js", "tag_action": "map", "tag_value": "#"}, "“js”: write what the tag is called here"),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_is(
    client: Client, source: Source, given: dict[str, str], said: str
) -> None:
    answer = at_desk(client).post(address(source), given, secure=True)
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert AuthorMapping.objects.get().proposed
    assert not TagMapping.objects.exists()


def test_the_sources_own_author(client: Client, source: Source) -> None:
    post(at_desk(client), address(source), **one_name("i. petrov", "default", own="иван петров"))
    source.refresh_from_db()
    assert source.default_author == Author.objects.get(name="Иван Петров")
    assert AuthorMapping.objects.get().action == "default"


def test_nothing_is_done_by_looking(client: Client, source: Source) -> None:
    AuthorMapping.objects.update(proposed=False)
    runs = Run.objects.count()
    assert "Apply to 2 imported posts" in page(at_desk(client), address(source, "_apply"))
    assert Run.objects.count() == runs


@pytest.mark.parametrize("role", ["author", "contributor"])
def test_editors_alone(client: Client, source: Source, role: str) -> None:
    at_desk(client, role)
    for end in ("", "_apply"):
        assert client.get(address(source, end), secure=True).status_code == 403
        assert client.post(address(source, end), {}, secure=True).status_code == 403
