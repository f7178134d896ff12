"""first_administrator_link: print the link, good once and for a day, that makes the first administrator."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.first_administrator import GOOD_FOR, administrator_exists, new_link


class Command(BaseCommand):
    help = "Print the link, good once, by which the first administrator makes an account."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-needed", action="store_true", help="say nothing where the site has an administrator"
        )

    def handle(self, *args: Any, if_needed: bool = False, **options: Any) -> None:
        if administrator_exists():
            if if_needed:
                return
            raise CommandError(
                "This site has an administrator already. To make another, sign in and use the admin's users, or run: "
                "manage.py create_user NAME --role administrator"
            )
        hours = int(GOOD_FOR.total_seconds() // 3600)
        self.stdout.write(
            f"This site has no administrator yet. Open this link to become the first (good once, for {hours} hours):\n\n"
            f"    {new_link()}\n"
        )
        self.stdout.flush()
