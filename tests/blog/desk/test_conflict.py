"""test_conflict: two people save one post; neither loses a word."""

from __future__ import annotations

from tests.blog.desk.filling import SignIn, change, form_of, fresh
from tests.factories import a_post, an_author


def test_both_texts_are_shown_and_mine_stays_in_the_form(sign_in: SignIn) -> None:
    post = a_post(title="Ours", body="One line.\nTwo lines.\n")
    anna, boris = sign_in("editor", first_name="Anna", last_name="P"), sign_in("editor")
    mine = form_of(boris, change(post)) | {"body": "One line.\r\nBoris wrote this.\r\n"}
    anna.post(change(post), form_of(anna, change(post)) | {"body": "One line.\nAnna wrote this.\n"})
    answer = boris.post(change(post), mine)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Someone saved this post since you opened it (revision 2), and both of you changed: body." in page
    assert answer.context["adminform"].form["body"].value() == "One line.\r\nBoris wrote this.\r\n"
    assert "Anna wrote this." in page
    assert "<ins>Boris" in page
    assert "<ins>Anna" in page
    assert "Anna P saved revision 2" in page
    assert fresh(post).body == "One line.\nAnna wrote this.\n"


def test_saving_again_takes_mine_and_keeps_what_only_they_changed(sign_in: SignIn) -> None:
    post = a_post(title="Ours", body="Text.", tags=["old"], authors=["Anna Petrova", "Boris Smith"])
    an_author(name="Vera Pavlova")
    anna, boris = sign_in("editor"), sign_in("editor")
    mine = form_of(boris, change(post)) | {"body": "Boris's text."}
    theirs = form_of(anna, change(post)) | {
        "body": "Anna's text.",
        "tag_names": "new, Hello",
        "noindex": "on",
        "byline_rows-0-author": "Vera Pavlova",
        "byline_rows-1-author": "",
    }
    anna.post(change(post), theirs)
    boris.post(change(post), mine)
    shown = boris.post(change(post), mine).context["adminform"].form
    again = {
        bound.name: bound.value() for bound in shown if bound.name not in ("byline_rows", "cover_upload")
    }
    data = {name: "" if value is None else value for name, value in again.items() if value is not False}
    for number, (author, part, place) in enumerate(shown["byline_rows"].value()):
        data |= {
            f"byline_rows-{number}-author": author,
            f"byline_rows-{number}-part": part,
            f"byline_rows-{number}-place": place,
        }
    assert boris.post(change(post), data).status_code == 302
    saved = fresh(post)
    assert saved.body == "Boris's text."
    assert [t.spelling for t in saved.taggings.all()] == ["new", "Hello"]
    assert [b.author.name for b in saved.bylines.all()] == ["Vera Pavlova"]
    assert saved.noindex is True


def test_changes_of_different_fields_are_merged_without_asking(sign_in: SignIn) -> None:
    post = a_post(title="Ours", body="Text.")
    anna, boris = sign_in("editor"), sign_in("editor")
    mine = form_of(boris, change(post)) | {"summary": "Boris's summary"}
    anna.post(change(post), form_of(anna, change(post)) | {"body": "Anna's text."})
    assert boris.post(change(post), mine).status_code == 302
    assert (fresh(post).body, fresh(post).summary) == ("Anna's text.", "Boris's summary")


def test_one_user_in_two_tabs_is_two_people(sign_in: SignIn) -> None:
    post = a_post(body="Text.")
    anna = sign_in("editor")
    first, second = form_of(anna, change(post)), form_of(anna, change(post))
    anna.post(change(post), first | {"body": "From the first tab."})
    page = anna.post(change(post), second | {"body": "From the second tab."}).content.decode()
    assert "Two texts" in page
    assert fresh(post).body == "From the first tab."


def test_a_form_that_forgot_where_it_began_writes_nothing(sign_in: SignIn) -> None:
    post = a_post(body="Text.")
    anna = sign_in("editor")
    page = anna.post(change(post), form_of(anna, change(post)) | {"base": "", "body": "New"}).content.decode()
    assert "This form does not say which revision it began from. Open the post again." in page
    assert fresh(post).body == "Text."


def test_changes_of_different_paragraphs_are_merged_without_asking(sign_in: SignIn) -> None:
    post = a_post(body="The first one.\n\nThe second one.\n\nThe third one.\n", tags=["old"])
    anna, boris = sign_in("editor"), sign_in("editor")
    mine = form_of(boris, change(post))
    anna.post(
        change(post),
        form_of(anna, change(post))
        | {"body": "Anna's first.\n\nThe second one.\n\nThe third one.\n", "tag_names": "old, anna"},
    )
    mine |= {
        "body": "The first one.\r\n\r\nThe second one.\r\n\r\nBoris's third.\r\n",
        "tag_names": "old, boris",
    }
    assert boris.post(change(post), mine).status_code == 302
    saved = fresh(post)
    assert saved.body == "Anna's first.\n\nThe second one.\n\nBoris's third.\n"
    assert {t.spelling for t in saved.taggings.all()} == {"old", "anna", "boris"}


def test_where_one_passage_clashes_the_others_are_merged_in_the_form(sign_in: SignIn) -> None:
    post = a_post(body="The first one.\n\nThe second one.\n")
    anna, boris = sign_in("editor"), sign_in("editor")
    mine = form_of(boris, change(post)) | {"body": "Boris's first.\n\nThe second one.\n"}
    anna.post(
        change(post), form_of(anna, change(post)) | {"body": "Anna's first.\n\nThe second one, by Anna.\n"}
    )
    answer = boris.post(change(post), mine)
    shown = answer.context["adminform"].form["body"].value()
    assert shown == "Boris's first.\n\nThe second one, by Anna.\n"
    (meeting,) = answer.context["conflict"]
    assert [choice.base for choice in meeting.choices] == ["The first one."]
    again = mine | {"body": shown, "base": answer.context["adminform"].form["base"].value()}
    assert boris.post(change(post), again).status_code == 302
    assert fresh(post).body == shown


def test_a_save_that_changes_nothing_is_no_conflict(sign_in: SignIn) -> None:
    post = a_post(body="Text.\n")
    anna, boris = sign_in("editor"), sign_in("editor")
    mine = form_of(boris, change(post))
    anna.post(change(post), form_of(anna, change(post)) | {"body": "Anna's text."})
    assert boris.post(change(post), mine | {"body": "Text.  \r\n\r\n"}).status_code == 302
    assert fresh(post).body == "Anna's text."
    assert fresh(post).revision == 2
