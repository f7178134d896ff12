"""reset_import: lets an entry come again whose post was deleted here for good."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from importer.runs import explaining
from importer.saying import one_line


class Command(BaseCommand):
    help = "Let an imported post that was deleted for good come again with the next import."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("entry", metavar="URL_OR_TITLE", help="its address there, its id or its title")

    def handle(self, *args: Any, **given: Any) -> None:
        lifted, said = explaining.reset(given["entry"])
        for sentence in said:
            self.stdout.write(one_line(sentence))
        if not lifted:
            sys.exit(1)
