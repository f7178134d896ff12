"""markdown: what authors write, as HTML that still has to pass the gate."""

from __future__ import annotations

from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from blog.markup.headingids import heading_ids_plugin

LINE = "data-line"  # which line of the text a block began on, counted from 0


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return parser.use(footnote_plugin).use(tasklists_plugin).use(heading_ids_plugin)


def to_html(body: str, *, lines: bool = False) -> str:
    """CommonMark with tables, strikethrough, footnotes, task lists, headings with ids and raw HTML.

    With `lines` each block names its line, so that a preview can be scrolled beside the text.
    """
    parser = _parser()
    env: dict[str, object] = {}
    tokens = parser.parse(body, env)
    if lines:
        _name_lines(tokens)
    rendered: str = parser.renderer.render(tokens, parser.options, env)
    return rendered


def _name_lines(tokens: list[Token]) -> None:
    for token in tokens:
        if token.map and token.nesting >= 0 and token.type != "inline":
            token.attrSet(LINE, str(token.map[0]))
