"""test_polling_answers: what each answer of a polled source does to it: news, none, later, elsewhere, gone, back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from blog.models import Post
from importer.models import Run, RunEntry, Source
from importer.polling import asking
from tests.importer.documents import imported, item, rss, written
from tests.importer.polled import FEED, START, Place, place
from tests.importer.web_servers import redirect, reply

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
MORE = rss(item(1), item(2), item(3)).encode()
BROKEN = reply(b"", "500 Internal Server Error")


@pytest.fixture
def at(settings: Any) -> Iterator[Place]:
    with place(settings) as found:
        yield found


def test_it_is_off_until_it_is_asked_for(at: Place) -> None:
    source = at.source(poll=True)
    assert (source.poll, source.next_poll) == (True, START + HOUR)
    Source.objects.update(poll=False)
    at.now += HOUR * 2
    assert asking.due(at.now) == []


def test_marks_come_back_with_the_question_and_304_is_no_news(at: Place) -> None:
    moment = "Mon, 02 Mar 2026 10:00:00 GMT"
    source = at.source()
    at.serve(reply(FEED, "200 OK", 'ETag: W/"one"', f"Last-Modified: {moment}"))
    at.ask(source)
    assert "If-None-Match" not in at.asked_with()
    at.serve(reply(b"", "304 Not Modified"))
    runs = Run.objects.count()
    outcome = at.ask(source, after=HOUR)
    assert 'If-None-Match: W/"one"\r\n' in at.asked_with()
    assert f"If-Modified-Since: {moment}\r\n" in at.asked_with()
    assert (outcome.failed, outcome.news, outcome.brought) == (False, (), "")
    assert (outcome.source.etag, outcome.source.last_success) == ('W/"one"', START + HOUR)
    assert outcome.source.next_poll == START + 2 * HOUR
    assert Run.objects.count() == runs


def test_what_is_new_comes_in_with_the_options_of_the_first_import(at: Place) -> None:
    bare = {"dc__creator": "", "category": ""}
    at.serve(reply(rss(item(1, **bare)).encode()))
    source = at.source(author="Ada Example", tags=("imported",), status="draft")
    at.serve(reply(rss(item(1, **bare), item(2, **bare)).encode()))
    outcome = at.ask(source)
    assert outcome.brought == "1 new, 1 unchanged"
    post = Post.objects.get(title="Post 2")
    assert post.status == "draft"
    assert [author.name for author in post.authors.all()] == ["Ada Example"]
    assert [tag.name for tag in post.tags.all()] == ["imported"]
    run = Run.objects.latest("pk")
    assert (run.counts, list(run.sources.all())) == ({"created": 1, "unchanged": 1}, [outcome.source])


def test_other_bytes_without_news_leave_no_run(at: Place) -> None:
    source = at.source()
    runs, entries = Run.objects.count(), RunEntry.objects.count()
    at.serve(reply(FEED + b"<!-- built at noon -->"))
    outcome = at.ask(source)
    assert (outcome.failed, outcome.brought) == (False, "")
    assert (Run.objects.count(), RunEntry.objects.count()) == (runs, entries)


def test_the_same_bytes_are_not_imported_again(at: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    source = at.source()
    at.ask(source)
    monkeypatch.setattr("importer.polling.asking.run_import", None)
    assert not at.ask(source).failed


@pytest.mark.parametrize(
    ("headers", "body", "hours"),
    [
        (["Cache-Control: max-age=7200"], FEED, 2),
        (["Retry-After: 10800"], FEED, 3),
        ([], rss(item(1), more="<ttl>240</ttl>").encode(), 4),
    ],
)
def test_a_wish_to_be_asked_less_often_is_heard(
    at: Place, headers: list[str], body: bytes, hours: int
) -> None:
    source = at.source()
    at.serve(reply(body, "200 OK", *headers))
    assert at.ask(source).source.next_poll == START + hours * HOUR


@pytest.mark.parametrize("status", ["429 Too Many Requests", "503 Service Unavailable"])
def test_retry_after_is_obeyed(at: Place, status: str) -> None:
    source = at.source()
    at.serve(reply(b"", status, "Retry-After: 36000"))
    outcome = at.ask(source, chance=1.0)
    assert outcome.failed
    assert outcome.source.next_poll == START + 10 * HOUR
    assert outcome.source.last_error.endswith("It asks to be left alone for 10 hours.")


def test_a_failing_source_backs_off_and_tells_of_its_first_failure_alone(at: Place) -> None:
    source = at.source()
    at.serve(BROKEN)
    runs = Run.objects.count()
    waits, told = [], []
    for _ in range(6):
        outcome = at.ask(source)
        assert outcome.source.next_poll is not None
        waits.append(outcome.source.next_poll - at.now)
        told.append(bool(outcome.news))
    assert waits == [HOUR * hours for hours in (1, 2, 4, 8, 16, 24)]
    assert told == [True, False, True, False, False, False]  # the third is the one that is reported
    assert outcome.source.failures == 6
    assert "it has broken down (500)" in outcome.source.last_error
    assert Run.objects.count() == runs + 1
    assert Run.objects.latest("pk").exit_status == 1


def test_a_document_that_is_none_fails_too(at: Place) -> None:
    source = at.source()
    at.serve(reply(b"<html><title>Login</title><body>Please sign in.</body></html>"))
    runs = Run.objects.count()
    assert [at.ask(source).failed for _ in range(3)] == [True] * 3
    source.refresh_from_db()
    assert (source.failures, source.etag, source.broken) == (3, "", True)
    assert Run.objects.count() == runs + 1


def test_it_is_well_again_at_its_first_good_answer(at: Place) -> None:
    source = at.source()
    at.serve(BROKEN)
    outcomes = [at.ask(source) for _ in range(4)]
    assert [one.broke for one in outcomes] == [False, False, True, False]
    assert [one.known for one in outcomes] == [False, False, False, True]
    at.serve(reply(MORE))
    back = at.ask(source)
    assert (back.back, back.failed, back.brought) == (True, False, "1 new, 2 unchanged")
    assert (back.source.failures, back.source.last_error, back.source.broken) == (0, "", False)
    assert not at.ask(source).back


def test_one_that_is_gone_is_not_asked_again(at: Place) -> None:
    source = at.source()
    at.serve(reply(b"", "410 Gone"))
    outcome = at.ask(source)
    assert (outcome.broke, outcome.source.gone) == (True, START)
    assert outcome.news[0].endswith("it is gone for good (410). Take it off your list.")
    assert asking.due(START + 999 * HOUR) == []


def test_a_permanent_move_is_followed_and_the_posts_stay_with_their_source(at: Place) -> None:
    source = at.source()
    at.serve(redirect("/new", "301 Moved Permanently"))
    at.serve(reply(MORE), "/new")
    outcome = at.ask(source)
    assert outcome.brought == "1 new, 2 unchanged"
    assert outcome.source.moved_to == at.url("/new")
    assert outcome.source.location == at.url()
    at.ask(source)
    assert at.server.paths()[-1] == "/new"
    assert Source.objects.count() == 1
    assert at.source("/new").pk == source.pk  # whoever names the new address means the same source
    assert at.source("/feed").pk == source.pk
    assert (Post.objects.count(), Source.objects.count()) == (3, 1)


def test_a_passing_redirect_changes_nothing(at: Place) -> None:
    source = at.source()
    at.serve(redirect("/elsewhere?session=1"))
    at.serve(reply(MORE), "/elsewhere?session=1")
    outcome = at.ask(source)
    assert (outcome.brought, outcome.source.moved_to) == ("1 new, 2 unchanged", "")
    at.ask(source)
    assert at.server.paths()[-2:] == ["/feed", "/elsewhere?session=1"]
    assert Source.objects.count() == 1


def test_nobody_takes_over_another_source_by_moving_there(at: Place) -> None:
    at.serve(reply(rss(item(8), title="Another").encode()), "/other")
    other = at.source("/other")
    source = at.source("/feed")
    at.serve(redirect("/other", "308 Permanent Redirect"))
    outcome = at.ask(source)
    assert outcome.news == (
        "It has moved to the address of another source, “Another”, so it is not asked any more.",
    )
    assert outcome.source.gone is not None
    other.refresh_from_db()
    assert other.imported.count() == 1


def test_a_rejected_entry_is_news_once(at: Place) -> None:
    source = at.source()
    cut = rss(item(1), item(2), item(4)).encode()
    cut = cut[: cut.index(b"number 4")]
    at.serve(reply(cut, "200 OK", 'ETag: "cut"'))
    first = at.ask(source)
    assert first.rejected == 1
    assert "“Post 4” was rejected: The entry is incomplete" in first.news[0]
    assert first.source.etag == ""  # asked for whole once more
    runs = Run.objects.count()
    second = at.ask(source)
    assert (second.rejected, second.news, second.source.etag) == (0, (), '"cut"')
    assert Run.objects.count() == runs


def test_what_the_operator_saw_rejected_is_no_news(at: Place) -> None:
    cut = rss(item(1), item(4)).encode()
    at.serve(reply(cut[: cut.index(b"number 4")]))
    source = at.source()
    assert len(source.reported) == 1
    outcome = at.ask(source)
    assert (outcome.rejected, outcome.news) == (0, ())


def test_what_fails_after_the_entries_is_told_and_done_again(
    at: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*args: object, **given: object) -> None:
        raise MemoryError

    source = at.source()
    at.serve(reply(MORE, "200 OK", 'ETag: "more"'))
    monkeypatch.setattr("importer.pipeline.bringing.waiting", fails)
    outcome = at.ask(source)
    assert (outcome.failed, outcome.brought, outcome.source.etag) == (False, "1 new, 2 unchanged", "")
    assert "not enough memory" in outcome.news[0]


def test_a_source_has_its_own_time_zone(at: Place) -> None:
    zoneless = {"pubDate": "Mon, 01 Jan 2024 10:00:00"}
    at.serve(reply(rss(item(1, **zoneless)).encode()))
    source = at.source(time_zone="Europe/Moscow")
    at.serve(reply(rss(item(1, **zoneless), item(2, **zoneless)).encode()))
    at.ask(source)
    hours = {post.published_at.hour for post in Post.objects.all() if post.published_at}
    assert hours == {7}


def test_a_saved_copy_of_a_source_does_not_become_its_address(at: Place, tmp_path: Any) -> None:
    own = rss(item(1), more=f'<link xmlns="http://www.w3.org/2005/Atom" rel="self" href="{at.url()}"/>')
    at.serve(reply(own.encode()))
    source = at.source()
    imported(written(tmp_path, own))
    assert Source.objects.count() == 1
    assert not at.ask(source).failed
