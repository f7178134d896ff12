"""bench: what each public page costs in queries, CPU time and bytes, made anew and kept, on the demo's data."""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Count, Model, QuerySet

from deploy.local.environment import KEPT, local_environment
from deploy.local.programs import ROOT

Listed = TypeVar("Listed", bound=Model)


@dataclass(frozen=True)
class Cost:
    queries: int
    cpu_ms: float
    size: int


def _paths() -> dict[str, str]:
    """One address of each kind that the data have: the longest post, the tag and the author with the most posts."""
    from accounts.models import Author
    from blog.models import Post, Tag

    posts = Post.objects.published()
    found = {
        "home": "/",
        "archive": "/archive/",
        "tags": "/tags/",
        "search": "/search/?q=the",
        "feed": "/feed.atom",
    }
    if longest := posts.order_by("-words").first():
        found["post"] = longest.get_absolute_url()
    if tag := _busiest(Tag.objects.filter(taggings__content_object__in=posts), "taggings"):
        found["tag"] = tag.get_absolute_url()
    if author := _busiest(Author.objects.filter(bylines__post__in=posts), "bylines"):
        found["author"] = author.get_absolute_url()
    return found | {"sitemap": "/sitemap.xml"}


def _busiest(found: QuerySet[Listed], through: str) -> Listed | None:
    return found.annotate(number=Count(through)).order_by("-number", "pk").first()


def measure(path: str, before: Callable[[], None], *, times: int) -> Cost:
    """The median cost of asking for the path, after `before` each time; the first asking warms up and is not counted."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
    costs: list[Cost] = []
    for _ in range(times + 1):
        before()
        begun = time.process_time()
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(path)
            content = answer.getvalue()
        spent = (time.process_time() - begun) * 1000
        if answer.status_code != 200:
            sys.exit(f"{path} answered {answer.status_code}; fill the demo first: make demo SERVE=0")
        costs.append(Cost(len(captured), spent, len(content)))
    counted = costs[1:]
    return Cost(
        max(c.queries for c in counted), statistics.median(c.cpu_ms for c in counted), counted[-1].size
    )


def _forget() -> None:
    from django.core.cache import caches

    for cache in caches.all():
        cache.clear()


def report(times: int) -> None:
    from django.db import connection

    from blog.models import Post

    print(f"{Post.objects.count()} posts on {connection.vendor}; medians of {times} requests in one process")
    print(f"{'':10}{'made anew':>24}{'kept':>22}{'size':>12}")
    for name, path in _paths().items():
        anew = measure(path, _forget, times=times)
        kept = measure(path, lambda: None, times=times)
        print(
            f"{name:10}{anew.queries:8} queries {anew.cpu_ms:6.1f} ms{kept.queries:8} {kept.cpu_ms:8.1f} ms{anew.size / 1024:9.1f} kB"
        )


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument(
        "--database", default=os.environ.get("BENCH_DATABASE", ""), help="an address as in DATABASE_URL"
    )
    parser.add_argument("--times", type=int, default=30)
    given = parser.parse_args()
    os.environ.update(local_environment(KEPT / "demo", port=8000, database_url=given.database))
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    report(given.times)


if __name__ == "__main__":
    main()
