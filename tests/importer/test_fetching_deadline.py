"""test_fetching_deadline: no server, however slow, holds an import longer than the deadline."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from importer.errors import SourceUnusable
from importer.fetching import Limits, read_url
from tests.importer.web_servers import BODY, HOST, Reply, Server, here, redirect, reply, serving

TLS = Path(__file__).parent / "data" / "tls"
SHORT = Limits(seconds=0.6)


@contextmanager
def timed_out() -> Iterator[None]:
    with pytest.raises(SourceUnusable) as caught:
        yield
    assert str(caught.value).endswith(
        "no whole answer within 0.6 seconds. Try again later, or save it and import the file."
    )


PATIENT = 200  # times that a server goes on before it lets go: seconds, where a reader has six tenths of one


def drip(data: bytes, pause: float = 0.05) -> Reply:
    def answer(server: Server, request: bytes, out: socket.socket) -> None:
        for byte in data:
            out.sendall(bytes((byte,)))
            server.pause(pause)
        server.hold()

    return answer


def after(data: bytes, endlessly: bytes) -> Reply:
    def answer(server: Server, request: bytes, out: socket.socket) -> None:
        out.sendall(data)
        for _ in range(PATIENT):
            out.sendall(endlessly)
            server.pause(0.02)
        server.outwaited = True

    return answer


HEAD = b"HTTP/1.1 200 OK\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(drip(b"", 0), id="not a byte"),
        pytest.param(drip(reply(b"x" * 200)), id="one byte at a time"),
        pytest.param(drip(HEAD + b"Content-"), id="headers that stop"),
        pytest.param(after(HEAD + b"X: ", b"x"), id="a header without end"),
        pytest.param(after(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), id="continue, continue"),
        pytest.param(after(reply(length=10**7), b"x"), id="a long body, drop by drop"),
        pytest.param(after(HEAD + b"\r\n", b"x"), id="a body without length"),
        pytest.param(after(CHUNKED, b"1\r\nx\r\n"), id="chunks without end"),
        pytest.param(after(CHUNKED, b"0"), id="a chunk size without end"),
        pytest.param(after(CHUNKED + b"0\r\n", b"X: y\r\n"), id="trailers without end"),
        pytest.param(
            after(HEAD + b"Content-Encoding: gzip\r\n\r\n\x1f\x8b\x08\x10\0\0\0\0\0\0", b"n"),
            id="a gzip name",
        ),
    ],
)
def test_a_slow_answer_is_given_up(answer: Reply) -> None:
    with serving(answer) as server, timed_out():
        read_url(server.url, resolver=here(), allowed_hosts=server.allowed, limits=SHORT)
    assert not server.outwaited


def test_an_answer_that_is_slow_but_comes_in_time_is_taken() -> None:
    with serving(drip(reply(), 0.003)) as server:
        raw = read_url(
            server.url, resolver=here(), allowed_hosts=server.allowed, limits=Limits(seconds=9)
        ).raw
    assert raw.data == BODY


def test_redirects_share_one_deadline() -> None:
    def slow(server: Server, request: bytes, out: socket.socket) -> None:
        server.pause(0.25)
        out.sendall(redirect(f"/{len(server.requests)}"))

    with serving(slow) as server, timed_out():
        read_url(server.url, resolver=here(), allowed_hosts=server.allowed, limits=SHORT)


def test_a_silent_handshake_is_given_up() -> None:
    with socket.socket() as listener:  # the system accepts for it; nobody ever speaks
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        url = f"https://{HOST}:{listener.getsockname()[1]}/"
        with timed_out():
            read_url(url, resolver=here(), allowed_hosts=frozenset((HOST,)), limits=SHORT)


def test_a_slow_answer_through_tls_is_given_up() -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(TLS / "good.pem", TLS / "server.key")
    trust = ssl.create_default_context(cafile=str(TLS / "authority.pem"))
    with serving(after(HEAD + b"\r\n", b"x"), tls=context) as server, timed_out():
        read_url(
            f"https://{HOST}:{server.port}/",
            resolver=here(),
            allowed_hosts=server.allowed,
            limits=SHORT,
            trust=trust,
        )
    assert not server.outwaited


def test_a_silent_name_server_is_given_up() -> None:
    released, outwaited = threading.Event(), threading.Event()

    def silent(host: str, port: int) -> Sequence[str]:
        if not released.wait(9):
            outwaited.set()
        return ["127.0.0.1"]

    try:
        with timed_out():
            read_url("http://far.example/", resolver=silent, limits=SHORT)
    finally:
        released.set()
    assert not outwaited.is_set()
