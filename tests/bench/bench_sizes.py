"""bench_sizes: 50,000 entries of 3 kB in one WordPress export of nearly 200 MB, imported into a throw-away Postgres.

Run it with `.venv/bin/python -m tests.bench.bench_sizes [--entries N]`. It prints entries a second, of the clock and of the
processor, and the most memory that the import took at one moment; it ends with 1 if either misses what is promised.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from deploy.local import postgres, programs
from tests.battery.measuring import Measured, measured
from tests.bench.bench_import import LATIN, SETTINGS, manage
from tests.importer.wxr_files import CLOSING, post, wxr

BODY = 3_000  # characters
LEAST, MOST = 200, 300  # entries a second of the processor; megabytes
LONGEST = 3_600  # seconds; a machine that is busy with other things takes long


def body(number: int, chance: random.Random) -> str:
    """A text as blocks of WordPress hold it: headings, paragraphs with links, a list, now and then a picture."""

    def words(count: int) -> str:
        return " ".join(chance.choices(LATIN, k=count))

    link = (
        f"https://bench.example/{number // 2}/" if number % 10 == 0 else f"https://elsewhere.example/{number}"
    )
    pieces = [
        f'<!-- wp:paragraph -->\n<p>{words(40)}, <a href="{link}">{words(3)}</a> — {words(20)}.</p>\n'
        "<!-- /wp:paragraph -->",
        f"<!-- wp:list -->\n<ul><li>{words(8)}</li><li>{words(9)}</li></ul>\n<!-- /wp:list -->",
    ]
    if number % 5 == 0:
        pieces.append(f'<figure><img src="https://bench.example/{number}.jpg" alt="{words(4)}"></figure>')
    while (length := sum(map(len, pieces))) < BODY - 200:
        pieces.append(f"<!-- wp:heading -->\n<h2>{words(4)}</h2>\n<!-- /wp:heading -->")
        pieces.append(
            f"<!-- wp:paragraph -->\n<p>{words(min(80, (BODY - length) // 8))} {number}.</p>\n<!-- /wp:paragraph -->"
        )
    return "\n\n".join(pieces)


def items(entries: int) -> Iterator[str]:
    """Posts with 40 people and 200 tags, the same each time."""
    chance = random.Random(1)  # no secret
    for number in range(1, entries + 1):
        yield post(
            body(number, chance),
            more=f'<category domain="post_tag" nicename="tag-{number % 200}"><![CDATA[Tag {number % 200}]]></category>',
            title=f"Bench {number}",
            link=f"https://bench.example/{number}/",
            guid=f"https://bench.example/?p={number}",
            dc__creator=f"writer{number % 40}",
            wp__post_id=str(number),
            wp__post_name=f"bench-{number}",
            wp__post_date=f"20{number // 5_000:02}-05-{number % 28 + 1:02} 14:{number // 60 % 60:02}:{number % 60:02}",
            wp__post_date_gmt=f"20{number // 5_000:02}-05-{number % 28 + 1:02} 12:{number // 60 % 60:02}:{number % 60:02}",
        )


def write(path: Path, entries: int) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(wxr(closing="", head=""))
        file.writelines(items(entries))
        file.write(CLOSING)


def processor_of(cluster: postgres.Cluster) -> float:
    """Seconds of the processor that the server and its children have used so far, those that have ended included."""
    main = int((cluster.folder / "data" / "postmaster.pid").read_text().split()[0])
    ticks = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            figures = path.read_text().rpartition(")")[2].split()
            own, waited_for = (sum(map(int, figures[at : at + 2])) for at in (11, 13))
            if int(path.parent.name) == main:
                ticks += own + waited_for
            elif int(figures[1]) == main:
                ticks += own
    return ticks / os.sysconf("SC_CLK_TCK")


def told(what: str, ended: Measured, server: float, entries: int, megabytes: float) -> str:
    used = ended.cpu + server
    return (
        f"Postgres, {what}: {entries:,} entries of {BODY / 1000:g} kB ({megabytes:.0f} MB) in {ended.seconds:.0f} s, "
        f"{entries / ended.seconds:.0f} a second\n  {used:.0f} s of a processor ({ended.cpu:.0f} s the import, {server:.0f} s "
        f"Postgres): {entries / used:.0f} a second of it\n  {ended.megabytes:.0f} MB of memory at most"
    )


def misses(first: Measured, server: float, entries: int) -> Iterator[str]:
    """What was promised and did not come true. Other programs slow the clock more than the processor."""
    if entries / (first.cpu + server) < LEAST:
        yield f"Under {LEAST} entries a second of the processor."
    if first.megabytes >= MOST:
        yield f"Over {MOST} MB of memory."


def run(folder: Path, cluster: postgres.Cluster, entries: int) -> list[str]:
    path = folder / "export.xml"
    write(path, entries)
    url = cluster.create("sizes")
    manage(url, "migrate", "--verbosity", "0")
    size = os.path.getsize(path) / 1e6
    found = []
    for what in ("the first time", "again"):
        before = processor_of(cluster)
        ended = measured(url, "import_feed", str(path), "--no-media", longest=LONGEST, **SETTINGS)
        server = processor_of(cluster) - before
        if ended.returncode:
            return [f"The import ended with {ended.returncode}: {ended.stderr.strip()[:500]}"]
        print(told(what, ended, server, entries, size), flush=True)
        if what == "the first time":
            found = list(misses(ended, server, entries))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure an import of very many entries.")
    parser.add_argument("--entries", type=int, default=50_000)
    given = parser.parse_args()
    if programs.postgres_programs() is None:
        print(f"Nothing was measured: {programs.MISSING['postgres']}")
        return
    with tempfile.TemporaryDirectory(prefix="masthead-sizes-") as name:
        cluster = postgres.throw_away_cluster()
        try:
            missed = run(Path(name), cluster, given.entries)
        finally:
            postgres.throw_away(cluster)
    print("\n".join(missed) or f"At least {LEAST} entries a second and under {MOST} MB, as promised.")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
