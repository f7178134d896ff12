"""losses: what a body holds is counted before and after it was made ours, and what became less is said in sentences; pure."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import NamedTuple

from blog.markup.plain import WORD
from blog.markup.tree import INLINE
from importer.media.finding import LAZY, SETS
from importer.preparing.bodies import attributes, is_pixel

OPENING = re.compile(r"<(?:(/?)([a-zA-Z][^\s/>]*+)|(!--|[!?/]))")
# Each alternative takes what it can and gives nothing back: one pass over hostile markup too.
REST = re.compile(r"""((?:[^>"'=]++|=\s*+(?:"[^"]*+"|'[^']*+')|["'=])*+)>""")
ANY_TAG = re.compile(r"<[^<>]*+>")
# What is not shown: their text is dropped on purpose. A drawing is told of by the renderer.
UNSEEN = frozenset({"iframe", "noembed", "noframes", "script", "style", "svg", "template"})
VERBATIM = frozenset({"textarea", "title", "xmp"})  # tags in them are text
END = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in UNSEEN | VERBATIM}
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
COUNTED = HEADINGS | {"audio", "iframe", "li", "pre", "table", "tr", "video"}  # without an attribute too
# A short picture written into the page is there until the real one is loaded, or to keep a distance.
SPACER = 400  # characters
NOWHERE = re.compile(r"\s*(?:javascript|vbscript|data|about):", re.IGNORECASE)
NOTE = re.compile(
    r"(?:at-)?_?(?:fn|ftn|edn|footnotes?|endnotes?)[-_:.]?(?:[a-z0-9]{1,12}[-_:.])?\d+", re.IGNORECASE
)
LANGUAGE = re.compile(
    r"(?:^|\s)(?:language-|lang-|highlight-source-|brush:\s*)([a-z0-9][a-z0-9+#._-]{0,29})", re.IGNORECASE
)
NO_LANGUAGE = frozenset({"", "none", "nohighlight", "plain", "plain_text", "plaintext", "text", "txt"})
# What the renderer says of single frames and links, in its own words, is not said of them again.
FRAME_TOLD, LINK_TOLD = "An embedded page from ", "The link “"


class Amount(NamedTuple):
    """How the amounts are named, and which loss says this one too."""

    one: str
    many: str
    within: str = ""


NAMES = {
    "words": Amount("word", "words"),
    "images": Amount("picture", "pictures"),
    "tables": Amount("table", "tables"),
    "rows": Amount("table row", "table rows", "tables"),
    "code_blocks": Amount("code block", "code blocks"),
    "languages": Amount("", "", "code_blocks"),
    "frames": Amount("embedded page", "embedded pages"),
    "recordings": Amount("recording", "recordings"),
    "footnotes": Amount("footnote", "footnotes"),
    "links": Amount("link", "links"),
    "list_items": Amount("list item", "list items"),
    "headings": Amount("heading", "headings"),
}


@dataclass(slots=True)
class Inventory:
    """How much of everything a body holds that a reader would miss."""

    words: int = 0
    letters: int = (
        0  # of the words: where a word begins is a matter of markup, how many letters there are is not
    )
    images: int = 0
    tables: int = 0
    rows: int = 0
    code_blocks: int = 0
    languages: int = 0  # of code blocks
    frames: int = 0
    recordings: int = 0
    footnotes: int = 0
    links: int = 0
    list_items: int = 0
    headings: int = 0

    def changed_by(self, before: Inventory, after: Inventory) -> Inventory:
        """The same, with what was put in or taken out on purpose between these two."""
        return Inventory(
            *(
                max(0, getattr(self, one.name) + getattr(after, one.name) - getattr(before, one.name))
                for one in fields(self)
            )
        )


@dataclass(slots=True)
class Count:
    """A body while it is read."""

    found: Inventory = field(default_factory=Inventory)
    text: list[str] = field(default_factory=list)
    notes: set[str] = field(default_factory=set)
    picture: str = ""  # the address of the picture before, if a copy of it may follow
    wordless: bool = False  # in a heading that has no words so far
    nameless: bool = False  # in a code block whose language is not known so far
    named: bool = False  # in an element that names the language of the code in it
    unclosed: set[str] = field(default_factory=set)

    def read(self, text: str) -> None:
        if not text:
            return
        self.text.append(text)
        if self.wordless and WORD.search(html.unescape(text)):
            self.wordless = False
            self.found.headings += 1

    def close(self, name: str) -> None:
        if name in HEADINGS:
            self.wordless = False
        elif name == "pre":
            self.nameless = False
        elif name in ("div", "code"):
            self.named = False

    def open(self, name: str, rest: str) -> None:
        found = self.found
        match name:
            case "table":
                found.tables += 1
            case "tr":
                found.rows += 1
            case "li":
                found.list_items += 1
            case "iframe":
                found.frames += 1
            case "audio" | "video":
                found.recordings += 1
            case "a" | "area":
                found.links += leads_somewhere(rest)
            case "img":
                self.see_picture(attributes(rest))
            case "pre" | "code" | "div":
                self.see_code(name, rest)
            case _ if name in HEADINGS:
                self.wordless = True
        if "id=" in rest or "ID=" in rest:
            self.see_note(attributes(rest).get("id", ""))

    def pass_over(self, body: str, at: int, name: str) -> int:
        """Where the text of such an element ends."""
        end = None if name in self.unclosed else END[name].search(body, at)
        if end is None and name == "svg":  # any other element ends it
            self.unclosed.add(name)
            return at
        until = end.start() if end else len(body)
        if name in VERBATIM:
            self.read(body[at:until])
        return until

    def see_picture(self, given: dict[str, str]) -> None:
        address, waits = address_of(given)
        if is_pixel(given) or not address or (NOWHERE.match(address) and len(address) <= SPACER):
            return
        if address != self.picture:
            self.found.images += 1
        self.picture = address if waits else ""

    def see_code(self, name: str, rest: str) -> None:
        named = names_language(rest) if "=" in rest else False
        if name == "pre":
            self.found.code_blocks += 1
            self.found.languages += named or self.named
            self.nameless = not (named or self.named)
        elif self.nameless and name == "code":
            self.found.languages += named
            self.nameless = not named
        elif named:
            self.named = True

    def see_note(self, name: str) -> None:
        if NOTE.fullmatch(name):
            self.notes.add(name)

    def whole(self) -> Inventory:
        words = WORD.findall(html.unescape("".join(self.text)))
        self.found.words, self.found.letters = len(words), sum(map(len, words))
        self.found.footnotes = len(self.notes)
        return self.found


def inventory(body: str) -> Inventory:
    """What an HTML body holds. What nobody is meant to see is not counted: scripts, styles, comments, tracking pixels,
    and the second copy of a picture for readers without scripts."""
    count = Count()
    at = 0
    while start := OPENING.search(body, at):
        mark, name, _ = start.groups()
        if begin := start.start() - at:
            count.read(body[at : at + begin])
        if name is None:
            at = after_comment(body, start)
            continue
        rest = REST.match(body, start.end())
        if rest is None:
            # Cut off, or a quotation mark is missing: browsers show nothing of what follows, but somebody wrote it.
            at = len(body)
            count.read(ANY_TAG.sub(" ", body[start.end() :].partition(">")[2]))
            break
        at, name, said = rest.end(), name.lower(), rest[1]
        if name not in INLINE:
            count.text.append(" ")
        if mark:
            count.close(name)
        elif said or name in COUNTED:
            count.open(name, said)
        if name in END and not mark and not said.endswith("/"):
            at = count.pass_over(body, at, name)
    count.read(body[at:])
    return count.whole()


def after_comment(body: str, start: re.Match[str]) -> int:
    closing = "-->" if start[3] == "!--" else ">"
    end = body.find(closing, start.end())
    return len(body) if end < 0 else end + len(closing)


def leads_somewhere(rest: str) -> bool:
    address = attributes(rest).get("href", "").strip()
    return bool(address) and not NOWHERE.match(address)


def address_of(given: dict[str, str]) -> tuple[str, bool]:
    """A picture's address, as a page would come to load it; whether it waits for a script."""
    waiting = [given[name].strip() for name in LAZY if given.get(name, "").strip()]
    sets = [one.split(",")[-1].split()[0] for name in SETS[:2] if (one := given.get(name, "").strip(" ,"))]
    src = given.get("src", "").strip()
    return next(iter(waiting), "") or src or next(iter(sets), ""), bool(waiting)


