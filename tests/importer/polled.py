"""polled: a source on loopback that is polled, and what asking it comes to."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from importer import fetching
from importer.models import Source
from importer.options import Options
from importer.pipeline import run_import
from importer.polling import asking
from importer.polling.asking import Outcome
from tests.factories import the_site_stands
from tests.importer.documents import item, rss
from tests.importer.web_servers import Server, reply, serving

START = datetime(2026, 3, 2, 10, tzinfo=UTC)
FEED = rss(item(1), item(2)).encode()


@dataclass
class Place:
    """A server whose answers a test changes while it runs, and the sources on it."""

    server: Server
    answers: dict[str, bytes] = field(default_factory=dict)
    now: datetime = START

    def url(self, path: str = "/feed") -> str:
        return f"http://127.0.0.1:{self.server.port}{path}"

    def serve(self, answer: bytes, path: str = "/feed") -> None:
        self.answers[path] = answer

    def source(self, path: str = "/feed", **options: Any) -> Source:
        """Imported once by hand, with --poll."""
        the_site_stands()
        report = run_import(
            [self.url(path)],
            Options(**options | {"poll": True}),
            fetch=lambda location: fetching.fetch(location, allowed_hosts=self.allowed),
            clock=lambda: self.now,
            shows_errors=True,
        )
        assert not report.sources[0].error, report.sources[0].error
        return Source.objects.latest("pk")

    @property
    def allowed(self) -> frozenset[str]:
        return frozenset((f"127.0.0.1:{self.server.port}",))

    def ask(self, source: Source, *, after: timedelta = timedelta(), chance: float = 0.0) -> Outcome:
        self.now += after
        outcome = asking.ask(source.pk, clock=lambda: self.now, chance=chance, at_once=True)
        assert outcome is not None
        return outcome

    def asked_with(self) -> str:
        """The last request, as it came."""
        return self.server.requests[-1].decode()


@contextmanager
def place(settings: Any) -> Iterator[Place]:
    answers: dict[str, bytes] = {"/feed": reply(FEED)}

    def answer(server: Server, request: bytes, out: socket.socket) -> None:
        out.sendall(answers[request.split(b" ")[1].decode()])

    with serving(answer) as server:
        found = Place(server, answers)
        settings.FETCH_ALLOWED_HOSTS = found.allowed
        yield found
