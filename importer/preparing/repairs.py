"""repairs: what some sites' software spoils in every post is mended: a cover shown twice, a title given as alternative text."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from importer.identity import folded
from importer.media.finding import Shown, shown_in
from importer.media.rewriting import altered
from importer.preparing.bodies import attributes, in_start_tags, start_tags

TAGS = re.compile(r"<[^<>]*+>|&nbsp;|\s+")
SIZES = re.compile(r"/size/[wh]\d+(?:[wh]\d+)?(?:/format/\w+)?(?=/)|[-_](?:\d{2,5}x\d{2,5}|scaled)(?=\.\w+$)")
# An element that holds nothing but the picture goes with it.
SHELL = re.compile(r"<(?P<name>figure|p|a|div|picture)\b[^<>]*+>\s*+$", re.IGNORECASE)

SHELLS = 6  # around one picture


def without_repeated_cover(body: str, cover: str) -> str:
    """The body without the picture that opens it, where that is the cover and no caption stands under it."""
    first = next((one for one in list(shown_in(body)) if one.kind == "picture"), None) if cover else None
    if first is None or first.attribute != "src" or not is_same(first, cover):
        return body
    start, end = first.tag.span()
    if TAGS.sub("", body[:start]):
        return body
    for _ in range(SHELLS):
        start, end = shell(body, start, end)
    rest = body[end:]
    if re.match(r"\s*+<figcaption\b", rest, re.IGNORECASE):
        return body
    return body[:start] + rest.lstrip()


def is_same(shown: Shown, cover: str) -> bool:
    return one_form(cover) in {one_form(url) for url in (shown.url, *shown.others)}


def one_form(url: str) -> str:
    """The address without what says only how large the picture is wanted."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    # What the query names is another picture, unless the path names one already.
    query = "" if re.search(r"\.(?:jpe?g|png|webp|gif|avif)$", parts.path, re.IGNORECASE) else parts.query
    host = parts.netloc.lower().removeprefix("www.")
    return f"{host}{SIZES.sub('', unquote(parts.path))}?{query}"


def shell(body: str, start: int, end: int) -> tuple[int, int]:
    """The element that holds nothing but what stands from `start` to `end`, or these themselves."""
    opening = SHELL.search(body[max(0, start - 2000) : start])
    if opening is None:
        return start, end
    closing = re.compile(rf"\s*+</{opening['name']}\s*>", re.IGNORECASE).match(body, end)
    begin = max(0, start - 2000) + opening.start()
    return (begin, closing.end()) if closing else (start, end)


def says_title_everywhere(body: str, title: str) -> bool:
    """Whether every picture of the body has the post's title as its alternative text: none of them says what it shows."""
    said = [folded(attributes(tag["rest"]).get("alt", "")) for tag in pictures(body)]
    return bool(said) and bool(folded(title)) and all(alt == folded(title) for alt in said)


def without_title_as_alt(body: str, title: str) -> str:
    if not says_title_everywhere(body, title):
        return body
    return in_start_tags(
        body, lambda tag: altered(tag, {"alt": ""}) if tag["name"].lower() == "img" else tag[0]
    )


def pictures(body: str) -> list[re.Match[str]]:
    return [tag for tag in start_tags(body) if tag["name"].lower() == "img"]
