"""base: what a source format is: a name, a look at a document's beginning, a reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from importer.entry import Document, Parsed


@dataclass(frozen=True, slots=True)
class Reading:
    """What the operator or the clock adds to a reading; parsers take nothing from anywhere else."""

    now: datetime  # aware
    base_url: str = ""  # --base-url
    default_zone: str = "UTC"  # IANA name for dates without a zone


class Format(Protocol):
    name: str  # what --format takes: "feed", "jsonfeed", "text"

    def recognises(self, document: Document) -> bool:
        """Whether this document looks like this format. Cheap; reads the beginning only."""

    def read(self, document: Document, reading: Reading) -> Parsed:
        """The document's entries. Raises SourceUnusable with a sentence when the whole of it is no good."""
