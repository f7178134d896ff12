"""rewriting: the links of a body, HTML or Markdown, found and led elsewhere; code and every other byte stay; pure."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator

from importer.preparing.bodies import ATTRIBUTE, START_TAG, value_of

FENCE = re.compile(r" {0,3}(`{3,}|~{3,})([^\n]*)")
CODE_SPAN = re.compile(
    r"(?<!`)(?P<ticks>`{1,8})(?!`)(?:[^`]++|(?!(?<!`)(?P=ticks)(?!`))`)*?(?<!`)(?P=ticks)(?!`)"
)
# Markdown's own links: [words](address "title"), [name]: address, <address>.
INLINE = re.compile(
    r"(?P<before>\]\([ \t]*+)(?:<(?P<pointed>[^<>\n]*+)>|(?P<bare>[^\s()<>]++(?:\([^\s()<>]*+\)[^\s()<>]*+)*+))"
)
DEFINITION = re.compile(
    r"^(?P<before> {0,3}\[[^\]\n]{1,999}\]:[ \t]*+)(?:<(?P<pointed>[^<>\n]*+)>|(?P<bare>[^\s<>]++))",
    re.MULTILINE,
)
AUTOLINK = re.compile(r"<(?P<address>https?://[^\s<>\"]++)>", re.IGNORECASE)
LINKING = frozenset({"a", "area"})
Lead = Callable[[str], str | None]  # an address as it is meant → where it is to lead, None: as it is


def addresses_in(body: str, body_format: str) -> list[str]:
    """The addresses that its links lead to, as they are meant (entities undone), each once."""
    found: dict[str, None] = {}

    def note(address: str) -> None:
        found.setdefault(address)

    led(body, body_format, note)
    return list(found)


def led(body: str, body_format: str, lead: Lead) -> str:
    """The body with those links changed that `lead` gives another address."""
    if body_format == "html":
        return html_led(body, lead)
    return "".join(piece if code else prose_led(piece, lead) for code, piece in pieces(body))


def html_led(text: str, lead: Lead) -> str:
    def changed(tag: re.Match[str]) -> str:
        if tag["name"].lower() not in LINKING:
            return tag[0]
        return f"<{tag['name']}{ATTRIBUTE.sub(attribute, tag['rest'])}>"

    def attribute(found: re.Match[str]) -> str:
        new = lead(value_of(found).strip()) if found["name"].lower() == "href" else None
        return found[0] if new is None else f'{found["before"]}{found["name"]}="{html.escape(new)}"'

    # Nothing begins after the last ">": looked for there, each "<" would cost the whole rest.
    end = text.rfind(">") + 1
    return START_TAG.sub(changed, text[:end]) + text[end:]


def prose_led(text: str, lead: Lead) -> str:
    """A stretch of Markdown without code."""

    def destination(found: re.Match[str]) -> str:
        written = found["pointed"] if found["pointed"] is not None else found["bare"]
        new = lead(html.unescape(written).strip())
        return found[0] if new is None else f"{found['before']}{new}"

    def autolink(found: re.Match[str]) -> str:
        new = lead(html.unescape(found["address"]))
        return found[0] if new is None else f"[{found['address']}]({new})"

    text = html_led(text, lead) if "<" in text else text
    return AUTOLINK.sub(autolink, DEFINITION.sub(destination, INLINE.sub(destination, text)))


def pieces(body: str) -> Iterator[tuple[bool, str]]:
    """A Markdown body in turn as code (True) and what stands between it (False)."""
    for fenced, stretch in stretches(body):
        if fenced:
            yield True, stretch
            continue
        at = 0
        for span in CODE_SPAN.finditer(stretch):
            yield False, stretch[at : span.start()]
            yield True, span[0]
            at = span.end()
        yield False, stretch[at:]


def stretches(body: str) -> Iterator[tuple[bool, str]]:
    """Fenced listings with their fences (True) and what stands between them (False)."""
    gathered: list[str] = []
    fence = ""
    for line in body.splitlines(keepends=True):
        mark = FENCE.match(line)
        if not fence and mark and not ("`" in mark[1] and "`" in mark[2]):
            yield False, "".join(gathered)
            gathered, fence = [line], mark[1]
            continue
        gathered.append(line)
        if fence and mark and mark[1].startswith(fence) and not mark[2].strip():
            yield True, "".join(gathered)
            gathered, fence = [], ""
    yield bool(fence), "".join(gathered)
