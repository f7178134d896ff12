"""programs: where the machine keeps Postgres, nginx and Chromium, and whom servers run as."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent.parent

MISSING = {
    "postgres": "Postgres' server programs (initdb, postgres) were not found; install the package postgresql.",
    "nginx": "nginx was not found; install the package nginx.",
    "chromium": "Chromium was not found; install the package chromium.",
    "gettext": "gettext's programs (xgettext, msgfmt, msgmerge) were not found; install the package gettext.",
}


class LocalError(Exception):
    """Why something could not be started here, as a sentence."""


def _version(folder: Path) -> int:
    found = re.match(r"\d+", folder.parent.name)
    return int(found.group()) if found else 0


def postgres_programs() -> Path | None:
    """The folder that holds initdb and postgres: the newest that Debian installed, else the one on PATH."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    on_path = shutil.which("initdb")
    candidates = [*installed, *([Path(on_path).resolve().parent] if on_path else [])]
    return next(
        (folder for folder in candidates if (folder / "initdb").exists() and (folder / "postgres").exists()),
        None,
    )


def nginx_program() -> Path | None:
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    return Path(found) if found else None


def chromium_program() -> Path | None:
    names = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
    found = next((path for path in map(shutil.which, names) if path), None)
    return Path(found) if found else None


def gettext_programs() -> bool:
    return all(shutil.which(name) for name in ("xgettext", "msgfmt", "msgmerge", "msguniq"))


def servant(*preferred: str) -> str | None:
    """Whom a server runs as: nobody else than us, unless we are root, whom no server may be."""
    if os.geteuid() != 0:
        return None
    for name in (*preferred, "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise LocalError("Servers do not run as root, and there is no user “nobody” here to run them as.")


def give(folder: Path, user: str | None) -> None:
    """Make the folder, and make it that user's."""
    folder.mkdir(parents=True, exist_ok=True)
    if user:
        shutil.chown(folder, user)


def start(
    arguments: Sequence[str | Path],
    *,
    log: IO[bytes],
    user: str | None = None,
    cwd: Path = ROOT,
    environment: Mapping[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    """A server as a child of ours, in a group of its own, so that Ctrl-C is answered by us and in order."""
    return subprocess.Popen(
        [str(argument) for argument in arguments],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        cwd=cwd,
        env=dict(environment) if environment is not None else None,
        start_new_session=True,
        user=user,
        group=pwd.getpwnam(user).pw_gid if user else None,
        extra_groups=[] if user else None,
    )


def stop(process: subprocess.Popen[bytes], signal: int, *, patience: float = 15) -> None:
    if process.poll() is None:
        process.send_signal(signal)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wait_until(
    answers: Callable[[], bool],
    process: subprocess.Popen[bytes],
    log: Path,
    *,
    what: str,
    seconds: float = 40,
) -> None:
    """Return once it answers; LocalError with the end of its log when it ended or took too long."""
    deadline = time.monotonic() + seconds
    while not answers():
        if process.poll() is not None or time.monotonic() > deadline:
            tail = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
            raise LocalError(f"{what} did not start; the end of {log}:\n{tail}")
        time.sleep(0.05)


def listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
