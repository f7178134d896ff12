"""connecting: look a name up once, connect to exactly what was checked, and hold every read against one deadline."""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from functools import cache
from os import environ

from urllib3.connection import HTTPConnection, HTTPSConnection

from importer.fetching.addresses import Target
from importer.fetching.limits import MEGABYTE, BudgetError, Deadline, DeadlineError

Resolver = Callable[[str, int], Sequence[str]]  # host, port → IP addresses; may raise socket.gaierror

_ADDRESSES_TRIED = 4
_SECONDS_AN_ADDRESS = 5.0
_GLANCE = 0.2  # seconds to wait for bytes after the announced end; a server told to close does so at once


def system_resolver(host: str, port: int) -> list[str]:
    """The addresses that the system's own look-up gives, in its order of preference."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(item[4][0]) for item in found))


def resolve(target: Target, resolver: Resolver, deadline: Deadline) -> tuple[str, ...]:
    """The target's addresses, from one question. Raises DeadlineError, or what the resolver raises."""
    if target.is_literal:
        return (target.host,)
    answers: list[Sequence[str]] = []
    problems: list[Exception] = []

    def ask() -> None:
        try:
            answers.append(resolver(target.host, target.port))
        except Exception as problem:  # carried over to the thread that waits
            problems.append(problem)

    # The system's look-up takes no timeout; a thread that nobody waits for any longer is the only way out of it.
    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(deadline.left())
    if problems:
        raise problems[0]
    if not answers:
        raise DeadlineError
    if not answers[0]:
        raise socket.gaierror(socket.EAI_NONAME, "the name has no address")
    return tuple(answers[0])


class Answer(http.client.HTTPResponse):
    """An answer whose every read is held against deadline and budget, and that notices bytes after its end."""

    spare = False  # whether more came than Content-Length said

    def __init__(
        self, sock: socket.socket, deadline: Deadline, budget: int, method: str | None = None
    ) -> None:
        super().__init__(sock, method=method)
        wire: io.BufferedReader = self.fp
        self._timed = _TimedWire(sock, wire.detach(), deadline, budget)
        self.fp = io.BufferedReader(self._timed, 1 << 16)

    def _close_conn(self) -> None:
        if self.length == 0 and not self.chunked and self.status in (200, 203):
            self.spare = self._more_came()
        super()._close_conn()  # type: ignore[misc]

    def _more_came(self) -> bool:
        self._timed.glance = True
        try:
            return bool(self.fp.peek(1))
        except (OSError, ValueError):
            return False


class _TimedWire(io.RawIOBase):
    """The socket's bytes, each read given only the time that is left.

    The budget stands under whatever reads above: a chunk that claims to be -1 bytes long would be read to its end.
    """

    glance = False

    def __init__(self, sock: socket.socket, raw: io.RawIOBase, deadline: Deadline, budget: int) -> None:
        self._sock, self._raw, self._deadline, self._budget = sock, raw, deadline, budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int | None:  # type: ignore[override]
        left = self._deadline.left()
        self._sock.settimeout(min(left, _GLANCE) if self.glance else left)
        size = self._raw.readinto(buffer)
        self._budget -= size or 0
        if self._budget < 0:
            raise BudgetError
        return size

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Pinned(HTTPConnection):
    """A connection to addresses already looked up and checked; the host serves for Host and TLS name only."""

    addresses: tuple[str, ...]
    deadline: Deadline
    budget: int
    answer: Answer

    def _new_conn(self) -> socket.socket:
        problem: OSError = DeadlineError()
        for address in self.addresses[:_ADDRESSES_TRIED]:
            try:
                return _connected(address, self.port, self.deadline)
            except DeadlineError:
                raise
            except OSError as met:
                problem = met
        raise problem

    def response_class(  # type: ignore[override]
        self, sock: socket.socket, debuglevel: int = 0, method: str | None = None
    ) -> Answer:
        self.answer = Answer(sock, self.deadline, self.budget, method)
        return self.answer


class _PinnedSafe(_Pinned, HTTPSConnection):
    """The same, through TLS."""


def connection_to(
    target: Target,
    addresses: tuple[str, ...],
    deadline: Deadline,
    *,
    body_bytes: int,
    trust: ssl.SSLContext | None = None,
) -> _Pinned:
    """A connection not yet opened. `body_bytes` is the largest body; `trust` replaces the system's authorities."""
    connection: _Pinned
    if target.scheme == "https":
        trust = trust or _usual_trust(environ.get("SSL_CERT_FILE"), environ.get("SSL_CERT_DIR"))
        connection = _PinnedSafe(target.host, target.port, timeout=deadline.left(), ssl_context=trust)
    else:
        connection = _Pinned(target.host, target.port, timeout=deadline.left())
    connection.addresses, connection.deadline = addresses, deadline
    connection.budget = 2 * body_bytes + MEGABYTE  # room for headers and for small chunks' frames
    return connection


@cache
def _usual_trust(file: str | None, folder: str | None) -> ssl.SSLContext:
    """The system's authorities, read once for each place that is named for them: reading takes longer than most answers."""
    return ssl.create_default_context()


def _connected(address: str, port: int, deadline: Deadline) -> socket.socket:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.settimeout(min(deadline.left(), _SECONDS_AN_ADDRESS))
        sock.connect((address, port))
        sock.settimeout(deadline.left())  # the handshake's, as a whole
    except BaseException:
        sock.close()
        raise
    return sock
