"""wpbody: a WordPress body, from the classic editor or made of blocks, as plain HTML."""

from __future__ import annotations

import re

from importer.formats.autop import autop, shown_paragraphs
from importer.formats.blocks import HAS_BLOCKS, PAGE_MARKS, Around, plain_html
from importer.formats.shortcodes import Library, expanded

WRAPPED = re.compile(r"<p>\n\n((?:(?!</?p>|\n\n).)*+)\n\n</p>", re.DOTALL)


def body_of(
    text: str, library: Library, *, post: str = "", footnotes: str = ""
) -> tuple[str, tuple[str, ...]]:
    """The body as HTML and sentences about what of it could not be made into HTML. `post`: its number there."""
    around = Around(library, footnotes)
    if HAS_BLOCKS.search(text):
        body, unknown = expanded(plain_html(text, around), library, post)
        body = shown_paragraphs(without_wrapping(body))
    else:
        body, unknown = expanded(PAGE_MARKS.sub("\n\n", text), library, post)
        body = autop(body)
    return body, (*about_shortcodes(unknown), *about_blocks(around))


def without_wrapping(body: str) -> str:
    """Figures and the like out of the paragraph that a shortcode's text stood in."""
    return WRAPPED.sub(r"\1", body)


def about_shortcodes(names: tuple[str, ...]) -> tuple[str, ...]:
    if not names:
        return ()
    listed = " and ".join(filter(None, (", ".join(f"[{name}]" for name in names[:-1][:5]), f"[{names[-1]}]")))
    if len(names) == 1:
        return (f"Its shortcode {listed} means something to a plugin there only and is kept as text.",)
    return (f"Its shortcodes {listed} mean something to plugins there only and are kept as text.",)


def about_blocks(around: Around) -> tuple[str, ...]:
    if not (names := sorted(around.without_content)):
        return ()
    listed = ", ".join(f"“{name}”" for name in names[:8]) + (
        f" and {len(names) - 8} more" if len(names) > 8 else ""
    )
    return (
        f"It showed what WordPress puts together by itself, and nothing of that is in the export: {listed}.",
    )
