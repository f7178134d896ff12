"""conftest: nginx before a stub, and the whole stack, each started once."""

from __future__ import annotations

import http.client
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from deploy.local import front as fronts
from deploy.local import stack as stacks
from deploy.local.postgres import Cluster
from deploy.local.programs import free_port
from tests.deploy.stub_site import StubSite, stub_site


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    text: str


def ask(port: int, path: str, *, method: str = "GET", body: str | None = None, **headers: str) -> Answer:
    """One request, no redirects followed, Host localhost unless given. Header names are written with underscores."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    named = {"Host": "localhost"} | {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        connection.request(method, path, body=body, headers=named)
        response = connection.getresponse()
        return Answer(response.status, response.msg, response.read().decode("utf-8", "replace"))
    finally:
        connection.close()


@dataclass(frozen=True)
class Before:
    """nginx before the stub, with the folders it serves files from."""

    front: fronts.Front
    site: StubSite
    static: Path
    media: Path

    def ask(self, path: str, *, method: str = "GET", body: str | None = None, **headers: str) -> Answer:
        return ask(self.front.port, path, method=method, body=body, **headers)


@pytest.fixture(scope="session")
def open_folder() -> Iterator[Path]:
    """A temporary folder that the user whom servers run as may enter; pytest's own are for their owner alone."""
    folder = Path(tempfile.mkdtemp(prefix="masthead-deploy-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def _nginx_before(site: StubSite, folder: Path, *, trusted_proxies: str = "") -> Before:
    static, media = folder / "static", folder / "media"
    for made in (folder, static, media):
        made.mkdir()
    front = fronts.start_front(
        folder / "nginx",
        port=free_port(),
        upstream=site.address,
        static=static,
        media=media,
        allowed_hosts="localhost,.masthead.example",
        trusted_proxies=trusted_proxies,
    )
    return Before(front, site, static, media)


@pytest.fixture(scope="session")
def before(open_folder: Path) -> Iterator[Before]:
    """nginx that meets readers itself. Mark the test `nginx`, and ask each test's own path: pages are kept."""
    with stub_site() as site:
        found = _nginx_before(site, open_folder / "before")
        yield found
        fronts.stop_front(found.front)


@pytest.fixture(scope="session")
def behind_proxy(open_folder: Path) -> Iterator[Before]:
    """The same behind something on 127.0.0.1 that ends TLS."""
    with stub_site() as site:
        found = _nginx_before(site, open_folder / "behind", trusted_proxies="127.0.0.1, 10.0.0.0/8")
        yield found
        fronts.stop_front(found.front)


@pytest.fixture(scope="session")
def stack(open_folder: Path, postgres_cluster: Cluster) -> Iterator[stacks.Stack]:
    """Postgres, gunicorn and nginx, as `make stack` runs them. Mark the test `postgres` and `nginx`."""
    with stacks.running(open_folder / "stack", cluster=postgres_cluster, database="stack") as running:
        yield running
