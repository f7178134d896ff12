"""killing: a program of its own that starts imports and kills each at a random moment, and asks after every one what is half.

`python -m tests.battery.killing DATABASE_URL FEED SEED KILLS` prints what it did as JSON. The imports are forked from a
process that has loaded everything already, so that the moments fall into the import and not into starting Python.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from typing import Any

from tests.importer.processes import rows_in

# A quiet machine comes to all of them in a minute; one that can't in four gets fewer.
PATIENCE, FEWEST = 240.0, 10  # seconds, kills
EMPTIED = (
    "TRUNCATE accounts_author, accounts_authoralias, blog_post, blog_tag, importer_source, importer_run"
    " RESTART IDENTITY CASCADE"
)


def importing(feed: str) -> int:
    """A child that imports; its pid."""
    pid = os.fork()
    if pid:
        return pid
    status = 70
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        from django.core.management import call_command

        call_command("import_feed", feed)
        status = 0
    except SystemExit as end:
        status = int(end.code or 0)
    finally:
        os._exit(status)


def warm(feed: str) -> None:
    """An import in this very process: what it loads and compiles on its way, no child has to."""
    import io

    from django.core.management import call_command
    from django.db import connections

    call_command("import_feed", feed, stdout=io.StringIO(), stderr=io.StringIO())
    connections.close_all()


def imported_whole(feed: str) -> float:
    """An import left alone; the seconds it took."""
    began = time.monotonic()
    _, status = os.waitpid(importing(feed), 0)
    assert status == 0, status
    return time.monotonic() - began


def read_once(feed: str) -> None:
    """Let every child begin with the document read: no moment of reading can leave anything half."""
    from datetime import UTC, datetime

    from importer import fetching, pipeline
    from importer.documents.decoding import decode
    from importer.formats import choose
    from importer.formats.base import Reading

    document = decode(fetching.fetch(feed))
    parsed = choose(document).read(document, Reading(datetime(2024, 6, 1, tzinfo=UTC), "", "UTC"))

    class Known:
        def read(self, document: Any, reading: Any) -> Any:
            return parsed

    vars(pipeline).update(decode=lambda raw, encoding: document, choose=lambda document, name: Known())


def emptied(url: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(EMPTIED.encode())


def killed(feed: str, after: float) -> bool:
    """Whether an import was killed before it ended."""
    pid = importing(feed)
    ends = time.monotonic() + after
    while time.monotonic() < ends:
        ended, _ = os.waitpid(pid, os.WNOHANG)
        if ended:
            return False
        time.sleep(0.005)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return True


def trial(url: str, feed: str, chance: random.Random, kills: int) -> dict[str, Any]:
    from tests.battery.invariants import broken

    def ask(query: str) -> list[tuple[Any, ...]]:
        return rows_in(url, query)

    read_once(feed)
    warm(feed)
    emptied(url)
    longest = imported_whole(feed)
    emptied(url)
    seen: set[int] = set()
    done = completed = 0
    ends = time.monotonic() + PATIENCE
    while done < kills and (done < FEWEST or time.monotonic() < ends):
        began = time.monotonic()
        fell = killed(feed, chance.uniform(0, longest))
        longest = longest if fell else min(longest, time.monotonic() - began)
        done += fell
        if wrong := broken(ask):
            return {"wrong": {what: str(rows) for what, rows in wrong.items()}, "kills": done}
        posts = int(ask("SELECT count(*) FROM blog_post")[0][0])
        seen.add(posts)
        if not fell:  # it came to its end: from the beginning again
            completed += 1
            emptied(url)
    spent = time.monotonic() + PATIENCE - ends
    imported_whole(feed)
    return {
        "wrong": {},
        "kills": done,
        "completed": completed,
        "stages": len(seen),
        "seconds": longest,
        "spent": spent,
    }


if __name__ == "__main__":
    import django

    django.setup()
    from importer.management.commands import import_feed  # noqa: F401  # loaded once, before the forks

    print(json.dumps(trial(sys.argv[1], sys.argv[2], random.Random(int(sys.argv[3])), int(sys.argv[4]))))
