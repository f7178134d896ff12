"""bench_import: how many entries a second an import takes, the first time and again, on a throw-away Postgres or on SQLite.

Run it with `python -m tests.bench.bench_import [--entries N] [--words N]`.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from deploy.local import postgres, programs

ROOT = Path(__file__).resolve().parents[2]
LATIN = [
    "lorem",
    "ipsum",
    "dolor",
    "sit",
    "amet",
    "consectetur",
    "adipiscing",
    "elit",
    "sed",
    "do",
    "eiusmod",
    "tempor",
    "incididunt",
    "ut",
    "labore",
    "et",
    "dolore",
]
HEAD = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Bench</title><link>https://bench.example/</link>'
)
SETTINGS = {
    "DEBUG": "0",
    "SECURE": "0",
    "SECRET_KEY": "a-key-for-measuring-alone-" + "x" * 40,
    "ALLOWED_HOSTS": "localhost",
}


def feed(entries: int, words: int) -> str:
    """A feed with 20 authors and 50 tags, the same each time."""
    chance = random.Random(1)  # no secret
    items = []
    for number in range(entries):
        body = "".join(f"<p>{' '.join(chance.choices(LATIN, k=80))}.</p>" for _ in range(max(1, words // 80)))
        items.append(
            f"<item><title>Bench {number}</title><link>https://bench.example/{number}</link><guid>{number}</guid>"
            f"<author>a@bench.example (Writer {number % 20})</author><category>Tag {number % 50}</category>"
            f"<pubDate>Mon, 01 Jan 2024 {number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02} GMT</pubDate>"
            f"<description><![CDATA[{body} {number}]]></description></item>"
        )
    return f"{HEAD}{''.join(items)}</channel></rss>"


def manage(url: str, *words: str) -> None:
    environment = {**os.environ, **SETTINGS, "DATABASE_URL": url}
    subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def timed(url: str, path: Path, report: Path) -> tuple[int, float, float]:
    """Entries, seconds, and processor seconds of the command alone."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    manage(url, "import_feed", str(path), "--no-media", "--report", str(report))
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    told = json.loads(report.read_text())
    return told["sources"][0]["entries"], told["seconds"], used


def measure(name: str, url: str, folder: Path) -> None:
    manage(url, "migrate", "--verbosity", "0")
    for what in ("the first time", "again"):
        entries, seconds, used = timed(url, folder / "feed.xml", folder / "report.json")
        print(
            f"{name}, {what}: {entries} entries in {seconds:.1f} s, {entries / seconds:.0f} a second "
            f"({1000 * used / entries:.1f} ms of processor an entry)",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure imports.")
    parser.add_argument("--entries", type=int, default=1000)
    parser.add_argument("--words", type=int, default=480)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="masthead-bench-") as name:
        folder = Path(name)
        (folder / "feed.xml").write_text(feed(given.entries, given.words))
        measure("SQLite", f"sqlite:///{folder}/bench.sqlite3", folder)
        if programs.postgres_programs() is None:
            print(f"Postgres was not measured: {programs.MISSING['postgres']}")
            return
        cluster = postgres.throw_away_cluster()
        try:
            measure("Postgres", cluster.create("bench"), folder)
        finally:
            postgres.throw_away(cluster)


if __name__ == "__main__":
    main()
