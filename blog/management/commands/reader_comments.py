"""reader_comments: all that is kept of one reader, as JSON, by e-mail address; or all of it deleted."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from blog import respondents
from blog.errors import PublishingProblem


class Command(BaseCommand):
    help = "Write the comments that were sent under EMAIL as JSON, or delete them for good."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument(
            "--delete", action="store_true", help="delete them instead, with the answers to them"
        )

    def handle(self, *args: Any, **given: Any) -> None:
        try:
            if given["delete"]:
                gone = respondents.forget(given["email"], None)
                self.stdout.write(f"{gone} {'comment' if gone == 1 else 'comments'} deleted for good.")
                return
            self.stdout.write(json.dumps(respondents.told(given["email"]), ensure_ascii=False, indent=2))
        except PublishingProblem as problem:
            self.stderr.write(str(problem), style_func=lambda text: text)
            sys.exit(1)
