"""create_user: make somebody who can sign in, with a role and a password that is shown once."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.urls import reverse

from accounts.authors import make_author
from accounts.models import User
from accounts.roles import ADMINISTRATOR, ROLES

# No letters or figures that people take for one another.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def new_password() -> str:
    """Twenty characters in four groups: 99 bits, and it can be read out."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(5)) for _ in range(4))


class Command(BaseCommand):
    help = "Make somebody who can sign in, and print a password for them, once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="the name to sign in with")
        parser.add_argument("--role", required=True, choices=list(ROLES), help="what they may do")
        parser.add_argument("--email", default="", help="where to write to them")
        parser.add_argument(
            "--author", default="", metavar="NAME", help="the name that readers see; makes an author of it"
        )
        parser.add_argument(
            "--new-password",
            action="store_true",
            help="where they exist, give them a new password and the role",
        )

    @transaction.atomic
    def handle(
        self,
        *args: Any,
        username: str,
        role: str,
        email: str,
        author: str,
        new_password: bool,
        **options: Any,
    ) -> None:
        user = User.objects.filter(username__iexact=username).first()
        if user is not None and not new_password:
            raise CommandError(
                f"“{user.username}” exists already. Add --new-password to give them a new password and this role."
            )
        user = user or _new_user(username, email)
        password = _give(user, role)
        if author and not hasattr(user, "author"):
            made = make_author(author, email=email)
            made.user = user
            made.save(update_fields=["user"])
        self.stdout.write(
            f"{user.username} can sign in as {role}: {settings.SITE_URL}{reverse('admin:index')}\n"
            f"  name      {user.username}\n"
            f"  password  {password}   (shown this once)"
        )


def _new_user(username: str, email: str) -> User:
    user = User(username=User.normalize_username(username), email=User.objects.normalize_email(email))
    user.set_unusable_password()
    try:
        user.full_clean()
    except ValidationError as problem:
        raise CommandError(" ".join(problem.messages)) from problem
    return user


def _give(user: User, role: str) -> str:
    """This role, and no other, and a new password; the password."""
    password = new_password()
    user.set_password(password)
    user.is_active = user.is_staff = True
    user.is_superuser = role == ADMINISTRATOR
    user.save()
    user.groups.set([Group.objects.get(name=role)])
    return password
