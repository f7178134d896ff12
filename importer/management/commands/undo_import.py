"""undo_import: the operator takes an import back; what somebody has worked on since stays and is listed."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from importer.errors import ImportProblem
from importer.runs import undoing
from importer.saying import one_line
from importer.storing import databases
from importer.storing.databases import DATABASE_ERRORS


class Command(BaseCommand):
    help = (
        "Take an import back: its posts, updates and proposals; what was worked on since stays and is listed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "run", type=int, metavar="RUN", help="the number of the import, as its summary names it"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would be undone")

    def handle(self, *args: Any, **given: Any) -> None:
        status = self.ended(given["run"], dry_run=given["dry_run"])
        if status:
            sys.exit(status)

    def ended(self, number: int, *, dry_run: bool) -> int:
        try:
            undone = undoing.undo(undoing.find(number), dry_run=dry_run)
        except ImportProblem as problem:
            self.stderr.write(str(problem), style_func=lambda text: text)
            return undoing.UNKNOWN
        except DATABASE_ERRORS as problem:
            self.stderr.write(databases.sentence(problem), style_func=lambda text: text)
            return undoing.UNKNOWN
        for left in undone.left:
            line = f"“{left.title[:200]}” was left: {left.reason}"
            self.stderr.write(one_line(line), style_func=lambda text: text)
        self.stdout.write(f"{'Would be: ' if dry_run else ''}{undone.summary()}")
        return undone.status()
