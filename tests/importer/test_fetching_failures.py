"""test_fetching_failures: when no answer comes at all, the sentence names the cause and what to do."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from importer.errors import SourceUnusable
from importer.fetching import read_url
from tests.importer.web_servers import BODY, HOST, Names, Server, here, redirect, reply, serving

TLS = Path(__file__).parent / "data" / "tls"


def server_context(certificate: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(TLS / certificate, TLS / "server.key")
    return context


def trusting() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(TLS / "authority.pem"))


def refusal(url: str, names: Names, trust: ssl.SSLContext | None = None) -> str:
    with pytest.raises(SourceUnusable) as caught:
        read_url(url, resolver=names, allowed_hosts=frozenset((HOST, "other.test")), trust=trust)
    return str(caught.value)


def secure(server: Server, host: str = HOST) -> str:
    return f"https://{host}:{server.port}/"


def test_a_name_that_nobody_knows() -> None:
    assert refusal("http://gone.example/feed", Names({})) == (
        "http://gone.example/feed was not fetched: there is no server named gone.example. Check the spelling."
    )


def test_a_name_server_that_is_silent() -> None:
    def silent(host: str, port: int) -> Sequence[str]:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    with pytest.raises(
        SourceUnusable, match=r"the name server gives no answer about far\.example\. Check the conn"
    ):
        read_url("http://far.example/", resolver=silent)


def test_a_closed_port() -> None:
    with socket.socket() as unheard:  # bound, but nobody listens
        unheard.bind(("127.0.0.1", 0))
        port = unheard.getsockname()[1]
        assert refusal(f"http://{HOST}:{port}/", here()) == (
            f"http://{HOST}:{port}/ was not fetched: {HOST} refuses connections on port {port}. "
            "Check the address, or try again later."
        )


def test_a_line_that_is_cut() -> None:
    def cut(server: Server, request: bytes, out: socket.socket) -> None:
        out.sendall(reply()[:-5])
        out.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # a reset, not an end

    with serving(cut) as server:
        sentence = refusal(server.url, here())
    assert "the connection was cut before the answer was whole" in sentence


def test_a_good_certificate_is_trusted_by_its_authority() -> None:
    with serving(reply(), tls=server_context("good.pem")) as server:
        fetched = read_url(secure(server), resolver=here(), allowed_hosts=server.allowed, trust=trusting())
        assert (fetched.raw.data, fetched.raw.final_url) == (BODY, secure(server))


@pytest.mark.parametrize(
    ("certificate", "host", "why"),
    [
        ("expired.pem", HOST, "its certificate has expired. Tell the site's owner."),
        (
            "self_signed.pem",
            HOST,
            "its certificate is signed by nobody but itself. Tell the site's owner, or save",
        ),
        ("good.pem", "other.test", "its certificate is for another name. Check the address"),
        ("good.pem", "127.0.0.1", "its certificate is for another address. Check the address"),
    ],
)
def test_a_certificate_that_does_not_hold(certificate: str, host: str, why: str) -> None:
    with serving(reply(), tls=server_context(certificate)) as server:
        with pytest.raises(SourceUnusable) as caught:
            read_url(
                secure(server, host),
                resolver=here(HOST, "other.test"),
                allowed_hosts=frozenset((HOST, "other.test", "127.0.0.1")),
                trust=trusting(),
            )
        assert str(caught.value).startswith(f"{secure(server, host)} was not fetched: {why}")
        assert server.requests == []


def test_an_authority_that_the_system_does_not_know() -> None:
    with serving(reply(), tls=server_context("good.pem")) as server:
        assert "an authority that this machine does not know" in refusal(secure(server), here())
        assert server.requests == []


def test_a_port_without_tls() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()

        def speak() -> None:
            peer, _ = listener.accept()
            with peer:
                peer.recv(4096)
                peer.sendall(reply(b"", "400 Bad Request"))

        thread = threading.Thread(target=speak)
        thread.start()
        sentence = refusal(f"https://{HOST}:{listener.getsockname()[1]}/", here(), trusting())
        thread.join(5)
    assert "it does not speak TLS there. Try the address with http://." in sentence


def test_a_way_back_from_tls_is_refused() -> None:
    with (
        serving(reply()) as plain,
        serving(redirect(f"http://{HOST}:{plain.port}/"), tls=server_context("good.pem")) as server,
    ):
        assert refusal(secure(server), here(), trusting()) == (
            f"{secure(server)} was not fetched: it redirects from https to the unprotected "
            f"http://{HOST}:{plain.port}/. If you trust that address, import it."
        )
        assert plain.connections == 0


def test_a_way_up_to_tls_is_followed() -> None:
    with (
        serving(reply(), tls=server_context("good.pem")) as safe,
        serving(redirect(f"https://{HOST}:{safe.port}/")) as server,
    ):
        fetched = read_url(server.url, resolver=here(), allowed_hosts=frozenset((HOST,)), trust=trusting())
        assert fetched.raw.data == BODY
