"""archives: feeds of several pages on a loopback server, and imports that walk them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from html import escape
from typing import Any

from importer import fetching
from importer.options import Options
from importer.pipeline import run_import
from importer.report import Report
from tests.factories import the_site_stands
from tests.importer.documents import item, rss
from tests.importer.web_servers import Server, by_path, reply, serving

GONE = reply(b"<html><title>Nothing here</title></html>", "404 Not Found", "Content-Type: text/html")
WORDPRESS = "<generator>https://wordpress.org/?v=6.5</generator>"


def link(rel: str, href: str) -> str:
    return f'<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="{rel}" href="{escape(href)}"/>'


def page(*numbers: int, onward: str = "", rel: str = "next", more: str = "") -> bytes:
    """One page of a feed, with the link to the page behind it."""
    return reply(rss(*map(item, numbers), more=(link(rel, onward) if onward else "") + more).encode())


def atom(*entries: tuple[int, str, str], onward: str = "") -> bytes:
    """A page in Atom: number, words and the moment of the last change of each entry."""
    rows = "".join(
        f"<entry><id>tag:blog.example,2024:{number}</id><title>Post {number}</title><updated>{updated}</updated>"
        f"<published>2024-01-01T10:0{number}:00Z</published><content>{words}</content></entry>"
        for number, words, updated in entries
    )
    way = f'<link rel="prev-archive" href="{onward}"/>' if onward else ""
    head = '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>A blog</title><id>tag:blog.example,2024:all</id>'
    return reply(f"{head}{way}{rows}</feed>".encode())


@contextmanager
def pages(answers: Mapping[str, bytes]) -> Iterator[Server]:
    with serving(by_path(dict(answers))) as server:
        yield server


def walked(server: Server, path: str = "/feed", *, beside: Sequence[Server] = (), **options: Any) -> Report:
    """An import of what a server holds, with --all unless told otherwise."""
    the_site_stands()
    return run_import(
        [f"http://127.0.0.1:{server.port}{path}"],
        Options(**{"all_pages": True} | options),
        fetch=partial(fetching.fetch, allowed_hosts=allowed(server, *beside)),
        shows_errors=True,
    )


def allowed(*servers: Server) -> frozenset[str]:
    return frozenset(f"{host}:{one.port}" for one in servers for host in ("127.0.0.1", "localhost"))
