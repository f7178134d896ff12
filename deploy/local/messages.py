"""messages: the words to translate, collected from the code into config/locale and compiled there, for `make messages`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from deploy.local.environment import KEPT, local_environment
from deploy.local.programs import MISSING, ROOT, LocalError, gettext_programs

LANGUAGES = ("ru",)  # English is what the code is written in
CATALOGUE = Path("config/locale/{}/LC_MESSAGES/django.po")
# Where no words for the site or the desk are.
LEFT_OUT = ("tests", "docs", "deploy", "static", "staticfiles", "media", "management", "migrations")


def collect(root: Path = ROOT) -> None:
    """Write every word that is wrapped for translation into the catalogues; known translations stay."""
    arguments = ["--no-wrap", "--no-obsolete", "--add-location", "file"]
    for language in LANGUAGES:
        arguments += ["--locale", language]
    for folder in LEFT_OUT:
        arguments += ["--ignore", folder]
    _run([sys.executable, "manage.py", "makemessages", *arguments], root)


def compile_all(root: Path = ROOT) -> None:
    for language in LANGUAGES:
        path = root / str(CATALOGUE).format(language)
        _run(["msgfmt", "--check", "--statistics", "-o", str(path.with_suffix(".mo")), str(path)], root)


def _run(command: list[str], root: Path) -> None:
    environment = local_environment(KEPT / "demo", port=8000)
    answer = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise LocalError(f"{command[0]} failed:\n{answer.stderr.strip()}")
    print(answer.stderr.strip() or answer.stdout.strip())


def main() -> None:
    if not gettext_programs():
        sys.exit(MISSING["gettext"])
    try:
        collect()
        compile_all()
    except LocalError as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
