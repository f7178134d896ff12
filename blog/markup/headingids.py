"""headingids: `## Words {#name}` gives a heading its id, so that links from elsewhere go on leading to it."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

NAMED = re.compile(r"(?:^|\s)\{#([^\s{}\"'<>&]{1,150})\}\s*$")


def heading_ids_plugin(parser: MarkdownIt) -> None:
    parser.core.ruler.before("inline", "heading_ids", _name_headings)


def _name_headings(state: StateCore) -> None:
    for opening, words in zip(state.tokens, state.tokens[1:], strict=False):
        if opening.type == "heading_open" and (named := NAMED.search(words.content)):
            opening.attrSet("id", named[1])
            words.content = words.content[: named.start()]
