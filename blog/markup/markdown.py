"""markdown: what authors write, as HTML that still has to pass the gate."""

from __future__ import annotations

from functools import lru_cache

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from blog.markup.headingids import heading_ids_plugin


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return parser.use(footnote_plugin).use(tasklists_plugin).use(heading_ids_plugin)


def to_html(body: str) -> str:
    """CommonMark with tables, strikethrough, footnotes, task lists, headings with ids and raw HTML."""
    rendered: str = _parser().render(body)
    return rendered
