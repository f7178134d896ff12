"""web_servers: small servers on loopback that answer as a test says, count who came, and are always stopped."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

HOST = "feeds.test"  # the name under which tests reach a server here
BODY = b"<rss version='2.0'><channel><title>Harbour notes</title></channel></rss>"
LONGEST = 10.0  # seconds after which every part of a test server gives up by itself


@dataclass
class Server:
    port: int = 0
    connections: int = 0
    requests: list[bytes] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)
    outwaited: bool = (
        False  # whether a server that was to hold the line longer than its reader had to let go first
    )

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}/"

    @property
    def allowed(self) -> frozenset[str]:
        return frozenset((f"{HOST}:{self.port}",))

    def paths(self) -> list[str]:
        return [request.split(b" ")[1].decode() for request in self.requests]

    def pause(self, seconds: float) -> None:
        """Wait, but not beyond the test's end."""
        if self.stopping.wait(seconds):
            raise ConnectionAbortedError

    def hold(self) -> None:
        """Say nothing more until the test has what it came for; `outwaited` tells that it never got it."""
        self.pause(LONGEST)
        self.outwaited = True


Reply = Callable[[Server, bytes, socket.socket], None]


def reply(body: bytes = BODY, status: str = "200 OK", *headers: str, length: int | None = None) -> bytes:
    """A whole HTTP answer with an honest length, or with `length`."""
    lines = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body) if length is None else length}"]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1") + body


def redirect(location: str, status: str = "302 Found") -> bytes:
    return reply(b"", status, f"Location: {location}")


def by_path(answers: dict[str, bytes]) -> Reply:
    """Answers by path; a path that is not named breaks the connection."""

    def answer(server: Server, request: bytes, out: socket.socket) -> None:
        out.sendall(answers[request.split(b" ")[1].decode()])

    return answer


@contextmanager
def serving(
    answer: bytes | Reply = BODY, *, address: str = "127.0.0.1", tls: ssl.SSLContext | None = None
) -> Iterator[Server]:
    """A server for the time of a test; `answer` is sent whole, or called with the request and the socket."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    threads: list[threading.Thread] = []
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.bind((address, 0))
        listener.listen()
        listener.settimeout(0.05)
        server = Server(port=listener.getsockname()[1])
        threads.append(threading.Thread(target=_accept, args=(server, listener, answer, tls, threads)))
        threads[0].start()
        try:
            yield server
        finally:
            server.stopping.set()
            with contextlib.suppress(OSError):  # wakes the waiting accept at once where the system allows it
                listener.shutdown(socket.SHUT_RDWR)
            for thread in threads:
                thread.join(LONGEST)
    assert not any(thread.is_alive() for thread in threads), "a test server did not stop"


def _accept(
    server: Server,
    listener: socket.socket,
    answer: bytes | Reply,
    tls: ssl.SSLContext | None,
    threads: list[threading.Thread],
) -> None:
    while not server.stopping.is_set():
        try:
            peer, _ = listener.accept()
        except TimeoutError:
            continue
        except OSError:
            return
        server.connections += 1
        threads.append(threading.Thread(target=_serve, args=(server, peer, answer, tls)))
        threads[-1].start()


def _serve(server: Server, peer: socket.socket, answer: bytes | Reply, tls: ssl.SSLContext | None) -> None:
    with contextlib.suppress(OSError, KeyError), contextlib.ExitStack() as stack:
        out = stack.enter_context(peer)
        out.settimeout(LONGEST)
        if tls is not None:
            out = stack.enter_context(tls.wrap_socket(out, server_side=True))
        request = b""
        while b"\r\n\r\n" not in request:
            block = out.recv(65536)
            if not block:
                return
            request += block
        server.requests.append(request)
        if isinstance(answer, bytes):
            out.sendall(answer)
        else:
            answer(server, request, out)


class Names:
    """A name server that answers from a table, in turn where a name has several answers, and remembers questions."""

    def __init__(self, table: dict[str, Sequence[Sequence[str]]]) -> None:
        self._table = {name: list(answers) for name, answers in table.items()}
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        answers = self._table.get(host)
        if not answers:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return answers.pop(0) if len(answers) > 1 else answers[0]


def here(*names: str) -> Names:
    """A name server that knows the test host (or the names given) as this machine."""
    return Names({name: [["127.0.0.1"]] for name in names or (HOST,)})
