"""moments: the form field of a moment, in a time zone that it names; hours that a change of the clocks skips or repeats are asked back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import formats
from django.utils import timezone as clock
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.timesince import timeuntil
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MORNING = 9  # o'clock, of the presets
_WRITTEN = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(?:\s*([A-Za-z+-][A-Za-z0-9/_+:-]{0,40}))?"
)
_OFFSET = re.compile(r"(?:UTC)?([+-])(\d\d):?(\d\d)")


def zone_named(name: str) -> tzinfo | None:
    """A time zone by its name (Europe/Berlin), or by its distance (UTC+02:00)."""
    if offset := _OFFSET.fullmatch(name):
        minutes = int(offset[2]) * 60 + int(offset[3])
        if minutes >= 24 * 60:
            return None
        return timezone(timedelta(minutes=-minutes if offset[1] == "-" else minutes))
    if name in ("UTC", "Z"):
        return UTC
    return ZoneInfo(name) if name in available_timezones() else None


def distance(moment: datetime) -> str:
    """UTC+02:00."""
    minutes = int((moment.utcoffset() or timedelta()).total_seconds() // 60)
    return f"UTC{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def twice(written: datetime, zone: tzinfo) -> tuple[datetime, ...]:
    """The moments that a clock in this zone shows so: one; none where the clocks skip it; two where they show it again."""
    both = [written.replace(tzinfo=zone, fold=fold) for fold in (0, 1)]
    real = [one for one in both if one.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == written]
    return tuple(dict.fromkeys(one.astimezone(UTC) for one in real))


class MomentWidget(forms.DateTimeInput):
    """A date and a minute, and beside it the zone that they are meant in; a script adds the reader's own."""

    zones: tuple[str, ...] = ()  # more of them, where the clocks show an hour twice

    class Media:
        js = (forms.Script("js/admin/moments.js", type="module"),)

    def __init__(self) -> None:
        super().__init__(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> str | None:
        written, zone = data.get(name), data.get(f"{name}_zone")
        return f"{written} {zone}" if written and zone else written

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        written, zone, moment = self._parts(value)
        field = {**self.attrs, **(attrs or {}), "name": name, "value": written}
        listed = dict.fromkeys((settings.TIME_ZONE, "UTC", *self.zones, *([zone] if zone else [])))
        context = {
            "name": name,
            "id": field.get("id", f"id_{name}"),
            "field": {key: shown for key, shown in field.items() if shown not in (None, False)},
            "zones": list(listed),
            "zone": zone or settings.TIME_ZONE,
            "away": _("in %(span)s") % {"span": timeuntil(moment)} if moment and moment > clock.now() else "",
            "presets": _presets(),
            "words": {"past": _("That moment is past.")},
        }
        return render_to_string("admin/widgets/moment.html", context)

    def _parts(self, value: Any) -> tuple[str, str, datetime | None]:
        """What the two fields show, and the moment where it is known."""
        if isinstance(value, datetime):
            zone = clock.get_default_timezone()
            here = value.astimezone(zone)
            again = len(twice(here.replace(tzinfo=None, second=0, microsecond=0), zone)) > 1
            return here.strftime("%Y-%m-%dT%H:%M"), distance(here) if again else "", value
        written, _gap, zone_name = str(value or "").partition(" ")
        return written, zone_name if zone_named(zone_name) else "", None


def _presets() -> list[tuple[str, str]]:
    """Words and what they put into the field, by the site's clock."""
    today = clock.localtime(timezone=clock.get_default_timezone()).replace(
        hour=MORNING, minute=0, second=0, microsecond=0
    )
    monday = today + timedelta(days=7 - today.weekday())
    hour = formats.date_format(today, "H:i")
    return [
        (_("Tomorrow, %(hour)s") % {"hour": hour}, f"{today + timedelta(days=1):%Y-%m-%dT%H:%M}"),
        (_("Monday, %(hour)s") % {"hour": hour}, f"{monday:%Y-%m-%dT%H:%M}"),
    ]


class MomentField(forms.Field):
    """A moment to the minute, never ambiguous; the site's zone where none is given."""

    widget = MomentWidget
    default_error_messages = {  # noqa: RUF012  # Django's own shape
        "invalid": gettext_lazy("Write the moment as 2026-05-31 14:30."),
        "zone": gettext_lazy("“%(zone)s” is no time zone that is known here; choose one of the list."),
        "skipped": gettext_lazy(
            "There is no %(hour)s on that day in %(zone)s: the clocks go forward. Choose %(later)s or another time."
        ),
        "twice": gettext_lazy(
            "%(hour)s comes twice on that day in %(zone)s: the clocks go back. Choose %(first)s for the first time "
            "or %(second)s for the second in the list of zones."
        ),
    }

    def __init__(self, *, label: str | _StrPromise) -> None:
        super().__init__(label=label, required=False)

    @cached_property
    def _widget(self) -> MomentWidget:
        assert isinstance(self.widget, MomentWidget)  # noqa: S101  # it has no other
        return self.widget

    def to_python(self, value: Any) -> datetime | None:
        if isinstance(value, datetime) or not value:
            return value or None
        found = _WRITTEN.fullmatch(str(value).strip())
        if found is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        try:
            written = datetime.fromisoformat(f"{found[1]}T{found[2]}")
        except ValueError as problem:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from problem
        if not 1900 <= written.year <= 9000:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        name = found[3] or settings.TIME_ZONE
        zone = zone_named(name)
        if zone is None:
            raise forms.ValidationError(self.error_messages["zone"], code="zone", params={"zone": name})
        return self._one(written, zone, name)

    def _one(self, written: datetime, zone: tzinfo, name: str) -> datetime:
        moments = twice(written, zone)
        if len(moments) == 1:
            return moments[0]
        said = {"hour": f"{written:%H:%M}", "zone": name}
        if not moments:
            later = written.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
            raise forms.ValidationError(
                self.error_messages["skipped"], code="skipped", params=said | {"later": f"{later:%H:%M}"}
            )
        first, second = (distance(moment.astimezone(zone)) for moment in moments)
        self._widget.zones = (first, second)
        raise forms.ValidationError(
            self.error_messages["twice"], code="twice", params=said | {"first": first, "second": second}
        )

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(initial != self.to_python(data))
        except forms.ValidationError:
            return True
