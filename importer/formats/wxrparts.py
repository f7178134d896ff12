"""wxrparts: a WordPress export cut into its head and its items while it streams by; only one item is held at a time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from importer.errors import SourceUnusable
from importer.formats.scan import refuse_entities

LONGEST = 20_000_000  # characters of one item, or of all that stands before the first
SHOWN = 5_000  # what is kept of an item that is too long, to find its title in
MARK = re.compile(
    r"<(?:(?P<cdata>!\[CDATA\[)|(?P<comment>!--)|(?P<entity>!ENTITY)|(?P<item>item[\s>])|(?P<end>/item\s*>)|(?P<close>/rss\s*>))"
)
CUT_MARK = 12  # a mark may be cut in two by the end of a piece


@dataclass(frozen=True, slots=True)
class Part:
    """The head (`is_head`: all before the first item) or one item. `complete`: its end was seen."""

    text: str
    complete: bool = True
    is_head: bool = False
    too_long: bool = False  # `text` is then no more than its beginning


class Splitter:
    """Follows the text and remembers where it is: in a comment or CDATA section, in an item, before the first.

    `parts` raises SourceUnusable where entities are defined. Afterwards `closed` says whether the document's end was seen.
    """

    def __init__(self) -> None:
        self.text, self.at, self.start = "", 0, 0
        self.until = ""  # what ends the CDATA section or the comment in hand
        self.in_item = self.seen_item = self.closed = False
        self.beginning = ""  # of an item that is too long to be held

    def parts(self, pieces: Iterable[str]) -> Iterator[Part]:
        for piece in pieces:
            self.text = self.text[self.start :] + piece
            self.at, self.start = self.at - self.start, 0
            while part := self.next_part():
                if part.text:
                    yield part
            self.spare()
        if self.in_item or not self.seen_item:
            yield self.cut(len(self.text), complete=False)

    def next_part(self) -> Part | None:
        """The next part that is whole; None where more text is needed."""
        while self.past_section() and (mark := MARK.search(self.text, self.at)):
            self.at = mark.end()
            if mark["cdata"] or mark["comment"]:
                self.until = "]]>" if mark["cdata"] else "-->"
            elif mark["entity"]:
                refuse_entities(self.text, mark.start())
            elif mark["item"]:
                part = self.cut(mark.start(), complete=True)
                self.start, self.in_item, self.seen_item = mark.start(), True, True
                return part
            elif mark["close"]:
                self.closed = self.closed or not self.in_item
            elif self.in_item:
                part = self.cut(mark.end(), complete=True)
                self.start, self.in_item = mark.end(), False
                return part
        if not self.until:
            self.at = max(self.at, len(self.text) - CUT_MARK)
        return None

    def past_section(self) -> bool:
        """Go behind the CDATA section or comment in hand; whether its end is in the text."""
        if self.until:
            end = self.text.find(self.until, self.at)
            if end < 0:
                self.at = max(self.at, len(self.text) - 2)
                return False
            self.at, self.until = end + 3, ""
        return True

    def cut(self, stop: int, *, complete: bool) -> Part:
        """What has been gathered, up to `stop`; what stands between two items is nothing."""
        is_head = not self.seen_item
        if not self.in_item and not is_head:
            return Part("")
        if self.beginning:
            part = Part(self.beginning, complete, is_head, too_long=True)
        else:
            part = Part(self.text[self.start : stop], complete, is_head)
        self.beginning = ""
        return part

    def spare(self) -> None:
        """Let go of what is not needed: what stands between items, and the middle of what is too long."""
        if self.seen_item and not self.in_item:
            self.start = self.at
        elif len(self.text) - self.start > LONGEST or self.beginning:
            if not self.seen_item:
                raise SourceUnusable(
                    "This WordPress export cannot be read: its head goes on for more than 20 million characters."
                )
            self.beginning = self.beginning or self.text[self.start : self.start + SHOWN]
            self.start = self.at
