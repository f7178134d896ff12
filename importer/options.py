"""options: what the operator asked of an import, checked before anything is fetched."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from importer.addresses import absolute
from importer.documents.decoding import codec
from importer.entry import Entry
from importer.errors import UsageProblem
from importer.formats import named

Status = Literal["", "published", "draft", "review"]


@dataclass(frozen=True, slots=True)
class Options:
    format: str = "auto"
    author: str = ""  # byline where the source names nobody
    status: Status = ""  # "": what the source says of the entry, else published
    tags: tuple[str, ...] = ()  # put on every entry
    base_url: str = ""
    encoding: str = ""
    media_dir: str = ""
    no_media: bool = False
    dry_run: bool = False
    strict: bool = False  # an entry that would lose something is rejected
    since: datetime | None = None  # entries published before are left out
    limit: int | None = None  # entries of each source
    undated_from: datetime | None = None  # the moment of entries without a date
    moved_here: bool = False  # the source is this blog's former self
    time_zone: str = ""  # IANA name, of dates that name none; "": the source's own, else the site's
    poll: bool = False  # ask the source again from now on
    follow: bool = False  # of a web page, import the feeds that it names
    all_pages: bool = False  # the feed's archive too, to its end
    from_page: str = ""  # where the walk through the archive goes on; "": where the feed says

    def checked(self) -> Options:
        """The same, or UsageProblem with a sentence."""
        if self.format != "auto":
            named(self.format)
        if self.encoding and not codec(self.encoding):
            raise UsageProblem(
                f"“{self.encoding}” is not an encoding known here; windows-1251, koi8-r and utf-8 are examples of one."
            )
        if self.base_url and not absolute(self.base_url):
            raise UsageProblem(
                f"--base-url: “{self.base_url}” is no web address; write one such as https://blog.example.org/."
            )
        if self.time_zone and not is_zone(self.time_zone):
            raise UsageProblem(
                f"--time-zone: “{self.time_zone}” is no time zone known here; write one such as Europe/Moscow."
            )
        if self.limit is not None and self.limit < 1:
            raise UsageProblem("--limit: take at least one entry.")
        if self.from_page and not absolute(self.from_page):
            raise UsageProblem(
                f"--from-page: “{self.from_page}” is no web address; write the one that an earlier import named."
            )
        if self.from_page and not self.all_pages:
            raise UsageProblem("--from-page says where --all goes on; give it together with --all.")
        if self.media_dir and not Path(self.media_dir).is_dir():
            raise UsageProblem(
                f"--media-dir: “{self.media_dir}” is no folder; name the one that holds the pictures."
            )
        if self.media_dir and self.no_media:
            raise UsageProblem("--media-dir and --no-media contradict each other; give one of them.")
        return self

    def leaves_out(self, entry: Entry) -> bool:
        return self.since is not None and entry.published is not None and entry.published < self.since

    def for_polls(self) -> dict[str, Any]:
        """What holds for later imports of the same source too."""
        return {name: value for name, value in self.as_json().items() if name not in PASSING}

    def as_json(self) -> dict[str, Any]:
        """What differs from the usual, as a run keeps it."""
        usual = Options()
        given = {name: getattr(self, name) for name in Options.__dataclass_fields__}
        return {
            name: value.isoformat() if isinstance(value, datetime) else value
            for name, value in given.items()
            if value != getattr(usual, name)
        }


# What holds for one import alone, or stands in a column of the source.
PASSING = frozenset(
    ("dry_run", "poll", "time_zone", "media_dir", "undated_from", "follow", "all_pages", "from_page")
)


def is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder or a path is refused in its own way
        return False
    return True


def moment(text: str, flag: str, zone: Any) -> datetime:
    """A date or a date with a time from the command line, in `zone` where it names none; UsageProblem otherwise."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise UsageProblem(
            f"{flag}: “{text}” is no date; write one such as 2024-05-31 or 2024-05-31T12:00."
        ) from None
    aware = found if found.tzinfo else found.replace(tzinfo=zone)
    if not 1970 <= aware.year <= 9000:
        raise UsageProblem(f"{flag}: the year {aware.year} is none that a post can have.")
    return aware.astimezone(UTC)
