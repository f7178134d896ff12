"""twice: a program that imports every file of a group twice, each into an empty site, and prints what came as JSON.

Run by `tests.bench.bench_corpora` with DATABASE_URL naming an SQLite file of its own; media stay off, so nothing is fetched.
"""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from importer.report import Report, SourceReport

QUOTED = re.compile(r"“[^”]*”?")
LONGEST = 160  # characters of a sentence that are shown
NUMBER = re.compile(r"\b\d+(?:[.,]\d+)*\b")


@dataclass
class Group:
    """What became of the files of one group; everything counted is of the first run unless it says otherwise."""

    name: str
    files: int = 0
    entries: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    again: Counter[str] = field(default_factory=Counter)  # verdicts of the second run
    rejected: Counter[str] = field(default_factory=Counter)  # by reason
    refused: Counter[str] = field(default_factory=Counter)  # by sentence
    tracebacks: list[str] = field(default_factory=list)
    changed: list[str] = field(
        default_factory=list
    )  # files whose second run changed a row or told another story
    slowest: tuple[float, str] = (0.0, "")  # seconds of the processor for both runs, file
    seconds: float = 0.0  # of the processor
    megabytes: float = 0.0  # at most at one moment

    def add_first(self, file: str, one: SourceReport) -> None:
        self.entries += one.entries
        self.verdicts.update(one.counts)
        self.rejected.update(kind_of(item.reason, file) for item in one.items if item.verdict == "rejected")
        if one.error:
            self.refused[kind_of(one.error, file)] += 1


def kind_of(sentence: str, file: str) -> str:
    """The sentence without what only one file says in it, so that equal ones count as one."""
    plain = sentence.replace(file, "FILE").replace(Path(file).name, "FILE")
    plain = NUMBER.sub("N", QUOTED.sub("“…”", " ".join(plain.split())))
    return plain if len(plain) <= LONGEST else f"{plain[: LONGEST - 1].rstrip()}…"


def told(report: Report) -> tuple[str, list[str]]:
    """What must come out of both runs alike: the refusal, or which entries were rejected for what."""
    (one,) = report.sources
    return one.error, [item.reason for item in one.items if item.verdict == "rejected"]


def second_is_idle(report: Report) -> bool:
    return not {"created", "updated", "conflict"} & {
        verdict for verdict, number in report.counts.items() if number
    }


def import_twice(file: str, group: Group, run: Callable[[str], Report], rows: Callable[[], Any]) -> None:
    """Both runs of one file, counted; what nobody foresaw is kept with its traceback and costs this file alone."""
    began = time.process_time()
    group.files += 1
    try:
        first = run(file)
        if first.ended:  # the database or the machine, not the file: nothing would have been tried
            raise RuntimeError(first.ended)
        group.add_first(file, first.sources[0])
        left = rows()
        second = run(file)
        group.again.update(second.counts)
        if rows() != left or told(first) != told(second) or not second_is_idle(second):
            group.changed.append(file)
    except Exception:
        group.tracebacks.append(f"{file}\n{traceback.format_exc()}")
    used = time.process_time() - began
    group.seconds += used
    group.slowest = max(group.slowest, (round(used, 2), file))


# -- the program -----------------------------------------------------------------------------------


def empty_site(path: Path) -> Callable[[], None]:
    """Migrate the database at `path`; what is returned empties it again by putting the fresh file back."""
    from django.core.management import call_command
    from django.db import connection

    from tests.factories import the_site_stands

    call_command("migrate", verbosity=0)
    the_site_stands()
    connection.close()  # what SQLite keeps beside the file is written into it
    fresh = path.with_suffix(".fresh")
    shutil.copyfile(path, fresh)

    def emptied() -> None:
        connection.close()
        for suffix in ("-wal", "-shm"):
            Path(f"{path}{suffix}").unlink(missing_ok=True)
        shutil.copyfile(fresh, path)

    return emptied


def run_group(name: str, files: Sequence[str], database: Path) -> Group:
    import django

    django.setup()
    from importer.options import Options
    from importer.pipeline import run_import
    from tests.importer.documents import rows

    emptied, group = empty_site(database), Group(name)
    began = time.process_time()
    for file in files:
        emptied()
        import_twice(
            file, group, lambda one: run_import([one], Options(no_media=True), shows_errors=True), rows
        )
    group.seconds = round(time.process_time() - began, 2)
    group.megabytes = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
    return group


def main() -> None:
    """Called with the database's file and the folder; the group's name and its files come as JSON on stdin."""
    database, folder = map(Path, sys.argv[1:3])
    name, files = json.load(sys.stdin)
    os.chdir(folder)  # the report names files as they lie in the folder
    json.dump(vars(run_group(name, files, database)), sys.stdout)


if __name__ == "__main__":
    main()
