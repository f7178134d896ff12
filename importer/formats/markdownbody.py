"""markdownbody: what generators write into Markdown beside Markdown (shortcodes, Liquid) becomes Markdown; code is left alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from html import escape

from importer.documents.bundles import MARKDOWN, Names

FENCE = re.compile(r" {0,3}(`{3,}|~{3,})([^\n]*)$")
CODE_SPAN = re.compile(r"(?<!`)(`{1,8})(?!`)(?:[^`]|`(?!\1))*?(?<!`)\1(?!`)")
# A shortcode of Hugo; the two kinds of brackets mean the same to a reader. /* … */ inside shows it unrun.
SHORTCODE = re.compile(
    r"\{\{(?P<open>[<%])\s*+(?P<end>/?)\s*+(?P<name>\w[\w/.-]{0,59})(?P<rest>[^{}]{0,2000}?)[>%]\}\}"
)
SHOWN = re.compile(r"\{\{([<%])/\*([^{}]{0,500}?)\*/([>%])\}\}")
# Marks that come in pairs; what stands between them is found by walking along, never by one pattern over all of it.
HUGO_LISTING = re.compile(
    r"\{\{[<%]\s*+(?:(?P<close>/\s*+highlight)|highlight\s++\"?(?P<language>[\w+#.-]*+))[^{}]*+\}\}"
)
LIQUID_LISTING = re.compile(
    r"\{%-?\s*+(?:(?P<close>endhighlight)|highlight\s++(?P<language>[\w+#.-]*+))[^{}]*+\}"
)
RAW = re.compile(r"\{%-?\s*+(?:raw|(?P<close>endraw))\s*+-?%\}")
COMMENT = re.compile(r"\{%-?\s*+(?:comment|(?P<close>endcomment))\s*+-?%\}")
LIQUID = re.compile(r"\{%-?\s*+(?P<name>\w{1,60})(?P<rest>[^{}]{0,2000}?)-?%\}")
SITE_ADDRESS = re.compile(r"\{\{-?\s*site\.(?:baseurl|url)\s*(?:\|[^{}]*)?-?\}\}")
FILTERED = re.compile(
    r"\{\{-?\s*[\"']([^\"'{}]*)[\"']\s*\|\s*(?:relative_url|absolute_url|url|relURL|absURL)[^{}]*\}\}"
)
KRAMDOWN = re.compile(r"^[ \t]*\{:[^{}\n]*\}[ \t]*\n?|\{:\s*[.#:\w][^{}\n]*\}", re.MULTILINE)
EMBEDDED = re.compile(
    r"!\[\[([^\[\]|\n]+\.(?:png|jpe?g|gif|webp|avif|bmp))(?:\|([^\[\]\n]*))?\]\]", re.IGNORECASE
)
ARGUMENT = re.compile(
    r"(?:(?P<name>[\w-]+)\s*=\s*)?(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|`(?P<back>[^`]*)`|(?P<bare>[^\s\"'`=]+))"
)
ID = re.compile(r"[\w-]{1,60}")
MOST_NAMED = 10


@dataclass(slots=True)
class Around:
    """What a body needs to know of where it stands, and what is to be said of it."""

    names: Names = field(default_factory=Names)  # of the bundle's files
    liquid: bool = False  # whether its generator runs {% … %} even in listings
    unknown: dict[str, None] = field(default_factory=dict)

    def sentences(self) -> list[str]:
        return [
            f"{shown[:80]} means something to the program that made the site only; it stands in the text as it is."
            for shown in list(self.unknown)[:MOST_NAMED]
        ]


def converted(body: str, around: Around) -> str:
    """The body as plain Markdown."""
    body = listings(LIQUID_LISTING, listings(HUGO_LISTING, body))
    return "".join(
        fenced_piece(piece, around) if fenced else prose(piece, around) for fenced, piece in stretches(body)
    )


def fenced_piece(piece: str, around: Around) -> str:
    return joined(between(RAW, piece)) if around.liquid else piece


def between(
    marks: re.Pattern[str], text: str, apart: Collection[int] = ()
) -> Iterator[tuple[re.Match[str] | None, str]]:
    """The text in turn: what stands outside of a pair of marks (None), and inside (its opening mark).

    Marks on the lines that begin at the places `apart` are none.
    """
    at, opened = 0, None
    for found in marks.finditer(text):
        if apart and text.rfind("\n", 0, found.start()) + 1 in apart:
            continue
        if found["close"] is None:
            opened = opened or found
        elif opened is not None:
            yield None, text[at : opened.start()]
            yield opened, text[opened.end() : found.start()]
            at, opened = found.end(), None
    yield None, text[at:]


def joined(pieces: Iterator[tuple[re.Match[str] | None, str]]) -> str:
    return "".join(piece for _, piece in pieces)


def listings(marks: re.Pattern[str], text: str) -> str:
    return "".join(
        listing(mark["language"], piece) if mark else piece for mark, piece in between(marks, text)
    )


def listing(language: str, code: str) -> str:
    """A listing in a fence longer than any in it."""
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall(r"`{3,}", code)), default=0))
    return f"\n{fence}{language}\n{code.removeprefix(chr(10)).rstrip()}\n{fence}\n"


def prose(text: str, around: Around) -> str:
    """A stretch without fenced listings; code in its lines, and what is marked as raw, is left alone."""
    pieces: list[str] = []
    for raw, piece in between(RAW, text):
        at = 0
        for span in CODE_SPAN.finditer(piece) if raw is None else ():
            pieces += [rewritten(piece[at : span.start()], around), span[0]]
            at = span.end()
        pieces.append(rewritten(piece[at:], around) if raw is None else piece)
    return "".join(pieces)


def rewritten(text: str, around: Around) -> str:
    if "{" in text:
        text = "".join(piece for mark, piece in between(COMMENT, text) if mark is None)
        text = FILTERED.sub(r"\1", SITE_ADDRESS.sub("", text))
        text = SHORTCODE.sub(lambda found: shortcode(found, around), text)
        text = LIQUID.sub(lambda found: liquid(found, around), text)
        text = SHOWN.sub(r"{{\\\1\2\3}}", KRAMDOWN.sub("", text))
    return EMBEDDED.sub(r"![\2](<\1>)", text)


def stretches(body: str) -> Iterator[tuple[bool, str]]:
    """The body in turn as listings with their fences (True) and what stands between them (False)."""
    gathered: list[str] = []
    fence = ""
    for line in body.splitlines(keepends=True):
        mark = FENCE.match(line.rstrip("\n"))
        if not fence and mark and not ("`" in mark[1] and "`" in mark[2]):
            yield False, "".join(gathered)
            gathered, fence = [line], mark[1]
            continue
        gathered.append(line)
        if fence and mark and mark[1][0] == fence[0] and len(mark[1]) >= len(fence) and not mark[2].strip():
            yield True, "".join(gathered)
            gathered, fence = [], ""
    yield bool(fence), "".join(gathered)


# -- shortcodes ----------------------------------------------------------------------------------


def arguments(rest: str) -> tuple[list[str], dict[str, str]]:
    """The unnamed and the named arguments."""
    places: list[str] = []
    named: dict[str, str] = {}
    for found in ARGUMENT.finditer(rest):
        value = next(
            (found[kind] for kind in ("double", "single", "back", "bare") if found[kind] is not None), ""
        )
        if found["name"]:
            named[found["name"].lower()] = value
        else:
            places.append(value)
    return places, named


def shortcode(found: re.Match[str], around: Around) -> str:
    if not found["end"] and (make := SHORTCODES.get(found["name"].lower())):
        made = make(*arguments(found["rest"].strip().removesuffix("/")))
        if made:
            return made
    if found["name"].lower() not in CLOSED_SILENTLY or not found["end"]:
        around.unknown.setdefault(
            f"{{{{{found['open']} {found['name']} {'>' if found['open'] == '<' else '%'}}}}}"
        )
        # Without the stroke a "<name>" in it would be taken for an element and vanish.
        return found[0].replace("<", "\\<", 1)
    return ""


def liquid(found: re.Match[str], around: Around) -> str:
    name, rest = found["name"], found["rest"].strip()
    if name in ("raw", "endraw"):
        return ""
    if name in ("post_url", "link") and rest:
        return member_address(rest.split()[0], name, around.names)
    if name in ("youtube", "vimeo") and (made := SHORTCODES[name](*arguments(rest))):
        return made
    around.unknown.setdefault(f"{{% {name} %}}")
    return found[0]


def member_address(target: str, tag: str, names: Names) -> str:
    """Where `post_url` and `link` lead: the file's own name, from the root, for whoever joins the posts later."""
    if tag == "link":
        return f"/{target.lstrip('/')}"
    stem = target.strip("/")
    folder, _, last = stem.rpartition("/")
    for kind in sorted(MARKDOWN):
        for name in names.ending_in(f"{last}{kind}"):
            if not folder or name.rpartition("/")[0].endswith(folder):
                return f"/{name}"
    return f"/_posts/{stem}.md"


