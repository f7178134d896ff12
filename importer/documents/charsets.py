"""charsets: which Cyrillic encoding undeclared bytes are in, told by how often Russian uses each letter."""

from __future__ import annotations

import re

CYRILLIC = ("cp1251", "koi8-r", "cp866")
LIKELY_WESTERN = frozenset({"cp1252"})
SAMPLE = 20_000
# Occurrences of each letter in a thousand of Russian prose.
FREQUENCY = dict(
    zip(
        "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
        (
            109,
            85,
            80,
            73,
            67,
            63,
            55,
            47,
            45,
            44,
            35,
            32,
            30,
            28,
            26,
            20,
            19,
            17,
            17,
            16,
            16,
            14,
            12,
            10,
            9,
            7,
            6,
            5,
            4,
            3,
            3,
            1,
            1,
        ),
        strict=True,
    )
)
OTHER_CYRILLIC = frozenset("іїєґўјљњћђџ")
# Signs that Russian text has beside its letters.
COMPANIONS = frozenset("«»—–…№“”„’\xa0•©°")
HIGH = re.compile(rb"[\x80-\xff]")
# In western languages a letter with an accent stands among plain ones; in Cyrillic such letters stand together.
AMONG_LATIN = re.compile(rb"[A-Za-z][\x80-\xff]|[\x80-\xff][A-Za-z]")


def likely_cyrillic(data: bytes) -> str:
    """The likeliest of the Cyrillic encodings, "" where the bytes look like none of them."""
    high = HIGH.findall(data[: SAMPLE * 10])
    if not high or len(AMONG_LATIN.findall(data[: SAMPLE * 10])) > len(high) * 0.3:
        return ""
    sample = data[: SAMPLE * 10]
    best, name = max((russian_score(sample, name), name) for name in CYRILLIC)
    return name if best > 20 else ""


def russian_score(data: bytes, encoding: str) -> float:
    """How Russian the bytes above ASCII look in an encoding: the mean frequency of its letters, less what is odd."""
    score, count, before = 0.0, 0, " "
    for character in data.decode(encoding, "replace"):
        if character > "\x7f":
            count += 1
            score += worth(character, before)
            if count == SAMPLE:
                break
        before = character
    return score / max(count, 1)


def worth(character: str, before: str) -> float:
    lower = character.lower()
    if lower in FREQUENCY:
        # The alphabets of windows-1251 and koi8-r lie so that one read as the other swaps the case.
        swapped = character != lower and before.islower()
        return -50 if swapped else FREQUENCY[lower] * (1 if character == lower else 0.5)
    if lower in OTHER_CYRILLIC:
        return 5
    return 0 if character in COMPANIONS else -60
