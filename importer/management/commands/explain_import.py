"""explain_import: tells the operator all that is known of one entry, and what a new import would do with it."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from importer.runs import explaining


class Command(BaseCommand):
    help = "Tell what is known of an imported entry: its source, its names, what every import made of it and why."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "entry", metavar="URL_OR_TITLE", help="its address there or here, its id or its title"
        )

    def handle(self, *args: Any, **given: Any) -> None:
        for line in explaining.told(given["entry"]):
            self.stdout.write("".join(char if char.isprintable() else " " for char in line))
        if not explaining.find(given["entry"]):
            sys.exit(1)
