"""saying: a sentence for a terminal, on one line, whatever its words came from."""

from __future__ import annotations


def one_line(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
