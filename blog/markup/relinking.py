"""relinking: what was rendered with other addresses in its links, without rendering again; nothing where that is not certain."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence

# Addresses that every parser and the gate leave as they are written, and that mean nothing on the page itself.
_THERE = re.compile(r"https?://[\w./~%+=?,;:@!-]+")
_HERE = re.compile(r"/[\w./~%+=?,;:@!-]*")


def relinked(
    body: str, renderings: Sequence[str], links: Mapping[str, tuple[str, int]]
) -> tuple[str, ...] | None:
    """The renderings of an HTML body as they would be with these of its links led to a page of ours.

    `links`: an absolute address → where it leads from now on, and how many links of the body lead there. Rendering keeps such an
    address as it is, and asks nothing of it but whether it stays on the page, which neither does. So it is certain wherever the
    address stands nowhere else, in the body or in what became of it: then each time is one of those links. None otherwise.
    """
    read = html.unescape(body)
    found = list(renderings)
    for old, (new, times) in links.items():
        if not (_THERE.fullmatch(old) and _HERE.fullmatch(new)):
            return None
        if not body.count(old) == read.count(old) == times:
            return None
        link = f'href="{old}"'
        if any(not one.count(old) == one.count(link) == times for one in found):
            return None
        found = [one.replace(link, f'href="{new}"') for one in found]
    return tuple(found)
