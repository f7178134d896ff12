"""test_fetching_lengths: a body that is shorter or longer than announced is never taken for a whole one."""

from __future__ import annotations

import gzip
import socket

import pytest

from importer.errors import SourceUnusable
from importer.fetching import Limits, read_url
from tests.importer.web_servers import BODY, Reply, Server, here, reply, serving

CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n"


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


def fetched(answer: bytes | Reply, limits: Limits = Limits()) -> bytes:  # noqa: B008
    with serving(answer) as server:
        return read_url(server.url, resolver=here(), allowed_hosts=server.allowed, limits=limits).raw.data


def refusal(answer: bytes | Reply, limits: Limits = Limits()) -> str:  # noqa: B008
    with pytest.raises(SourceUnusable) as caught:
        fetched(answer, limits)
    return str(caught.value)


def test_a_short_body_is_incomplete() -> None:
    assert "its answer is incomplete" in refusal(reply(length=len(BODY) + 1))


def test_a_long_body_is_not_its_announced_length() -> None:
    for missing in (1, len(BODY) - 1, len(BODY)):
        assert "its length is not the one that it announced" in refusal(reply(length=len(BODY) - missing))


def test_bytes_that_come_after_the_announced_end_are_noticed() -> None:
    def answer(server: Server, request: bytes, out: socket.socket) -> None:
        out.sendall(reply())
        server.pause(0.05)
        out.sendall(b"<more/>")

    assert "its length is not the one that it announced" in refusal(answer)


def test_a_server_that_keeps_the_line_open_costs_little() -> None:
    def answer(server: Server, request: bytes, out: socket.socket) -> None:
        out.sendall(reply())
        server.hold()

    with serving(answer) as server:
        raw = read_url(server.url, resolver=here(), allowed_hosts=server.allowed).raw
        assert raw.data == BODY
    assert not server.outwaited


def test_a_cut_packed_body_without_length_is_incomplete() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"
    assert fetched(head + gzip.compress(BODY)) == BODY
    assert "its packed bytes end too early" in refusal(head + gzip.compress(BODY)[:-9])


def test_chunks_are_joined() -> None:
    assert fetched(CHUNKED + b"\r\n" + chunk(BODY[:9]) + chunk(BODY[9:]) + b"0\r\n\r\n") == BODY


@pytest.mark.parametrize(
    "body",
    [
        chunk(BODY),
        chunk(BODY)[:-4],
        chunk(BODY) + b"zz\r\n",
        b"fffffffff\r\n" + BODY,
        b"-5\r\n" + BODY,
        b"",
    ],
)
def test_chunks_without_a_proper_end_are_incomplete(body: bytes) -> None:
    assert "its answer is incomplete" in refusal(CHUNKED + b"\r\n" + body)


def test_endless_chunks_stop_at_the_cap() -> None:
    def answer(server: Server, request: bytes, out: socket.socket) -> None:
        out.sendall(CHUNKED + b"\r\n")
        while True:
            out.sendall(chunk(b"x" * 60_000))

    assert "it is larger than 1 MB" in refusal(answer, Limits(url_bytes=1_000_000))


def test_a_chunk_of_minus_one_byte_is_not_read_for_ever() -> None:
    sent = 0

    def answer(server: Server, request: bytes, out: socket.socket) -> None:
        nonlocal sent
        out.sendall(CHUNKED + b"\r\n-1\r\n")
        while True:
            out.sendall(b"x" * 60_000)
            sent += 60_000

    assert "it is larger than 1 MB" in refusal(answer, Limits(url_bytes=1_000_000))
    assert sent < 30_000_000  # what was taken and what waited in the system's buffers


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 9\r\n\r\n" + BODY,
    ],
)
def test_what_is_no_http_is_a_sentence(answer: bytes) -> None:
    sentence = refusal(answer)
    assert "was not fetched: " in sentence
    assert "incomplete or no proper HTTP" in sentence or "the connection was cut" in sentence
