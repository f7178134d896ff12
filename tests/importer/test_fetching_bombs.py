"""test_fetching_bombs: packed answers are unpacked, and stopped at the cap while they stream."""

from __future__ import annotations

import gzip
import socket
import time
import tracemalloc
import zlib
from collections.abc import Callable

import brotli  # type: ignore[import-untyped]
import pytest

from importer.errors import SourceUnusable
from importer.fetching import Limits, read_url
from importer.fetching.limits import MEGABYTE, Deadline
from importer.fetching.unpacking import unpack
from tests.importer.web_servers import BODY, Server, here, reply, serving
from tests.work import no_dearer

TEXT = BODY + bytes(range(256)) * 3000


def raw_deflate(data: bytes) -> bytes:
    work = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return work.compress(data) + work.flush()


PACKINGS: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("gzip", gzip.compress),
    ("x-gzip", gzip.compress),
    ("GZip", lambda data: gzip.compress(data[:1000]) + gzip.compress(data[1000:])),
    ("gzip", lambda data: gzip.compress(data) + bytes(512)),
    ("deflate", zlib.compress),
    ("deflate", raw_deflate),
    ("br", brotli.compress),
    ("identity", bytes),
    ("identity, gzip", gzip.compress),
]


def fetched(packed: bytes, *headers: str, limits: Limits = Limits()) -> bytes:  # noqa: B008
    with serving(reply(packed, "200 OK", *headers)) as server:
        return read_url(server.url, resolver=here(), allowed_hosts=server.allowed, limits=limits).raw.data


def refusal(packed: bytes, *headers: str, limits: Limits = Limits()) -> str:  # noqa: B008
    with pytest.raises(SourceUnusable) as caught:
        fetched(packed, *headers, limits=limits)
    return str(caught.value)


@pytest.mark.parametrize(("encoding", "pack"), PACKINGS)
def test_packed_answers_are_unpacked(encoding: str, pack: Callable[[bytes], bytes]) -> None:
    assert fetched(pack(TEXT), f"Content-Encoding: {encoding}") == TEXT


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
def test_an_empty_packed_answer_is_empty(encoding: str) -> None:
    assert fetched(b"", f"Content-Encoding: {encoding}") == b""


@pytest.mark.parametrize(("encoding", "pack"), [PACKINGS[0], PACKINGS[4], PACKINGS[5], PACKINGS[6]])
def test_a_whole_repetitive_text_is_not_taken_for_a_cut_one(
    encoding: str, pack: Callable[[bytes], bytes]
) -> None:
    for size in (262_143, 262_144, 262_145, 262_300, 524_288):
        assert fetched(pack(b"a" * size), f"Content-Encoding: {encoding}") == b"a" * size


@pytest.mark.parametrize(("encoding", "pack"), [PACKINGS[0], PACKINGS[4], PACKINGS[5], PACKINGS[6]])
def test_cut_and_broken_packings_are_refused(encoding: str, pack: Callable[[bytes], bytes]) -> None:
    packed = pack(TEXT)
    assert "its packed bytes end too early" in refusal(packed[:-3], f"Content-Encoding: {encoding}")
    assert "its packed bytes" in refusal(b"\xff" * 40, f"Content-Encoding: {encoding}")


@pytest.mark.parametrize(
    "headers",
    [
        ["Content-Encoding: gzip, gzip"],
        ["Content-Encoding: gzip", "Content-Encoding: gzip"],
        ["Content-Encoding: deflate,br"],
    ],
)
def test_one_packing_inside_another_is_refused(headers: list[str]) -> None:
    assert "it is packed more than once" in refusal(gzip.compress(gzip.compress(TEXT)), *headers)


def test_a_packing_nobody_asked_for_is_refused() -> None:
    assert "packed in a way that was not asked for" in refusal(TEXT, "Content-Encoding: zstd")


def zeros_gzip() -> bytes:
    """10 MB of gzip that unpack to 10 GB: the same full block again and again."""
    work = zlib.compressobj(9, wbits=zlib.MAX_WBITS | 16)
    head = work.compress(bytes(MEGABYTE)) + work.flush(zlib.Z_FULL_FLUSH)
    block = work.compress(bytes(MEGABYTE)) + work.flush(zlib.Z_FULL_FLUSH)
    return head + block * (10 * MEGABYTE // len(block))


def zeros_brotli() -> bytes:
    return bytes(brotli.compress(bytes(200 * MEGABYTE), quality=3))


@pytest.mark.parametrize(
    ("encoding", "bomb", "pack"),
    [
        ("gzip", zeros_gzip, gzip.compress),
        ("deflate", lambda: zlib.compress(bytes(200 * MEGABYTE), 1), zlib.compress),
        ("br", zeros_brotli, lambda data: brotli.compress(data, quality=3)),
    ],
)
def test_a_bomb_is_stopped_at_the_cap(
    encoding: str, bomb: Callable[[], bytes], pack: Callable[[bytes], bytes]
) -> None:
    packed = bomb()
    tracemalloc.start()
    try:
        sentence = refusal(packed, f"Content-Encoding: {encoding}")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert "it is larger than 20 MB, the most that is taken from the web. Download it and import" in sentence
    assert peak < 100 * MEGABYTE
    honest = pack(bytes(19 * MEGABYTE))
    header = f"Content-Encoding: {encoding}"
    no_dearer(lambda: refusal(packed, header), lambda: fetched(honest, header), times=4)


def test_very_many_small_gzips_are_stopped() -> None:
    def pieces(number: int) -> None:
        assert "in too many pieces" in refusal(gzip.compress(b"") * number, "Content-Encoding: gzip")

    no_dearer(lambda: pieces(200_000), lambda: pieces(10_000), times=4)


def test_a_large_answer_is_refused_by_its_announcement() -> None:
    assert "larger than 1 kB" in refusal(b"x" * 1001, limits=Limits(url_bytes=1000))
    assert fetched(b"x" * 1000, limits=Limits(url_bytes=1000)) == b"x" * 1000


def test_a_large_announcement_is_refused_before_its_body_comes() -> None:
    def announce(server: Server, request: bytes, out: socket.socket) -> None:
        out.sendall(reply(b"", length=20_000_001))
        server.hold()

    with serving(announce) as server, pytest.raises(SourceUnusable, match="larger than 20 MB"):
        read_url(server.url, resolver=here(), allowed_hosts=server.allowed)
    assert not server.outwaited


def test_the_cap_holds_for_the_packed_bytes_too() -> None:
    stored = gzip.compress(b"x" * 990, 0)
    assert len(stored) > 1000
    unannounced = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + stored
    for answer in (reply(stored, "200 OK", "Content-Encoding: gzip"), unannounced):
        with serving(answer) as server, pytest.raises(SourceUnusable, match="larger than 1 kB"):
            read_url(server.url, resolver=here(), allowed_hosts=server.allowed, limits=Limits(url_bytes=1000))


def test_unpacking_itself_is_held_against_the_deadline() -> None:
    blocks = unpack(iter((gzip.compress(bytes(MEGABYTE)),)), "gzip", Deadline(0.2))
    next(blocks)
    time.sleep(0.3)
    with pytest.raises(TimeoutError):
        next(blocks)
