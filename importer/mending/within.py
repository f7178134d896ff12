"""within: what was read of a scope's posts, once for every kind of mending."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from importer.mending.scope import Scope
from importer.mending.shown import Picture, shown_by
from importer.mending.wants import Seen


@dataclass
class Within:
    """The posts, the oldest first: their columns, and how each is seen."""

    scope: Scope
    rows: Sequence[Mapping[str, Any]]
    seen: Mapping[int, Seen]

    @cached_property
    def pictures(self) -> Sequence[Picture]:
        """What their texts show, in one query."""
        return list(shown_by(self.scope))
