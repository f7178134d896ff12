"""test_fetching_statuses: every status that brings no document is a sentence, with the wait that the server asks for."""

from __future__ import annotations

import time
from email.utils import formatdate

import pytest

from importer.fetching import AnswerRefused, read_url
from tests.importer.web_servers import here, reply, serving


def refused(status: str, *headers: str) -> AnswerRefused:
    with serving(reply(b"<html>not this</html>", status, *headers)) as server:
        with pytest.raises(AnswerRefused) as caught:
            read_url(server.url, resolver=here(), allowed_hosts=server.allowed)
        assert str(caught.value).startswith(f"{server.url} was not fetched: ")
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    ("status", "meaning"),
    [
        ("304 Not Modified", "nothing has changed (304) though nothing is known of it yet"),
        (
            "401 Unauthorized",
            "it asks for a password (401). Sign in with a browser, save the document and import",
        ),
        ("403 Forbidden", "it does not let us in (403). Save the document with a browser"),
        ("404 Not Found", "there is nothing at this address (404). Check the spelling."),
        ("410 Gone", "it is gone for good (410). Take it off your list."),
        ("418 Teapot", "it answers with status 418. Open the address in a browser"),
        ("429 Too Many", "it has been asked too often (429). Try again later."),
        ("500 Oops", "it has broken down (500). Try again later."),
        ("503 Closed", "it is closed for the moment (503). Try again later."),
        ("599 Odd", "it has broken down (599). Try again later."),
        ("300 Many", "a redirect that leads nowhere (300)"),
        ("202 Accepted", "it answers with status 202"),
        ("204 Empty", "there is nothing there (204)"),
        ("206 Part", "it sends only a part of the document (206)"),
    ],
)
def test_each_status_has_its_sentence(status: str, meaning: str) -> None:
    problem = refused(status)
    assert meaning in str(problem)
    assert problem.status == int(status[:3])
    assert problem.retry_after is None


@pytest.mark.parametrize(
    ("wait", "seconds", "words"),
    [
        ("1", 1, "1 second"),
        ("0", 0, "0 seconds"),
        ("90", 90, "90 seconds"),
        ("120", 120, "2 minutes"),
        ("7200", 7200, "2 hours"),
        ("259200", 259_200, "3 days"),
        ("9999999999", 31_622_400, "366 days"),
    ],
)
def test_the_wait_a_server_asks_for_is_shown(wait: str, seconds: int, words: str) -> None:
    problem = refused("429 Too Many", f"Retry-After: {wait}")
    assert str(problem).endswith(f"(429). It asks to be left alone for {words}.")
    assert problem.retry_after == seconds


def test_the_wait_may_be_a_moment() -> None:
    problem = refused("503 Closed", f"Retry-After: {formatdate(time.time() + 3600, usegmt=True)}")
    assert problem.retry_after is not None
    assert 3590 <= problem.retry_after <= 3601
    assert refused("503 Closed", "Retry-After: Mon, 02 Mar 2020 10:00:00 GMT").retry_after == 0


@pytest.mark.parametrize("wait", ["soon", "-5", "1.5", "", "Mon, 99 Foo 2026", "99999999999999999999"])
def test_a_wait_that_means_nothing_is_passed_over(wait: str) -> None:
    assert refused("503 Closed", f"Retry-After: {wait}").retry_after is None
