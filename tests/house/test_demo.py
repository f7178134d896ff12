"""test_demo: one command leads from nothing to a served site with the samples in it, and may be given again."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from deploy.local.programs import ROOT, free_port, listens

pytestmark = pytest.mark.slow


def environment(folder: Path, **changes: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
    return kept | {"MASTHEAD_LOCAL": str(folder)} | changes


def demo(given: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "deploy.local.demo"],
        cwd=ROOT,
        env=given,
        capture_output=True,
        text=True,
        check=False,
    )


@contextmanager
def served(given: dict[str, str]) -> Iterator[str]:
    port = int(given["PORT"])
    process = subprocess.Popen(
        [sys.executable, "-m", "deploy.local.demo"],
        cwd=ROOT,
        env=given,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 120
        while not listens(port):
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


def test_the_demo_is_filled_and_filled_again_and_served(tmp_path: Path) -> None:
    given = environment(tmp_path, PORT=str(free_port()), SERVE="0")
    first = demo(given)
    assert first.returncode == 0, first.stdout + first.stderr
    assert re.search(r"password  \S{20,}   \(shown this once\)", first.stdout)
    found = re.search(r"^(\d+) new", first.stdout, re.MULTILINE)
    assert found
    assert int(found[1]) > 5
    assert f"The demo is ready: http://127.0.0.1:{given['PORT']}" in first.stdout

    again = demo(given)
    assert again.returncode == 0, again.stdout + again.stderr
    assert not re.search(r"[1-9]\d* new", again.stdout)

    with served(given | {"SERVE": "1"}) as url, urllib.request.urlopen(url, timeout=20) as page:
        text = page.read().decode()
    assert "h-entry" in text
    assert f"{url}/" in text


def test_a_taken_port_is_said_before_anything_is_done(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = demo(environment(tmp_path, PORT=str(port)))
    assert done.returncode == 1
    assert (
        done.stderr
        == f"Port {port} is in use. Stop what listens there, or choose another: make demo PORT={port + 1}\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_a_port_that_is_none_is_refused(tmp_path: Path) -> None:
    done = demo(environment(tmp_path, PORT="eight thousand"))
    assert (done.returncode, done.stderr) == (
        1,
        "PORT: “eight thousand” is not a port; write a number from 1 to 65535.\n",
    )


def test_the_key_is_made_once_and_its_owner_alone_may_read_it(tmp_path: Path) -> None:
    program = "from deploy.local.environment import secret_key; print(secret_key())"
    keys = [
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env=environment(tmp_path),
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for _ in range(2)
    ]
    assert keys[0] == keys[1]
    assert len(keys[0].strip()) >= 50
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0
