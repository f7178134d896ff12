"""report: what an import did, as numbers, as sentences, as the JSON that others read, and as an exit status."""

from __future__ import annotations

import json
import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from importer.deciding import VERDICTS, Verdict
from importer.entry import Document, Parsed
from importer.errors import UsageProblem
from importer.formats.advertised import Offer
from importer.identity import sha256

IN_WORDS: Mapping[Verdict, tuple[str, str]] = {
    "created": ("new", "new"),
    "updated": ("updated", "updated"),
    "unchanged": ("unchanged", "unchanged"),
    "duplicate": ("repeat", "repeats"),
    "kept": ("kept as edited here", "kept as edited here"),
    "conflict": ("in conflict with an edit here", "in conflict with edits here"),
    "buried": ("deleted here", "deleted here"),
    "rejected": ("rejected", "rejected"),
}
NOT_REACHED = "The import ended before it came to this entry; run it again."
DONE, UNUSABLE, USAGE, SOME = 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class Item:
    """What became of one entry."""

    position: int
    title: str
    verdict: Verdict
    reason: str
    url: str = ""
    warnings: tuple[str, ...] = ()
    losses: tuple[str, ...] = ()
    pictures: int = 0  # that are not stored here
    post_id: int | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "position": self.position,
            "title": self.title,
            "verdict": self.verdict,
            "reason": self.reason,
            "url": self.url,
        }


@dataclass(slots=True)
class MediaCount:
    """What became of pictures and recordings."""

    found: int = 0
    stored: int = 0
    reused: int = 0  # were here before
    failed: int = 0


@dataclass(slots=True)
class SourceReport:
    """What became of one source."""

    source: str  # as the operator named it
    format: str = ""
    shape: str = ""
    warnings: list[str] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    error: str = ""  # why it was unusable
    counts: Counter[Verdict] = field(default_factory=Counter)
    media: MediaCount | None = None  # None: nothing was asked for
    pages: int = 1  # that were read
    unfinished: bool = False  # more pages were there than were read
    feeds: tuple[Offer, ...] = ()  # that it names, where it is a web page

    def describe(self, document: Document, parsed: Parsed) -> None:
        self.format, self.shape = parsed.format, parsed.shape
        self.warnings += [*document.warnings, *parsed.warnings]

    def add(self, items: Iterable[Item]) -> None:
        for item in items:
            self.items.append(item)
            self.counts[item.verdict] += 1

    @property
    def entries(self) -> int:
        return len(self.items)

    def rejections(self) -> dict[str, str]:
        """What was rejected, by digest, as sentences; where it stood in the document is no matter."""
        return {
            sha256(f"{item.title}\0{item.url}\0{item.reason}")[:16]: (
                f"“{item.title[:200]}” was rejected: {item.reason}"
            )
            for item in self.items
            if item.verdict == "rejected" and item.reason != NOT_REACHED
        }

    @property
    def pictures(self) -> int:
        return sum(item.pictures for item in self.items)

    def status(self) -> int:
        rejected = self.counts["rejected"]
        if self.error or (rejected and rejected == self.entries):
            return UNUSABLE
        return SOME if rejected or self.unfinished else DONE

    def as_json(self, *, items: bool = True) -> dict[str, Any]:
        found: dict[str, Any] = {"source": self.source, "format": self.format, "entries": self.entries}
        found |= {verdict: self.counts[verdict] for verdict in VERDICTS}
        found["warnings"] = self.warnings + noted(self.items, "warnings")
        found["losses"] = noted(self.items, "losses")
        found["media"] = asdict(self.media or MediaCount(found=self.pictures))
        if self.pages > 1:
            found["pages"] = self.pages
        if self.error:
            found["error"] = self.error
        if items:
            found["items"] = [item.as_json() for item in self.items]
        return found


def noted(items: Iterable[Item], kind: str) -> list[str]:
    """The sentences about single entries, each naming its entry."""
    return [
        f"Entry {item.position}, “{item.title[:80]}”: {sentence}"
        for item in items
        for sentence in getattr(item, kind)
    ]


@dataclass(slots=True)
class Report:
    """What became of an import."""

    run: int | None = None  # None: the database could not be reached
    seconds: float = 0.0
    dry_run: bool = False
    sources: list[SourceReport] = field(default_factory=list)
    interrupted_by: int = 0  # the signal
    ended: str = ""  # why no further source is taken

    @property
    def counts(self) -> Counter[Verdict]:
        total: Counter[Verdict] = Counter()
        for source in self.sources:
            total.update(source.counts)
        return total

    def status(self) -> int:
        if self.interrupted_by:
            return 128 + self.interrupted_by
        found = {source.status() for source in self.sources}
        if found <= {DONE}:
            return SOME if self.ended else DONE
        return UNUSABLE if found == {UNUSABLE} else SOME

    def as_json(self, *, items: bool = True) -> dict[str, Any]:
        return {
            "run": self.run,
            "seconds": round(self.seconds, 3),
            "sources": [source.as_json(items=items) for source in self.sources],
        }

    def summary(self) -> str:
        """One line in plain words."""
        if self.counts.total():
            return in_words(self.counts)
        return "Nothing was imported." if any(source.error for source in self.sources) else "0 items"


def in_words(counts: Mapping[Verdict, int]) -> str:
    """ "12 new, 8 repeats, 2 rejected"; what did not occur is left out."""
    parts = []
    for verdict in VERDICTS:
        if number := counts.get(verdict, 0):
            parts.append(f"{number} {IN_WORDS[verdict][number != 1]}")
    return ", ".join(parts)


# -- the file ------------------------------------------------------------------------------------


def writable(path: str) -> Path:
    """Where the report will be written; UsageProblem before anything is imported if that cannot be."""
    target = Path(path)
    if target.is_dir():
        raise UsageProblem(f"--report: {path} is a folder; name a file in it.")
    if target.exists() and not target.is_file():
        raise UsageProblem(f"--report: {path} is no ordinary file; name another.")
    if not target.parent.is_dir():
        raise UsageProblem(f"--report: there is no folder {target.parent}; make it first.")
    if not os.access(target.parent, os.W_OK):
        raise UsageProblem(f"--report: you may not write into {target.parent}; name another place.")
    return target


def write(report: Report, target: Path) -> None:
    """The whole report or none of it: whoever reads the file never meets half of one."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
            json.dump(report.as_json(), file, ensure_ascii=False, indent=1)
            file.write("\n")
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
