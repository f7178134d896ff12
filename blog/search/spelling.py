"""spelling: which words are a slip of the finger away from another, in bounded steps."""

from __future__ import annotations

from collections.abc import Iterable

SHORTEST, LONGEST = 4, 24  # letters of a word that is mended
FAR = 2  # slips in a longer word
LONG_ENOUGH = 6  # letters, for two slips
_ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "абвгдежзийклмнопрстуфхцчшщъыьэюя")


def mendable(word: str) -> bool:
    return SHORTEST <= len(word) <= LONGEST and word.isalpha()


def one_slip_away(word: str) -> set[str]:
    """Everything that one letter more, less, other or two letters swapped make of it: under 1,700 spellings."""
    letters = _ALPHABETS[1] if "а" <= word[0] <= "я" else _ALPHABETS[0]
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    less = {left + right[1:] for left, right in cuts if right}
    swapped = {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    other = {left + letter + right[1:] for left, right in cuts if right for letter in letters}
    more = {left + letter + right for left, right in cuts for letter in letters}
    return (less | swapped | other | more) - {word}


def slips(one: str, other: str, most: int = FAR) -> int:
    """How many letters more, less, other or swapped with the next lie between two words; `most + 1` is "too many"."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for down, letter in enumerate(one, 1):
        earlier, before = before, row
        row = [down]
        for right, beside in enumerate(other, 1):
            cost = min(before[right] + 1, row[-1] + 1, before[right - 1] + (letter != beside))
            if (
                earlier
                and right > 1
                and letter == other[right - 2]
                and one[down - 2] == beside
                and letter != beside
            ):
                cost = min(cost, earlier[right - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def nearest(word: str, known: Iterable[str], most: int = 8) -> list[str]:
    """Those of some known words that a slip or two lead to, nearest first; the first letter is seldom the wrong one."""
    far = FAR if len(word) >= LONG_ENOUGH else 1
    found = sorted(
        (distance, one[0] != word[0], abs(len(one) - len(word)), one)
        for one in set(known)
        if one != word and (distance := slips(word, one, far)) <= far
    )
    return [one for *_, one in found[:most]]
