"""front: nginx with the very configuration of production, its blanks filled in for loopback."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from deploy.local.programs import (
    MISSING,
    ROOT,
    LocalError,
    give,
    listens,
    nginx_program,
    servant,
    start,
    stop,
    wait_until,
)

TEMPLATE = ROOT / "deploy" / "nginx.conf"
DERIVED = ROOT / "deploy" / "nginx.envsh"
BLANK = re.compile(r"\$\{(NGINX_[A-Z_]+)\}")


@dataclass(frozen=True)
class Front:
    port: int
    folder: Path
    process: subprocess.Popen[bytes]

    @property
    def log(self) -> str:
        return "\n".join(
            path.read_text(errors="replace")
            for path in (self.folder / "error.log", self.folder / "access.log")
        )


def derived(*, allowed_hosts: str, trusted_proxies: str = "") -> dict[str, str]:
    """The blanks that nginx.envsh works out; the same file does so in the container."""
    given = {
        "PATH": os.environ.get("PATH", ""),
        "ALLOWED_HOSTS": allowed_hosts,
        "TRUSTED_PROXIES": trusted_proxies,
    }
    done = subprocess.run(
        ["sh", "-ec", '. "$0"; env -0', str(DERIVED)], env=given, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise LocalError(done.stderr.strip())
    pairs = (line.partition("=") for line in done.stdout.split("\0"))
    return {name: value for name, _, value in pairs if name.startswith("NGINX_")}


def render(template: str, blanks: Mapping[str, str]) -> str:
    """The configuration with every ${NGINX_…} filled in, as envsubst does it; a blank without a value is an error."""
    missing = sorted(set(BLANK.findall(template)) - set(blanks))
    if missing:
        raise LocalError(f"nginx.conf has blanks that nobody fills in: {', '.join(missing)}")
    return BLANK.sub(lambda found: blanks[found[1]], template)


def start_front(
    folder: Path,
    *,
    port: int,
    upstream: str,
    static: Path,
    media: Path,
    allowed_hosts: str,
    trusted_proxies: str = "",
) -> Front:
    """nginx on 127.0.0.1:port before the site at `upstream`; the folder holds its configuration, logs and kept pages."""
    nginx = nginx_program()
    if nginx is None:
        raise LocalError(MISSING["nginx"])
    user = servant("www-data")
    give(folder, user)
    _refuse_unreadable(user, static, media, folder)
    blanks = {
        "NGINX_RUN": str(folder),
        "NGINX_LOG": str(folder / "access.log"),
        "NGINX_LISTEN": f"127.0.0.1:{port}",
        "NGINX_UPSTREAM": upstream,
        "NGINX_STATIC": str(static),
        "NGINX_MEDIA": str(media),
        **derived(allowed_hosts=allowed_hosts, trusted_proxies=trusted_proxies),
    }
    configuration = folder / "nginx.conf"
    configuration.write_text(render(TEMPLATE.read_text(), blanks))
    log = folder / "error.log"
    with log.open("ab") as sink:
        process = start(
            [nginx, "-e", "stderr", "-p", folder, "-c", configuration, "-g", "daemon off;"],
            log=sink,
            user=user,
            cwd=folder,
        )
    wait_until(lambda: listens(port), process, log, what="nginx")
    return Front(port, folder, process)


def _refuse_unreadable(user: str | None, *folders: Path) -> None:
    """As root we start nginx as somebody else, who must be able to reach what it serves."""
    if user is None:
        return
    for folder in folders:
        for place in (folder, *folder.parents):
            if place.exists() and not place.stat().st_mode & 0o001:
                raise LocalError(
                    f"nginx runs as {user}, who may not enter {place}. Run this as an ordinary user, or move the work tree "
                    "to a folder that others may enter."
                )


def stop_front(front: Front) -> None:
    stop(front.process, signal.SIGTERM)
