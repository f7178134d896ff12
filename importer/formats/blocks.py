"""blocks: the comments with which WordPress' block editor marks up a body are read, made into plain HTML where they say more than it, and dropped."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from importer.formats.autop import autop
from importer.formats.players import player, player_or_link
from importer.formats.shortcodes import Library, figure

MARK = re.compile(r"<!--\s+(?P<close>/)?wp:(?P<name>[a-z][a-z0-9_-]*+(?:/[a-z][a-z0-9_-]*+)?)(?=\s|/-->)")
HAS_BLOCKS = re.compile(r"<!--\s+wp:")
PAGE_MARKS = re.compile(r"<!--(?:more.*?|nextpage|noteaser)-->", re.DOTALL)
EMPTY = re.compile(r"\s*<(p|div)\b[^<>]*>(?:\s|&nbsp;)*</\1>", re.IGNORECASE)
LEFT_EMPTY = re.compile(r"<(ul|ol|figure|div|nav|form)\b[^<>]*>\s*</\1>", re.IGNORECASE)
DEEPEST = 100
LANGUAGE = re.compile(r"(?:^|\s)(?:language|lang|brush)[-:]\s?([\w+#.-]{1,30})")
CAPTION = re.compile(r"<figcaption\b[^<>]*>.*?</figcaption>", re.DOTALL)
BACKGROUND = re.compile(r"url\(\s*(?:&quot;|[\"'])?(.*?)(?:&quot;|[\"'])?\s*\)")
CODE_TAG = re.compile(r"\A\s*<code\b[^<>]*>(.*)</code\s*>\s*\Z", re.DOTALL | re.IGNORECASE)


@dataclass(slots=True)
class Block:
    """A block that stands open, and what has been written of it."""

    name: str
    said: Mapping[str, Any]
    out: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Around:
    """What blocks refer to, and what becomes known while they are read."""

    library: Library
    footnotes: str = ""  # as the post's meta field holds them: JSON
    without_content: dict[str, int] = field(default_factory=dict)
    room: int = 2_000_000  # characters of patterns that may come yet
    showing: tuple[str, ...] = ()  # the patterns that are being put in: one may hold itself


def plain_html(markup: str, around: Around) -> str:
    """The body without its marks; names of blocks that came without content are gathered in `around`."""
    open_blocks = [Block("", {})]
    at = 0
    while mark := MARK.search(markup, at):
        end = markup.find("-->", mark.end())  # what blocks say of themselves has its dashes escaped
        if end < 0:
            break
        open_blocks[-1].out.append(markup[at : mark.start()])
        said = markup[mark.end() : end].strip()
        at = end + 3
        name = mark["name"].removeprefix("core/")
        if mark["close"]:
            if any(block.name == name for block in open_blocks[1:]):
                while close(open_blocks, around) != name:
                    pass
        else:
            open_blocks.append(Block(name, said_in(said.removesuffix("/"))))
            if said.endswith("/") or len(open_blocks) > DEEPEST:
                close(open_blocks, around)
    open_blocks[-1].out.append(markup[at:])
    while len(open_blocks) > 1:
        close(open_blocks, around)
    text = PAGE_MARKS.sub("", "".join(open_blocks[0].out))
    return re.sub(r"\n{3,}", "\n\n", LEFT_EMPTY.sub("", text)).strip()


def close(open_blocks: list[Block], around: Around) -> str:
    """End the innermost block and hand what it came to on to the one around it; its name."""
    block = open_blocks.pop()
    inner = "".join(block.out)
    open_blocks[-1].out.append(shown(block, inner, around))
    return block.name


def said_in(said: str) -> Mapping[str, Any]:
    try:
        found = json.loads(said) if said.strip() else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def words(block: Block, name: str) -> str:
    """One of the block's attributes, if it is text."""
    value = block.said.get(name)
    return value if isinstance(value, str) else str(value) if isinstance(value, int) else ""


def shown(block: Block, inner: str, around: Around) -> str:
    if block.name == "query-no-results":
        return ""  # what a list of posts shows when it finds none; it was found full
    if block.name in ("embed", "video") or block.name.startswith("core-embed/"):
        return embed(block, inner)
    if change := CHANGES.get(block.name):
        return change(block, inner, around)
    if not inner.strip():
        around.without_content[block.name] = around.without_content.get(block.name, 0) + 1
        return ""
    return "" if block.name == "paragraph" and EMPTY.fullmatch(inner.strip()) else inner


def embed(block: Block, inner: str) -> str:
    """A player in the place of the address, or a link with the caption; a film of the site's own stays as it is."""
    address = words(block, "url")
    if not address or "<iframe" in inner or "<video" in inner:
        return inner
    caption = CAPTION.search(inner[:20_000])
    frame = player(address)
    said = caption[0] if caption else ""
    if frame:
        return f"<figure>{frame}{said}</figure>"
    words_of = re.sub(r"</?figcaption\b[^<>]*>", "", said).strip()
    return player_or_link(address) + (f"\n<p>{words_of}</p>" if words_of else "")


