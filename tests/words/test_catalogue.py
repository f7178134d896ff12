"""test_catalogue: every wrapped word is in the Russian catalogue, translated, its placeholders kept, and compiled as it is written."""

from __future__ import annotations

import gettext
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from deploy.local import messages
from deploy.local.programs import ROOT
from tests.words.catalogue import RUSSIAN, Message
from tests.words.catalogue import messages as written

PLACES = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
SHOWN = 10


def test_every_message_is_translated() -> None:
    left = [message.id for message in written() if not message.whole]
    assert left == [], f"{len(left)} without a translation; write them into {RUSSIAN.relative_to(ROOT)}"


def _places(text: str) -> list[str]:
    return sorted(PLACES.findall(text))


def _wrong(message: Message) -> bool:
    return any(_places(said) != _places(message.plural or message.id) for said in message.said.values())


def test_placeholders_are_the_same() -> None:
    """In every form: Russian says its singular of 21 too."""
    assert [message.id for message in written() if _wrong(message)] == []


def test_quotes_are_russian() -> None:
    said = [words for message in written() for words in message.said.values()]
    assert [words for words in said if "“" in words or "”" in words] == []
    assert [words for words in said if words.count("«") != words.count("»")] == []


def test_what_is_compiled_is_what_is_written() -> None:
    with RUSSIAN.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message in written():
        for form, words in message.said.items():
            key = f"{message.context}\x04{message.id}" if message.context else message.id
            catalogue = compiled._catalog  # type: ignore[attr-defined]
            assert catalogue[(key, form) if message.plural else key] == words, "run `make messages`"


@pytest.mark.gettext
@pytest.mark.slow
def test_nothing_wrapped_is_missing(tmp_path: Path) -> None:
    """The catalogue holds what the code says, no more and no less."""
    names = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split("\0")  # fmt: skip
    for name in filter(None, names):
        if (
            name.endswith((".py", ".html", ".po"))
            and not name.startswith("tests/")
            and (ROOT / name).is_file()
        ):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, tmp_path / name)
    messages.collect(tmp_path)
    found = {message.key for message in written(tmp_path / RUSSIAN.relative_to(ROOT))}
    known = {message.key for message in written()}
    assert sorted(found - known)[:SHOWN] == [], "run `make messages` and translate these"
    assert sorted(known - found)[:SHOWN] == [], "nobody says these any more; run `make messages`"
