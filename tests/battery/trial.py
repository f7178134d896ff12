"""trial: one import by the whole command, in this process or as a program, and everything that must be true of it."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from importer.deciding import VERDICTS
from tests.battery.invariants import Ask, asked_here, broken, strays, verdicts
from tests.importer.documents import command, rows, written
from tests.importer.processes import manage, rows_in

# What the command says only where something happened that nobody foresaw.
HELPLESS = (
    "Traceback",
    "nobody foresaw",
    "It could not be imported (",
    "could not be turned into a page (",
    "This entry could not be stored (",
    "The database failed (",
)


@dataclass(frozen=True)
class Outcome:
    """What came of an import: as the shell, the reader of stderr and the reader of the report see it."""

    status: int
    out: str
    err: str
    report: dict[str, Any] = field(default_factory=dict)

    @property
    def source(self) -> dict[str, Any]:
        (source,) = self.report["sources"]
        return dict(source)

    @property
    def counts(self) -> dict[str, int]:
        """The verdicts of all sources that occurred."""
        sums = {verdict: sum(source[verdict] for source in self.report["sources"]) for verdict in VERDICTS}
        return {verdict: number for verdict, number in sums.items() if number}

    @property
    def warnings(self) -> str:
        return "\n".join(sentence for source in self.report["sources"] for sentence in source["warnings"])

    def reasons(self) -> dict[int, str]:
        """Why entries were rejected, by position."""
        return {
            item["position"]: item["reason"] for item in self.source["items"] if item["verdict"] == "rejected"
        }


def tried(*words: str) -> Outcome:
    """The command in this process. Where it says that nothing was written, every row is compared."""
    before = posts_and_theirs()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.json"
        ended = command(*words, "--report", str(path))
        report = json.loads(path.read_text()) if path.exists() else {}
    outcome = Outcome(ended.status, ended.out, ended.err, report)
    hold(outcome, asked_here, Path(settings.MEDIA_ROOT))
    if outcome.status in (1, 2) or "--dry-run" in words:
        assert posts_and_theirs() == before
    return outcome


def posts_and_theirs() -> dict[str, list[dict[str, Any]]]:
    """The rows meant by "nothing was written". What a source is called may be remembered all the same."""
    return {name: found for name, found in rows().items() if not name.startswith("Source")}


def tried_on(folder: Path, data: str | bytes, *words: str, name: str = "source") -> Outcome:
    """The same with these bytes as the one source."""
    return tried(written(folder, data, name), *words)


def tried_apart(url: str, folder: Path, *words: str, holding: bool = True) -> Outcome:
    """The command as a program, on a database of its own; `holding=False` where somebody else writes into it too."""
    path = folder / "report.json"
    path.unlink(missing_ok=True)
    ended = manage(url, "import_feed", *words, "--report", str(path))
    report = json.loads(path.read_text()) if path.exists() else {}
    outcome = Outcome(ended.returncode, ended.stdout, ended.stderr, report)
    if holding:
        hold(outcome, lambda query: rows_in(url, query))
    return outcome


def hold(outcome: Outcome, ask: Ask, media: Path | None = None) -> None:
    """Assert what is true of every import."""
    said = outcome.out + outcome.err
    assert not [words for words in HELPLESS if words in said], said
    assert all(line.strip() and line.isprintable() for line in outcome.err.splitlines()), outcome.err
    if outcome.report:
        adds_up(outcome)
    if outcome.report.get("run"):
        assert verdicts(ask) == outcome.counts
    assert broken(ask) == {}
    if media is not None:
        assert strays(media, ask) == []


def adds_up(outcome: Outcome) -> None:
    """The report agrees with itself, with the exit status and with what was printed."""
    stati = set()
    for source in outcome.report["sources"]:
        assert sum(source[verdict] for verdict in VERDICTS) == source["entries"] == len(source["items"])
        lost = source.get("error") or (source["rejected"] and source["rejected"] == source["entries"])
        stati.add(1 if lost else 3 if source["rejected"] else 0)
        if source.get("error"):
            assert source["error"] in outcome.err
        for item in source["items"]:
            if item["verdict"] == "rejected" and source["rejected"] <= 50 and outcome.status < 128:
                assert f"entry {item['position']}, " in outcome.err or "not reached" in outcome.err
    if outcome.status < 128:
        assert outcome.status == (stati.pop() if len(stati) == 1 else 3 if stati else 0)
    for verdict, words in (("created", "new"), ("rejected", "rejected"), ("unchanged", "unchanged")):
        if number := outcome.counts.get(verdict):
            assert f"{number} {words}" in outcome.out
