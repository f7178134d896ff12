"""test_comments_come_in: what readers said at the source is shown under the imported post, once, read-only, and goes with an undo."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from blog import responses, taxonomy
from blog.models import Post, Response, SiteSettings
from importer.models import Run
from importer.runs import undoing
from tests.factories import a_user
from tests.importer.documents import imported, written
from tests.importer.wxr_files import cdata, post, wxr

pytestmark = pytest.mark.django_db
FIRST = (
    1,
    "What a <em>tide</em>!\nSee <a href='https://sea.example/'>this</a>.<script>alert(1)</script>",
    "0",
)
ANSWER = (2, "Indeed.", "1")
DEEPER = (3, "Deep.", "2")


def comment(number: int, text: str, parent: str) -> str:
    return (
        f"<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author>{cdata(f'Vera {number}')}</wp:comment_author>"
        "<wp:comment_author_email>vera@private.example</wp:comment_author_email><wp:comment_author_IP>192.0.2.7</wp:comment_author_IP>"
        f"<wp:comment_date_gmt>2024-06-0{number} 09:00:00</wp:comment_date_gmt><wp:comment_content>{cdata(text)}</wp:comment_content>"
        f"<wp:comment_approved>1</wp:comment_approved><wp:comment_type/><wp:comment_parent>{parent}</wp:comment_parent></wp:comment>"
    )


def bring(folder: Path, *comments: tuple[int, str, str]) -> None:
    text = wxr(post("A text about tides, twice a day.", more="".join(comment(*one) for one in comments)))
    imported(written(folder, text, "harbour.xml"))


def page() -> str:
    return Client().get(Post.objects.get().get_absolute_url()).text


def test_they_stand_under_the_post_with_name_date_and_text(tmp_path: Path) -> None:
    bring(tmp_path, DEEPER, FIRST, ANSWER)
    one = Response.objects.get(name="Vera 1")
    assert one.text == "What a tide!\nSee this (https://sea.example/)."
    assert (one.email, one.status, one.at) == ("", "approved", datetime(2024, 6, 1, 9, tzinfo=UTC))
    assert {row.parent for row in Response.objects.exclude(pk=one.pk)} == {one}
    shown = page()
    assert shown.index("Vera 1") < shown.index("Indeed.") < shown.index("Deep.")
    assert "3 comments" in shown
    assert "Comments are closed." in shown
    assert "private.example" not in shown
    assert "alert(1)" not in shown


def test_nobody_can_answer_them(tmp_path: Path) -> None:
    bring(tmp_path, FIRST)
    taxonomy.save_settings(SiteSettings(responding="all", responding_days=0))
    assert "?to=" not in page()
    with pytest.raises(Exception, match="not there any more"):
        responses.respond(Post.objects.get().pk, "Boris", "", "Mine", to=Response.objects.get().pk)


def test_a_second_run_brings_what_is_new_alone(tmp_path: Path) -> None:
    bring(tmp_path, FIRST)
    responses.judge(Response.objects.get().pk, a_user(role="editor"), "spam")
    bring(tmp_path, FIRST)
    bring(tmp_path, FIRST, ANSWER)
    assert list(Response.objects.values_list("name", "status")) == [
        ("Vera 1", "spam"),
        ("Vera 2", "approved"),
    ]


def test_what_was_deleted_here_does_not_come_again(tmp_path: Path) -> None:
    bring(tmp_path, FIRST)
    responses.delete(Response.objects.get().pk, a_user(role="editor"))
    bring(tmp_path, FIRST, ANSWER)
    call_command("bring_comments")
    left = Response.objects.get(status="emptied")
    assert (left.name, left.text, left.html, left.at) == ("", "", "", None)
    assert "Vera 1" not in page()


def test_undoing_a_run_takes_its_comments_along(tmp_path: Path) -> None:
    bring(tmp_path, FIRST)
    bring(tmp_path, FIRST, ANSWER)
    second, first = Run.objects.order_by("-pk")[:2]
    undoing.undo(second)
    assert [one.name for one in Response.objects.all()] == ["Vera 1"]
    undoing.undo(first)
    assert not Response.objects.exists()


def test_those_of_earlier_imports_are_brought_by_a_command(tmp_path: Path, capsys: Any) -> None:
    bring(tmp_path, FIRST, ANSWER)
    Response.objects.all().delete()
    call_command("bring_comments")
    assert capsys.readouterr().out.endswith("2 comments came under 1 post.\n")
    call_command("bring_comments")
    assert capsys.readouterr().out == "0 comments came under 0 posts.\n"
    assert "Indeed." in page()


def test_a_circle_of_parents_ends(tmp_path: Path) -> None:
    bring(tmp_path, (1, "One.", "2"), (2, "Two.", "1"), (3, "Own.", "3"))
    assert Response.objects.filter(parent=None).count() == 2
    assert "3 comments" in page()
