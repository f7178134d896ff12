"""reflow: give a text that was flattened into one line its headings, rules, lists and paragraphs back, word for word."""

from __future__ import annotations

import re
from dataclasses import dataclass

from importer.reflow.blocks import Block, blocks
from importer.reflow.escaping import protected
from importer.reflow.paragraphs import paragraphs

__all__ = ["Reflowed", "reflow"]

_WORD = re.compile(r"[^\W_]+")
_GIVEN_UP = "The text is one long line; its structure could not be given back without changing words."
_ORDERS = re.compile(
    r"(?:\W*)(?:do not|don't|return only|return|never|always|keep|if there are no|only|preserve"
    r"|не |верни|возвращай|сохрани|исправь|никогда|всегда|только)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reflowed:
    text: str  # Markdown
    notes: tuple[str, ...] = ()  # sentences for the person who looks after the post
    changed: bool = False


def reflow(text: str) -> Reflowed:
    """The Markdown of a flattened text, with the same words in the same order.

    A text that has line breaks of its own is returned as it is. What looks like structure but cannot be told for sure
    stays prose. Idempotent.
    """
    flat = text.strip()
    if not flat or "\n" in flat or "\r" in flat:
        return Reflowed(text)
    found = list(blocks(flat))
    result = "\n\n".join(piece for block in found if (piece := _markdown(block)))
    if _WORD.findall(result) != _WORD.findall(text):
        result = protected(flat)
        return Reflowed(result, (_GIVEN_UP,), changed=result != text)
    return Reflowed(result, _notes(found), changed=result != text)


def _markdown(block: Block) -> str:
    match block.kind:
        case "heading":
            return f"{'#' * block.level} {block.text}"
        case "rule":
            return "---"
        case "list":
            return "\n".join(f"- {protected(item)}" for item in block.items)
        case "quote":
            return "\n".join(f"> {protected(line)}" for line in block.items)
        case "table":
            return "\n".join(block.items)
        case "code":
            return _fenced(block)
    return "\n\n".join(protected(paragraph) for paragraph in paragraphs(block.text))


def _fenced(block: Block) -> str:
    """A fence whose language is its first line: as a word of the text it must stay visible."""
    ticks = "`" * block.level
    language = "".join(block.items)
    code = block.text.removeprefix(language).strip()
    return "\n".join(line for line in (ticks, language, code, ticks) if line)


def _notes(found: list[Block]) -> tuple[str, ...]:
    notes = []
    if any(block.kind == "code" for block in found):
        notes.append("A code block lost its line breaks in the source; its code stands on one line.")
    if (orders := _leftover(found)) is not None:
        notes.append(
            f"The text ends in lists that read like leftover instructions (“{orders[:60].rstrip()}…”); "
            "they were kept, as lists: see whether they belong to the post."
        )
    return tuple(notes)


def _leftover(found: list[Block]) -> str | None:
    """The first item of the lists at the end, if they read like orders to whoever worked on the text."""
    tail: list[Block] = []
    for block in reversed(found):
        if block.kind != "list" and not (block.kind == "prose" and tail and block.text.endswith(":")):
            break
        tail.append(block)
    items = [item for block in reversed(tail) for item in block.items]
    orders = sum(bool(_ORDERS.match(item)) for item in items)
    return items[0] if orders >= 2 and orders * 3 >= len(items) else None
