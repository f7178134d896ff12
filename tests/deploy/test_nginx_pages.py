"""test_nginx_pages: nginx keeps what the site lets it keep, for as long as the site says, and nobody's private page."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.deploy.conftest import Before

pytestmark = pytest.mark.nginx


def test_a_page_is_asked_for_once(before: Before) -> None:
    before.site.say("kept", keep=True)
    answers = [before.ask("/once/") for _ in range(4)]
    assert [a.headers["X-Cache-Status"] for a in answers] == ["MISS", "HIT", "HIT", "HIT"]
    assert {a.text for a in answers} == {"kept"}
    assert len(before.site.asked) == 1


def test_a_reader_who_has_the_page_gets_304_without_the_site(before: Before) -> None:
    before.site.say("kept", keep=True)
    before.ask("/tagged/")
    answer = before.ask("/tagged/", If_None_Match='"one"')
    assert (answer.status, answer.text) == (304, "")
    assert len(before.site.asked) == 1


def test_how_long_is_the_sites_to_say(before: Before) -> None:
    before.site.say("old", Cache_Control="max-age=1")
    before.ask("/short/")
    before.site.say("new", Cache_Control="max-age=1")
    assert before.ask("/short/").text == "old"
    time.sleep(2.1)
    assert before.ask("/short/").text == "new"


@pytest.mark.parametrize("control", ["no-store", "private, max-age=60", "no-cache", ""])
def test_what_the_site_forbids_or_does_not_allow_is_not_kept(before: Before, control: str) -> None:
    before.site.say("fresh", Cache_Control=control)
    path = f"/forbidden/{control.replace(' ', '')}/"
    for _ in range(3):
        assert before.ask(path).headers["X-Cache-Status"] == "MISS"
    assert len(before.site.asked) == 3


def test_an_answer_that_sets_a_cookie_is_not_kept(before: Before) -> None:
    before.site.say("mine", keep=True, Set_Cookie="sessionid=secret")
    assert before.ask("/cookie/").headers["Set-Cookie"] == "sessionid=secret"
    before.site.say("yours", keep=True)
    answer = before.ask("/cookie/")
    assert (answer.text, answer.headers["Set-Cookie"]) == ("yours", None)


@pytest.mark.parametrize(
    "cookie", ["sessionid=x", "a=b; csrftoken=x", "__Host-sessionid=x", "__Secure-csrftoken=x;b=c"]
)
def test_who_is_signed_in_goes_past_kept_pages_both_ways(before: Before, cookie: str) -> None:
    path = f"/signed-in/{len(cookie)}/"
    before.site.say("everybody's", keep=True)
    before.ask(path)
    before.site.say("theirs", keep=True)
    answer = before.ask(path, Cookie=cookie)
    assert (answer.text, answer.headers["X-Cache-Status"]) == ("theirs", "BYPASS")
    assert before.ask(path).text == "everybody's"


def test_other_cookies_change_nothing(before: Before) -> None:
    before.site.say("kept", keep=True)
    before.ask("/theme/")
    assert before.ask("/theme/", Cookie="theme=dark; mysessionid=1").headers["X-Cache-Status"] == "HIT"


@pytest.mark.parametrize("path", ["/admin/", "/preview/token/", "/welcome/token/", "/livez", "/readyz"])
def test_some_addresses_are_never_kept(before: Before, path: str) -> None:
    before.site.say("fresh", keep=True)
    assert [before.ask(path).headers["X-Cache-Status"] for _ in range(2)] == ["BYPASS", "BYPASS"]


def test_two_names_of_the_site_share_no_page(before: Before) -> None:
    before.site.say("one", keep=True)
    before.ask("/named/")
    before.site.say("two", keep=True)
    assert before.ask("/named/", Host="www.masthead.example").text == "two"
    # Nor do two ports: the site would be the one to refuse such a name, and its answer must not reach others.
    assert before.ask("/named/", Host="localhost:1").headers["X-Cache-Status"] == "MISS"


@pytest.mark.parametrize("status", [500, 502, 503])
def test_a_failing_site_leaves_its_old_page_standing(before: Before, status: int) -> None:
    path = f"/stale/{status}/"
    before.site.say("old but good", Cache_Control="max-age=1")
    before.ask(path)
    time.sleep(2.1)
    before.site.say("broken", status=status)
    answer = before.ask(path)
    assert (answer.status, answer.text, answer.headers["X-Cache-Status"]) == (200, "old but good", "STALE")


def test_a_withdrawn_page_does_not_stand(before: Before) -> None:
    before.site.say("public", Cache_Control="max-age=1")
    before.ask("/withdrawn/")
    time.sleep(2.1)
    before.site.say("not here", status=404, Cache_Control="max-age=1")
    assert before.ask("/withdrawn/").status == 404


def test_an_old_page_is_shown_while_a_new_one_is_fetched_only_as_long_as_the_site_allows(
    before: Before,
) -> None:
    for path, window in (("/within/", 60), ("/beyond/", 1)):
        before.site.say("old", Cache_Control=f"max-age=1, stale-while-revalidate={window}")
        before.ask(path)
    time.sleep(3.2)
    before.site.say("new", Cache_Control="max-age=60")
    within = before.ask("/within/")
    assert (within.text, within.headers["X-Cache-Status"]) == ("old", "STALE")
    assert before.ask("/beyond/").text == "new"
    deadline = time.monotonic() + 5
    while before.ask("/within/").text != "new":
        assert time.monotonic() < deadline, "the page was not fetched anew behind the reader's back"
        time.sleep(0.05)


def crowd(before: Before, path: str, readers: int) -> tuple[float, int]:
    """How long the last of some readers waits who ask for one new page at once, and how often it is made."""
    before.site.say("made once", takes=0.04, keep=True)

    def read(_: int) -> tuple[str, float]:
        begun = time.monotonic()
        return before.ask(path).text, time.monotonic() - begun

    with ThreadPoolExecutor(readers) as pool:
        answers = list(pool.map(read, range(readers)))
    assert {text for text, _ in answers} == {"made once"}
    return max(seconds for _, seconds in answers), len(before.site.asked)


def test_many_who_ask_at_once_cost_one_page_and_wait_little_longer_than_one(before: Before) -> None:
    # In turns, and the best of some: what else the machine does comes and goes, a wait of nginx's own comes each time.
    alone, at_once = [], []
    for n in range(5):
        alone.append(crowd(before, f"/alone/{n}/", 1))
        at_once.append(crowd(before, f"/at-once/{n}/", 20))
    assert min(made for _, made in at_once) == 1
    assert min(at_once)[0] < 6 * min(alone)[0]
