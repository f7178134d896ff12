"""escaping: keep a paragraph a paragraph, whatever its first characters would mean to Markdown."""

from __future__ import annotations

import re

# What CommonMark reads as a block when a line begins with it. A number's dot is escaped because a list's numbers are
# no text, and here every word has to stay one.
_NUMBER = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_BLOCK = re.compile(
    r"#{1,6}(?=\s|$)"  # heading
    r"|[-+*](?=\s|$)"  # list
    r"|>"  # quote
    r"|`{3}(?=[^`]*$)|~{3}"  # fence
    r"|([-*_])[ \t]*(?:\1[ \t]*){2,}$"  # rule
    r"|=+[ \t]*$|-+[ \t]*$"  # underline of a heading
    r"|\[[^\[\]]{1,999}\]:"  # definition of a link or footnote, which is not shown
    r"|[:~](?=\s)"  # definition list
    r"|\|"  # table
)


def protected(paragraph: str) -> str:
    """The paragraph (one line), with a backslash before what would make another block of it."""
    if number := _NUMBER.match(paragraph):
        return f"{number[1]}\\{paragraph[number.end(1) :]}"
    if _BLOCK.match(paragraph):
        return "\\" + paragraph
    return paragraph
