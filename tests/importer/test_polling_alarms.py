"""test_polling_alarms: the administrators get one mail when a source breaks and one when it is back, and no poll fails for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail

from importer.models import Source
from importer.polling.alarms import raise_alarm
from tests.importer.documents import item, rss
from tests.importer.polled import FEED, Place, place
from tests.importer.web_servers import reply

pytestmark = pytest.mark.django_db
ADMINS = ["anna@masthead.example", "boris@masthead.example"]
BROKEN = reply(b"", "500 Internal Server Error")


@pytest.fixture
def at(settings: Any) -> Iterator[Place]:
    settings.SITE_ADMINS = ADMINS
    with place(settings) as found:
        yield found


def asked(at: Place, source: Source, times: int = 1) -> list[str]:
    return [raise_alarm(at.ask(source)) for _ in range(times)]


def test_one_when_it_breaks_and_one_when_it_is_back(at: Place) -> None:
    source = at.source()
    at.serve(BROKEN)
    asked(at, source, 2)
    assert mail.outbox == []
    asked(at, source, 4)
    (broken,) = mail.outbox
    assert broken.subject == "Masthead: A source cannot be read: A blog"
    assert broken.to == ADMINS
    assert "it has broken down (500)" in broken.body
    assert "It failed 3 times in a row" in broken.body
    assert f"The source: {at.url()}\n" in broken.body
    assert f"https://masthead.example/admin/importer/source/{source.pk}/change/" in broken.body
    at.serve(reply(FEED))
    asked(at, source, 3)
    assert [one.subject for one in mail.outbox[1:]] == ["Masthead: A source is back: A blog"]


def test_one_at_once_when_it_is_gone(at: Place) -> None:
    source = at.source()
    at.serve(reply(b"", "410 Gone"))
    asked(at, source)
    assert "It is not asked again" in str(mail.outbox[0].body)


def test_a_short_trouble_is_not_reported(at: Place) -> None:
    source = at.source()
    for answer in (BROKEN, BROKEN, reply(FEED), BROKEN, BROKEN, reply(FEED)):
        at.serve(answer)
        asked(at, source)
    assert mail.outbox == []


def test_a_title_is_one_line_of_the_subject(at: Place) -> None:
    source = at.source()
    Source.objects.update(title="A\r\nBcc: all@example.org\u2028" + "x" * 400)
    at.serve(BROKEN)
    asked(at, source, 3)
    assert mail.outbox[0].subject.startswith("Masthead: A source cannot be read: A Bcc: all@example.org xxx")
    assert len(mail.outbox[0].subject) <= 200
    assert mail.outbox[0].recipients() == ADMINS


def test_nobody_is_told_where_nobody_is_named(at: Place, settings: Any) -> None:
    settings.SITE_ADMINS = []
    source = at.source()
    at.serve(BROKEN)
    assert asked(at, source, 4) == [""] * 4
    assert mail.outbox == []


def test_a_mail_that_cannot_be_sent_is_a_sentence(at: Place, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    source = at.source()
    at.serve(reply(rss(item(1), title="").encode(), "410 Gone"))
    assert asked(at, source, 2) == [
        "The mail “Masthead: A source cannot be read: A blog” could not be sent (ConnectionRefusedError). Check EMAIL_URL.",
        "",
    ]
