"""test_saving: the form of a post ends in publishing's verbs and changes nothing that was not changed."""

from __future__ import annotations

from django.contrib.messages import get_messages

from accounts.models import Author
from blog.models import Post, Redirect
from tests.blog.desk.filling import ADD, SignIn, change, form_of, fresh
from tests.factories import SeriesFactory, UserFactory, a_post, an_author


def test_a_new_post_is_a_draft_with_everything_the_form_said(sign_in: SignIn) -> None:
    first, second = an_author(name="Anna Petrova"), an_author(name="Boris Smith")
    series = SeriesFactory()
    client = sign_in("editor")
    data = form_of(client, ADD) | {
        "title": "A beginning",
        "body": "First line.\r\n\r\nSecond line.",
        "summary": "In short.",
        "tag_names": 'Django, "Hello, World", C++',
        "byline_rows-0-author": "Boris Smith",
        "byline_rows-0-part": "translator",
        "byline_rows-0-place": "2",
        "byline_rows-1-author": "Anna Petrova",
        "byline_rows-1-part": "author",
        "byline_rows-1-place": "1",
        "series": str(series.pk),
        "series_position": "3",
        "slug": "Мой адрес",
        "language": "ru",
        "canonical_url": "https://example.org/first",
        "seo_title": "Searched",
        "noindex": "on",
        "_continue": "1",
    }
    answer = client.post(ADD, data)
    post = Post.everything.get()
    assert (answer.status_code, answer["Location"]) == (302, change(post))
    assert (post.status, post.title, post.body) == ("draft", "A beginning", "First line.\n\nSecond line.")
    assert [t.spelling for t in post.taggings.all()] == ["Django", "Hello, World", "C++"]
    assert [(b.author, b.part) for b in post.bylines.all()] == [(first, "author"), (second, "translator")]
    assert (post.series, post.series_position, post.slug, post.language) == (series, 3, "moi-adres", "ru")
    assert (post.canonical_url, post.seo_title, post.noindex) == (
        "https://example.org/first",
        "Searched",
        True,
    )
    assert (post.revision, post.revisions.get().user) == (1, post.created_by)


def test_saving_an_untouched_form_makes_no_revision(sign_in: SignIn) -> None:
    post = a_post(
        title="Как есть",
        body="\n  leading space\n\ntrailing space  \n",
        summary=" two\nlines ",
        authors=["Anna Petrova", ("Anna Petrova's twin", "editor")],
        tags=["Hello, World", "C#"],
        language="ru",
    )
    client = sign_in("editor")
    answer = client.post(change(post), form_of(client, change(post)) | {"_save": "1"})
    assert answer.status_code == 302
    assert fresh(post).revision == 1
    assert fresh(post).body == post.body


def test_html_that_was_imported_stays_html(sign_in: SignIn) -> None:
    post = a_post(body="<p>One</p>\n", body_format="html")
    client = sign_in("editor")
    page = client.get(change(post)).content.decode()
    assert "/admin/editor/preview/?format=html" in page
    client.post(change(post), form_of(client, change(post)) | {"body": "<p>Two</p>"})
    assert (fresh(post).body, fresh(post).body_format) == ("<p>Two</p>", "html")


def test_a_changed_address_leaves_a_redirect(sign_in: SignIn) -> None:
    post = a_post(slug="old")
    client = sign_in("editor")
    client.post(change(post), form_of(client, change(post)) | {"slug": "new"})
    assert fresh(post).slug == "new"
    assert Redirect.objects.get().path == "/posts/old/"


def test_an_address_that_is_taken_is_said_so(sign_in: SignIn) -> None:
    a_post(slug="taken")
    post = a_post(slug="mine")
    client = sign_in("editor")
    answer = client.post(change(post), form_of(client, change(post)) | {"slug": "taken", "_continue": "1"})
    assert fresh(post).slug == "taken-2"
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    assert "The address “taken” belongs to another post; this one is at “taken-2”." in said


def test_whoever_begins_a_post_stands_on_it(sign_in: SignIn) -> None:
    user = UserFactory(role="contributor", first_name="Vera", last_name="Pavlova")
    client = sign_in(user)
    client.post(ADD, form_of(client, ADD) | {"title": "Mine", "body": "Text."})
    assert [b.author for b in Post.everything.get().bylines.all()] == [Author.objects.get(user=user)]
    assert Author.objects.get(user=user).name == "Vera Pavlova"


def test_a_login_name_never_becomes_a_byline(sign_in: SignIn) -> None:
    client = sign_in("contributor", username="secret-login")
    answer = client.post(ADD, form_of(client, ADD) | {"title": "Mine", "body": "Text."}, follow=True)
    assert not Author.objects.exists()
    assert "your account has no name that readers may see" in answer.content.decode()


def test_an_unknown_author_is_refused_with_a_sentence_and_the_text_stays(sign_in: SignIn) -> None:
    client = sign_in("editor")
    data = form_of(client, ADD) | {"title": "T", "body": "Kept text", "byline_rows-0-author": "Nobody Atall"}
    page = client.post(ADD, data | {"byline_rows-0-part": "author"}).content.decode()
    assert "There is no author “Nobody Atall”. Choose one of the list, or tick" in page
    assert "Kept text" in page
    assert not Post.everything.exists()


def test_two_authors_of_one_name_are_told_apart(sign_in: SignIn) -> None:
    an_author(name="Ivan Ivanov")
    second = an_author(name="Ivan Ivanov")
    client = sign_in("editor")
    data = form_of(client, ADD) | {"title": "T", "byline_rows-0-author": f"Ivan Ivanov ({second.slug})"}
    client.post(ADD, data | {"byline_rows-0-part": "author"})
    assert [b.author for b in Post.everything.get().bylines.all()] == [second]
