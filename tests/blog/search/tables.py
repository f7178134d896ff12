"""tables: questions with the first answer that is expected of each, and how many of them come out right."""

from __future__ import annotations

from pathlib import Path

from django.db import connection

from blog.search import search

LEAST = {"postgresql": 0.95, "sqlite": 0.90}  # of the questions


def wrong_answers(name: str) -> tuple[list[str], int]:
    """What came out otherwise, in words, and how many questions there are. "-" stands for nothing found."""
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    rows = [tuple(part.strip() for part in line.split("|")) for line in lines if line[:1] != "#"]
    wrong = []
    for question, expected, tried in rows:
        results = search(question).results
        got = results[0].post.title if results else "-"
        if not got.startswith(expected):
            wrong.append(f"{question} ({tried}): {got}")
    return wrong, len(rows)


def enough_right(name: str) -> tuple[bool, list[str], int]:
    wrong, number = wrong_answers(name)
    return number - len(wrong) >= LEAST[connection.vendor] * number, wrong, number
