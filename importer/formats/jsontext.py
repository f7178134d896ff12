"""jsontext: JSON made by strangers, read without harm: doubled keys, endless numbers, NaN, depth, half characters."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any, TypeVar

from importer.errors import SourceUnusable
from importer.formats.plain import without_controls

Item = dict[str, Any]
LONGEST_NUMBER = 300  # digits; no id, no size, no date is longer
MOST_WARNINGS = 10
Value = TypeVar("Value")


def loaded(text: str, oddities: set[str]) -> object:
    """The JSON value, or SourceUnusable. A sentence for what is odd but readable goes into `oddities`."""
    return guarded(_decoder(oddities).decode, text)


def beginning(text: str, oddities: set[str]) -> tuple[object, int]:
    """The JSON value that a text begins with and where it ends, or SourceUnusable."""
    return guarded(_decoder(oddities).raw_decode, text)


def guarded(read: Callable[[str], Value], text: str) -> Value:
    try:
        return read(text)
    except json.JSONDecodeError as problem:
        if not text[problem.pos :].strip() or problem.msg.startswith("Unterminated"):
            raise SourceUnusable(
                "This JSON document is cut off: it ends before it is complete. Get it again."
            ) from None
        raise SourceUnusable(
            f"This is not valid JSON: line {problem.lineno}, column {problem.colno} cannot be read."
        ) from None
    except RecursionError:
        raise SourceUnusable("This JSON document is nested too deep to be read.") from None


def _decoder(oddities: set[str]) -> json.JSONDecoder:
    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found: dict[str, object] = {}
        for key, value in pairs:
            if key in found:
                oddities.add(f"The key “{key[:60]}” stands twice in one object; the last one counts.")
            found[key] = value
        return found

    def number(digits: str) -> object:
        if len(digits) <= LONGEST_NUMBER:
            return int(digits)
        oddities.add(f"A number of over {LONGEST_NUMBER} digits was left out.")
        return None

    def no_number(name: str) -> None:
        oddities.add(f"{name} is not a number in JSON and was left out.")

    return json.JSONDecoder(object_pairs_hook=once, parse_int=number, parse_constant=no_number)


def text_of(value: Item, name: str) -> str:
    """A text field; numbers count as text, everything else as absent."""
    found = value.get(name)
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        return ""
    if isinstance(found, float) and not math.isfinite(found):  # 1e400 is more than a float can hold
        return ""
    return without_controls(str(found))[0].strip()


def objects(value: Item, name: str) -> list[Item]:
    """The objects of a list; what is no object in it, and what is no list, counts as absent."""
    found = value.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
