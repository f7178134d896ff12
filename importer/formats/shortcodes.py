"""shortcodes: WordPress' own for captions, galleries, players and code become HTML; all others stay as text and are named."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from importer.formats.players import player, player_or_link
from importer.formats.verbatim import Ends, outside_verbatim


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of the source's media library."""

    url: str
    alt: str = ""
    caption: str = ""
    parent: str = ""  # the number of the post that it was uploaded to
    order: int = 0


@dataclass(frozen=True, slots=True)
class Library:
    """What bodies refer to by number."""

    attachments: Mapping[str, Attachment] = field(default_factory=dict)
    by_parent: Mapping[str, Sequence[str]] = field(default_factory=dict)  # pictures, in their order
    patterns: Mapping[str, str] = field(default_factory=dict)  # texts that several posts share


ANY = re.compile(r"(?P<before>\[?)\[(?P<name>[a-zA-Z][\w-]*+)(?P<rest>(?:[\s=/][^\[\]]*+)?)\](?P<after>\]?)")
GIVEN = re.compile(
    r"(?P<name>[\w-]++)\s*=\s*(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'|(?P<bare>[^\s\"']++))"
    r"|(?P<word>\"[^\"]*+\"|'[^']*+'|\S++)"
)
PICTURE = re.compile(
    r"\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a\s*>)?)(?P<text>.*)\Z", re.IGNORECASE | re.DOTALL
)
CODE = re.compile(r"(?<!\[)\[(?P<name>code|sourcecode)(?P<rest>(?:\s[^\[\]]*+)?)\]", re.IGNORECASE)
LONGEST = 20_000  # characters between the brackets of one shortcode
MOST_PICTURES = 5_000  # in the galleries of one body
SURE = re.compile(r"[-_]|\d")  # in a name: brackets around a plain word may be the author's own


def attributes_of(rest: str) -> dict[str, str]:
    """The named values, and under "" the first one without a name."""
    found: dict[str, str] = {}
    for one in GIVEN.finditer(rest.strip().removesuffix("/").removeprefix("=")):
        if one["name"]:
            found.setdefault(
                one["name"].lower(),
                next((one[kind] for kind in ("double", "single", "bare") if one[kind] is not None), ""),
            )
        else:
            found.setdefault("", one["word"].strip("\"'"))
    return found


def expanded(markup: str, library: Library, post: str) -> tuple[str, tuple[str, ...]]:
    """The body with its shortcodes as HTML, and the names of those that stay as text."""
    todo = Todo(library, post)
    return outside_verbatim(with_listings(markup), todo.walked), tuple(todo.unknown)


def with_listings(markup: str) -> str:
    """The body with the code that stands between [code] and [/code] as listings, whatever the code looks like."""
    ends, pieces, at = Ends(markup), [], 0
    while found := CODE.search(markup, at):
        end_mark = f"[/{found['name'].lower()}]"
        end = (
            ends.after(end_mark, found.end())
            if len(ends.text) == len(markup)
            else markup.find(end_mark, found.end())
        )
        if end < 0:
            pieces.append(markup[at : found.end()])
            at = found.end()
        else:
            pieces += [markup[at : found.start()], listing(found["rest"], markup[found.end() : end])]
            at = end + len(end_mark)
    return "".join([*pieces, markup[at:]])


def listing(rest: str, inner: str) -> str:
    """Code as its author typed it, or as the editor escaped it already."""
    given = attributes_of(rest)
    text = inner.strip("\r\n")
    if "<" in text or not re.search(r"&(?:lt|gt|amp|quot|#\d+);", text):
        text = html.escape(text, quote=False)
    language = re.sub(r"[^\w+#.-]", "", given.get("language") or given.get("lang") or "")
    kind = f' class="language-{language.lower()}"' if language else ""
    return f"\n\n<pre><code{kind}>{text}</code></pre>\n\n"


