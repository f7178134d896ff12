"""test_network: sources on the web that fail, stall, lie or lead elsewhere, (cases 57 to 59).

Fetching alone is held in test_fetching_*; here the whole command says so, in time, and nothing is written.
What a gigabyte costs: test_exhaustion. A 304 that nobody asked for is no document: the command
asks for the whole one each time, and whether something is new is told by the entries themselves.
"""

from __future__ import annotations

import gzip
import socket
from typing import Any

import pytest

from importer import fetching
from importer.fetching import Limits
from tests.battery.trial import Outcome, tried
from tests.importer.documents import item, rss
from tests.importer.test_fetching_failures import TLS, server_context
from tests.importer.web_servers import HOST, Reply, Server, here, redirect, reply, serving

pytestmark = pytest.mark.django_db
FEED = rss(item(1), item(2)).encode()
USUALLY: dict[str, Any] = fetching.fetch.__kwdefaults__ or {}  # what the command does not say of a fetch


@pytest.fixture(autouse=True)
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test host is this machine, and nothing else has a name."""
    monkeypatch.setitem(USUALLY, "resolver", here(HOST, "other.test"))


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(USUALLY, "limits", Limits(seconds=1.0))


def asked(settings: Any, server: Server, address: str = "") -> Outcome:
    settings.FETCH_ALLOWED_HOSTS = server.allowed
    return tried(address or server.url)


def refused(outcome: Outcome) -> str:
    """The one sentence of an import that came to nothing."""
    assert outcome.status == 1
    assert outcome.out.startswith("Nothing was imported.\n")
    assert outcome.err.count("\n") == 1
    return outcome.err


# -- the setting that lets the command ask here at all ------------------------------------------------------


def test_only_a_named_host_is_asked(settings: Any) -> None:
    with serving(reply(FEED)) as server:
        assert "is this machine itself; only public addresses are fetched" in refused(tried(server.url))
        settings.FETCH_ALLOWED_HOSTS = frozenset((f"{HOST}:{server.port + 1}",))
        assert "only public addresses" in refused(tried(server.url))
        assert server.connections == 0
        assert asked(settings, server).counts == {"created": 2}
        assert asked(settings, server).counts == {"unchanged": 2}


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://2130706433/",
        "http://0177.0.0.1/",
        "http://0x7f.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://localhost./",
        "http://１２７.0.0.1/",
        "http://a:b@127.0.0.1/",
        "ftp://127.0.0.1/x",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "data:text/xml,<rss/>",
        "http://127.0.0.1:22/",
        "http:///x",
        "http://",
        "https://" + "a" * 10_000 + ".example/",
    ],
)
def test_no_address_leads_inside(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setitem(USUALLY, "resolver", here("127.0.0.1", "localhost", "10.0.0.1", "::1"))
    monkeypatch.setattr(socket.socket, "connect", lambda *args: pytest.fail("it was connected to"))
    sentence = refused(tried(address))
    assert "a:b" not in sentence
    assert "root:" not in sentence


# -- 57: no answer, or none that helps ---------------------------------------------------------------------


def test_a_name_that_nobody_knows() -> None:
    assert "nobody.test" in refused(tried("http://nobody.test/feed"))


def test_a_port_where_nobody_listens(settings: Any) -> None:
    with serving() as server:
        pass
    assert f"{HOST} refuses connections on port {server.port}" in refused(asked(settings, server))


@pytest.mark.parametrize(
    ("certificate", "host", "why"),
    [
        ("expired.pem", HOST, "its certificate has expired"),
        ("self_signed.pem", HOST, "signed by nobody but itself"),
        ("good.pem", "other.test", "its certificate is for another name"),
    ],
)
def test_a_certificate_that_does_not_hold(
    settings: Any, monkeypatch: pytest.MonkeyPatch, certificate: str, host: str, why: str
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(TLS / "authority.pem"))
    with serving(reply(FEED), tls=server_context(certificate)) as server:
        settings.FETCH_ALLOWED_HOSTS = frozenset((HOST, "other.test"))
        assert why in refused(tried(f"https://{host}:{server.port}/"))
        assert server.requests == []


@pytest.mark.parametrize(
    ("status", "says"),
    [
        ("401 Unauthorized", "it asks for a password (401)"),
        ("403 Forbidden", "it does not let us in (403)"),
        ("404 Not Found", "there is nothing at this address (404)"),
        ("410 Gone", "it is gone for good (410)"),
        ("418 Teapot", "418"),
        ("429 Too Many", "it has been asked too often (429). It asks to be left alone for 2 minutes."),
        ("500 Oops", "it has broken down (500)"),
        ("503 Later", "it is closed for the moment (503). It asks to be left alone for 2 minutes."),
        ("204 Nothing", "204"),
        ("304 Not Modified", "304"),
    ],
)
def test_an_answer_that_brings_no_document(settings: Any, status: str, says: str) -> None:
    wait = ("Retry-After: 120",) if status[:3] in ("429", "503") else ()
    body = b"" if status[:3] in ("204", "304") else FEED
    with serving(reply(body, status, *wait)) as server:
        assert says in refused(asked(settings, server))


# -- 58: answers that never end, or end too soon --------------------------------------------------------------


def silent(server: Server, request: bytes, out: socket.socket) -> None:
    server.hold()


PATIENT = 50  # tenths of a second that a server goes on before it lets go


def bit_by_bit(head: bytes, piece: bytes, times: int = PATIENT) -> Reply:
    """An answer that goes on for a long time, a piece each tenth of a second."""

    def answer(server: Server, request: bytes, out: socket.socket) -> None:
        out.settimeout(60)
        out.sendall(head)
        for _ in range(times):
            out.sendall(piece)
            server.pause(0.1)
        server.outwaited = True

    return answer


DROPS = reply(length=10_000)[:-1], b" "
HEADERS = b"HTTP/1.1 200 OK\r\n", b"X-More: 1\r\n"
CHUNKS = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n"


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("answer", [silent, *(bit_by_bit(*one) for one in (DROPS, HEADERS, CHUNKS))])
def test_an_answer_that_never_ends_is_given_up(settings: Any, answer: Reply) -> None:
    with serving(answer) as server:
        sentence = refused(asked(settings, server))
    assert "no whole answer within 1 seconds" in sentence or "incomplete or no proper HTTP" in sentence
    assert not server.outwaited


def test_the_usual_patience_is_under_thirty_seconds() -> None:
    assert USUALLY["limits"].seconds <= 30


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize(
    "answer",
    [
        reply(FEED, length=len(FEED) + 10),
        reply(FEED + b"<!-- more -->", length=len(FEED)),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n" % (len(FEED), FEED),
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(FEED)[:-20],
        b"garbage\r\n\r\n",
        b"",
    ],
    ids=["short", "long", "chunks without end", "packed short", "garbage", "nothing"],
)
def test_what_is_not_whole_is_not_taken(settings: Any, answer: bytes) -> None:
    with serving(answer) as server:
        refused(asked(settings, server))


def test_a_body_that_ends_early_without_saying_how_long_it_is_loses_nothing_unsaid(settings: Any) -> None:
    cut = rss(item(1), item(2), item(3)).encode()
    cut = cut[: cut.index(b"number 3")]
    with serving(b"HTTP/1.0 200 OK\r\n\r\n" + cut) as server:
        outcome = asked(settings, server)
    assert (outcome.status, outcome.counts) == (3, {"created": 2, "rejected": 1})


# -- 59: redirects, bombs ---------------------------------------------------------------------------------


def test_a_circle(settings: Any) -> None:
    with serving(redirect("/")) as server:
        assert "its redirects lead in a circle" in refused(asked(settings, server))


def test_too_many_hops(settings: Any) -> None:
    def onward(server: Server, request: bytes, out: socket.socket) -> None:
        out.sendall(redirect(f"/{len(server.requests)}"))

    with serving(onward) as server:
        assert "more than 5 redirects follow each other" in refused(asked(settings, server))
        assert len(server.requests) == 6


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Again", "308 For good"])
@pytest.mark.parametrize(
    "place", ["http://127.0.0.1:{}/", "http://other.test:{}/", "file:///etc/passwd", "ftp://x/"]
)
def test_a_redirect_inside(settings: Any, status: str, place: str) -> None:
    with serving(reply(FEED)) as inner, serving(redirect(place.format(inner.port), status)) as server:
        assert " was not fetched: " in refused(asked(settings, server))
        assert inner.connections == 0


def test_a_redirect_from_tls_to_none(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(TLS / "authority.pem"))
    with serving(reply(FEED)) as plain:
        place = f"http://{HOST}:{plain.port}/"
        with serving(redirect(place), tls=server_context("good.pem")) as server:
            settings.FETCH_ALLOWED_HOSTS = frozenset((HOST,))
            sentence = refused(tried(f"https://{HOST}:{server.port}/"))
    assert "it redirects from https to the unprotected" in sentence
    assert plain.connections == 0