def code(block: Block, inner: str, around: Around) -> str:
    """A listing, with its language where pages look for it."""
    text = text_in_pre(inner)
    if text is None:
        return inner
    if within := CODE_TAG.match(text):
        text = within[1]
    stated = words(block, "language") or words(block, "codeLanguage")
    classes = " ".join(re.findall(r'class="([^"<>]*)"', inner[:2000]))
    named = LANGUAGE.search(f"{words(block, 'className')} {classes}")
    language = re.sub(r"[^\w+#.-]", "", (stated or (named[1] if named else "")).lower())
    kind = f' class="language-{html.escape(language)}"' if language else ""
    return f"<pre><code{kind}>{text}</code></pre>"


def verse(block: Block, inner: str, around: Around) -> str:
    """Poetry keeps its lines; it is no code."""
    text = text_in_pre(inner)
    return inner if text is None else f"<p>{text.strip().replace(chr(10), '<br>' + chr(10))}</p>"


def text_in_pre(inner: str) -> str | None:
    start = re.search(r"<pre\b[^<>]*>", inner)
    stop = inner.rfind("</pre")
    return inner[start.end() : stop] if start and stop >= start.end() else None


def cover(block: Block, inner: str, around: Around) -> str:
    """A picture behind text; older ones name it in a style, which no page keeps."""
    style = BACKGROUND.search(inner)
    address = words(block, "url") or (html.unescape(style[1]) if style else "")
    is_film = words(block, "backgroundType") == "video"
    if not address or address in html.unescape(re.sub(r"style=\"[^\"]*\"", "", inner)):
        return inner
    if is_film:
        return f'<video controls src="{html.escape(address)}"></video>\n{inner}'
    return f'<figure><img src="{html.escape(address)}" alt="{html.escape(words(block, "alt"))}"></figure>\n{inner}'


def gallery(block: Block, inner: str, around: Around) -> str:
    """Its pictures stand in it; where only their numbers do, they come from the library."""
    numbers = block.said.get("ids")
    if "<img" in inner or not isinstance(numbers, list):
        return inner
    library = around.library.attachments
    return "\n".join(figure(library[str(number)]) for number in numbers if str(number) in library) or inner


def social_link(block: Block, inner: str, around: Around) -> str:
    address = words(block, "url")
    if not address:
        return ""
    name = words(block, "label") or words(block, "service").title() or address
    return f'<li><a href="{html.escape(address)}">{html.escape(name)}</a></li>'


def pattern(block: Block, inner: str, around: Around) -> str:
    """The text of a pattern that several posts share, put in where this one shows it."""
    number = words(block, "ref")
    text = around.library.patterns.get(number)
    if text is None or number in around.showing or len(text) > around.room:
        around.without_content["block"] = around.without_content.get("block", 0) + 1
        return inner
    around.room -= len(text) + 1000
    showing = around.showing
    around.showing = (*showing, number)
    written = plain_html(text, around)
    around.showing = showing
    return written


def footnotes(block: Block, inner: str, around: Around) -> str:
    """The notes, which WordPress keeps beside the body."""
    try:
        notes = json.loads(around.footnotes or "[]")
    except (ValueError, RecursionError):
        notes = []
    lines = [
        f'<li id="{html.escape(note["id"])}">{note["content"]} <a href="#{html.escape(note["id"])}-link">↩︎</a></li>'
        for note in (notes if isinstance(notes, list) else ())
        if isinstance(note, dict) and isinstance(note.get("id"), str) and isinstance(note.get("content"), str)
    ]
    return f"<ol>{''.join(lines)}</ol>" if lines else ""


def nothing(block: Block, inner: str, around: Around) -> str:
    return ""


def classic(block: Block, inner: str, around: Around) -> str:
    return autop(inner)


def shortcode(block: Block, inner: str, around: Around) -> str:
    """Text between two brackets, which stands as a paragraph where it stays text."""
    text = inner.strip()
    return text if text.startswith("<") or not text else f"<p>{text}</p>"


CHANGES: Mapping[str, Callable[[Block, str, Around], str]] = {
    "code": code,
    "syntaxhighlighter/code": code,
    "enlighter/codeblock": code,
    "preformatted": lambda block, inner, around: inner,
    "verse": verse,
    "cover": cover,
    "gallery": gallery,
    "social-link": social_link,
    "block": pattern,
    "footnotes": footnotes,
    "spacer": nothing,
    "nextpage": nothing,
    "more": nothing,
    "freeform": classic,
    "classic": classic,
    "shortcode": shortcode,
}
