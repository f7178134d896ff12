"""gunicorn.conf: how the site is served, in production and on loopback alike."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def _number(name: str, default: int, least: int, most: int) -> int:
    """A whole number from the environment; anything else stops the start with a sentence."""
    text = os.environ.get(name, "").strip() or str(default)
    if not text.isdecimal() or not least <= int(text) <= most:
        sys.exit(f"{name}: “{text}” is not a whole number from {least} to {most}.")
    return int(text)


wsgi_app = "config.wsgi:application"
chdir = str(Path(__file__).resolve().parent.parent)
bind = os.environ.get("GUNICORN_BIND", "").strip() or "127.0.0.1:8000"

worker_class = "gthread"
workers = _number("WEB_CONCURRENCY", 2, 1, 64)
# A worker's database pool holds 8 connections, so more threads than that would only wait for one.
threads = _number("WEB_THREADS", 4, 1, 8)
# The code is loaded once, before workers are made: a replaced worker answers at once, and memory is shared.
preload_app = True

timeout = 30
graceful_timeout = 20
# Longer than nginx keeps its idle connections, so that nginx never writes to one that was just closed here.
keepalive = 75
max_requests = 5000
max_requests_jitter = 1000
backlog = 512

control_socket_disable = True
# The heartbeat file must not wait for a disk.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
# X-Forwarded-* counts from these addresses alone; from nobody where none is named.
forwarded_allow_ips = ",".join(os.environ.get("TRUSTED_PROXIES", "").replace(",", " ").split())

accesslog = "-" if os.environ.get("ACCESS_LOG", "").strip() == "1" else None
errorlog = "-"
loglevel = "info"
proc_name = "masthead"