@dataclass(slots=True)
class Todo:
    """The shortcodes of one body: what they refer to, how many pictures may come yet, which stay as text."""

    library: Library
    post: str
    pictures: int = MOST_PICTURES
    unknown: dict[str, None] = field(default_factory=dict)

    def walked(self, text: str) -> str:
        """One stretch of text, shortcode by shortcode."""
        pieces, at, ends = [], 0, Ends(text)
        while found := ANY.search(text, at):
            start, stop = found.start() + len(found["before"]), found.end() - len(found["after"])
            if found["before"] and found["after"]:  # [[gallery]] shows what a shortcode looks like
                pieces.append(text[at : found.start()] + text[start:stop])
                at = found.end()
                continue
            end = ends.after(f"[/{found['name'].lower()}]", stop) if len(ends.text) == len(text) else -1
            has_end = end >= 0 and not found["rest"].endswith("/")
            shown = self.html_of(found["name"].lower(), found["rest"], text[stop:end] if has_end else "")
            pieces.append(text[at:start])
            at = stop if shown is None or not has_end else end + len(found["name"]) + 3
            pieces.append(text[start:stop] if shown is None else shown)
            if shown is None and ("=" in found["rest"] or has_end or SURE.search(found["name"])):
                self.unknown.setdefault(found["name"].lower(), None)
        return "".join([*pieces, text[at:]])

    def html_of(self, name: str, rest: str, inner: str) -> str | None:
        """The shortcode's HTML; None where it stays as text."""
        if name not in KNOWN or len(rest) > LONGEST:
            return None
        given = attributes_of(rest)
        if name in ("caption", "wp_caption"):
            return caption(given, inner)
        if name == "gallery":
            return self.gallery(given)
        if name in ("audio", "video"):
            return sound_or_film(name, given, self.library)
        return embedded(name, given, inner)

    def gallery(self, given: Mapping[str, str]) -> str | None:
        """The pictures that it names, else those that were uploaded to the post; None where none of them is known."""
        named = given.get("ids") or given.get("include") or ""
        left_out = set(re.findall(r"\d+", given.get("exclude", "")))
        numbers = re.findall(r"\d+", named) or self.library.by_parent.get(given.get("id", self.post), ())
        known = self.library.attachments
        pictures = [known[number] for number in numbers if number in known and number not in left_out]
        self.pictures -= len(pictures)
        return "\n\n" + "\n".join(map(figure, pictures)) + "\n\n" if pictures and self.pictures >= 0 else None


def caption(given: Mapping[str, str], inner: str) -> str | None:
    picture = PICTURE.match(inner)
    if not picture:
        return None
    words = (given.get("caption") or picture["text"]).strip()
    # A break in it stays; a blank line would part the paragraph that it is not.
    said = re.sub(r"\s*\n\s*", "<br>", words)
    return f"\n\n<figure>{picture[1]}{f'<figcaption>{said}</figcaption>' if said else ''}</figure>\n\n"


def figure(picture: Attachment) -> str:
    said = re.sub(r"\s*\n\s*", "<br>", picture.caption.strip())
    shown = f'<img src="{html.escape(picture.url)}" alt="{html.escape(picture.alt)}">'
    return f"<figure>{shown}{f'<figcaption>{said}</figcaption>' if said else ''}</figure>"


def sound_or_film(name: str, given: Mapping[str, str], library: Library) -> str | None:
    kinds = (
        ("src", "mp3", "m4a", "ogg", "wav", "flac")
        if name == "audio"
        else ("src", "mp4", "m4v", "webm", "ogv", "flv")
    )
    by_number = library.attachments.get(given.get("id", ""))
    address = next(filter(None, map(given.get, kinds)), given.get("", "")) or (
        by_number.url if by_number else ""
    )
    # An old way to write it put titles and the like behind a bar.
    address = html.unescape(address).partition("|")[0].strip()
    if not re.match(r"https?://|/", address):
        return None
    shown = player(address) or f'<{name} controls src="{html.escape(address)}"></{name}>'
    return f"\n\n{shown}\n\n"


def embedded(name: str, given: Mapping[str, str], inner: str) -> str | None:
    """A player from the address or the number that it names."""
    said = html.unescape(
        inner.strip() or given.get("src") or given.get("url") or given.get("id") or given.get("", "")
    )
    address = said if re.match(r"https?://", said) else ADDRESSES[name](said)
    if not address or re.search(r"\s", address):
        return None
    return (
        f"\n\n{player_or_link(address)}\n\n"
        if name == "embed"
        else (f"\n\n{player(address)}\n\n" if player(address) else None)
    )


ADDRESSES: Mapping[str, Callable[[str], str]] = {
    "embed": lambda said: "",
    "youtube": lambda said: f"https://youtu.be/{said}" if said else "",
    "vimeo": lambda said: f"https://vimeo.com/{said}" if said else "",
    "dailymotion": lambda said: f"https://dai.ly/{said}" if said else "",
    "ted": lambda said: f"https://www.ted.com/talks/{said}" if said else "",
    "spotify": lambda said: "",
    "soundcloud": lambda said: "",
}
KNOWN = frozenset({"caption", "wp_caption", "gallery", "audio", "video", *ADDRESSES})
