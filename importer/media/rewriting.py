"""rewriting: a body with the addresses of its pictures and recordings led to where they are stored here; pure."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from importer.media.finding import LAZY, SETS, Shown, shown_in
from importer.preparing.bodies import ATTRIBUTE, attributes, in_start_tags

# What is code shows addresses and loads nothing: fenced listings and code inside a line.
CODE = re.compile(
    r"^ {0,3}(?P<fence>`{3,}|~{3,})(?s:.)*?(?:^ {0,3}(?P=fence)[`~]*[ \t]*$|\Z)|(?<!`)(?P<ticks>`{1,9})(?!`)(?s:.){1,1000}?(?<!`)(?P=ticks)(?!`)",
    re.MULTILINE,
)
PICTURE = re.compile(
    r"(?P<before>!\[(?:[^\[\]\\]|\\.|\[[^\[\]]{0,300}+\]){0,1000}+\]\(\s{0,9})"
    r"(?:<(?P<closed>[^<>\n]{1,4000}+)>|(?P<bare>(?:[^\s()<>]|\([^\s()<>]{0,300}+\)){1,4000}+))"
)
DEFINITION = re.compile(
    r"^(?P<before> {0,3}\[[^\]\n]{1,300}+\]:[ \t]*)(?:<(?P<closed>[^<>\n]{1,4000}+)>|(?P<bare>[^\s<>]{1,4000}+))",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Stored:
    """Where something is stored here."""

    address: str
    width: int = 0  # pixels; 0 for recordings
    height: int = 0


Places = Mapping[str, Stored]  # by the address that the source gave


def rewritten(body: str, body_format: str, places: Places) -> str:
    """The body with every address that `places` knows led here; every other byte stays."""
    if not places:
        return body
    if body_format == "html":
        return in_html(body, places)
    return outside_code(body, lambda text: in_markdown(text, places))


def outside_code(body: str, change: Callable[[str], str]) -> str:
    parts, at = [], 0
    for code in CODE.finditer(body):
        parts += [change(body[at : code.start()]), code[0]]
        at = code.end()
    return "".join([*parts, change(body[at:])])


# -- HTML ----------------------------------------------------------------------------------------


def in_html(body: str, places: Places) -> str:
    changes: dict[int, dict[str, str | None]] = {}
    gone: set[int] = set()
    for one in list(shown_in(body)):
        stored = places.get(one.url)
        if stored is not None:
            changes.setdefault(one.tag.start(), {}).update(change_of(one, stored))
            gone.update(one.spare)
    if not changes:
        return body

    def write(tag: re.Match[str]) -> str:
        if tag.start() in gone:
            return ""
        return altered(tag, changes[tag.start()]) if tag.start() in changes else tag[0]

    return in_start_tags(body, write)


def change_of(one: Shown, stored: Stored) -> dict[str, str | None]:
    """The attributes that change; None takes one away."""
    if one.attribute != "src" or one.kind != "picture":
        return {one.attribute: stored.address}
    width, height = size_of(attributes(one.tag["rest"]), stored)
    taken: dict[str, str | None] = dict.fromkeys((*LAZY, *SETS, "sizes"))
    return {"src": stored.address, "width": str(width), "height": str(height)} | taken


def size_of(given: Mapping[str, str], stored: Stored) -> tuple[int, int]:
    """The size to show it in: as it is, or smaller where the source said so, in its own shape."""
    said = re.fullmatch(r"\s*([0-9]{1,5})(?:px)?\s*", given.get("width", ""))
    width = int(said[1]) if said else 0
    if not 0 < width < stored.width:
        return stored.width, stored.height
    return width, max(1, round(stored.height * width / stored.width))


def altered(tag: re.Match[str], given: Mapping[str, str | None]) -> str:
    """A start tag with these attributes; they come first, so that they count where one stands twice."""
    rest = ATTRIBUTE.sub(
        lambda found: found["before"].strip() if found["name"].lower() in given else found[0], tag["rest"]
    )
    new = "".join(f' {name}="{html.escape(value)}"' for name, value in given.items() if value is not None)
    return f"<{tag['name']}{new}{rest}>"


# -- Markdown ------------------------------------------------------------------------------------


def in_markdown(text: str, places: Places) -> str:
    known = {plain(url): stored for url, stored in places.items()}

    def lead(found: re.Match[str]) -> str:
        stored = known.get(plain(found["closed"] or found["bare"] or ""))
        return found[0] if stored is None else f"{found['before']}{stored.address}"

    return in_html(DEFINITION.sub(lead, PICTURE.sub(lead, text)), places)


def plain(address: str) -> str:
    """An address for comparing: renderers escape it in their own ways."""
    return unquote(html.unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", address.strip())))
