"""stack: Postgres, the site under gunicorn, and nginx before it, as in production, on loopback."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from deploy.local.environment import KEPT, local_environment
from deploy.local.front import Front, start_front, stop_front
from deploy.local.postgres import Cluster, start_cluster, stop_cluster
from deploy.local.programs import ROOT, LocalError, free_port, listens, start, stop, wait_until

SERVER = (sys.executable, "-m", "gunicorn", "--config", str(ROOT / "deploy" / "gunicorn.conf.py"))


@dataclass
class Stack:
    """What runs; its site alone may be stopped and started again."""

    folder: Path
    port: int
    site_port: int
    environment: dict[str, str]
    cluster: Cluster
    site: subprocess.Popen[bytes]
    front: Front

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def stop_site(self) -> None:
        stop(self.site, signal.SIGTERM)

    def start_site(self) -> None:
        self.site = _serve(self.folder, self.environment, self.site_port)


def _serve(folder: Path, environment: dict[str, str], port: int) -> subprocess.Popen[bytes]:
    # Not as another user where we are root: the interpreter may lie where others cannot read it.
    log = folder / "site.log"
    with log.open("ab") as sink:
        process = start(SERVER, log=sink, environment=environment)
    wait_until(lambda: listens(port), process, log, what="The site")
    return process


def prepare(environment: dict[str, str]) -> str:
    """What deploy/entrypoint.py does before it becomes the server; what it said."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "deploy" / "entrypoint.py")],
        env=environment,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        raise LocalError(done.stdout.strip())
    return done.stdout


@contextmanager
def running(
    folder: Path, *, port: int = 0, cluster: Cluster | None = None, database: str = "masthead"
) -> Iterator[Stack]:
    """The three of them, their data and logs in the folder; a cluster that is given is used and left running."""
    port, site_port = port or free_port(), free_port()
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as undo:
        if cluster is None:
            cluster = start_cluster(folder / "postgres", kept=True)
            undo.callback(stop_cluster, cluster)
        environment = {
            **local_environment(folder, port=port, database_url=cluster.create(database)),
            "GUNICORN_BIND": f"127.0.0.1:{site_port}",
            # nginx is the one proxy here.
            "TRUSTED_PROXIES": "127.0.0.1",
        }
        print(prepare(environment), end="", flush=True)
        front = start_front(
            folder / "nginx",
            port=port,
            upstream=f"127.0.0.1:{site_port}",
            static=Path(environment["STATIC_ROOT"]),
            media=Path(environment["MEDIA_ROOT"]),
            allowed_hosts=environment["ALLOWED_HOSTS"],
        )
        undo.callback(stop_front, front)
        stack = Stack(
            folder, port, site_port, environment, cluster, _serve(folder, environment, site_port), front
        )
        undo.callback(stack.stop_site)
        yield stack


def _refuse_taken(port: int) -> None:
    if listens(port):
        raise LocalError(
            f"Port {port} is in use. Stop what listens there, or choose another: make stack PORT={port + 1}"
        )


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="make stack", description=__doc__)
    parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
    port = parser.parse_args(arguments).port
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, signal.default_int_handler)
    try:
        _refuse_taken(port)
        with running(KEPT / "stack", port=port) as stack:
            print(
                f"Masthead runs at {stack.url} (nginx, gunicorn, Postgres). Data and logs: {stack.folder}\n"
                f"Commands speak to it with DATABASE_URL={stack.environment['DATABASE_URL']}\nCtrl-C stops it.",
                flush=True,
            )
            while stack.site.poll() is None and stack.front.process.poll() is None:
                time.sleep(0.5)
            raise LocalError(f"A server ended by itself; its log is in {stack.folder}.")
    except LocalError as problem:
        sys.exit(str(problem))
    except KeyboardInterrupt:
        print("Stopped.")


if __name__ == "__main__":
    main()
