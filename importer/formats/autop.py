"""autop: the paragraphs and line breaks that WordPress shows where its classic editor stored blank lines and line ends."""

from __future__ import annotations

import re

from importer.formats.players import player_or_link
from importer.formats.verbatim import outside_verbatim, spans

TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][\w:-]*+)(?P<rest>(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>")
# What ends a paragraph, and what may hold some.
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "caption",
        "center",
        "col",
        "colgroup",
        "dd",
        "details",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "script",
        "section",
        "style",
        "summary",
        "table",
        "tbody",
        "td",
        "template",
        "textarea",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
ALONE = frozenset({"col", "hr"})
ALWAYS = frozenset(
    {"", "blockquote", "article", "section", "main", "aside", "details"}
)  # text in these is paragraphs
# Text in these is paragraphs where it holds a blank line.
AT_TIMES = frozenset({"div", "center", "li", "td", "th", "dd", "form", "fieldset", "header", "footer"})
NO_TEXT = frozenset(
    {"ul", "ol", "dl", "table", "tbody", "thead", "tfoot", "tr", "colgroup", "menu", "dir", "nav"}
)
# A new one of these ends the one before it, whose end tag is often forgotten.
CLOSES = {
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "tr": {"tr", "td", "th"},
    "td": {"td", "th"},
    "th": {"td", "th"},
}
BLANK = re.compile(r"\n[ \t\xa0]*(?:\n[ \t\xa0]*)+")
BREAK_AFTER = re.compile(r"(?:[ \t]*<br\s*/?>)?[ \t]*\n", re.IGNORECASE)
FRAME = re.compile(r"<(iframe|video|audio|object|embed)\b[^>]*>[^<>]*</\1\s*>", re.IGNORECASE)
ADDRESS = re.compile(r"^[ \t]*(https?://[^\s<>\"\]\[]+)[ \t]*$", re.MULTILINE)
PARAGRAPH = re.compile(r"<p>\s*(https?://[^\s<>\"\]\[]+)\s*</p>")


def autop(markup: str) -> str:
    """A classic body as HTML. What is marked up already keeps its marks; nothing changes inside pre and code."""
    text = markup.replace("\r\n", "\n").replace("\r", "\n")
    return Writer().written(shown_addresses(text))


def shown_addresses(text: str) -> str:
    """The address of a film and the like, alone on its line, as its player; any other as a link."""
    return outside_verbatim(
        text, lambda piece: ADDRESS.sub(lambda found: f"\n\n{player_or_link(found[1])}\n\n", piece)
    )


def shown_paragraphs(markup: str) -> str:
    """The same for paragraphs that hold nothing but an address."""
    return outside_verbatim(
        markup, lambda piece: PARAGRAPH.sub(lambda found: player_or_link(found[1]), piece)
    )


class Writer:
    """Walks through the markup with the blocks that stand open, and gathers the text between their tags."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.run: list[str] = []  # text and inline tags since the last block's tag
        self.open: list[str] = []

    def written(self, markup: str) -> str:
        at = 0
        for start, stop, name in spans(markup):
            self.tags(markup[at:start])
            self.verbatim(markup[start:stop], name)
            at = stop
        self.tags(markup[at:])
        self.flush()
        return "".join(self.out).strip()

    def verbatim(self, text: str, name: str) -> None:
        if name in BLOCKS:
            self.flush()
            self.add(text)
        else:
            # Line ends in code within a paragraph are no breaks: they are hidden until the paragraph is written.
            self.run.append(text.replace("\n", "\0"))

    def tags(self, markup: str) -> None:
        at = 0
        for tag in TAG.finditer(markup):
            name = tag["name"].lower()
            self.run.append(markup[at : tag.start()])
            at = tag.end()
            if name in BLOCKS:
                self.block(tag, name)
            else:
                self.run.append(tag[0].replace("\n", " "))
        self.run.append(markup[at:])

    def add(self, text: str, *, beside: bool = False) -> None:
        """Write it on a line of its own, or beside what is there, so that no space is added to what is read."""
        if self.out and not beside:
            self.out.append("\n")
        self.out.append(text)

    def block(self, tag: re.Match[str], name: str) -> None:
        self.flush()
        self.add(tag[0], beside=bool(tag["close"]) and name not in NO_TEXT | ALWAYS)
        if tag["close"]:
            if name in self.open:
                while self.open.pop() != name:
                    pass
        elif name not in ALONE:
            while self.open and self.open[-1] in CLOSES.get(name, ()):
                self.open.pop()
            if self.open[-1:] == ["p"]:
                self.open.pop()  # no block stands in a paragraph
            self.open.append(name)

    def flush(self) -> None:
        text = "".join(self.run)
        self.run = []
        inside = self.open[-1] if self.open else ""
        if not text.strip():
            return
        if inside in ALWAYS or (inside in AT_TIMES and BLANK.search(text.strip())):
            for part in filter(None, map(paragraph, BLANK.split(text.strip("\n")))):
                self.add(part)
        elif inside == "p" and BLANK.search(text.strip()):
            self.add("</p>\n<p>".join(map(broken, BLANK.split(text.strip()))), beside=True)
        else:
            self.add(text.replace("\0", "\n") if inside in NO_TEXT else broken(text), beside=True)


def paragraph(text: str) -> str:
    text = text.strip()
    is_comment = text.startswith("<!--") and text.find("-->") == len(text) - 3
    if not text or is_comment or (text.startswith("<") and not FRAME.sub("", text).strip()):
        return text
    return f"<p>{broken(text)}</p>"


def broken(text: str) -> str:
    """Every line end as a break."""
    return BREAK_AFTER.sub("<br>\n", text.strip("\n")).replace("\0", "\n")
