"""test_saying: a reader's comment waits; what is empty, too long, disguised, late or not meant for here is refused in a sentence."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.models import User
from blog import publishing, responses, taxonomy
from blog.askers import A_DAY
from blog.models import Post, Response, SiteSettings
from tests.blog.responding.conftest import Say
from tests.factories import PageFactory, a_post, a_user

pytestmark = pytest.mark.django_db
GIVEN = {"name": "Boris Smith", "email": "Boris@Example.org", "text": "Which roads?"}
PATH = "/posts/the-way/respond/"


def send(path: str = PATH, **given: str) -> Any:
    return Client().post(path, GIVEN | given)


def test_it_waits_with_nothing_kept_that_is_not_needed(post: Post) -> None:
    answer = send()
    assert (answer.status_code, answer["Location"]) == (303, f"{PATH}?sent=1")
    said = Response.objects.get()
    assert (said.post, said.status, said.name, said.email) == (
        post,
        "waiting",
        "Boris Smith",
        "boris@example.org",
    )
    assert said.html == "<p>Which roads?</p>"
    kept = {field.name for field in Response._meta.get_fields()}
    assert not [name for name in kept if re.search("address|ip|agent|referr", name)]
    assert "waits for approval" in Client().get(answer["Location"]).text
    assert "Which roads?" not in Client().get("/posts/the-way/").text


def test_the_form_is_kept_by_nobody_and_the_post_stays_free_of_tokens(post: Post) -> None:
    client = Client()
    page = client.get("/posts/the-way/")
    assert f'href="{PATH}"' in page.text
    assert not page.cookies
    assert "csrf" not in page.text.lower()
    form = client.get(PATH)
    assert form["Cache-Control"] == "private, no-store"
    assert form["X-Robots-Tag"] == "noindex, nofollow"
    assert form.cookies["csrftoken"].value


def test_a_form_of_another_site_is_refused(post: Post) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(PATH, GIVEN).status_code == 403
    strict.get(PATH)
    token = strict.cookies["csrftoken"].value
    assert strict.post(PATH, GIVEN | {"csrfmiddlewaretoken": token}).status_code == 303
    assert Response.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"text": " \n"}, "Write something first: the comment was empty."),
        ({"text": "\u200b\u202e\u2060\0"}, "Write something first: the comment was empty."),
        ({"name": "\u3164\u200d"}, "Write your name: it stands over what you say."),
        (
            {"text": "x" * 5001},
            "A comment has at most 5000 characters; this one takes the room of 5001. Shorten it.",
        ),
        ({"text": "\N{GRINNING FACE}" * 2501}, "this one takes the room of 5002."),
        ({"email": "nobody"}, "This is no e-mail address. Mend it, or leave it empty."),
        ({"email": "x" * 250 + "@example.org"}, "This is no e-mail address."),
        ({"to": "99"}, "The comment that you answer is not there any more."),
        ({"to": "nonsense"}, "The comment that you answer is not there any more."),
        ({"to": "9" * 40}, "The comment that you answer is not there any more."),
    ],
)
def test_what_makes_no_sense_is_said_and_the_words_are_kept(
    post: Post, given: dict[str, str], said: str
) -> None:
    answer = send(**given)
    assert answer.status_code == 409
    assert said in answer.text
    assert (GIVEN | given)["text"].strip("\0\n ") in answer.text.replace("\0", "")
    assert not Response.objects.exists()


def test_disguises_are_taken_off(post: Post) -> None:
    send(name="Bo\u202eris\r\n\0Smith", text="a\u202eb\u200bc\0d\x08e\r\nf")
    said = Response.objects.get()
    assert (said.name, said.text) == ("Boris Smith", "abcde\nf")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        'javascript:alert(1) data:text/html,x https://x.example/?a="><script>alert(1)</script>',
        "[x](javascript:alert(1)) &lt;script&gt; &#60;script&#62;",
    ],
)
def test_words_are_only_words(post: Post, say: Say, text: str) -> None:
    shown = say(text, name='<b onclick="x">Boris</b>', status="approved")
    page = Client().get("/posts/the-way/").text
    assert shown.html in page
    assert not re.search(r"<(script|img|b)\b[^>]*(alert|onclick|onerror)|href=\"(javascript|data)", page)
    assert "&lt;b onclick=&quot;x&quot;&gt;Boris&lt;/b&gt;" in page


def test_ten_thousand_bytes_of_links_are_links_of_strangers(post: Post, say: Say) -> None:
    text = ("https://spam.example.com/x " * 180).strip()
    html = say(text).html
    assert html.count("<a ") == len(text.split())
    assert html.count('rel="noopener nofollow ugc"') == html.count("<a ")


def test_a_program_that_fills_in_everything_says_nothing(post: Post) -> None:
    assert send(website="https://spam.example/").status_code == 303
    assert not Response.objects.exists()


def test_the_same_sent_twice_stands_once(post: Post) -> None:
    assert send().status_code == send().status_code == 303
    assert Response.objects.count() == 1


def test_an_address_says_so_much_a_day_and_stands_nowhere(post: Post) -> None:
    for number in range(A_DAY):
        assert send(text=f"Comment {number}").status_code == 303
    answer = send(text="One more")
    assert (answer.status_code, Response.objects.count()) == (429, A_DAY)
    assert "That is a lot of comments for one day. Go on tomorrow." in answer.text
    other = Client(REMOTE_ADDR="192.0.2.9")
    assert other.post(PATH, GIVEN).status_code == 303


def test_a_household_of_ipv6_is_one(post: Post) -> None:
    from blog.askers import too_many

    answers = [too_many(f"2001:db8:1:2::{number:x}") for number in range(A_DAY + 1)]
    assert answers == [False] * A_DAY + [True]
    assert not too_many("2001:db8:1:3::1")
    assert not too_many("")


def test_so_many_may_wait(post: Post, say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(responses, "WAITING_A_POST", 2)
    say("One"), say("Two")
    assert "No more comments fit here for now." in send().text
    assert Response.objects.count() == 2


@pytest.mark.parametrize("status", ["draft", "review", "withdrawn"])
def test_what_is_not_public_takes_none(site: SiteSettings, status: str) -> None:
    a_post(title="Hidden", status=status)
    assert send("/posts/hidden/respond/").status_code == 404
    assert Client().get("/posts/hidden/respond/").status_code == 404


def test_scheduled_trashed_and_pages_take_none(site: SiteSettings) -> None:
    a_post(title="Later", published_at=timezone.now() + timedelta(days=1))
    a_post(title="Gone", trashed_at=timezone.now())
    PageFactory(title="About")
    for slug in ("later", "gone", "about", "none"):
        assert send(f"/posts/{slug}/respond/").status_code == 404
    assert not Response.objects.exists()


def test_a_post_that_went_meanwhile_takes_none(post: Post) -> None:
    publishing.withdraw(post.pk, None)
    with pytest.raises(Exception, match="This post is not there any more"):
        responses.respond(post.pk, "Boris", "", "Which?")


@pytest.mark.parametrize(
    ("site_says", "post_says", "open_"),
    [
        ("off", "", False),
        ("off", "open", False),
        ("chosen", "", False),
        ("chosen", "open", True),
        ("chosen", "closed", False),
        ("all", "", True),
        ("all", "open", True),
        ("all", "closed", False),
    ],
)
def test_site_and_post_say_where(db: None, site_says: str, post_says: str, open_: bool) -> None:
    taxonomy.save_settings(SiteSettings(responding=site_says))
    a_post(title="The way", responding=post_says)
    assert (PATH in Client().get("/posts/the-way/").text) is open_
    shown = Client().get(PATH).text
    assert ("Comments on this post are closed." in shown) is not open_
    assert ("<textarea" in shown) is open_
    assert (send().status_code == 303) is open_
    assert Response.objects.exists() is open_


def test_nothing_is_taken_before_somebody_turns_it_on(db: None) -> None:
    a_post(title="The way")
    assert PATH not in Client().get("/posts/the-way/").text
    assert send().status_code == 409


def test_it_closes_after_so_many_days(site: SiteSettings) -> None:
    a_post(title="The way", published_at=timezone.now() - timedelta(days=61))
    assert send().status_code == 409
    taxonomy.save_settings(SiteSettings(responding="all", responding_days=0))
    assert send().status_code == 303


def test_those_who_write_it_are_told_unless_they_would_not(
    post: Post, writer: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        send(name="Boris\r\nBcc: all@example.org")
    (sent,) = mail.outbox
    assert sent.recipients() == [writer.email]
    assert sent.body.startswith("A comment by Boris Bcc: all@example.org on “The way” waits for approval.")
    assert "boris@example.org" not in sent.body
    assert f"https://masthead.example/admin/blog/response/?post={post.pk}" in sent.body
    User.objects.filter(pk=writer.pk).update(mail_responses=False)
    with django_capture_on_commit_callbacks(execute=True):
        send(text="Another")
    assert len(mail.outbox) == 1


def test_a_flood_sends_no_flood_of_mail(
    post: Post, say: Say, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(responses.TOLD_OF + 3):
            say(f"Comment {number}")
    assert len(mail.outbox) == responses.TOLD_OF


def test_the_wish_stands_in_the_settings(writer: User, at_the_desk: Any) -> None:
    at_the_desk(writer).post("/admin/mail/", {"kept": "1", "mail_own": "on"})
    writer.refresh_from_db()
    assert writer.mail_responses is False
    assert a_user(role="author").mail_responses is True
