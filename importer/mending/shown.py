"""shown: the pictures and recordings that the rendered texts of many posts show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import Q

from importer.media.finding import shown_in
from importer.mending.scope import Scope
from importer.preparing.bodies import attributes

# What the renderer wrote: attributes stand in double quotes.
PICTURE = re.compile(r'<img(?P<rest>\s(?:[^>"]++|"[^"]*+")*+)>')
PLAYERS = ("<audio", "<video")
AT_ONCE = 200  # texts in memory


class Picture(NamedTuple):
    """One picture or recording of one post."""

    post: int
    src: str
    alt: str
    recording: bool = False
    has_alt: bool = True  # False: where it stands there is no place for one


def shown_by(scope: Scope) -> Iterator[Picture]:
    holding = Q(feed_html__contains="<img")
    for player in PLAYERS:
        holding |= Q(feed_html__contains=player)
    texts = scope.posts().filter(holding).order_by("pk").values_list("pk", "feed_html")
    for pk, page in texts.iterator(chunk_size=AT_ONCE):
        yield from shown_on(pk, page)


def shown_on(post: int, page: str) -> Iterator[Picture]:
    for tag in PICTURE.finditer(page):
        given = attributes(tag["rest"])
        if src := given.get("src", ""):
            yield Picture(post, src, given.get("alt", ""))
    if any(player in page for player in PLAYERS):
        for one in list(shown_in(page)):
            if one.url and (one.kind != "picture" or one.attribute == "poster"):
                yield Picture(post, one.url, "", recording=one.kind != "picture", has_alt=False)
