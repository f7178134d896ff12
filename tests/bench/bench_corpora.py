"""bench_corpora: import every file of a folder of foreign documents twice and print what came of it.

Run it with `.venv/bin/python -m tests.bench.bench_corpora [FOLDER] [--every N]`. It ends with 1 if a file met a traceback,
if a second run changed anything, or if too many expectations that the files state of their reading fail unexplained.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.bench.bench_import import ROOT, SETTINGS
from tests.corpora.expected import Told, tell

USUAL = "../shared/corpora"
ENOUGH = 0.99  # of the files that state an expectation
COLUMNS = (
    "group",
    "files",
    "entries",
    "created",
    "duplicate",
    "rejected",
    "refused files",
    "tracebacks",
    "changed by the second run",
    "CPU s",
    "peak MB",
)


def grouped(folder: Path, every: int) -> dict[str, list[str]]:
    """The files by the folder they lie in, to a depth that tells them apart; of each group the first and each Nth."""
    groups: dict[str, list[str]] = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        parts = path.relative_to(folder).parts
        groups.setdefault(parts[0] if len(parts) > 1 else ".", []).append("/".join(parts))
    return {name: files[::every] if len(files) > 5 * every else files for name, files in groups.items()}


def imported(name: str, files: Sequence[str], folder: Path) -> dict[str, Any]:
    """The group as `tests.corpora.twice` tells it, from a process of its own: its peak memory is nobody else's."""
    with tempfile.TemporaryDirectory(prefix="masthead-corpora-") as scratch:
        database = Path(scratch) / "corpora.sqlite3"
        environment = {
            **os.environ,
            **SETTINGS,
            "DATABASE_URL": f"sqlite:///{database}",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "MEDIA_ROOT": scratch,
            "TIME_ZONE": "UTC",
        }
        ended = subprocess.run(
            [sys.executable, "-m", "tests.corpora.twice", str(database), str(folder)],
            cwd=ROOT,
            env=environment,
            input=json.dumps([name, files]),
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


# -- telling ---------------------------------------------------------------------------------------


def row(group: Mapping[str, Any]) -> list[str]:
    verdicts = group["verdicts"]
    figures = (
        *(group["files"], group["entries"], verdicts.get("created", 0), verdicts.get("duplicate", 0)),
        *(verdicts.get("rejected", 0), sum(group["refused"].values())),
        *(len(group["tracebacks"]), len(group["changed"])),
    )
    return [group["name"], *map(str, figures), f"{group['seconds']:.1f}", f"{group['megabytes']:.0f}"]


def total(groups: Sequence[Mapping[str, Any]]) -> list[str]:
    rows = [row(group) for group in groups]
    sums = [str(sum(int(one[column]) for one in rows)) for column in range(1, 9)]
    seconds = sum(group["seconds"] for group in groups)
    return ["all", *sums, f"{seconds:.1f}", f"{max(group['megabytes'] for group in groups):.0f}"]


def table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for number, cells in enumerate(rows):
        yield f"| {' | '.join(cells)} |"
        if number == 0:
            yield f"|---|{'---:|' * (len(cells) - 1)}"


def reasons(groups: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """What was rejected and refused, for which reason, most often first."""
    for kind, what in (("rejected", "Entries rejected"), ("refused", "Files refused")):
        for group in groups:
            if group[kind]:
                yield ""
                yield f"{what} in {group['name']}:"
                yield ""
                for sentence, number in sorted(group[kind].items(), key=lambda one: (-one[1], one[0])):
                    yield f"- {number} × {sentence}"


def troubles(groups: Sequence[Mapping[str, Any]], told: Told) -> Iterator[str]:
    """What must not be, each in a line; nothing where all is well."""
    for group in groups:
        for one in group["tracebacks"]:
            yield f"A traceback: {one}"
        for file in group["changed"]:
            yield f"The second run of {file} changed something or told another story than the first."
    if told.share < ENOUGH:
        yield f"Only {told.share:.1%} of the stated expectations hold or are explained; {ENOUGH:.0%} is the least."


def main() -> None:
    parser = argparse.ArgumentParser(description="Import every file of a folder twice.")
    parser.add_argument("folder", nargs="?", default=USUAL)
    parser.add_argument(
        "--every", type=int, default=1, metavar="N", help="import only each Nth file of a large group"
    )
    given = parser.parse_args()
    folder = (ROOT / given.folder).resolve()
    if not folder.is_dir():
        print(
            f"There is no folder {given.folder}, so nothing was imported; name the folder of documents to import."
        )
        return
    groups = [imported(name, files, folder) for name, files in grouped(folder, given.every).items()]
    if not groups:
        print(f"There is no file in {given.folder}, so nothing was imported.")
        return
    told = tell(folder, [file for files in grouped(folder, 1).values() for file in files])
    print("\n".join(table([COLUMNS, *map(row, groups), total(groups)])))
    print("\n".join(reasons(groups)))
    print("\n".join(["", *told.lines()]))
    found = list(troubles(groups, told))
    print("\n".join(["", *(found or ["No traceback; no second run changed anything."])]))
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
