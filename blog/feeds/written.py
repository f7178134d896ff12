"""written: a post's text as its author wrote it, beside the HTML that readers show: for programs that edit or import."""

from __future__ import annotations

from lxml import etree

from blog.exportrows import value
from blog.feeds.items import Item, clean

SOURCE = "http://source.scripting.com/"  # whose `markdown` other programs know
OURS = "urn:x-masthead:1"


def add_markdown(row: etree._Element, item: Item) -> bool:
    """`source:markdown`, where the text is Markdown that XML can hold as it is; whether it was added."""
    body = str(item.written["body"])
    if item.written["format"] != "markdown" or clean(body) != body or body.strip() != body or not body:
        return False
    etree.SubElement(row, f"{{{SOURCE}}}markdown").text = body
    return True


def add_post(row: etree._Element, item: Item, *, body: bool) -> None:
    """The rest as JSON, which keeps every character; with `body` the text too."""
    given = {name: one for name, one in item.written.items() if body or name != "body"}
    etree.SubElement(row, f"{{{OURS}}}post").text = value(given)
