"""finding: the pictures and recordings that a body shows, each with the other addresses it may be had at; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from importer.addresses import absolute
from importer.entry import Enclosure
from importer.preparing.bodies import attributes, start_tags

Kind = Literal["picture", "cover", "audio", "video"]
LAZY = ("data-src", "data-lazy-src", "data-original")  # in the order in which the renderer takes them
SETS = ("srcset", "data-srcset", "data-lazy-srcset")
PLAYED = {
    "mp3": "audio",
    "m4a": "audio",
    "ogg": "audio",
    "opus": "audio",
    "wav": "audio",
    "mp4": "video",
    "webm": "video",
}
MOST_PLAYERS = 10  # that attachments add to one post
LONGEST = 4000  # characters of an address


@dataclass(slots=True)
class Shown:
    """One thing that a body shows."""

    kind: Kind
    url: str  # as the page would load it
    tag: re.Match[str]  # holds the address
    others: list[str] = field(default_factory=list)  # the same in other sizes or forms, best first
    spare: list[int] = field(default_factory=list)  # where tags begin that offer those
    attribute: str = "src"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing to be made local."""

    kind: Kind
    url: str
    others: tuple[str, ...] = ()


def shown_in(html: str) -> Iterator[Shown]:
    """What an HTML body shows, in its order."""
    frame: Shown | None = None  # the recording whose sources are being read
    sources: list[re.Match[str]] = []  # of the picture that is being read
    for tag in start_tags(html):
        match tag["name"].lower():
            case "picture":
                frame, sources = None, []
            case "source" if frame is not None:
                _add_source(frame, tag)
            case "source":
                sources.append(tag)
            case "img":
                frame = None
                yield _picture(tag, sources)
                sources = []
            case "audio" | "video" as name:
                given = attributes(tag["rest"])
                if poster := given.get("poster", "").strip():
                    yield Shown("picture", poster, tag, attribute="poster")
                frame = Shown("audio" if name == "audio" else "video", given.get("src", "").strip(), tag)
                yield frame  # its sources are added while the caller goes on: read it after the last one


def _picture(tag: re.Match[str], sources: Sequence[re.Match[str]]) -> Shown:
    given = attributes(tag["rest"])
    sets = [candidates(given[name]) for name in SETS if name in given]
    waiting = [given[name].strip() for name in LAZY if given.get(name, "").strip()]
    src = given.get("src", "").strip()
    last = [one.split(",")[-1].split()[0] for name in SETS[:2] if (one := given.get(name, "").strip(" ,"))]
    url = next(iter(waiting), "") or src or next(iter(last), "")
    others = [one for found in sets for one in found]
    for source in sources:
        offered = attributes(source["rest"])
        others += [one for name in SETS if name in offered for one in candidates(offered[name])]
    return Shown("picture", url, tag, _besides(url, [*others, src]), [source.start() for source in sources])


def _besides(url: str, others: Sequence[str]) -> list[str]:
    return [one for one in dict.fromkeys(others) if one and one != url and not one.startswith("data:")]


def _add_source(frame: Shown, tag: re.Match[str]) -> None:
    src = attributes(tag["rest"]).get("src", "").strip()
    if not frame.url:
        frame.url, frame.tag = src, tag
    else:
        frame.others = _besides(frame.url, [*frame.others, src])
        frame.spare.append(tag.start())


def candidates(srcset: str) -> list[str]:
    """The addresses of a srcset, the largest first."""
    found: list[tuple[float, str]] = []
    for part in re.split(r",(?=\s)|(?<=\d[wx]),", srcset):
        words = part.split()
        if words:
            size = re.fullmatch(r"([0-9.]{1,9})[wx]", words[1]) if len(words) > 1 else None
            found.append((_number(size[1]) if size else 1.0, words[0].strip(",")))
    return [address for _, address in sorted(found, key=lambda one: -one[0])]


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 1.0


def wanted_of(page: str, body: str, cover: str, local: str) -> list[Wanted]:
    """What a post shows that is not stored under `local`: `page` is its body as rendered, `body` as it was written."""
    others = {one.url: one.others for one in list(shown_in(body))}
    found = [Wanted("cover", cover)] if cover else []
    for one in list(shown_in(page)):
        if one.url and not one.url.startswith((local, "data:")) and len(one.url) <= LONGEST:
            more = _besides(one.url, [*others.get(one.url, ()), *one.others])
            found.append(Wanted(one.kind, one.url, tuple(more[:8])))
    return list({(one.kind, one.url): one for one in found}.values())


# -- attachments ---------------------------------------------------------------------------------


def with_players(body: str, enclosures: Sequence[Enclosure]) -> str:
    """The body with a player at its end for each attached recording that it does not show yet."""
    players = []
    for enclosure in enclosures:
        url, kind = absolute(enclosure.url), played_as(enclosure)
        if url and kind and not _is_named(url, body):
            players.append(f'<{kind} controls src="{_escaped(url)}"></{kind}>')
    players = list(dict.fromkeys(players))[:MOST_PLAYERS]
    if not players:
        return body
    return "\n\n".join([*([body.rstrip("\n")] if body else []), *players]) + "\n"


def played_as(enclosure: Enclosure) -> str:
    """ "audio", "video", or "" for what is not played."""
    kind = enclosure.media_type.lower().partition("/")[0]
    if kind in ("audio", "video"):
        return kind
    try:
        ending = urlsplit(enclosure.url).path.rpartition(".")[2].lower()
    except ValueError:
        return ""
    return PLAYED.get(ending, "") if kind in ("", "application") else ""


def _is_named(url: str, body: str) -> bool:
    return url in body or _escaped(url) in body


def _escaped(url: str) -> str:
    return url.replace("&", "&amp;").replace('"', "&quot;").replace("<", "%3C").replace(">", "%3E")
