"""catalogue: the translations as they are written down, read without any program of gettext's."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from deploy.local.messages import CATALOGUE
from deploy.local.programs import ROOT

RUSSIAN = ROOT / str(CATALOGUE).format("ru")
_LINE = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d)\])? (".*")')


@dataclass
class Message:
    id: str = ""
    context: str = ""
    plural: str = ""
    said: dict[int, str] = field(default_factory=dict)  # form → words
    fuzzy: bool = False

    @property
    def whole(self) -> bool:
        return not self.fuzzy and len(self.said) == (3 if self.plural else 1) and all(self.said.values())

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.id


def messages(path: Path = RUSSIAN) -> Iterator[Message]:
    """Every message but the head; obsolete ones are none."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        message, begun = Message(fuzzy="#, fuzzy" in block), ("", 0)
        for line in block.splitlines():
            if found := _LINE.fullmatch(line):
                begun = found[1], int(found[2] or 0)
                _add(message, *begun, ast.literal_eval(found[3]))
            elif line.startswith('"'):
                _add(message, *begun, ast.literal_eval(line))
        if message.id:
            yield message


def _add(message: Message, what: str, form: int, words: str) -> None:
    if what == "msgstr":
        message.said[form] = message.said.get(form, "") + words
    else:
        name = {"msgctxt": "context", "msgid": "id", "msgid_plural": "plural"}[what]
        setattr(message, name, getattr(message, name) + words)
