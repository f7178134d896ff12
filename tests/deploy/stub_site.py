"""stub_site: a site of a few lines that stands behind nginx in tests, says what it is told to and remembers who asked."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Asked:
    method: str
    path: str
    headers: Message


@dataclass
class Saying:
    """What the stub answers, until it is told otherwise; `drops` requests are hung up on first, the others take `takes` seconds."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: str = "hello"
    drops: int = 0
    takes: float = 0


class StubSite:
    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.saying = Saying()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=[0.05], daemon=True)

    @property
    def address(self) -> str:
        host, port = self._server.server_address[:2]
        return f"{host!s}:{port}"

    def say(
        self,
        body: str = "hello",
        *,
        status: int = 200,
        drops: int = 0,
        takes: float = 0,
        keep: bool = False,
        **headers: str,
    ) -> None:
        """From now on answer so; `keep` lets nginx do so. Header names are written with underscores."""
        named = {"Cache-Control": "max-age=60", "ETag": '"one"'} if keep else {}
        named |= {name.replace("_", "-"): value for name, value in headers.items()}
        self.saying = Saying(status, named, body, drops, takes)
        self.asked.clear()

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _handler(site: StubSite) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            site.asked.append(Asked(self.command, self.path, self.headers))
            saying = site.saying
            if saying.drops:
                saying.drops -= 1
                self.connection.shutdown(socket.SHUT_RDWR)
                self.close_connection = True
                return
            time.sleep(saying.takes)
            body = saying.body.encode()
            self.send_response(saying.status)
            for name, value in {
                "Content-Type": "text/html",
                **saying.headers,
                "Content-Length": str(len(body)),
            }.items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_GET = do_HEAD = do_POST = do_PUT = answer

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: what was asked is in `asked`."""

    return Handler


@contextmanager
def stub_site() -> Iterator[StubSite]:
    site = StubSite()
    site.start()
    try:
        yield site
    finally:
        site.stop()
