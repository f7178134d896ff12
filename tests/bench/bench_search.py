"""bench_search: how long a question takes among 10,000 posts in two languages, on SQLite and on a throw-away Postgres.

Run it with `.venv/bin/python -m tests.bench.bench_search [--posts N]`. For each engine it prints the median and the 95th of a
hundred for every kind of question, hostile ones too, and the queries that the dearest needed.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import accumulate
from pathlib import Path

from deploy.local import postgres, programs
from tests.bench.bench_import import ROOT, SETTINGS, manage

WORDS, LENGTH, AT_ONCE, ASKED = 30_000, 350, 500, 40
AIM = 50  # milliseconds for 95 of 100 questions
SYLLABLES = (
    ["ba", "be", "do", "fi", "ga", "ho", "ka", "le", "mi", "no", "pa", "ru", "sa", "te", "vu", "zo"],
    ["ба", "ве", "го", "ди", "жа", "ко", "ле", "ми", "но", "пу", "ра", "со", "те", "ху", "ца", "шо"],
)


def vocabulary(chance: random.Random) -> list[str]:
    """Words of two alphabets, the same each time, the first ones as common as the first words of a language are."""
    words: dict[str, None] = {}
    while len(words) < WORDS:
        words["".join(chance.choices(SYLLABLES[len(words) % 2], k=chance.randint(2, 5)))] = None
    return list(words)


def slipped(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def fill(posts: int, words: list[str], chance: random.Random) -> None:
    """Posts with a text each, rendered once: what is measured is found, not made."""
    from django.utils import timezone

    from blog import publishing
    from blog.content import Content, prepare
    from blog.writing import new_post
    from tests.factories import _byline as byline
    from tests.factories import an_author

    likely = list(accumulate(1 / (at + 3) for at in range(len(words))))
    people = [an_author(name=f"Writer {number}") for number in range(40)]
    base = prepare(Content("Post", body="A text."))
    now = timezone.now()
    rows = []
    for number in range(posts):
        said = chance.choices(words, cum_weights=likely, k=LENGTH)
        content = Content(
            " ".join(said[:5]).capitalize(),
            body="A text.",
            bylines=(byline(people[number % 40]),),
            tags=(said[5], f"Tag {number % 200}"),
            language=("en", "ru")[number % 2],
        )
        prepared = replace(base, content=content, rendered=replace(base.rendered, text=" ".join(said)))
        at = now - timedelta(hours=number + 1)
        rows.append(
            (new_post(prepared, kind="post", user=None, status="published", published_at=at), prepared)
        )
        if len(rows) == AT_ONCE or number == posts - 1:
            publishing.create_many(rows, None)
            rows = []


def questions(words: list[str], chance: random.Random) -> Iterator[tuple[str, list[str]]]:
    from blog.search.layouts import other_layout
    from blog.search.transliteration import transliterations

    common, middle = words[:50], [word for word in words[200:4_000] if len(word) >= 6]
    some = chance.sample(middle, ASKED * 3)
    yield "one common word", common[:ASKED]
    yield "two common words", [f"{common[at]} {common[at + 1]}" for at in range(ASKED)]
    yield "one word", some[:ASKED]
    yield "two words", [f"{word} {chance.choice(common)}" for word in some[:ASKED]]
    yield "a phrase", [f'"{common[at]} {common[at + 2]}"' for at in range(ASKED)]
    yield "without a word", [f"{word} -{chance.choice(common)}" for word in some[:ASKED]]
    yield "a slip", [slipped(word, chance) for word in some[:ASKED]]
    yield "two slips", [slipped(slipped(word, chance), chance) for word in some[:ASKED]]
    yield "the other keyboard", [other_layout(word) for word in some[:ASKED]]
    yield "the other alphabet", [transliterations(word)[0] for word in some[:ASKED]]
    yield "nothing at all", [word[::-1] + "qx" for word in some[:ASKED]]
    yield "hostile", ["x" * 10_000, " ".join(map(str, range(5_000))), " ".join(middle[:2_000]), " ".join(common), '"' * 10_000,
                      "* OR " * 2_000, "%_%" * 3_000, "(a+)+$" * 1_000, "\u202e\x00" * 3_000, "-x " * 3_000,
                      " ".join(slipped(word, chance) for word in middle[:12])]  # fmt: skip


def measure(posts: int) -> None:
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from blog.search import search

    chance = random.Random(1)  # no secret
    words = vocabulary(chance)
    fill(posts, words, chance)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{connection.vendor}, {posts:,} posts", flush=True)
    every: list[float] = []
    used: list[float] = []
    for kind, asked in questions(words, chance):
        search(asked[0])
        took, most, found = [], 0, 0
        for question in asked:
            with CaptureQueriesContext(connection) as queries:
                begun, worked = time.perf_counter(), time.process_time()
                found += bool(search(question).total)
                took.append((time.perf_counter() - begun) * 1000)
                used.append((time.process_time() - worked) * 1000)
            most = max(most, len(queries))
        if kind != "hostile":
            every += took
        print(told(kind, took) + f"  {most:2} queries at most, {found} of {len(asked)} answered", flush=True)
    print(told(f"all (aim: 95 of 100 under {AIM} ms)", every), flush=True)
    print(told("of it in a processor, here", used), flush=True)


def told(kind: str, took: list[float]) -> str:
    last = statistics.quantiles(took, n=20)[-1]
    return (
        f"  {kind:36} median {statistics.median(took):6.1f} ms  p95 {last:6.1f} ms  most {max(took):6.1f} ms"
    )


def run(url: str, posts: int) -> None:
    manage(url, "migrate", "--verbosity", "0")
    environment = {**os.environ, **SETTINGS, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "-m", "tests.bench.bench_search", "--here", "--posts", str(posts)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure search.")
    parser.add_argument("--posts", type=int, default=10_000)
    parser.add_argument(
        "--here", action="store_true", help="in the database of the environment, which is filled"
    )
    given = parser.parse_args()
    if given.here:
        measure(given.posts)
        return
    with tempfile.TemporaryDirectory(prefix="masthead-search-") as name:
        run(f"sqlite:///{Path(name) / 'bench.sqlite3'}", given.posts)
    if programs.postgres_programs() is None:
        print(f"Postgres was not measured: {programs.MISSING['postgres']}")
        return
    cluster = postgres.throw_away_cluster()
    try:
        run(cluster.create("search"), given.posts)
    finally:
        postgres.throw_away(cluster)


if __name__ == "__main__":
    main()
