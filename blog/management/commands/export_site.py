"""export_site: the whole blog as a folder of Markdown with front matter, which import_feed brings back as it was."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError

from blog.errors import NotPossible
from blog.exporting import export


class Command(BaseCommand):
    help = "Write posts, pages, people, tags, pictures and redirects into DIR, which is empty or an earlier export."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", metavar="DIR")

    def handle(self, *args: Any, **given: Any) -> None:
        try:
            done = export(Path(given["folder"]))
        except NotPossible as problem:
            self.stderr.write(str(problem), style_func=lambda text: text)
            sys.exit(1)
        except DatabaseError as problem:
            said = str(problem).strip().splitlines() or [type(problem).__name__]
            self.stderr.write(f"The database cannot be read: {said[0]}", style_func=lambda text: text)
            sys.exit(1)
        for name in done.missing:
            self.stderr.write(f"{name} is gone from the stored files.", style_func=lambda text: text)
        self.stdout.write(done.summary())
        self.stdout.write(f"To bring it into another site: manage.py import_feed {done.folder}")