def block(markup: str) -> str:
    return f"\n\n{markup}\n\n"


def youtube(places: list[str], named: dict[str, str]) -> str:
    found = (named.get("id") or next(iter(places), "")).rpartition("/")[2].rpartition("=")[2]
    frame = f'<iframe src="https://www.youtube-nocookie.com/embed/{found}" allowfullscreen></iframe>'
    return block(frame) if ID.fullmatch(found) else ""


def vimeo(places: list[str], named: dict[str, str]) -> str:
    found = named.get("id") or next(iter(places), "")
    return (
        block(f'<iframe src="https://player.vimeo.com/video/{found}" allowfullscreen></iframe>')
        if found.isdigit()
        else ""
    )


def figure(places: list[str], named: dict[str, str]) -> str:
    src = named.get("src") or next(iter(places), "")
    if not src:
        return ""
    sizes = "".join(
        f' {key}="{escape(named[key])}"' for key in ("width", "height") if named.get(key, "").isdigit()
    )
    picture = f'<img src="{escape(src)}" alt="{escape(named.get("alt", ""))}"{sizes}>'
    if named.get("link"):
        picture = f'<a href="{escape(named["link"])}">{picture}</a>'
    words = [f"<strong>{escape(named['title'], quote=False)}</strong>"] if named.get("title") else []
    words += [escape(named[key], quote=False) for key in ("caption", "attr") if named.get(key)]
    caption = f"<figcaption>{' '.join(words)}</figcaption>" if words else ""
    return block(f"<figure>{picture}{caption}</figure>")


