"""dates: the dates of feeds and dumps, English and Russian, well and badly written, as aware UTC; never a guess."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

FIRST_YEAR = 1970
LONGEST = 100
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "янв"),
            ("feb", "фев"),
            ("mar", "мар"),
            ("apr", "апр"),
            ("may", "май", "мая"),
            ("jun", "июн"),
            ("jul", "июл"),
            ("aug", "авг"),
            ("sep", "сен"),
            ("oct", "окт"),
            ("nov", "ноя"),
            ("dec", "дек"),
        ),
        start=1,
    )
    for name in names
}
# Hours east of Greenwich. RFC 822 had the signs of the military letters wrong, so RFC 5322 reads them all as UTC.
EASTWARD = """
est -5 edt -4 cst -6 cdt -5 mst -7 mdt -6 pst -8 pdt -7 akst -9 akdt -8 hst -10 ast -4 adt -3
wet 0 west 1 bst 1 cet 1 cest 2 met 1 mest 2 eet 2 eest 3 msk 3 мск 3 msd 4 samt 4 yekt 5 omst 6 krat 7 irkt 8 yakt 9
vlat 10 magt 11 pett 12 ist 5.5 hkt 8 sgt 8 awst 8 jst 9 kst 9 aest 10 aedt 11 nzst 12 nzdt 13 ut 0 utc 0 gmt 0
"""
ZONES = {
    **dict.fromkeys("abcdefghiklmnopqrstuvwxyz", 0.0),
    **{name: float(hours) for name, hours in re.findall(r"(\w+) (\S+)", EASTWARD)},
}
# In these years Moscow's winter time was UTC+4 and was called MSK all the same.
LATE_MOSCOW = (datetime(2011, 3, 27, 2), datetime(2014, 10, 26, 2))

TIME = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<fraction>\d{1,9}))?)?\s*(?P<half>[ap]\.?m\.?)?"
ZONE = r"(?P<zone>(?:gmt|utc|ut)?\s*[+-]\d{1,2}(?::?\d{2})?|[a-zа-я]{1,5})?(?:\s*\([^)]*\))?"
CLOCK = rf"(?:[T\s,в-]+{TIME}\s*{ZONE}|\s*{ZONE.replace('zone', 'day_zone')})"
WEEKDAY = r"(?:[^\W\d_]+\.?,?\s+)?"
YEAR_END = r"(?:\s*(?:г\.?|года))?,?"
SHAPES = tuple(
    re.compile(rf"\s*{shape}\s*", re.IGNORECASE)
    for shape in (
        rf"(?P<year>\d{{4}})-(?P<month>\d{{1,2}})-(?P<day>\d{{1,2}}){CLOCK}",
        rf"(?P<year>\d{{4}})/(?P<month>\d{{1,2}})/(?P<day>\d{{1,2}}){CLOCK}",
        r"(?P<year>\d{4})-?(?P<month>\d{2})?",
        rf"(?P<year>\d{{4}})(?P<month>\d\d)(?P<day>\d\d)(?:T(?P<hour>\d\d):?(?P<minute>\d\d):?(?P<second>\d\d)?{ZONE})?",
        rf"{WEEKDAY}(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.(?P<year>\d{{4}}){YEAR_END}{CLOCK}",
        rf"{WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s.-]+(?P<word>[^\W\d_]{{3,9}})\.?,?[\s-]+(?P<year>\d{{2,6}}){YEAR_END}{CLOCK}",
        rf"{WEEKDAY}(?P<word>[^\W\d_]{{3,9}})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){CLOCK}",
        rf"{WEEKDAY}(?P<word>[^\W\d_]{{3,9}})\s+(?P<day>\d{{1,2}})\s+{TIME}\s+{ZONE}\s*(?P<year>\d{{4}})",
        r"(?P<epoch>\d{10}|\d{13})",
    )
)


def read_date(text: str, *, now: datetime, zone: str = "UTC") -> tuple[datetime | None, str]:
    """The date in UTC, or None and a sentence why not. Dates without a zone are in `zone`, an IANA name."""
    text = " ".join(text.split())
    if not text:
        return None, ""
    shown = f"“{text[:60]}”"
    try:
        moment = understood(text, ZoneInfo(zone)) if len(text) <= LONGEST else None
    except (ValueError, OverflowError):
        return None, f"The date {shown} does not exist, so the entry has no date."
    if moment is None:
        return None, f"The date {shown} was not understood, so the entry has no date."
    if not FIRST_YEAR <= moment.year <= now.year + 1 or moment.timestamp() == 0:
        return None, f"The date {shown} cannot be right, so the entry has no date."
    return moment, ""


def understood(text: str, zone: ZoneInfo) -> datetime | None:
    """The moment in UTC, None where no known way of writing dates fits; ValueError for a 31st of February."""
    for shape in SHAPES:
        if (found := shape.fullmatch(text)) and (month := month_of(found.groupdict())) is not None:
            return moment_of(found.groupdict(), month, zone)
    return None


def month_of(part: dict[str, str | None]) -> int | None:
    """The month's number; None for a word that is no month."""
    if word := part.get("word"):
        return MONTHS.get(word[:3].lower())
    return int(part.get("month") or 1)


def moment_of(part: dict[str, str | None], month: int, zone: ZoneInfo) -> datetime | None:
    """The moment in UTC; None where the name of the zone is not known."""
    if epoch := part.get("epoch"):
        return datetime.fromtimestamp(int(epoch[:10]), UTC)
    local = local_moment(part, month)
    name = (part.get("zone") or part.get("day_zone") or "").lower().replace(" ", "")
    offset: tzinfo | None = offset_of(name, local) if name else zone
    if offset is None:
        return None
    return local.replace(tzinfo=offset).astimezone(UTC)


def local_moment(part: dict[str, str | None], month: int) -> datetime:
    """The date and time as written. A leap second and 24:00 run over into what follows."""
    hour, minute, second = (int(part.get(name) or 0) for name in ("hour", "minute", "second"))
    if half := part.get("half"):
        hour = hour % 12 + (12 if half.lower().startswith("p") else 0)
    if hour > 24 or minute > 59 or second > 60:
        raise ValueError("no such time")
    year = int(part["year"] or 0)
    if len(part["year"] or "") == 2:
        year += 2000 if year < 69 else 1900
    fraction = int((part.get("fraction") or "")[:6].ljust(6, "0"))
    start = datetime(year, month, int(part.get("day") or 1))
    return start + timedelta(hours=hour, minutes=minute, seconds=second, microseconds=fraction)


def offset_of(name: str, local: datetime) -> timezone | None:
    """The offset that a zone's name or number means; None for a name not known."""
    if name in ("msk", "мск") and LATE_MOSCOW[0] <= local < LATE_MOSCOW[1]:
        return timezone(timedelta(hours=4))
    if name in ZONES:
        return timezone(timedelta(hours=ZONES[name]))
    if number := re.fullmatch(r"(?:gmt|utc|ut)?([+-])(\d{1,2}):?(\d{2})?", name):
        sign = -1 if number[1] == "-" else 1
        return timezone(sign * timedelta(hours=int(number[2]), minutes=int(number[3] or 0)))
    return None