def names_language(rest: str) -> bool:
    given = attributes(rest)
    said = LANGUAGE.search(given.get("class", ""))
    name = given.get("data-language") or given.get("data-lang") or (said[1] if said else "")
    return name.strip().lower() not in NO_LANGUAGE


# -- what became less ----------------------------------------------------------------------------


def losses(source: Inventory, result: Inventory) -> tuple[str, ...]:
    """What the result lacks of the source, a sentence for each kind of thing."""
    lacking = {name: getattr(source, name) - getattr(result, name) for name in NAMES}
    letters = source.letters - result.letters
    lacking["words"] = max(1, lacking["words"]) if letters > 0 else 0
    return tuple(
        sentence(name, number, getattr(source, name))
        for name, number in lacking.items()
        if number > 0 and lacking.get(NAMES[name].within, 0) <= 0
    )


def told_once(source: Inventory, result: Inventory, told: Sequence[str]) -> tuple[str, ...]:
    """All that the result lacks: what the renderer told of, and what else became less."""
    missing = Inventory(
        frames=sum(one.startswith(FRAME_TOLD) for one in told),
        links=sum(one.startswith(LINK_TOLD) for one in told),
    )
    return *told, *losses(source.changed_by(missing, Inventory()), result)


def sentence(name: str, number: int, of: int) -> str:
    if name == "languages":
        return f"The language of {number} code block{'' if number == 1 else 's'} is missing."
    one, many = NAMES[name].one, NAMES[name].many
    if number >= of:
        return f"The only {one} is missing." if of == 1 else f"All {of} {many} are missing."
    return f"{number} of {of} {many} {'is' if number == 1 else 'are'} missing."