def gist(places: list[str], named: dict[str, str]) -> str:
    return block(f"<https://gist.github.com/{places[0]}/{places[1]}>") if len(places) > 1 else ""


def tweet(places: list[str], named: dict[str, str]) -> str:
    user, number = named.get("user", "i"), named.get("id") or next(iter(places), "")
    return (
        block(f"<https://twitter.com/{user}/status/{number}>")
        if number.isdigit() and ID.fullmatch(user)
        else ""
    )


def instagram(places: list[str], named: dict[str, str]) -> str:
    found = named.get("id") or next(iter(places), "")
    return block(f"<https://www.instagram.com/p/{found}/>") if ID.fullmatch(found) else ""


def reference(places: list[str], named: dict[str, str]) -> str:
    """The file that is referred to, as written: whoever joins the posts later knows files by their names."""
    target = named.get("path") or next(iter(places), "")
    return target.replace(" ", "%20")


SHORTCODES: dict[str, Callable[[list[str], dict[str, str]], str]] = {
    "youtube": youtube,
    "vimeo": vimeo,
    "figure": figure,
    "gist": gist,
    "tweet": tweet,
    "twitter": tweet,
    "x": tweet,
    "instagram": instagram,
    "ref": reference,
    "relref": reference,
}
CLOSED_SILENTLY = frozenset({"figure"})
